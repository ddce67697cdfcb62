//! What is drawn for intervals (*What is drawn* in `METHODS.md`).
//!
//! Every draw is made from the seed and its own number alone, block by block, so that neither the number of threads nor the
//! groupings asked for change it: all groupings see the same worlds.

use rand::distr::Distribution as _;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, SeedableRng as _};
use rand_distr::{Gamma, StandardNormal};

use super::case::Settings;
use super::real::Real;
use super::votes::VoteSettings;
use crate::data::{Atlas, CountryId, Facts, Provenance, Subject};
use crate::model::{Form, Issue};

/// Between which values λ is drawn; widened to the user's own λ where that lies outside.
pub const MODEL_SHARE: [f64; 2] = [0.02, 0.20];
/// Between which values H is drawn, in years; widened to the user's own H where that lies outside.
pub const HALF_LIFE: [f64; 2] = [1.0, 3.0];
/// Between which values ρ is drawn; widened to the user's own ρ where that lies outside.
pub const RELATED_WEIGHT: [f64; 2] = [0.1, 0.6];
/// Standard deviation of the logarithm of the programme.
pub const PROGRAMME_SIGMA: f64 = 0.4;
/// Standard deviation of the logarithm of the unit cost and of the cost of a pair.
pub const UNIT_SIGMA: f64 = 0.5;
/// How closely drawn weights of legitimacy keep to the user's: Dirichlet(50 · w).
pub const WEIGHT_CONCENTRATION: f64 = 50.0;
/// From the 5 % to the 95 % quantile of a normal distribution, in standard deviations.
const FROM_5_TO_95: f64 = 3.29;

/// The subjects whose figures are drawn.
pub const DRAWN: [Subject; 3] = [Subject::IdealPoint, Subject::Polyarchy, Subject::Governance];

/// Blocks of one draw, each with a stream of random numbers of its own.
#[derive(Clone, Copy)]
enum Block {
    Scalars,
    Weights,
    Related,
    Drift,
    Figures(usize),
    RollCalls(Issue),
}

impl Block {
    /// Room for blocks that later versions may add.
    const PER_DRAW: u64 = 64;

    fn number(self) -> u64 {
        match self {
            Self::Scalars => 0,
            Self::Weights => 1,
            Self::Related => 2,
            Self::Drift => 3,
            Self::Figures(subject) => 8 + subject as u64,
            Self::RollCalls(issue) => 32 + issue as u64,
        }
    }
}

/// How uncertain the drawn figures are: standard deviations by subject (in the order of [`DRAWN`]) and actor number, in the
/// unit of the figure.
///
/// Published figures have their published uncertainty: (q95 − q5)/3.29 for ideal points, (high − low)/2 for electoral
/// democracy (a 68 % interval), the standard error for governance. A figure estimated from neighbours has the standard
/// deviation of those neighbours (of all UN members where there are fewer than two). Without a figure: 0, nothing to draw.
#[derive(Clone, Debug)]
pub struct Spreads {
    by_subject: [Vec<f64>; 3],
}

impl Spreads {
    /// Gathers the standard deviations.
    #[must_use]
    pub fn new(atlas: &Atlas, facts: &Facts) -> Self {
        let by_subject = DRAWN.map(|subject| {
            (0..atlas.countries.len())
                .map(|actor| match facts.fact(subject, actor).provenance {
                    Provenance::Missing => 0.0,
                    Provenance::Published => published_spread(atlas, subject, actor)
                        .unwrap_or_else(|| spread_of_neighbours(atlas, facts, subject, actor)),
                    _ => spread_of_neighbours(atlas, facts, subject, actor),
                })
                .collect()
        });
        Self { by_subject }
    }

    /// The standard deviation of a figure; 0 where there is none, and for subjects that are not drawn.
    #[must_use]
    pub fn of(&self, subject: Subject, actor: usize) -> f64 {
        DRAWN.iter().position(|drawn| *drawn == subject).map_or(0.0, |at| self.by_subject[at][actor])
    }
}

fn published_spread(atlas: &Atlas, subject: Subject, actor: usize) -> Option<f64> {
    let figure = |code: &str| atlas.figure(code, actor).map(|figure| figure.value);
    let between = |low: &str, high: &str| Some(figure(high)? - figure(low)?);
    let spread = match subject {
        Subject::IdealPoint => between("unga_ideal_point_q5", "unga_ideal_point_q95")? / FROM_5_TO_95,
        Subject::Polyarchy => between("vdem_polyarchy_low", "vdem_polyarchy_high")? / 2.0,
        Subject::Governance => figure("wgi_gov_effectiveness_se")?,
        _ => return None,
    };
    (spread.is_finite() && spread >= 0.0).then_some(spread)
}

/// The standard deviation (sample form) of the published figures of UN members of the same subregion; of all UN members
/// where there are fewer than two.
fn spread_of_neighbours(atlas: &Atlas, facts: &Facts, subject: Subject, actor: usize) -> f64 {
    let subregion = &atlas.countries[actor].subregion;
    let values = |everywhere: bool| -> Vec<f64> {
        (0..atlas.countries.len())
            .filter(|other| {
                let country = &atlas.countries[*other];
                country.is_un_member() && (everywhere || country.subregion == *subregion)
            })
            .filter(|other| facts.fact(subject, *other).provenance == Provenance::Published)
            .filter_map(|other| facts.fact(subject, other).value)
            .collect()
    };
    deviation(&values(false)).or_else(|| deviation(&values(true))).unwrap_or(0.0)
}

#[expect(clippy::cast_precision_loss, reason = "a count of actors")]
fn deviation(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    if values.len() < 2 {
        return None;
    }
    let mean = values.iter().sum::<f64>() / n;
    Some((values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt())
}

/// One world: what every uncertain quantity is in it, before it is scaled to a case.
#[derive(Clone, Debug)]
pub struct Draw {
    seed: u64,
    number: u32,
    /// Where λ and H stand between their bounds, 0 to 1.
    uniform: [f64; 2],
    /// Where ρ stands between its bounds, 0 to 1.
    related: f64,
    /// Standard normal: drift that is common to all groupings.
    drift: f64,
    /// Standard normal: the programme, the unit cost of each form, the cost of a pair.
    costs: [f64; 5],
    /// Standard normal, one an actor, by subject in the order of [`DRAWN`].
    figures: [Vec<f64>; 3],
}

impl Draw {
    /// Draw `number` of the seed for as many actors as the atlas has.
    #[must_use]
    pub fn new(seed: u64, number: u32, actors: usize) -> Self {
        let mut scalars = stream(seed, number, Block::Scalars);
        let uniform = std::array::from_fn(|_| scalars.random::<f64>());
        let costs = std::array::from_fn(|_| StandardNormal.sample(&mut scalars));
        let figures = std::array::from_fn(|subject| {
            let mut figures = stream(seed, number, Block::Figures(subject));
            (0..actors).map(|_| StandardNormal.sample(&mut figures)).collect()
        });
        let related = stream(seed, number, Block::Related).random();
        let drift = StandardNormal.sample(&mut stream(seed, number, Block::Drift));
        Self { seed, number, uniform, related, drift, costs, figures }
    }

    /// The standard normal deviate of an actor's figure; 0 for subjects that are not drawn.
    #[must_use]
    pub fn deviate(&self, subject: Subject, actor: usize) -> f64 {
        DRAWN.iter().position(|drawn| *drawn == subject).map_or(0.0, |at| self.figures[at][actor])
    }

    /// The standard normal deviate of the year: how far questions and alignments have moved, for all groupings alike.
    #[must_use]
    pub fn drift(&self) -> f64 {
        self.drift
    }

    /// The standard normal deviate of one grouping by itself, from the mark of its members
    /// ([`members_mark`]): groupings of the same members share it.
    #[must_use]
    pub fn own_drift(&self, mark: u64) -> f64 {
        let mut random = ChaCha8Rng::seed_from_u64(self.seed ^ mark);
        random.set_stream(u64::from(self.number));
        StandardNormal.sample(&mut random)
    }

    /// λ, H and ρ of this world, where the user has set those given.
    #[must_use]
    pub fn votes(&self, own: &VoteSettings) -> VoteSettings {
        let [first, second] = self.uniform;
        VoteSettings {
            model_share: between(first, MODEL_SHARE, own.model_share.get()).into(),
            half_life: between(second, HALF_LIFE, own.half_life.get()).into(),
            related_weight: between(self.related, RELATED_WEIGHT, own.related_weight.get()).into(),
        }
    }

    /// The assumptions of a case in this world.
    #[must_use]
    pub fn settings(&self, settings: &Settings, form: Form) -> Settings {
        let [programme, ad_hoc, light, standing, pair] = self.costs;
        let unit = match form {
            Form::AdHoc => ad_hoc,
            Form::Light => light,
            Form::Standing => standing,
        };
        let times = |middle: Real, sigma: f64, deviate: f64| Real::from(middle.get() * (sigma * deviate).exp());
        Settings {
            votes: self.votes(&settings.votes),
            programme: times(settings.programme, PROGRAMME_SIGMA, programme),
            unit_cost: times(settings.unit_cost, UNIT_SIGMA, unit),
            pair_cost: times(settings.pair_cost, UNIT_SIGMA, pair),
            weights: self.weights(&settings.weights),
            ..settings.clone()
        }
    }

    /// Weights of legitimacy, scaled to 1: Dirichlet(50 · w). A weight of 0 stays 0.
    #[must_use]
    pub fn weights(&self, weights: &[Real; 7]) -> [Real; 7] {
        let middle = weights.map(|weight| weight.get().max(0.0));
        let total: f64 = middle.iter().sum();
        let mut random = stream(self.seed, self.number, Block::Weights);
        let drawn = middle.map(|weight| {
            Gamma::new(WEIGHT_CONCENTRATION * weight / total, 1.0).map_or(0.0, |gamma| gamma.sample(&mut random))
        });
        let sum: f64 = drawn.iter().sum();
        if sum > 0.0 { drawn.map(|weight| Real::from(weight / sum)) } else { *weights }
    }

    /// The facts of this world.
    #[must_use]
    pub fn facts(&self, middle: &Facts, spreads: &Spreads) -> Facts {
        let mut facts = middle.clone();
        for (at, subject) in DRAWN.into_iter().enumerate() {
            for (actor, value) in facts.values_mut(subject).iter_mut().enumerate() {
                let Some(value) = value else { continue };
                *value += spreads.by_subject[at][actor] * self.figures[at][actor];
                if subject == Subject::Polyarchy {
                    *value = value.clamp(0.0, 1.0);
                }
            }
        }
        facts
    }

    /// How often each of `calls` roll calls of an issue is picked when as many are drawn with replacement.
    #[must_use]
    pub fn picked(&self, issue: Issue, calls: usize) -> Vec<u32> {
        let mut random = stream(self.seed, self.number, Block::RollCalls(issue));
        let mut counts = vec![0; calls];
        for _ in 0..calls {
            counts[random.random_range(0..calls)] += 1;
        }
        counts
    }
}

/// What tells a set of members from others; their order does not matter.
#[must_use]
pub fn members_mark(members: impl Iterator<Item = CountryId>) -> u64 {
    let mut codes: Vec<CountryId> = members.collect();
    codes.sort_unstable();
    // FNV-1a: the same on every machine and in every version.
    codes
        .iter()
        .flat_map(|id| id.as_str().bytes())
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn stream(seed: u64, draw: u32, block: Block) -> ChaCha8Rng {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(u64::from(draw) * Block::PER_DRAW + block.number());
    random
}

/// A value between bounds, widened to `own`. Where `own` is no positive number there is nothing to vary.
fn between(share: f64, [low, high]: [f64; 2], own: f64) -> f64 {
    if !own.is_finite() || own < 0.0 {
        return own;
    }
    let (low, high) = (low.min(own), high.max(own));
    low + share * (high - low)
}
