//! What the user makes: a workspace of groupings under one set of assumptions, edited step by step.

mod assumptions;
mod edit;
mod extra;
mod grouping;
mod history;
mod issue;
mod mandate;
mod role;
mod rule;
mod view;
mod workspace;

pub use assumptions::{Assumptions, Burden, CHINA, Component, UNITED_STATES, UnitCosts, Weights};
pub use edit::{Edit, Refusal, Shift};
pub use extra::Extra;
pub use grouping::{Grouping, GroupingId, Seat, letter};
pub use history::{Gesture, History};
pub use issue::{Issue, Relevance};
pub use mandate::{Form, Mandate, OPEN_ENDED_MONTHS};
pub use role::Role;
pub use rule::{Basis, Criterion, CustomRule, DecisionRule, NamedRule, Of, Share, Veto};
pub use view::{Panes, Place, Tab, View};
pub use workspace::Workspace;
