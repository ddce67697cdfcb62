//! What charts of one grouping need beyond its report: computed once a case, when first asked for.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::analysis::capture::{Capture, capture};
use crate::analysis::explain::{self, Failing, Waterfall, decisive_noes};
use crate::analysis::measures::{Measure, Power};
use crate::analysis::record::record;
use crate::analysis::stability::{self, Outcome, Stability};
use crate::analysis::track::{TrackRecord, track_record};
use crate::analysis::view::View;
use crate::analysis::{Case, Defined, Engine, Undefined};

use super::record::RecordLines;

/// Track record, capture, voting power, what fails and the roll calls behind a case.
#[derive(Debug)]
pub struct Study {
    /// The case.
    pub case: Case,
    track: OnceLock<Defined<TrackRecord>>,
    capture: OnceLock<Capture>,
    power: OnceLock<Defined<Vec<f64>>>,
    noes: OnceLock<Defined<Vec<f64>>>,
    failing: OnceLock<Defined<Vec<Failing>>>,
    waterfalls: OnceLock<Vec<Waterfall>>,
    record: OnceLock<Defined<RecordLines>>,
    stability: OnceLock<Stability>,
    outcomes: OnceLock<Defined<Vec<Outcome>>>,
}

impl Study {
    /// The study of a case; nothing is computed yet.
    #[must_use]
    pub fn new(case: Case) -> Self {
        Self {
            case,
            track: OnceLock::new(),
            capture: OnceLock::new(),
            power: OnceLock::new(),
            noes: OnceLock::new(),
            failing: OnceLock::new(),
            waterfalls: OnceLock::new(),
            record: OnceLock::new(),
            stability: OnceLock::new(),
            outcomes: OnceLock::new(),
        }
    }

    /// Computes all there is; `None` if `cancel` was set before the end.
    #[must_use]
    pub fn complete(self, engine: &Engine, cancel: &AtomicBool) -> Option<Self> {
        let parts: [fn(&Self, &Engine); 9] = [
            |study, engine| _ = study.track(engine),
            |study, engine| _ = study.capture(engine),
            |study, engine| _ = study.power(engine),
            |study, engine| _ = study.decisive_noes(engine),
            |study, engine| _ = study.failing(engine),
            |study, engine| _ = study.waterfalls(engine),
            |study, engine| _ = study.record(engine),
            |study, engine| _ = study.stability(engine),
            |study, engine| _ = study.outcomes(engine),
        ];
        for part in parts {
            if cancel.load(Ordering::Relaxed) {
                return None;
            }
            part(&self, engine);
        }
        Some(self)
    }

    /// How often the members really voted together.
    ///
    /// # Errors
    /// Nobody votes, or no member was present on any roll call of the issue.
    pub fn track(&self, engine: &Engine) -> Result<&TrackRecord, Undefined> {
        self.track.get_or_init(|| track_record(engine, &self.case)).as_ref().map_err(|reason| *reason)
    }

    /// Who could capture the grouping.
    pub fn capture(&self, engine: &Engine) -> &Capture {
        self.capture.get_or_init(|| capture(engine, &self.case))
    }

    /// Shares of Banzhaf power under the grouping's own rule, in the order of the voters; they sum to 1.
    ///
    /// # Errors
    /// The rule has no meaning for these voters, or no vote is ever decisive.
    pub fn power(&self, engine: &Engine) -> Result<&[f64], Undefined> {
        let shares = || {
            let power = Power::new(&engine.atlas, &View::silent(&engine.facts_of(&self.case)), &self.case)?;
            power.banzhaf_shares().ok_or(Undefined::NoWeight)
        };
        self.power.get_or_init(shares).as_deref().map_err(|reason| *reason)
    }

    /// How often each voter's no is decisive, in the order of the voters, 0 to 1.
    ///
    /// # Errors
    /// As deadlock risk.
    pub fn decisive_noes(&self, engine: &Engine) -> Result<&[f64], Undefined> {
        self.noes.get_or_init(|| decisive_noes(engine, &self.case)).as_deref().map_err(|reason| *reason)
    }

    /// How often each criterion, and a veto, is what fails; in the order of the rule.
    ///
    /// # Errors
    /// As deadlock risk.
    pub fn failing(&self, engine: &Engine) -> Result<&[Failing], Undefined> {
        self.failing.get_or_init(|| explain::failing(engine, &self.case)).as_deref().map_err(|reason| *reason)
    }

    fn waterfalls(&self, engine: &Engine) -> &[Waterfall] {
        let found = || explain::waterfalls(engine, &self.case, &engine.settled(&self.case));
        self.waterfalls.get_or_init(found)
    }

    /// A measure taken apart; `None` where it is not defined.
    pub fn waterfall(&self, engine: &Engine, measure: &Measure) -> Option<&Waterfall> {
        self.waterfalls(engine).iter().find(|found| found.measure == measure)
    }

    /// Every roll call behind deadlock risk.
    ///
    /// # Errors
    /// As deadlock risk; and in a-priori mode, where no roll call counts.
    pub fn record(&self, engine: &Engine) -> Result<&RecordLines, Undefined> {
        let lines = || Ok(RecordLines::new(engine, &self.case, record(engine, &self.case)?));
        self.record.get_or_init(lines).as_ref().map_err(|reason| *reason)
    }

    /// Whether members gain by leaving.
    pub fn stability(&self, engine: &Engine) -> &Stability {
        let found = || stability::stability(engine, &self.case, &engine.settled(&self.case));
        self.stability.get_or_init(found)
    }

    /// What decisions are to each member, in the order of the voters.
    ///
    /// # Errors
    /// As deadlock risk.
    pub fn outcomes(&self, engine: &Engine) -> Result<&[Outcome], Undefined> {
        let found = || stability::outcomes(engine, &self.case);
        self.outcomes.get_or_init(found).as_deref().map_err(|reason| *reason)
    }
}
