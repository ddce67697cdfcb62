//! Whether groupings hold together, kept by case.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError};

use super::App;
use super::Evaluated;
use crate::analysis::forecast::{Forecast, forecast};
use crate::analysis::{Case, Defined, OwnQuestion, stability};

/// From which exclusion of outsiders on all stay, and who leaves first below it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Holding {
    /// Per cent of the benefit.
    pub exclusion_needed: Defined<f64>,
    /// The actor's number; nobody where no exclusion is needed.
    pub first_to_leave: Option<usize>,
}

impl App {
    /// Whether a grouping holds together; `None` while that is not known: for rules that take a while only that of the selected
    /// grouping is computed.
    #[must_use]
    pub fn holding(&self, evaluated: &Evaluated) -> Option<Holding> {
        const KEPT: usize = 400;
        let case = &evaluated.case;
        let mut kept = self.holding.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept.get(case) {
            return Some(known);
        }
        let of = |found: &stability::Stability| Holding {
            exclusion_needed: found.exclusion_needed,
            first_to_leave: found.first_to_leave,
        };
        let found = if Self::is_quick(case) {
            of(&stability::stability(&self.engine, case, &evaluated.report))
        } else if self.selected_case() == Some(case) {
            of(self.study()?.stability(&self.engine))
        } else {
            return None;
        };
        kept.insert(case.clone(), found);
        kept.forget_oldest(KEPT, &HashSet::new());
        Some(found)
    }

    /// What each outsider of the selected grouping would gain by joining, in points, where outsiders are shut out of as much as the
    /// grouping needs to hold together; `None` while that is not known.
    #[must_use]
    pub fn joins(&self) -> Option<Arc<HashMap<usize, f64>>> {
        let case = self.selected_case()?;
        if let Some(known) = self.joins.get(case) {
            return Some(known);
        }
        let rows = self.moves()?;
        let (engine, case) = (self.engine.clone(), case.clone());
        self.joins.ask(&case.clone(), &self.wake, move |_| {
            let report = engine.report(&case);
            // Where no exclusion makes it hold, outsiders are shut out of everything; where it is not defined, of nothing.
            let needed = stability::stability(&engine, &case, &report).exclusion_needed;
            let exclusion = needed.map_or(0.0, |needed| (needed / 100.0).min(1.0));
            let found = stability::joiners_among(&engine, &case, &report, &rows, exclusion).unwrap_or_default();
            Some(found.into_iter().map(|joiner| (joiner.actor, joiner.margin)).collect())
        })
    }

    /// What a vote on a question in a case would bring; `None` while it is being computed, which rules with weights may take a while
    /// for.
    #[must_use]
    pub fn forecast(&self, case: &Case, question: &OwnQuestion) -> Option<Arc<Defined<Forecast>>> {
        let key = (case.clone(), question.clone());
        if Self::is_quick(case) {
            return Some(self.forecasts.now(&key, || forecast(&self.engine, case, question)));
        }
        let (engine, (case, question)) = (self.engine.clone(), key.clone());
        self.forecasts.ask(&key, &self.wake, move |_| Some(forecast(&engine, &case, &question)))
    }

    /// Whether there is no forecast because the program failed on it.
    #[must_use]
    pub fn has_no_forecast(&self, case: &Case, question: &OwnQuestion) -> bool {
        self.forecasts.has_failed(&(case.clone(), question.clone()))
    }
}
