//! What the user makes: a workspace of groupings under one set of assumptions, edited step by step.

mod assumptions;
mod edit;
mod extra;
mod figures;
mod grouping;
mod history;
mod issue;
mod mandate;
mod number;
mod question;
mod role;
mod rule;
mod schema;
mod slide;
mod view;
mod visible;
mod votes_list;
mod workspace;

pub use assumptions::{Assumptions, Burden, CHINA, Component, UNITED_STATES, UnitCosts, Weights};
pub use edit::{Edit, MOST_LETTERS, MOST_STATED, Refusal, Shift, cut};
pub use extra::Extra;
pub use figures::{StoredFigures, StoredGrouping};
pub use grouping::{Grouping, GroupingId, Seat, letter};
pub use history::{Gesture, History};
pub use issue::{Issue, Relevance};
pub use mandate::{Form, Mandate, OPEN_ENDED_MONTHS};
pub use number::{MOST_AMOUNT, NumberKind, read_number};
pub use question::Stance;
pub use role::Role;
pub use rule::{Basis, Criterion, CustomRule, DecisionRule, MOST_CRITERIA, NamedRule, Of, Share, Veto};
pub use slide::{Slide, SlideFigure, SlideId, SlideKind};
pub use view::{Panes, Place, Tab, View};
pub use visible::{hidden_words, is_hidden, visible};
pub use votes_list::{VotesList, read_votes};
pub use workspace::Workspace;
