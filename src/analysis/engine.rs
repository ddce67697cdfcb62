//! What all cases share, and the way from a case to its report.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use super::case::Case;
use super::drift::{Drift, YearDrift, parse_drift};
use super::fit::{FittedCall, fit_roll_calls, parse_fit};
use super::flag::{FEW_CALLS, Flag};
use super::measures;
use super::own::OwnAgenda;
use super::parts::Deadlock;
use super::report::Report;
use super::undefined::{Defined, Undefined};
use super::view::{Reading, Readings, View};
use super::votes::{Agenda, VoteSettings, Votes};
use crate::data::{Atlas, Complaint, Facts, FiguresId, Tables};
use crate::model::{Basis, Issue, Veto};

type AgendaKey = (Issue, Option<OwnAgenda>, VoteSettings);

/// What an engine is built on: the tables, and the curves fitted to their roll calls.
#[derive(Clone, Debug)]
pub struct World {
    /// What is known.
    pub atlas: Arc<Atlas>,
    /// One curve a roll call of the atlas.
    pub fit: Vec<FittedCall>,
    /// How far years were from those before them; empty where nobody measured it, and nothing drifts.
    pub drift: Vec<YearDrift>,
}

impl World {
    /// The data in the binary, with the stored fit.
    ///
    /// # Errors
    /// Names the file and the row that does not parse.
    pub fn embedded() -> Result<Self, Complaint> {
        let atlas = Arc::new(Atlas::embedded()?);
        let fit = parse_fit(include_str!("../../assets/data/roll_call_fit.csv"), &atlas.roll_calls)?;
        let drift = parse_drift(include_str!("../../assets/data/drift.csv"))?;
        Ok(Self { atlas, fit, drift })
    }

    /// Other tables; their roll calls are fitted.
    ///
    /// # Errors
    /// Names the file and the row that does not parse.
    pub fn parse(tables: &Tables<'_>) -> Result<Self, Complaint> {
        Ok(Self::fitted(Arc::new(Atlas::parse(tables)?)))
    }

    /// An atlas, whose roll calls are fitted.
    #[must_use]
    pub fn fitted(atlas: Arc<Atlas>) -> Self {
        let fit = fit_roll_calls(&atlas, &Facts::new(&atlas));
        Self { atlas, fit, drift: Vec::new() }
    }
}

/// The facts, the fitted roll calls, and the vote tables that have been asked for.
#[derive(Debug)]
pub struct Engine {
    /// What is known about the world.
    pub atlas: Arc<Atlas>,
    /// The built-in figures as the measures use them.
    pub facts: Arc<Facts>,
    /// The vote table.
    pub votes: Votes,
    /// How far years were from those before them.
    pub drift_by_year: Vec<YearDrift>,
    past: Mutex<BTreeMap<u16, Arc<Engine>>>,
    others: Mutex<HashMap<FiguresId, Arc<Facts>>>,
    agendas: Mutex<HashMap<AgendaKey, Arc<Agenda>>>,
    /// How many of these are kept.
    kept_agendas: usize,
}

impl Engine {
    /// How many vote tables are kept; a slider over λ, H or ρ would otherwise fill the memory. One of all roll calls has 4 MB.
    const KEPT_AGENDAS: usize = 16;
    /// The same of an engine of an earlier year: there are a dozen of them.
    const KEPT_OF_THE_PAST: usize = 1;

    /// The engine on the data in the binary.
    ///
    /// # Errors
    /// Names the file and the row that does not parse.
    pub fn embedded() -> Result<Self, Complaint> {
        World::embedded().map(Self::new)
    }

    /// The engine on a world.
    #[must_use]
    pub fn new(World { atlas, fit, drift }: World) -> Self {
        let facts = Arc::new(Facts::new(&atlas));
        let votes = Votes::new(&atlas, &facts, &fit);
        Self {
            atlas,
            facts,
            votes,
            drift_by_year: drift,
            past: Mutex::default(),
            others: Mutex::default(),
            agendas: Mutex::default(),
            kept_agendas: Self::KEPT_AGENDAS,
        }
    }

    /// How far a coming year may lie from the years before.
    #[must_use]
    pub fn drift(&self) -> Drift {
        Drift::of(&self.drift_by_year)
    }

    /// The engine as it would have been before a year: roll calls, their fit, weights and ideal points of the years before alone
    /// (*Track record by year* in `METHODS.md`). Built when first asked for, and kept.
    #[must_use]
    pub fn before(&self, year: u16) -> Arc<Self> {
        if let Some(past) = self.past.lock().unwrap_or_else(PoisonError::into_inner).get(&year) {
            return past.clone();
        }
        let world = World::fitted(Arc::new(self.atlas.before(year)));
        let engine = Self::new(World { drift: self.drift_by_year.clone(), ..world });
        let past = Arc::new(Self { kept_agendas: Self::KEPT_OF_THE_PAST, ..engine });
        self.past.lock().unwrap_or_else(PoisonError::into_inner).entry(year).or_insert(past).clone()
    }

    /// Makes figures known that differ from the built-in ones; a case that carries the answer reads them.
    pub fn know(&self, facts: Facts) -> FiguresId {
        let id = facts.id();
        self.others.lock().unwrap_or_else(PoisonError::into_inner).insert(id, Arc::new(facts));
        id
    }

    /// The figures that a case reads.
    #[must_use]
    pub fn facts_of(&self, case: &Case) -> Arc<Facts> {
        let others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        others.get(&case.figures).unwrap_or(&self.facts).clone()
    }

    /// The roll calls of an issue with the chances of all actors.
    #[must_use]
    pub fn agenda(&self, issue: Issue, settings: &VoteSettings) -> Arc<Agenda> {
        self.agenda_with(issue, None, settings)
    }

    /// The same with questions of the user's own, or of these alone.
    fn agenda_with(&self, issue: Issue, own: Option<&OwnAgenda>, settings: &VoteSettings) -> Arc<Agenda> {
        let key = (issue, own.cloned(), *settings);
        let mut kept = self.agendas.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(agenda) = kept.get(&key) {
            return agenda.clone();
        }
        if kept.len() >= self.kept_agendas {
            kept.clear();
        }
        let agenda = Arc::new(self.votes.agenda_with(issue, own, settings));
        kept.insert(key, agenda.clone());
        agenda
    }

    /// The agenda of a case.
    #[must_use]
    pub fn agenda_of(&self, case: &Case) -> Arc<Agenda> {
        self.agenda_with(case.issue, case.own.as_ref(), &case.settings.votes)
    }

    /// Point estimates of every measure, as finely as the user can wait for: where the rule needs it, weights of members are
    /// rounded, and what that can do to deadlock risk is told ([`Deadlock::error_bound`]).
    ///
    /// ```
    /// use convenor::analysis::{Case, Engine, Undefined, measures};
    /// use convenor::model::{Assumptions, Grouping, GroupingId, Role, Seat};
    ///
    /// let engine = Engine::embedded().unwrap();
    /// let mut grouping = Grouping::new(GroupingId(1), "Alone", 0);
    /// let case = |grouping: &Grouping| Case::of(&engine.atlas, grouping, &Assumptions::default());
    /// // What has no meaning says why; no figure is ever made up.
    /// assert_eq!(engine.report(&case(&grouping)).value(&measures::DEADLOCK), Err(Undefined::NoVotingMember));
    ///
    /// grouping.seats.push(Seat::new("SWE".parse().unwrap(), Role::Convenor));
    /// let report = engine.report(&case(&grouping));
    /// assert_eq!(report.voters, 1);
    /// // Who tables what it would vote for, and decides alone, hardly ever fails.
    /// assert!(report.value(&measures::DEADLOCK).unwrap() < 5.0);
    /// assert!((0.0..=100.0).contains(&report.value(&measures::REACH).unwrap()));
    /// ```
    #[must_use]
    pub fn report(&self, case: &Case) -> Report {
        self.recorded(case, |view| Some(measures::deadlock(&self.atlas, view, case, &self.agenda_of(case))))
            .unwrap_or_else(|| self.report_from(&self.facts_of(case), case, Err(Undefined::NoRollCall)))
    }

    /// The same with weights more finely resolved than in `units`; `None` if that is out of reach, or if `cancel` was set
    /// before the end.
    #[must_use]
    pub fn refined(&self, case: &Case, units: u32, cancel: &AtomicBool) -> Option<Report> {
        self.recorded(case, |view| {
            measures::read_votes(view, case);
            let power = measures::Power::finer(&self.atlas, view, case, units)?;
            measures::deadlock_until(&power, case, &self.agenda_of(case), cancel)
        })
    }

    /// Point estimates with weights resolved until rounding moves deadlock risk by less than [`SETTLED`](super::SETTLED), or as finely as can
    /// be done.
    #[must_use]
    pub fn settled(&self, case: &Case) -> Report {
        let never = AtomicBool::new(false);
        let mut report = self.report(case);
        while let Some(units) = report.unsettled() {
            let Some(refined) = self.refined(case, units, &never) else { break };
            report = refined;
        }
        report
    }

    /// The report of a case whose deadlock risk is computed by `deadlock`, with what was read and the flags.
    fn recorded(&self, case: &Case, deadlock: impl FnOnce(&View<'_>) -> Option<Defined<Deadlock>>) -> Option<Report> {
        let facts = self.facts_of(case);
        let (of_votes, of_figures) = (RefCell::default(), RefCell::default());
        let mut deadlock = deadlock(&View::recording(&facts, &of_votes))?;
        if case.is_own_alone() && matches!(deadlock, Err(Undefined::NoRollCall)) {
            deadlock = Err(Undefined::NoStance);
        }
        let mut report = self.report_in(&View::recording(&facts, &of_figures), case, deadlock);
        report.readings = readings(of_figures, of_votes);
        report.flags = report.readings.flags(&self.atlas, &facts);
        if case.settings.a_priori {
            report.flags.push(Flag::Remark("deadlock risk is a priori: the rule alone, every vote a coin flip"));
        }
        report.flags.extend(self.thin_votes(case));
        if case.own.is_some() && !case.settings.a_priori {
            report.flags.push(Flag::Remark(
                "questions of your own: stances as stated, the others inferred by a curve through them",
            ));
        }
        self.flag_rule(case, &mut report.flags);
        flag_dropped(&mut report);
        if let Ok(Deadlock { units: Some(units), error_bound, .. }) = &report.deadlock {
            report.flags.push(Flag::Rounded { units: *units, bound: *error_bound });
        }
        Some(report)
    }

    /// The report that follows from figures, which may be drawn, and from the deadlock risk; without readings and flags.
    #[must_use]
    pub fn report_from(&self, facts: &Facts, case: &Case, deadlock: Defined<Deadlock>) -> Report {
        self.report_in(&View::silent(facts), case, deadlock)
    }

    fn report_in(&self, view: &View<'_>, case: &Case, deadlock: Defined<Deadlock>) -> Report {
        let reach = match &deadlock {
            _ if case.settings.a_priori => Err(Undefined::APriori),
            Ok(found) => Ok(100.0 * mean_reach(found)),
            Err(reason) => Err(*reason),
        };
        let risk = deadlock.as_ref().map(|found| found.risk).map_err(|reason| *reason);
        let found = measures::evaluate(&self.atlas, view, case, risk, reach);
        Report {
            voters: case.voters.len(),
            sponsor: case.settings.sponsor,
            a_priori: case.settings.a_priori,
            values: found.values,
            deadlock,
            legitimacy: found.legitimacy,
            cost: found.cost,
            coordination_musd: found.coordination_musd,
            microlateral: found.microlateral,
            readings: Readings::default(),
            flags: Vec::new(),
        }
    }

    /// A flag where the roll calls of a case carry as much as few equally weighted ones; `None` in a-priori mode.
    #[must_use]
    pub fn thin_votes(&self, case: &Case) -> Option<Flag> {
        let agenda = self.agenda_of(case);
        let (direct, effective) = (agenda.direct(), agenda.effective_calls());
        let thin = !case.settings.a_priori && !case.is_own_alone() && agenda.calls > 0 && effective < FEW_CALLS;
        thin.then(|| Flag::Votes { issue: case.issue, direct, related: agenda.calls - direct, effective })
    }

    /// Every figure that is read for a case, whatever comes of it.
    #[must_use]
    pub fn readings(&self, case: &Case) -> Readings {
        let facts = self.facts_of(case);
        let (of_votes, of_figures) = (RefCell::default(), RefCell::default());
        let view = View::recording(&facts, &of_votes);
        measures::read_votes(&view, case);
        // What becomes of the rule does not matter here, only which weights it asks for.
        let _ = measures::game_of(&self.atlas, &view, case);
        let _ = measures::evaluate(&self.atlas, &View::recording(&facts, &of_figures), case, Ok(0.0), Ok(0.0));
        readings(of_figures, of_votes)
    }

    /// Flags of the figures of an actor that is not published: what a what-if that ends in this case rests on.
    #[must_use]
    pub fn flags_of(&self, actor: usize, case: &Case) -> Vec<Flag> {
        let of_actor = self.readings(case).iter().filter(|reading| reading.actor == actor).copied().collect();
        Readings::new(of_actor).flags(&self.atlas, &self.facts_of(case))
    }

    fn flag_rule(&self, case: &Case, flags: &mut Vec<Flag>) {
        let rule = &case.rule.full;
        let minority = rule.blocking_minority.map_or(0, |minority| minority as usize);
        if minority > 0 && case.voters.len() <= minority {
            flags.push(Flag::Remark("no more members than the blocking minority: weights hardly matter"));
        }
        for criterion in rule.criteria.iter().filter(|criterion| criterion.basis == Basis::Custom) {
            let given = |actor: usize| criterion.custom.contains_key(&self.atlas.countries[actor].id);
            for actor in case.actors().filter(|actor| !given(*actor)) {
                let actor = self.atlas.countries[actor].id;
                let how = "none given, decision weight 0";
                push_new(flags, Flag::Figure { actor, subject: "votes of its own", how });
            }
        }
        if let Veto::List(holders) = &rule.veto {
            let votes = |id| case.actors().any(|actor| self.atlas.countries[actor].id == id);
            if !holders.iter().any(|holder| votes(*holder)) {
                flags.push(Flag::Remark("no veto holder is a voting member: vetoes are ignored"));
            }
        }
        if case.mandate.months.is_none() {
            flags.push(Flag::Remark("open-ended: counted as 240 months"));
        }
    }
}

/// What was read, that of the votes last.
fn readings(of_figures: RefCell<Vec<Reading>>, of_votes: RefCell<Vec<Reading>>) -> Readings {
    let mut all = of_figures.into_inner();
    all.extend(of_votes.into_inner());
    Readings::new(all)
}

fn push_new(flags: &mut Vec<Flag>, flag: Flag) {
    if !flags.contains(&flag) {
        flags.push(flag);
    }
}

/// Says which parts of a measure are left out because they have no figure.
fn flag_dropped(report: &mut Report) {
    if let Ok(legitimacy) = &report.legitimacy {
        for part in &legitimacy.parts {
            if let Err(reason) = part.value {
                report.flags.push(Flag::Dropped { of: "legitimacy", part: part.component.label(), reason });
            }
        }
    }
    if report.microlateral.as_ref().is_ok_and(|fit| fit.small_lead.is_none()) {
        let reason = Undefined::NoFigure;
        report.flags.push(Flag::Dropped { of: "microlateral fit", part: "small lead", reason });
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count of members")]
fn mean_reach(deadlock: &Deadlock) -> f64 {
    deadlock.parts.iter().map(|part| part.reach).sum::<f64>() / deadlock.parts.len().max(1) as f64
}
