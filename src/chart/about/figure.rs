//! The numbers beside the five measures that can be asked about: parts, factors, and what belongs to one member.

use crate::analysis::measures::{self, Better, Measure};
use crate::analysis::view::{Missing, Read, Reading, by_subject};
use crate::analysis::{Case, Report};
use crate::data::Subject;
use crate::model::Component;

/// A number on screen that can be asked about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    /// A headline measure.
    Measure(&'static Measure),
    /// A component of legitimacy, 0 to 1.
    Component(Component),
    /// D₁: the chance that one question fails.
    OneQuestion,
    /// What one part of the decision rule adds to deadlock risk or takes from reach.
    Step(&'static Measure),
    /// Something of cost.
    Cost(CostFigure),
    /// A factor of microlateral fit, 0 to 1.
    Factor(Factor),
    /// How many vote.
    Members,
    /// How many of the figures needed are published.
    Coverage,
    /// How often the members voted together.
    TrackRecord,
    /// What was predicted before a year, and what happened in it.
    ByYear,
    /// Something of one member, by its number in the atlas.
    Member(MemberFigure, usize),
}

/// The numbers of cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CostFigure {
    /// Its part for coordination.
    Coordination,
    /// Its part for the own share of the programme.
    OwnShare,
    /// Its part for going alone after a deadlock.
    Fallback,
    /// What the sponsor expects to spend a year.
    Yearly,
    /// The same over the whole mandate.
    Mandate,
    /// Coordination of all members a year.
    CoordinationYearly,
    /// The same over the whole mandate.
    CoordinationMandate,
}

/// The factors of microlateral fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// How small those who lead are.
    SmallLead,
    /// Participation of large states.
    Participation,
    /// One question or many.
    Niche,
    /// How soon it ends.
    TimeBound,
}

/// The numbers of one member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberFigure {
    /// Its share of the burden.
    Burden,
    /// What cost would be if it were the sponsor.
    OwnCost,
    /// What it would bring about as the only convenor.
    Convening,
    /// Where it stands in Assembly votes.
    Position,
    /// Its share of voting power.
    Power,
    /// How often its no decides.
    DecisiveNo,
    /// From which exclusion of outsiders on it stays.
    Exclusion,
    /// How often it is content with what is decided.
    Success,
    /// Its trade with the rival.
    Exposure,
    /// How often it votes like the rival.
    Alignment,
}

impl Figure {
    /// The name.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Measure(measure) => measure.label,
            Self::Component(component) => component.label(),
            Self::OneQuestion => "One question fails",
            Self::Step(measure) if measure.better == Better::More => "Part of the agenda lost",
            Self::Step(_) => "Part of deadlock risk",
            Self::Cost(figure) => match figure {
                CostFigure::Coordination => "Coordination",
                CostFigure::OwnShare => "Own share of the programme",
                CostFigure::Fallback => "Fallback after a deadlock",
                CostFigure::Yearly => "Expected spending a year",
                CostFigure::Mandate => "Expected spending, whole mandate",
                CostFigure::CoordinationYearly => "Coordination of all members a year",
                CostFigure::CoordinationMandate => "Coordination, whole mandate",
            },
            Self::Factor(factor) => match factor {
                Factor::SmallLead => "Small lead",
                Factor::Participation => "Large participation",
                Factor::Niche => "Niche",
                Factor::TimeBound => "Time-bound",
            },
            Self::Members => "Members",
            Self::Coverage => "Coverage",
            Self::TrackRecord => "Track record",
            Self::ByYear => "Track record by year",
            Self::Member(figure, _) => match figure {
                MemberFigure::Burden => "Share of the burden",
                MemberFigure::OwnCost => "Cost if it were the sponsor",
                MemberFigure::Convening => "As the only convenor",
                MemberFigure::Position => "Position in Assembly votes",
                MemberFigure::Power => "Share of voting power",
                MemberFigure::DecisiveNo => "Its no decides",
                MemberFigure::Exclusion => "Exclusion needed",
                MemberFigure::Success => "Content with what is decided",
                MemberFigure::Exposure => "Trade with the rival",
                MemberFigure::Alignment => "Votes like the rival",
            },
        }
    }

    /// Its value in a report, in the unit on screen; `None` where it is not defined, or not part of the report alone.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a count of members")]
    pub fn value(self, report: &Report) -> Option<f64> {
        match self {
            Self::Measure(measure) => report.value(measure).ok(),
            Self::Component(component) => {
                let parts = report.legitimacy.as_ref().ok()?.parts;
                parts.iter().find(|part| part.component == component)?.value.ok()
            }
            Self::OneQuestion => Some(report.deadlock.as_ref().ok()?.single),
            Self::Cost(figure) => {
                let cost = report.cost.as_ref().ok()?;
                Some(match figure {
                    CostFigure::Coordination => cost.coordination,
                    CostFigure::OwnShare => cost.own_share,
                    CostFigure::Fallback => cost.fallback,
                    CostFigure::Yearly => cost.expected_musd,
                    CostFigure::Mandate => cost.expected_musd * cost.months / 12.0,
                    CostFigure::CoordinationYearly => cost.coordination_musd,
                    CostFigure::CoordinationMandate => cost.coordination_musd * cost.months / 12.0,
                })
            }
            Self::Factor(factor) => {
                let fit = report.microlateral.as_ref().ok()?;
                match factor {
                    Factor::SmallLead => fit.small_lead,
                    Factor::Participation => Some(fit.participation),
                    Factor::Niche => Some(fit.niche),
                    Factor::TimeBound => Some(fit.timebound),
                }
            }
            Self::Members => Some(report.voters as f64),
            Self::Coverage | Self::TrackRecord | Self::ByYear | Self::Step(_) | Self::Member(..) => None,
        }
    }

    pub(super) fn meaning(self) -> String {
        let text = match self {
            Self::Measure(measure) => return format!("{}\nScale: {}.", measure.meaning, measure.scale),
            Self::Component(component) => {
                return format!("{}: {}, from 0 to 1.", component.label(), component.meaning());
            }
            Self::Coverage => return crate::chart::inputs::Coverage::MEANING.to_owned(),
            Self::OneQuestion => {
                "The chance that one typical contested proposal fails under the decision rule, from 0 to 100 %."
            }
            Self::Step(measure) if measure.better == Better::More => {
                "How many points of the issue's agenda are lost here and nowhere above: never tabled, or stopped by this \
                 part of the rule. What is left of 100 is reach."
            }
            Self::Step(_) => {
                "How many points of deadlock risk come from this part of the rule: it stops what all parts above would let \
                 pass. The last part, if there are several questions, is that each of them must be settled. Together they \
                 are deadlock risk."
            }
            Self::Cost(figure) => match figure {
                CostFigure::Coordination => {
                    "The sponsor's share of serving the members and of their talks; going alone = 100."
                }
                CostFigure::OwnShare => {
                    "The sponsor's share of the programme if the grouping delivers; going alone = 100."
                }
                CostFigure::Fallback => {
                    "The programme paid alone after all if the grouping deadlocks; going alone = 100."
                }
                CostFigure::Yearly => "What the sponsor expects to spend on the programme a year.",
                CostFigure::Mandate => "What the sponsor expects to spend until the mandate ends.",
                CostFigure::CoordinationYearly => "What serving all members, and talks among all of them, cost a year.",
                CostFigure::CoordinationMandate => {
                    "What serving all members, and their talks, cost until the mandate ends."
                }
            },
            Self::Factor(factor) => match factor {
                Factor::SmallLead => {
                    "Mean smallness of those who convene, 0 to 1; without a convenor, of the members weighted by GDP."
                }
                Factor::Participation => "World GDP held by members that do not convene, 0 to 1, full at one half.",
                Factor::Niche => "How few contested questions there are to settle, 0 to 1.",
                Factor::TimeBound => "How soon the mandate ends, 0 to 1, full up to 24 months.",
            },
            Self::Members => "How many vote: convenors and members. Observers do not count.",
            Self::TrackRecord => {
                "How often the members really voted together on the issue's roll calls, and how often the fitted curves \
                 alone would have them do so."
            }
            Self::ByYear => {
                "How many of a year's questions the grouping would fail on, foretold from the years before, and how many it \
                 did fail on with the votes as they were cast."
            }
            Self::Member(figure, _) => match figure {
                MemberFigure::Burden => "Its part of coordination and programme, if the grouping delivers.",
                MemberFigure::OwnCost => "Cost as it would be if this member were the sponsor; going alone = 100.",
                MemberFigure::Convening => {
                    "What follows if this member alone tables proposals: how much of the agenda it tables, how often one \
                     fails, and reach."
                }
                MemberFigure::Position => {
                    "Its latest ideal point: one number for how it votes in the General Assembly. Only distances matter."
                }
                MemberFigure::Power => {
                    "Normalised Banzhaf index: its share of all cases, every vote a coin flip, in which one vote decides."
                }
                MemberFigure::DecisiveNo => {
                    "The chance that it votes no and the proposal fails, but would pass with its yes, the others as they \
                     are; over what is tabled."
                }
                MemberFigure::Exclusion => {
                    "The share of the benefit from which outsiders must be shut out for it to stay: below, it gains by leaving \
                     and living off what the others do."
                }
                MemberFigure::Success => {
                    "The chance that it is neither overruled (it votes no, the proposal passes) nor frustrated (it votes yes, \
                     the proposal fails), on one question."
                }
                MemberFigure::Exposure => "Mean of the rival's share in its exports and in its imports, 0 to 100 %.",
                MemberFigure::Alignment => {
                    "Share of the issue's roll calls on which both were present and voted the same, recent ones counted \
                     more."
                }
            },
        };
        text.to_owned()
    }

    /// The figures that were read for it.
    pub(super) fn reads(self, report: &Report, case: &Case) -> Vec<Read> {
        let of = |measure: &Measure| by_subject(measure.readings(&report.readings));
        let part = |measure: &Measure, part: &str| by_subject(measure.readings_of(part, &report.readings));
        let one = |measure: &Measure, part: &str, actor: usize| {
            by_subject(measure.readings_of(part, &report.readings).filter(|reading| reading.actor == actor))
        };
        match self {
            Self::Measure(measure) | Self::Step(measure) => of(measure),
            Self::Component(component) => part(&measures::LEGITIMACY, component.label()),
            Self::OneQuestion | Self::Cost(CostFigure::Fallback) => of(&measures::DEADLOCK),
            Self::Cost(CostFigure::CoordinationYearly | CostFigure::CoordinationMandate) => {
                part(&measures::COST, measures::COORDINATION)
            }
            Self::Cost(_) | Self::Member(MemberFigure::OwnCost, _) => of(&measures::COST),
            Self::Factor(Factor::SmallLead) => part(&measures::MICROLATERAL, measures::SMALL_LEAD),
            Self::Factor(Factor::Participation) => part(&measures::MICROLATERAL, measures::PARTICIPATION),
            Self::Factor(Factor::Niche | Factor::TimeBound) | Self::Members | Self::Coverage => Vec::new(),
            Self::TrackRecord | Self::ByYear => {
                let actors: Vec<usize> = case.actors().collect();
                vec![itself(Subject::Votes, &actors), itself(Subject::IdealPoint, &actors)]
            }
            Self::Member(figure, actor) => match figure {
                MemberFigure::Burden => one(&measures::COST, measures::BURDEN, actor),
                MemberFigure::Power => one(&measures::DEADLOCK, measures::RULE, actor),
                MemberFigure::Position => vec![itself(Subject::IdealPoint, &[actor])],
                MemberFigure::Exposure => vec![itself(Subject::TradeWith(case.settings.rival), &[actor])],
                MemberFigure::Alignment => vec![itself(Subject::Votes, &[actor])],
                MemberFigure::Exclusion => of(&measures::COST),
                MemberFigure::Convening | MemberFigure::DecisiveNo | MemberFigure::OwnCost | MemberFigure::Success => {
                    of(&measures::DEADLOCK)
                }
            },
        }
    }

    /// The measure that the number is part of, and whose interval may help.
    pub(super) fn measure(self) -> Option<&'static Measure> {
        Some(match self {
            Self::Measure(measure) | Self::Step(measure) => measure,
            Self::Component(_) => &measures::LEGITIMACY,
            Self::Cost(_) | Self::Member(MemberFigure::Burden | MemberFigure::OwnCost, _) => &measures::COST,
            Self::Factor(_) => &measures::MICROLATERAL,
            Self::OneQuestion | Self::Member(MemberFigure::Convening | MemberFigure::DecisiveNo, _) => {
                &measures::DEADLOCK
            }
            _ => return None,
        })
    }
}

/// A figure that is shown as it is.
fn itself(subject: Subject, actors: &[usize]) -> Read {
    let reading = |actor: &usize| Reading { measure: "", part: "", subject, actor: *actor, missing: Missing::LeftOut };
    Read { subject, of: actors.iter().map(reading).collect() }
}
