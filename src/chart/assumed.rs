//! Every assumption that is a number, with its words: one list for the window and for paper.

use crate::model::{Assumptions, Burden};

/// One assumption that is a number: name, explanation, range, and where it is.
#[derive(Clone, Copy, Debug)]
pub struct Assumed {
    /// Its name, with the unit.
    pub name: &'static str,
    /// What it is, or where its default comes from.
    pub tip: &'static str,
    /// What a change of it is called.
    pub what: &'static str,
    /// From where to where it goes.
    pub range: (f64, f64),
    /// Its value, in the unit of the name.
    pub get: fn(&Assumptions) -> f64,
    /// Puts a value in.
    pub set: fn(&mut Assumptions, f64),
}

impl Assumed {
    /// Whether its default rests on judgement alone.
    #[must_use]
    pub fn is_unsourced(&self) -> bool {
        self.tip.contains(UNSOURCED)
    }
}

/// How a programme is shared, in words.
#[must_use]
pub fn burden_words(burden: &Burden) -> &'static str {
    match burden {
        Burden::Assessment => "UN assessment rates",
        Burden::Equal => "equal parts",
        Burden::Gdp => "GDP",
        Burden::Custom(_) => "parts set in the file",
    }
}

/// What is said of an assumption that rests on judgement; its label has a dagger.
const UNSOURCED: &str = "an assumption without a source";

/// Every assumption that is a number.
pub const NUMBERS: [Assumed; 10] = [
    Assumed {
        name: "Model's share in votes",
        tip: "λ: how much of an observed vote the fitted model replaces",
        what: "model share",
        range: (0.0, 1.0),
        get: |a| a.model_share,
        set: |a, value| a.model_share = value,
    },
    Assumed {
        name: "Half-life of votes, years",
        tip: "H: after how many years a roll call counts half",
        what: "half-life",
        range: (0.5, 20.0),
        get: |a| a.half_life,
        set: |a, value| a.half_life = value,
    },
    Assumed {
        name: "Weight of related votes",
        tip: "ρ: how much a roll call counts that is only related to the issue; 1 is as much as one on the issue itself",
        what: "weight of related votes",
        range: (0.0, 1.0),
        get: |a| a.related_weight,
        set: |a, value| a.related_weight = value,
    },
    Assumed {
        name: "Ad hoc, US$ m a member",
        tip: UNSOURCED,
        what: "unit costs",
        range: (0.0, 10.0),
        get: |a| a.unit_costs.ad_hoc,
        set: |a, value| a.unit_costs.ad_hoc = value,
    },
    Assumed {
        name: "Light secretariat, US$ m a member",
        tip: "the WTO in 2013: CHF 197 m for 159 members",
        what: "unit costs",
        range: (0.0, 20.0),
        get: |a| a.unit_costs.light,
        set: |a, value| a.unit_costs.light = value,
    },
    Assumed {
        name: "Standing organisation, US$ m a member",
        tip: "the OECD: €352 m for 38 members",
        what: "unit costs",
        range: (0.0, 50.0),
        get: |a| a.unit_costs.standing,
        set: |a, value| a.unit_costs.standing = value,
    },
    Assumed {
        name: "Each pair of members, US$ m",
        tip: UNSOURCED,
        what: "pair cost",
        range: (0.0, 1.0),
        get: |a| a.pair_cost,
        set: |a, value| a.pair_cost = value,
    },
    Assumed {
        name: "What a convenor leaves of it",
        tip: "a hub spares bilateral talks; an assumption without a source",
        what: "hub factor",
        range: (0.0, 1.0),
        get: |a| a.hub_factor,
        set: |a, value| a.hub_factor = value,
    },
    Assumed {
        name: "Half small at, million people",
        tip: "smallness is one half there; an assumption without a source",
        what: "smallness",
        range: (1.0, 500.0),
        get: |a| a.small_population / 1e6,
        set: |a, value| a.small_population = value * 1e6,
    },
    Assumed {
        name: "Steepness of equidistance",
        tip: UNSOURCED,
        what: "equidistance",
        range: (0.0, 10.0),
        get: |a| a.equidistance_steepness,
        set: |a, value| a.equidistance_steepness = value,
    },
];
