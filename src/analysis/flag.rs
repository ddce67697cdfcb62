//! What must stand beside a number.

use super::undefined::Undefined;
use crate::data::{Atlas, CountryId};
use crate::model::Issue;

/// Figures that rest on roll calls worth fewer equally weighted ones than this are flagged.
pub const FEW_CALLS: f64 = 20.0;

/// “62 direct and 78 related roll calls, worth 40”.
pub(super) fn rests_on([direct, related, own]: [usize; 3], effective: f64) -> String {
    let calls = |count: usize| if count == 1 { "roll call" } else { "roll calls" };
    let counted = match (direct, related) {
        (direct, 0) => format!("{direct} direct {}", calls(direct)),
        (0, related) => format!("{related} related {}", calls(related)),
        (direct, related) => format!("{direct} direct and {related} related {}", calls(related)),
    };
    let counted = match (own, direct + related) {
        (0, _) => counted,
        (1, 0) => return "one question of your own".to_owned(),
        (own, 0) => return format!("{own} questions of your own"),
        (1, _) => format!("{counted} and one question of your own"),
        (own, _) => format!("{counted} and {own} questions of your own"),
    };
    // Cut, not rounded, so that what is below the bound also reads so.
    let worth = if effective < FEW_CALLS {
        format!("{:.1}", (effective * 10.0).floor() / 10.0)
    } else {
        format!("{effective:.0}")
    };
    format!("{counted}, worth {worth}")
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
                rests_on([*direct, *related, 0], *effective)
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
