//! What all cases share, and the way from a case to its report.

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use super::case::{Case, Real};
use super::facts::{Facts, Subject};
use super::fit::parse_fit;
use super::measures;
use super::report::{Deadlock, Defined, Flag, Report, Undefined};
use super::votes::{Agenda, Votes};
use crate::data::{Atlas, Complaint};
use crate::model::{Basis, Issue, Veto};

type AgendaKey = (Issue, Real, Real);

/// The facts, the fitted roll calls, and the vote tables that have been asked for.
#[derive(Debug)]
pub struct Engine {
    /// What is known about the world.
    pub atlas: Arc<Atlas>,
    /// The figures as the measures use them.
    pub facts: Facts,
    /// The vote table.
    pub votes: Votes,
    agendas: Mutex<HashMap<AgendaKey, Arc<Agenda>>>,
}

impl Engine {
    /// How many vote tables are kept; a slider over λ or H would otherwise fill the memory.
    const KEPT_AGENDAS: usize = 24;

    /// The engine on the data in the binary.
    ///
    /// # Errors
    /// Names the file and the row that does not parse.
    pub fn embedded() -> Result<Self, Complaint> {
        let atlas = Arc::new(Atlas::embedded()?);
        let fit = parse_fit(include_str!("../../assets/data/roll_call_fit.csv"), &atlas.roll_calls)?;
        let facts = Facts::new(&atlas);
        let votes = Votes::new(&atlas, &atlas.roll_calls, &fit, facts.values(Subject::IdealPoint));
        Ok(Self { atlas, facts, votes, agendas: Mutex::default() })
    }

    /// The roll calls of an issue with the chances of all actors.
    #[must_use]
    pub fn agenda(&self, issue: Issue, model_share: f64, half_life: f64) -> Arc<Agenda> {
        let key = (issue, model_share.into(), half_life.into());
        let mut kept = self.agendas.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(agenda) = kept.get(&key) {
            return agenda.clone();
        }
        if kept.len() >= Self::KEPT_AGENDAS {
            kept.clear();
        }
        let agenda = Arc::new(self.votes.agenda(issue, model_share, half_life));
        kept.insert(key, agenda.clone());
        agenda
    }

    /// The agenda of a case.
    #[must_use]
    pub fn agenda_of(&self, case: &Case) -> Arc<Agenda> {
        self.agenda(case.issue, case.settings.model_share.get(), case.settings.half_life.get())
    }

    /// Point estimates of every measure, as finely as the user can wait for: where the rule needs it, weights of members are
    /// rounded, and what that can do to deadlock risk is told ([`Deadlock::error_bound`]).
    #[must_use]
    pub fn report(&self, case: &Case) -> Report {
        self.flagged(case, measures::deadlock(&self.atlas, &self.facts, case, &self.agenda_of(case)))
    }

    /// The same with weights more finely resolved than in `units`; `None` if that is out of reach, or if `cancel` was set
    /// before the end.
    #[must_use]
    pub fn refined(&self, case: &Case, units: u32, cancel: &AtomicBool) -> Option<Report> {
        let power = measures::Power::finer(&self.atlas, &self.facts, case, units)?;
        let deadlock = measures::deadlock_until(&power, case, &self.agenda_of(case), cancel)?;
        Some(self.flagged(case, deadlock))
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

    fn flagged(&self, case: &Case, deadlock: Defined<Deadlock>) -> Report {
        let mut report = self.report_from(&self.facts, case, deadlock);
        self.flag_votes(case, &mut report.flags);
        self.flag_rule(case, &mut report.flags);
        flag_dropped(&mut report);
        if let Ok(Deadlock { units: Some(units), error_bound, .. }) = &report.deadlock {
            report.flags.push(Flag::Rounded { units: *units, bound: *error_bound });
        }
        report
    }

    /// The report that follows from facts, which may be drawn, and from the deadlock risk; without the flags on votes and rule.
    #[must_use]
    pub fn report_from(&self, facts: &Facts, case: &Case, deadlock: Defined<Deadlock>) -> Report {
        let mut flags = Vec::new();
        let reach = match &deadlock {
            _ if case.settings.a_priori => Err(Undefined::APriori),
            Ok(found) => Ok(100.0 * mean_reach(found)),
            Err(reason) => Err(*reason),
        };
        let legitimacy = measures::legitimacy(&self.atlas, facts, case, &mut flags);
        let cost = match &deadlock {
            Ok(found) => measures::cost(&self.atlas, facts, case, found.risk / 100.0, &mut flags),
            Err(reason) => Err(*reason),
        };
        Report {
            voters: case.voters.len(),
            sponsor: case.settings.sponsor,
            a_priori: case.settings.a_priori,
            deadlock,
            reach,
            legitimacy,
            cost,
            coordination_musd: measures::coordination(facts, case),
            microlateral: measures::microlateral(facts, case),
            flags,
        }
    }

    fn flag_votes(&self, case: &Case, flags: &mut Vec<Flag>) {
        if case.settings.a_priori {
            flags.push(Flag::Remark("deadlock risk is a priori: the rule alone, every vote a coin flip"));
            // Coordination still rests on where the members stand.
            for actor in case.actors() {
                self.flag_figure(Subject::IdealPoint, actor, flags);
            }
            return;
        }
        if let Some(caution) = case.issue.caution() {
            flags.push(Flag::Votes { issue: case.issue, caution });
        }
        for voter in &case.voters {
            let country = &self.atlas.countries[voter.actor];
            if self.atlas.roll_calls.ballots_of(country.id).is_none() {
                let how = if self.votes.is_modelled(voter.actor) {
                    "no seat in the General Assembly, modelled from an estimated ideal point"
                } else {
                    "no seat in the General Assembly and no ideal point, counted as abstaining"
                };
                flags.push(Flag::Figure { actor: country.id, subject: "votes", how });
            }
        }
    }

    /// Flags a figure that is not published.
    fn flag_figure(&self, subject: Subject, actor: usize, flags: &mut Vec<Flag>) {
        if let Some(how) = self.facts.fact(subject, actor).provenance.flag() {
            let actor = self.atlas.countries[actor].id;
            push_new(flags, Flag::Figure { actor, subject: subject.label(), how });
        }
    }

    /// Flags of the figures of an actor that is not published: what a what-if on it rests on.
    #[must_use]
    pub fn flags_of(&self, actor: usize, case: &Case) -> Vec<Flag> {
        let mut flags = Vec::new();
        let capability = Subject::Capability(case.issue.capability());
        for subject in [
            Subject::Population,
            Subject::Gdp,
            capability,
            Subject::Assessment,
            Subject::IdealPoint,
            Subject::Polyarchy,
            Subject::Governance,
        ] {
            self.flag_figure(subject, actor, &mut flags);
        }
        flags
    }

    fn flag_rule(&self, case: &Case, flags: &mut Vec<Flag>) {
        let rule = &case.rule.full;
        let minority = rule.blocking_minority.map_or(0, |minority| minority as usize);
        if minority > 0 && case.voters.len() <= minority {
            flags.push(Flag::Remark("no more members than the blocking minority: weights hardly matter"));
        }
        for criterion in &rule.criteria {
            let subject = match criterion.basis {
                Basis::Population => Subject::Population,
                Basis::Gdp => Subject::Gdp,
                Basis::Assessment => Subject::Assessment,
                Basis::Members => continue,
                Basis::Custom => {
                    let given = |actor: usize| criterion.custom.contains_key(&self.atlas.countries[actor].id);
                    for actor in case.actors().filter(|actor| !given(*actor)) {
                        let actor = self.atlas.countries[actor].id;
                        let how = "none given, decision weight 0";
                        push_new(flags, Flag::Figure { actor, subject: "votes of its own", how });
                    }
                    continue;
                }
            };
            for voter in &case.voters {
                if self.facts.value(subject, voter.actor).is_none() {
                    let actor = self.atlas.countries[voter.actor].id;
                    let how = "no figure, decision weight 0";
                    push_new(flags, Flag::Figure { actor, subject: subject.label(), how });
                } else {
                    self.flag_figure(subject, voter.actor, flags);
                }
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
