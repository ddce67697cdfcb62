//! What a measure rests on: which figures of which members, where they come from, and how many are published.

use crate::analysis::measures::{self, Measure};
use crate::analysis::{BurdenShares, Case, Engine, Subject, exposure};
use crate::data::Source;
use crate::model::{Basis, Capability, Component};

/// A kind of figure that a measure takes from members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Input {
    /// A fact about the member.
    Figure(Subject),
    /// The member's trade with the rival.
    RivalTrade,
    /// The member's recorded votes.
    Votes,
}

/// A kind of figure and the members it is taken from.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    /// The kind of figure.
    pub input: Input,
    /// The numbers of the members in the atlas.
    pub actors: Vec<usize>,
}

/// How many of the figures needed are published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Figures that stand in a published table, or are sums or products of such.
    pub published: usize,
    /// Figures needed.
    pub needed: usize,
}

impl Coverage {
    /// What it means, in a sentence.
    pub const MEANING: &'static str = "Of all figures that the five measures take from the voting members, the share \
                                       that is published; the others are estimated, counted as 0 or left out.";

    /// The share, in per cent; `None` where nothing is needed.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a count of figures")]
    pub fn per_cent(self) -> Option<f64> {
        (self.needed > 0).then(|| 100.0 * self.published as f64 / self.needed as f64)
    }
}

impl Input {
    /// In words.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Figure(Subject::Gdp) => "GDP".to_owned(),
            Self::Figure(subject) => capitalised(subject.label()),
            Self::RivalTrade => "Trade with the rival".to_owned(),
            Self::Votes => "Votes in the General Assembly".to_owned(),
        }
    }

    /// What must be said of the figure of a member; `None` where it is published.
    #[must_use]
    pub fn caution(self, engine: &Engine, case: &Case, actor: usize) -> Option<&'static str> {
        match self {
            Self::Figure(subject) => engine.facts.fact(subject, actor).provenance.flag(),
            Self::RivalTrade => match exposure(&engine.atlas, actor, case.settings.rival) {
                None => Some("no figure, left out"),
                Some(found) if found.below_fifth => Some(found.caution),
                Some(_) => None,
            },
            Self::Votes => {
                let has_votes = engine.atlas.roll_calls.ballots_of(engine.atlas.countries[actor].id).is_some();
                match (has_votes, engine.votes.is_modelled(actor)) {
                    (true, _) => None,
                    (false, true) => Some("no seat in the General Assembly, modelled from an estimated ideal point"),
                    (false, false) => Some("no seat in the General Assembly, counted as abstaining"),
                }
            }
        }
    }

    /// The first and the last year of the published figures of members.
    #[must_use]
    pub fn years(self, engine: &Engine, case: &Case, actors: &[usize]) -> Option<(u16, u16)> {
        let mut years: Vec<u16> = match self {
            Self::Figure(subject) => {
                actors.iter().filter_map(|actor| engine.facts.fact(subject, *actor).year).collect()
            }
            Self::RivalTrade => Vec::new(),
            Self::Votes => {
                let list = &engine.atlas.roll_calls.list;
                engine.votes.used(case.issue).iter().filter_map(|call| Some(list.get(*call)?.year)).collect()
            }
        };
        years.sort_unstable();
        Some((*years.first()?, *years.last()?))
    }

    /// Where the published figures of members come from.
    #[must_use]
    pub fn sources<'a>(self, engine: &'a Engine, actors: &[usize]) -> Vec<&'a Source> {
        let atlas = &engine.atlas;
        let mut keys: Vec<&str> = match self {
            Self::Figure(subject) => actors
                .iter()
                .map(|actor| engine.facts.fact(subject, *actor))
                .filter(|fact| fact.provenance.flag().is_none())
                .filter_map(|fact| atlas.indicator(fact.indicator).map(|indicator| indicator.source.as_str()))
                .collect(),
            Self::RivalTrade => vec!["factbook"],
            Self::Votes => vec!["unvotes", "undl_scrape"],
        };
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter().filter_map(|key| atlas.source(key)).collect()
    }
}

/// The figures that a measure takes from the voting members of a case.
#[must_use]
pub fn needs(measure: &Measure, case: &Case) -> Vec<Need> {
    let voters: Vec<usize> = case.actors().collect();
    let leads: Vec<usize> = if case.is_convened() { case.convenors().collect() } else { voters.clone() };
    let mut needs = Vec::new();
    let mut add = |input: Input, actors: &[usize]| push(&mut needs, input, actors);
    if *measure == measures::LEGITIMACY {
        let affected = if case.issue.affects_internet_users() { Subject::InternetUsers } else { Subject::Population };
        add(Input::Figure(affected), &voters);
        add(Input::Figure(Subject::Polyarchy), &voters);
        add(Input::Figure(Subject::Gdp), &voters);
        add(Input::Figure(capability(case)), &voters);
        for subject in [Subject::Population, Subject::IdealPoint, Subject::Governance] {
            add(Input::Figure(subject), &leads);
        }
        add(Input::RivalTrade, &voters);
    }
    if *measure == measures::MICROLATERAL {
        add(Input::Figure(Subject::Population), &leads);
        add(Input::Figure(Subject::Gdp), &voters);
    }
    if *measure == measures::COST {
        match case.settings.burden {
            BurdenShares::Assessment => add(Input::Figure(Subject::Assessment), &voters),
            BurdenShares::Gdp => add(Input::Figure(Subject::Gdp), &voters),
            BurdenShares::Equal | BurdenShares::Custom(_) => {}
        }
        add(Input::Figure(Subject::IdealPoint), &voters);
    }
    if [&measures::DEADLOCK, &measures::REACH, &measures::COST].contains(&measure) {
        if !case.settings.a_priori {
            add(Input::Votes, &voters);
            add(Input::Figure(Subject::IdealPoint), &voters);
        }
        for criterion in &case.rule.full.criteria {
            let subject = match criterion.basis {
                Basis::Population => Subject::Population,
                Basis::Gdp => Subject::Gdp,
                Basis::Assessment => Subject::Assessment,
                Basis::Members | Basis::Custom => continue,
            };
            add(Input::Figure(subject), &voters);
        }
    }
    needs
}

/// The figures that a component of legitimacy takes from the voting members of a case.
#[must_use]
pub fn needs_of_component(component: Component, case: &Case) -> Vec<Need> {
    let voters: Vec<usize> = case.actors().collect();
    let leads: Vec<usize> = if case.is_convened() { case.convenors().collect() } else { voters.clone() };
    let affected = if case.issue.affects_internet_users() { Subject::InternetUsers } else { Subject::Population };
    let all = |input| vec![Need { input, actors: voters.clone() }];
    match component {
        Component::People => all(Input::Figure(affected)),
        Component::Regions => Vec::new(),
        Component::Accountability => all(Input::Figure(Subject::Polyarchy)),
        Component::Parity => all(Input::Figure(Subject::Gdp)),
        Component::Capability => all(Input::Figure(capability(case))),
        Component::Independence => all(Input::RivalTrade),
        Component::Convenor => [Subject::Population, Subject::IdealPoint, Subject::Governance]
            .map(|subject| Need { input: Input::Figure(subject), actors: leads.clone() })
            .into(),
    }
}

/// How many of the figures that the five measures need are published; each is counted once.
#[must_use]
pub fn coverage(engine: &Engine, case: &Case) -> Coverage {
    let mut all = Vec::new();
    for need in measures::ALL.into_iter().flat_map(|measure| needs(measure, case)) {
        push(&mut all, need.input, &need.actors);
    }
    let mut coverage = Coverage::default();
    for Need { input, actors } in &all {
        coverage.needed += actors.len();
        coverage.published += actors.iter().filter(|actor| input.caution(engine, case, **actor).is_none()).count();
    }
    coverage
}

fn push(needs: &mut Vec<Need>, input: Input, actors: &[usize]) {
    match needs.iter_mut().find(|need| need.input == input) {
        Some(need) => {
            need.actors.extend(actors);
            need.actors.sort_unstable();
            need.actors.dedup();
        }
        None => needs.push(Need { input, actors: actors.to_vec() }),
    }
}

/// The capability that matters on the issue of a case.
pub(super) fn capability(case: &Case) -> Subject {
    match case.issue.capability() {
        Capability::Gdp => Subject::Gdp,
        capability => Subject::Capability(capability),
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
