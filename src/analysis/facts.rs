//! The figures as the measures use them: fallbacks, products and estimates of missing ones (`model.md`, section 0).

use std::sync::Arc;

use super::normal::normal_cdf;
use crate::data::{Atlas, CountryId};
use crate::model::Capability;

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provenance {
    /// The indicator itself.
    Published,
    /// A second source, where the first has nothing.
    SecondSource,
    /// The product or sum of published figures.
    Derived,
    /// The median of UN members of the same subregion.
    Neighbours,
    /// A rule of `model.md`: assessment by GDP.
    Estimated,
    /// A rule of `model.md`: without a GDP, the least assessment.
    Least,
    /// There is none.
    Missing,
}

impl Provenance {
    /// The flag that must stand beside the figure; `None` for published figures.
    #[must_use]
    pub fn flag(self) -> Option<&'static str> {
        match self {
            Self::Published | Self::SecondSource | Self::Derived => None,
            Self::Neighbours => Some("estimated from neighbours"),
            Self::Estimated => Some("estimated from GDP"),
            Self::Least => Some("no GDP to estimate it from, least rate 0.001 %"),
            Self::Missing => Some("no figure"),
        }
    }
}

/// A value with where it comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fact {
    /// In the unit of its [`Subject`]; `None` where there is no figure.
    pub value: Option<f64>,
    /// The year; `None` where figures of several years were joined or estimated.
    pub year: Option<u16>,
    /// How it came about.
    pub provenance: Provenance,
    /// The code of the main indicator it rests on.
    pub indicator: &'static str,
}

impl Fact {
    const MISSING: Self = Self { value: None, year: None, provenance: Provenance::Missing, indicator: "" };
}

/// What a fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// Persons.
    Population,
    /// Persons who use the internet.
    InternetUsers,
    /// Current US$.
    Gdp,
    /// In the unit of the capability.
    Capability(Capability),
    /// UN regular budget assessment rate, per cent.
    Assessment,
    /// Latest ideal point in the General Assembly (final-passage votes).
    IdealPoint,
    /// V-Dem electoral democracy, 0 to 1.
    Polyarchy,
    /// WGI government effectiveness, about −2.5 to 2.5.
    Governance,
}

impl Subject {
    /// All subjects, once each.
    pub const ALL: [Self; 13] = [
        Self::Population,
        Self::InternetUsers,
        Self::Gdp,
        Self::Capability(Capability::GreenhouseGases),
        Self::Capability(Capability::HealthSpending),
        Self::Capability(Capability::ResearchSpending),
        Self::Capability(Capability::Trade),
        Self::Capability(Capability::MilitarySpending),
        Self::Capability(Capability::AidGiven),
        Self::Assessment,
        Self::IdealPoint,
        Self::Polyarchy,
        Self::Governance,
    ];

    /// In words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Population => "population",
            Self::InternetUsers => "internet users",
            Self::Gdp => "GDP",
            Self::Capability(capability) => capability.words(),
            Self::Assessment => "UN assessment rate",
            Self::IdealPoint => "ideal point",
            Self::Polyarchy => "electoral democracy",
            Self::Governance => "government effectiveness",
        }
    }

    /// The unit of the values.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Population | Self::InternetUsers => "persons",
            Self::Capability(Capability::GreenhouseGases) => "Mt CO₂e",
            Self::Capability(Capability::AidGiven) => "US$ of 2023",
            Self::Gdp | Self::Capability(_) => "US$",
            Self::Assessment => "%",
            Self::IdealPoint => "ideal point",
            Self::Polyarchy => "0 to 1",
            Self::Governance => "about −2.5 to 2.5",
        }
    }

    fn slot(self) -> usize {
        match self {
            Self::Population => 0,
            Self::InternetUsers => 1,
            Self::Gdp | Self::Capability(Capability::Gdp) => 2,
            Self::Capability(Capability::GreenhouseGases) => 3,
            Self::Capability(Capability::HealthSpending) => 4,
            Self::Capability(Capability::ResearchSpending) => 5,
            Self::Capability(Capability::Trade) => 6,
            Self::Capability(Capability::MilitarySpending) => 7,
            Self::Capability(Capability::AidGiven) => 8,
            Self::Assessment => 9,
            Self::IdealPoint => 10,
            Self::Polyarchy => 11,
            Self::Governance => 12,
        }
    }
}

/// How much of an actor's trade goes through the rival.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exposure {
    /// 0 to 1.
    pub value: f64,
    /// Whether the rival is missing among the partners listed for a flow, so that 0 stands for “below the fifth”.
    pub below_fifth: bool,
    /// What must be said of it where that is so: which flow is meant.
    pub caution: &'static str,
}

/// The facts about every actor, by actor number.
#[derive(Clone, Debug)]
pub struct Facts {
    tables: Arc<Vec<Vec<Fact>>>,
    values: Vec<Vec<Option<f64>>>,
    world: Vec<f64>,
    /// M49 region of every actor, as a number into [`Facts::region_names`].
    pub regions: Vec<u8>,
    /// The regions, in alphabetical order.
    pub region_names: Vec<String>,
    /// Share of the UN members in each region.
    pub un_region_shares: Vec<f64>,
}

impl Facts {
    /// Gathers the facts from the atlas.
    #[must_use]
    pub fn new(atlas: &Atlas) -> Self {
        let tables: Vec<Vec<Fact>> = Subject::ALL
            .into_iter()
            .map(|subject| match subject {
                Subject::Assessment => assessment(atlas),
                Subject::IdealPoint | Subject::Polyarchy | Subject::Governance => {
                    imputed(atlas, main_indicator(subject))
                }
                _ => (0..atlas.countries.len()).map(|actor| measured(atlas, subject, actor)).collect(),
            })
            .collect();
        let values: Vec<Vec<Option<f64>>> =
            tables.iter().map(|facts| facts.iter().map(|fact| fact.value).collect()).collect();
        let world = values.iter().map(|values| values.iter().flatten().sum()).collect();
        let mut region_names: Vec<String> = atlas.countries.iter().map(|country| country.region.clone()).collect();
        region_names.sort();
        region_names.dedup();
        let place = |region: &str| region_names.iter().position(|name| name == region).unwrap_or(0);
        let regions: Vec<u8> =
            atlas.countries.iter().map(|country| u8::try_from(place(&country.region)).unwrap_or(0)).collect();
        let mut counts = vec![0.0; region_names.len()];
        for (country, region) in atlas.countries.iter().zip(&regions) {
            if country.is_un_member() {
                counts[usize::from(*region)] += 1.0;
            }
        }
        let total: f64 = counts.iter().sum();
        let un_region_shares = counts.into_iter().map(|count| count / total).collect();
        Self { tables: Arc::new(tables), values, world, regions, region_names, un_region_shares }
    }

    /// A fact with its origin.
    #[must_use]
    pub fn fact(&self, subject: Subject, actor: usize) -> Fact {
        self.tables[subject.slot()][actor]
    }

    /// The value of a fact.
    #[must_use]
    pub fn value(&self, subject: Subject, actor: usize) -> Option<f64> {
        self.values[subject.slot()][actor]
    }

    /// All values of a subject, by actor number.
    #[must_use]
    pub fn values(&self, subject: Subject) -> &[Option<f64>] {
        &self.values[subject.slot()]
    }

    /// All values of a subject, to be replaced by drawn ones.
    pub fn values_mut(&mut self, subject: Subject) -> &mut [Option<f64>] {
        &mut self.values[subject.slot()]
    }

    /// The sum over all actors with a value.
    #[must_use]
    pub fn world(&self, subject: Subject) -> f64 {
        self.world[subject.slot()]
    }

    /// `small` of the honest-broker score: 1 for the smallest, ½ at `half` persons.
    #[must_use]
    pub fn small(&self, actor: usize, half: f64) -> Option<f64> {
        let ratio = self.value(Subject::Population, actor)? / half;
        Some(1.0 / (1.0 + ratio * ratio))
    }

    /// The honest-broker score of an actor between two poles, 0 to 1 (`model.md`, section 2).
    ///
    /// `None` where a figure is missing or the poles have the same ideal point.
    #[must_use]
    pub fn broker(&self, actor: usize, poles: [usize; 2], half: f64, steepness: f64) -> Option<f64> {
        let [small, equidistance, governance] = self.broker_parts(actor, poles, half, steepness)?;
        Some((small * equidistance * governance).cbrt())
    }

    /// The three factors of the honest-broker score: small, equidistance, governance.
    #[must_use]
    pub fn broker_parts(&self, actor: usize, poles: [usize; 2], half: f64, steepness: f64) -> Option<[f64; 3]> {
        let ideal = |actor| self.value(Subject::IdealPoint, actor);
        let (own, one, other) = (ideal(actor)?, ideal(poles[0])?, ideal(poles[1])?);
        let span = (one - other).abs();
        if span == 0.0 {
            return None;
        }
        let delta = ((own - one).abs() - (own - other).abs()).abs() / span;
        let equidistance = (-steepness * delta * delta).exp();
        let governance = normal_cdf(self.value(Subject::Governance, actor)?);
        Some([self.small(actor, half)?, equidistance, governance])
    }
}

/// Exposure of an actor's trade to the rival; `None` where no partner is listed at all.
#[must_use]
pub fn exposure(atlas: &Atlas, actor: usize, rival: CountryId) -> Option<Exposure> {
    if atlas.countries[actor].id == rival {
        return Some(Exposure { value: 1.0, below_fifth: false, caution: "" });
    }
    let mut below = [false; 2];
    let mut shares = Vec::with_capacity(2);
    for (flow, below) in [&atlas.exports[actor], &atlas.imports[actor]].into_iter().zip(&mut below) {
        if flow.is_empty() {
            continue;
        }
        let share = flow.iter().find(|partner| partner.id == rival).map(|partner| partner.share_pct / 100.0);
        *below = share.is_none();
        shares.push(share.unwrap_or(0.0));
    }
    if shares.is_empty() {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "one or two")]
    let value = shares.iter().sum::<f64>() / shares.len() as f64;
    let caution = match below {
        [true, true] => "below the fifth partner, counted as 0",
        [true, false] => "exports below the fifth partner, counted as 0",
        [false, true] => "imports below the fifth partner, counted as 0",
        [false, false] => "",
    };
    Some(Exposure { value, below_fifth: below != [false; 2], caution })
}

fn main_indicator(subject: Subject) -> &'static str {
    match subject {
        Subject::IdealPoint => "unga_ideal_point",
        Subject::Polyarchy => "vdem_polyarchy",
        Subject::Governance => "wgi_gov_effectiveness",
        _ => "",
    }
}

fn published(atlas: &Atlas, indicator: &'static str, actor: usize, provenance: Provenance) -> Option<Fact> {
    let figure = atlas.figure(indicator, actor)?;
    Some(Fact { value: Some(figure.value), year: Some(figure.year), provenance, indicator })
}

fn first_of(atlas: &Atlas, actor: usize, first: &'static str, second: &'static str) -> Fact {
    published(atlas, first, actor, Provenance::Published)
        .or_else(|| published(atlas, second, actor, Provenance::SecondSource))
        .unwrap_or(Fact::MISSING)
}

/// A percentage of another fact.
fn share_of(atlas: &Atlas, actor: usize, percent: &'static str, whole: Fact) -> Fact {
    match (atlas.figure(percent, actor), whole.value) {
        (Some(figure), Some(whole)) => Fact {
            value: Some(figure.value / 100.0 * whole),
            year: Some(figure.year),
            provenance: Provenance::Derived,
            indicator: percent,
        },
        _ => Fact::MISSING,
    }
}

fn measured(atlas: &Atlas, subject: Subject, actor: usize) -> Fact {
    let population = || first_of(atlas, actor, "population", "population_fb");
    let gdp = || first_of(atlas, actor, "gdp_usd", "gdp_usd_fb");
    let only = |indicator| published(atlas, indicator, actor, Provenance::Published).unwrap_or(Fact::MISSING);
    match subject {
        Subject::Population => population(),
        Subject::InternetUsers => share_of(atlas, actor, "internet_users_pct", population()),
        Subject::Gdp | Subject::Capability(Capability::Gdp) => gdp(),
        Subject::Capability(Capability::GreenhouseGases) => only("ghg_total_mt"),
        Subject::Capability(Capability::HealthSpending) => share_of(atlas, actor, "health_exp_pct_gdp", gdp()),
        Subject::Capability(Capability::ResearchSpending) => share_of(atlas, actor, "rd_exp_pct_gdp", gdp()),
        Subject::Capability(Capability::AidGiven) => only("oda_given_2023usd"),
        Subject::Capability(Capability::MilitarySpending) => {
            published(atlas, "military_exp_usd_derived", actor, Provenance::Derived)
                .unwrap_or_else(|| share_of(atlas, actor, "military_exp_pct_gdp_fb", gdp()))
        }
        Subject::Capability(Capability::Trade) => {
            match (atlas.figure("exports_usd", actor), atlas.figure("imports_usd", actor)) {
                (Some(exports), Some(imports)) => Fact {
                    value: Some(exports.value + imports.value),
                    year: (exports.year == imports.year).then_some(exports.year),
                    provenance: Provenance::Derived,
                    indicator: "exports_usd",
                },
                _ => Fact::MISSING,
            }
        }
        Subject::Assessment | Subject::IdealPoint | Subject::Polyarchy | Subject::Governance => Fact::MISSING,
    }
}

/// The latest figure, or the median of the UN members of the same subregion.
fn imputed(atlas: &Atlas, indicator: &'static str) -> Vec<Fact> {
    (0..atlas.countries.len())
        .map(|actor| {
            published(atlas, indicator, actor, Provenance::Published).unwrap_or_else(|| {
                let published = |other| atlas.figure(indicator, other).map(|figure| figure.value);
                let value = median_of_neighbours(atlas, actor, published);
                let provenance = if value.is_some() { Provenance::Neighbours } else { Provenance::Missing };
                Fact { value, year: None, provenance, indicator }
            })
        })
        .collect()
}

/// The median over the UN members of the actor's M49 subregion that have a figure; `None` where none of them has.
pub(super) fn median_of_neighbours(atlas: &Atlas, actor: usize, figure: impl Fn(usize) -> Option<f64>) -> Option<f64> {
    let subregion = &atlas.countries[actor].subregion;
    let mut values: Vec<f64> = atlas
        .countries
        .iter()
        .enumerate()
        .filter(|(_, country)| country.is_un_member() && country.subregion == *subregion)
        .filter_map(|(neighbour, _)| figure(neighbour))
        .collect();
    values.sort_by(f64::total_cmp);
    match (values.len(), values.len() / 2) {
        (0, _) => None,
        (n, middle) if n % 2 == 1 => Some(values[middle]),
        (_, middle) => Some(f64::midpoint(values[middle - 1], values[middle])),
    }
}

/// Assessment rates; for those that are not assessed, by GDP at the rate of the UN members together.
fn assessment(atlas: &Atlas) -> Vec<Fact> {
    const LEAST: f64 = 0.001;
    let gdp = |actor| measured(atlas, Subject::Gdp, actor).value;
    let rate = |actor| atlas.figure("un_assessment_rate_pct", actor);
    let members = || (0..atlas.countries.len()).filter(|actor| atlas.countries[*actor].is_un_member());
    let rates: f64 = members().filter_map(|actor| rate(actor).map(|figure| figure.value)).sum();
    let product: f64 = members().filter_map(gdp).sum();
    (0..atlas.countries.len())
        .map(|actor| {
            published(atlas, "un_assessment_rate_pct", actor, Provenance::Published).unwrap_or_else(|| {
                let by_gdp = gdp(actor).map(|gdp| gdp * rates / product);
                let provenance = if by_gdp.is_some() { Provenance::Estimated } else { Provenance::Least };
                let indicator = "un_assessment_rate_pct";
                Fact { value: by_gdp.or(Some(LEAST)), year: None, provenance, indicator }
            })
        })
        .collect()
}
