//! Legitimacy, cost and microlateral fit of designs from running sums: the same figures as [`measures::evaluate`] gives, to
//! rounding, without looking at every member again.

use crate::analysis::case::{BurdenShares, Case};
use crate::analysis::engine::Engine;
use crate::analysis::measures::{self, Broker};
use crate::analysis::view::View;
use crate::data::Subject;

/// More M49 regions than there are.
const MOST_REGIONS: usize = 32;

/// What the measures read of every actor; NaN where there is no figure.
#[derive(Debug)]
pub(super) struct Quick {
    actors: Vec<Figures>,
    regions: Vec<f64>,
    world_people: f64,
    world_capability: f64,
    world_gdp: f64,
    weights: [f64; 7],
    has_broker: bool,
    convened: bool,
    sponsor: Option<usize>,
    programme: f64,
    unit: f64,
    pair: f64,
    niche: f64,
    timebound: f64,
}

#[derive(Clone, Copy, Debug)]
struct Figures {
    people: f64,
    capability: f64,
    gdp: f64,
    polyarchy: f64,
    exposure: f64,
    ideal: f64,
    burden: f64,
    broker: f64,
    small: f64,
    region: u8,
}

/// A sum over those that have a figure.
#[derive(Clone, Copy, Debug, Default)]
struct Mean {
    sum: f64,
    weight: f64,
}

impl Mean {
    fn add(&mut self, value: f64, weight: f64) {
        if !value.is_nan() {
            self.sum += weight * value;
            self.weight += weight;
        }
    }

    fn get(self) -> Option<f64> {
        (self.weight > 0.0).then(|| self.sum / self.weight)
    }
}

/// The sums over the members of a design.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sums {
    n: u32,
    people: f64,
    capability: f64,
    gdp: f64,
    largest: f64,
    /// GDP of those that do not convene.
    large: f64,
    polyarchy: Mean,
    exposure: Mean,
    ideal: Mean,
    squares: Mean,
    burden: f64,
    own: Option<f64>,
    broker: Mean,
    small: Mean,
    regions: [u8; MOST_REGIONS],
}

impl Quick {
    /// The figures that designs under a case rest on; its voters do not matter. `convened`: whether somebody convenes.
    pub fn new(engine: &Engine, base: &Case, convened: bool) -> Self {
        let facts = engine.facts_of(base);
        let view = View::silent(&facts);
        let settings = &base.settings;
        let atlas = &engine.atlas;
        let poles = settings.poles.map(|pole| atlas.actor(pole));
        let broker = match poles {
            [Some(one), Some(other)] => Some(Broker {
                poles: [one, other],
                half: settings.small_population.get(),
                steepness: settings.equidistance_steepness.get(),
            }),
            _ => None,
        };
        let figure = |subject, actor| view.figure(subject, actor).unwrap_or(f64::NAN);
        let burden = |actor: usize| match &settings.burden {
            BurdenShares::Assessment => view.or_zero(Subject::Assessment, actor),
            BurdenShares::Equal => 1.0,
            BurdenShares::Gdp => view.or_zero(Subject::Gdp, actor),
            BurdenShares::Custom(parts) => {
                let id = atlas.countries[actor].id;
                parts.iter().find(|(of, _)| *of == id).map_or(0.0, |(_, part)| part.get())
            }
        };
        let (affected, capability) = (base.issue.affected(), base.issue.capability());
        let of = |actor: usize| Figures {
            people: view.or_zero(affected, actor),
            capability: view.or_zero(capability, actor),
            gdp: view.or_zero(Subject::Gdp, actor),
            polyarchy: figure(Subject::Polyarchy, actor),
            exposure: figure(Subject::TradeWith(settings.rival), actor),
            ideal: figure(Subject::IdealPoint, actor),
            burden: burden(actor),
            broker: broker.and_then(|broker| broker.score(&view, actor)).unwrap_or(f64::NAN),
            small: measures::small(&view, actor, settings.small_population.get()).unwrap_or(f64::NAN),
            region: facts.regions[actor],
        };
        let hub = if convened { settings.hub_factor.get() } else { 1.0 };
        Self {
            actors: (0..atlas.countries.len()).map(of).collect(),
            regions: facts.un_region_shares.clone(),
            world_people: view.world(affected),
            world_capability: view.world(capability),
            world_gdp: view.world(Subject::Gdp),
            weights: settings.weights.map(|weight| weight.get().max(0.0)),
            has_broker: broker.is_some(),
            convened,
            sponsor: atlas.actor(settings.sponsor),
            programme: settings.programme.get(),
            unit: settings.unit_cost.get(),
            pair: hub * settings.pair_cost.get(),
            niche: 1.0 / f64::from(base.mandate.questions),
            timebound: (24.0 / base.mandate.counted_months()).min(1.0),
        }
    }

    /// Nobody yet.
    pub fn nobody() -> Sums {
        let none = Mean::default();
        Sums {
            n: 0,
            people: 0.0,
            capability: 0.0,
            gdp: 0.0,
            largest: 0.0,
            large: 0.0,
            polyarchy: none,
            exposure: none,
            ideal: none,
            squares: none,
            burden: 0.0,
            own: None,
            broker: none,
            small: none,
            regions: [0; MOST_REGIONS],
        }
    }

    /// One member more.
    pub fn with(&self, sums: &Sums, actor: usize, convenes: bool) -> Sums {
        let of = &self.actors[actor];
        let mut next = *sums;
        next.n += 1;
        next.people += of.people;
        next.capability += of.capability;
        next.gdp += of.gdp;
        next.largest = next.largest.max(of.gdp);
        if !convenes {
            next.large += of.gdp;
        }
        next.polyarchy.add(of.polyarchy, 1.0);
        next.exposure.add(of.exposure, 1.0);
        next.ideal.add(of.ideal, 1.0);
        next.squares.add(of.ideal * of.ideal, 1.0);
        next.burden += of.burden;
        if self.sponsor == Some(actor) {
            next.own = Some(of.burden);
        }
        if convenes || !self.convened {
            let weight = if self.convened { 1.0 } else { of.gdp };
            next.broker.add(of.broker, weight);
            next.small.add(of.small, weight);
        }
        next.regions[usize::from(of.region)] += 1;
        next
    }

    /// L, as [`measures::legitimacy`] has it.
    pub fn legitimacy(&self, sums: &Sums) -> Option<f64> {
        let n = f64::from(sums.n);
        let each = 1.0 / n;
        let off = self.regions.iter().zip(&sums.regions);
        let off: f64 = off.map(|(share, count)| (share - f64::from(*count) * each).abs()).sum();
        let share = |sum: f64, world: f64| Some((sum / world).clamp(0.0, 1.0));
        let components = [
            share(sums.people, self.world_people),
            Some(1.0 - 0.5 * off),
            sums.polyarchy.get(),
            (sums.gdp > 0.0).then(|| 1.0 - sums.largest / sums.gdp),
            if self.has_broker { sums.broker.get() } else { None },
            share(sums.capability, self.world_capability),
            sums.exposure.get().map(|mean| 1.0 - mean),
        ];
        let (mut total, mut score) = (0.0, 0.0);
        for (value, weight) in components.into_iter().zip(self.weights) {
            if let Some(value) = value {
                total += weight;
                score += weight * value;
            }
        }
        (total > 0.0).then(|| 100.0 * score / total)
    }

    /// C with deadlock risk `risk`, 0 to 1, as [`measures::cost`] has it, everybody with full backing.
    pub fn cost(&self, sums: &Sums, risk: f64) -> Option<f64> {
        if self.programme.partial_cmp(&0.0) != Some(std::cmp::Ordering::Greater) {
            return None;
        }
        let own = match sums.own {
            None => 0.0,
            Some(own) if sums.burden > 0.0 => own / sums.burden,
            Some(_) => return None,
        };
        let n = f64::from(sums.n);
        let coordination = if sums.n == 1 {
            0.0
        } else {
            let mean = sums.ideal.get().unwrap_or(0.0);
            let deviation = (sums.squares.get().unwrap_or(0.0) - mean * mean).max(0.0).sqrt();
            self.unit * n + self.pair * n * (n - 1.0) / 2.0 * (1.0 + deviation)
        };
        Some(100.0 * (coordination * own / self.programme + (1.0 - risk) * own + risk))
    }

    /// M, as [`measures::microlateral`] has it.
    pub fn microlateral(&self, sums: &Sums) -> f64 {
        let participation = (sums.large / self.world_gdp / 0.5).min(1.0);
        let rest = participation * self.niche * self.timebound;
        100.0 * sums.small.get().map_or_else(|| rest.cbrt(), |small| (small * rest).powf(0.25))
    }
}
