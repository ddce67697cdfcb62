//! The answer to a case.

use super::measures::{Measure, PerMeasure};
use super::view::Readings;
use crate::data::{Atlas, CountryId};
use crate::model::{Component, Issue};

/// A figure, or the reason why there is none.
pub type Defined<T> = Result<T, Undefined>;

/// Why a measure has no meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undefined {
    /// Nobody votes.
    #[error("no voting member")]
    NoVotingMember,
    /// No roll call bears on the issue, or the half-life leaves no weight.
    #[error("no usable roll call on this issue")]
    NoRollCall,
    /// The convenors would table nothing at all.
    #[error("the convenors would table nothing")]
    NothingTabled,
    /// The weights of a criterion are all zero.
    #[error("all decision weights are zero")]
    NoWeight,
    /// The two poles have the same ideal point.
    #[error("the two poles stand at the same point")]
    PolesAlike,
    /// No actor has the figure.
    #[error("no figure for any member")]
    NoFigure,
    /// All weights of legitimacy are zero, or no component has a figure.
    #[error("no component of legitimacy has weight and figure")]
    NoComponent,
    /// Nobody pays.
    #[error("nobody pays: all burden shares are zero")]
    NobodyPays,
    /// The programme costs nothing.
    #[error("the programme costs nothing")]
    NoProgramme,
    /// Votes are coin flips.
    #[error("reach has no meaning in a-priori mode")]
    APriori,
    /// Defined at the point estimate, and in no draw.
    #[error("not defined in any draw")]
    NoDraw,
    /// The rule is too large to be computed.
    #[error("the rule is too large to be computed for so many members")]
    TooLarge,
}

/// A warning that must stand beside a number.
#[derive(Clone, Debug, PartialEq)]
pub enum Flag {
    /// A figure of an actor is an estimate, or missing.
    Figure {
        /// The actor.
        actor: CountryId,
        /// Which figure.
        subject: &'static str,
        /// How it was dealt with.
        how: &'static str,
    },
    /// The roll calls of the issue carry as much as few equally weighted ones.
    Votes {
        /// The issue.
        issue: Issue,
        /// Roll calls on the issue itself.
        direct: usize,
        /// Roll calls that are only related to it.
        related: usize,
        /// (Σu)²/Σu², below [`FEW_CALLS`].
        effective: f64,
    },
    /// A part of a measure has no figure: it is left out, and the others count for it.
    Dropped {
        /// Which measure.
        of: &'static str,
        /// Which part.
        part: &'static str,
        /// Why.
        reason: Undefined,
    },
    /// Decision weights were rounded.
    Rounded {
        /// To so many units in all.
        units: u32,
        /// By how much deadlock risk may be off, in points; `None` where that is not known.
        bound: Option<f64>,
    },
    /// A remark on the whole case.
    Remark(&'static str),
}

impl Flag {
    /// One phrase for people.
    #[must_use]
    pub fn words(&self, atlas: &Atlas) -> String {
        match self {
            Self::Figure { actor, subject, how } => format!("{}: {subject}, {how}", atlas.name(*actor)),
            Self::Votes { issue, direct, related, effective } => format!(
                "{}: deadlock risk and reach rest on {}, fewer than {FEW_CALLS:.0} of equal weight",
                issue.label(),
                rests_on(*direct, *related, *effective)
            ),
            Self::Dropped { of, part, reason } => {
                format!("{of}: “{}” is left out ({reason}), the other parts count for it", part.to_lowercase())
            }
            Self::Rounded { units, bound } => {
                let off = match bound {
                    Some(bound) if *bound < 0.01 => "by less than 0.01 points".to_owned(),
                    Some(bound) => format!("by up to {bound:.2} points"),
                    None => "by an unknown amount".to_owned(),
                };
                format!("decision weights are rounded to {units} units: deadlock risk may be off {off}")
            }
            Self::Remark(remark) => (*remark).to_owned(),
        }
    }
}

/// What one convenor would bring about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConvenorPart {
    /// The actor's number.
    pub actor: usize,
    /// D₁ with it as the single convenor, 0 to 1.
    pub deadlock: f64,
    /// The share of the issue's agenda it would table, 0 to 1.
    pub tables: f64,
    /// Reach with it as the single convenor, 0 to 1.
    pub reach: f64,
}

/// Deadlock risk and its companion.
#[derive(Clone, Debug, PartialEq)]
pub struct Deadlock {
    /// D in per cent: the chance that the mandate fails.
    pub risk: f64,
    /// D₁ in per cent: the chance that one question fails.
    pub single: f64,
    /// Roll calls used.
    pub calls: usize,
    /// Among them, those on the issue itself.
    pub direct: usize,
    /// Among them, those that are only related to the issue.
    pub related: usize,
    /// (Σu)²/Σu²: how many equally weighted roll calls carry as much.
    pub effective_calls: f64,
    /// By convenor; by voting member where nobody convenes.
    pub parts: Vec<ConvenorPart>,
    /// Units to which weights were rounded; `None` where the figure is exact.
    pub units: Option<u32>,
    /// Where weights were rounded: how far D can be off because of that, in points. It is the chance that the weight of
    /// the yes votes lies so near to a quota that the rounding errors decide, at most n/2 units. `None` where the figure is
    /// exact, and in draws.
    pub error_bound: Option<f64>,
}

/// Figures that rest on roll calls worth fewer equally weighted ones than this are flagged.
pub const FEW_CALLS: f64 = 20.0;

/// “62 direct and 78 related roll calls, worth 40”.
fn rests_on(direct: usize, related: usize, effective: f64) -> String {
    let calls = |count: usize| if count == 1 { "roll call" } else { "roll calls" };
    let counted = match (direct, related) {
        (direct, 0) => format!("{direct} direct {}", calls(direct)),
        (0, related) => format!("{related} related {}", calls(related)),
        (direct, related) => format!("{direct} direct and {related} related {}", calls(related)),
    };
    // Cut, not rounded, so that what is below the bound also reads so.
    let worth = if effective < FEW_CALLS {
        format!("{:.1}", (effective * 10.0).floor() / 10.0)
    } else {
        format!("{effective:.0}")
    };
    format!("{counted}, worth {worth}")
}

impl Deadlock {
    /// What the figure rests on: “62 direct and 78 related roll calls, worth 40”.
    #[must_use]
    pub fn rests_on(&self) -> String {
        rests_on(self.direct, self.related, self.effective_calls)
    }
}

/// Rounded weights are resolved more finely in the background until they move deadlock risk by less than this, in points.
pub const SETTLED: f64 = 0.1;

/// One of the seven components of legitimacy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ComponentPart {
    /// Which one.
    pub component: Component,
    /// 0 to 1.
    pub value: Defined<f64>,
    /// Its weight as a share of those that count, 0 to 1.
    pub weight: f64,
}

/// Legitimacy.
#[derive(Clone, Debug, PartialEq)]
pub struct Legitimacy {
    /// L, 0 to 100.
    pub score: f64,
    /// In the order of [`Component::ALL`].
    pub parts: [ComponentPart; 7],
}

/// What one member pays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Payer {
    /// The actor's number.
    pub actor: usize,
    /// Share of the burden, 0 to 1.
    pub share: f64,
    /// Expected US$ million a year for coordination and programme, if the grouping does not deadlock.
    pub musd: f64,
    /// C as if it were the sponsor.
    pub index: f64,
}

/// Cost to the sponsor.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    /// C: going alone = 100.
    pub index: f64,
    /// The part of C for coordination.
    pub coordination: f64,
    /// The part of C for the own share of the programme.
    pub own_share: f64,
    /// The part of C for going alone after all when the grouping deadlocks.
    pub fallback: f64,
    /// Whether the sponsor does not vote in the grouping.
    pub stays_out: bool,
    /// K, US$ million a year.
    pub coordination_musd: f64,
    /// B, US$ million a year.
    pub programme_musd: f64,
    /// Expected cost to the sponsor, US$ million a year.
    pub expected_musd: f64,
    /// Months that count for the whole mandate.
    pub months: f64,
    /// Every voting member.
    pub payers: Vec<Payer>,
}

/// Microlateral fit with its four factors, each 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Microlateral {
    /// M, 0 to 100.
    pub score: f64,
    /// Mean `small` of those who lead; `None` where none of them has a population.
    pub small_lead: Option<f64>,
    /// Share of world GDP held by members that do not convene, over ½, at most 1.
    pub participation: f64,
    /// 1/k.
    pub niche: f64,
    /// 24/months, at most 1.
    pub timebound: f64,
}

/// The answer to a case: the headline measures with their parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The number of voting members.
    pub voters: usize,
    /// The capital whose costs are watched.
    pub sponsor: CountryId,
    /// Whether votes are coin flips.
    pub a_priori: bool,
    /// Every measure.
    pub values: PerMeasure<Defined<f64>>,
    /// D and its parts.
    pub deadlock: Defined<Deadlock>,
    /// L and its components.
    pub legitimacy: Defined<Legitimacy>,
    /// C and its parts.
    pub cost: Defined<Cost>,
    /// K, US$ million a year; defined also where C is not.
    pub coordination_musd: Defined<f64>,
    /// M and its factors.
    pub microlateral: Defined<Microlateral>,
    /// Every figure that was read for these numbers.
    pub readings: Readings,
    /// What must stand beside these numbers.
    pub flags: Vec<Flag>,
}

impl Report {
    /// The figure of a measure, in its unit.
    ///
    /// # Errors
    /// The reason why the measure has no meaning here.
    pub fn value(&self, measure: &Measure) -> Defined<f64> {
        self.values[measure]
    }

    /// Units to which weights were rounded, where that may move deadlock risk by [`SETTLED`] or more.
    #[must_use]
    pub fn unsettled(&self) -> Option<u32> {
        let deadlock = self.deadlock.as_ref().ok()?;
        deadlock.units.filter(|_| deadlock.error_bound.is_none_or(|bound| bound >= SETTLED))
    }
}
