//! The figures as the measures use them: fallbacks, products and estimates of missing ones (*Missing figures* in
//! `METHODS.md`), each with where it comes from.
//!
//! [`Facts`] is the one place that answers what is known of an actor: whoever asks names a [`Subject`].

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::{Atlas, CountryId, Fact, Partner, Provenance, Source, Subject};

/// A figure of the user's own, in place of the built-in one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OwnFigure {
    /// What it is about: a subject of [`Subject::ALL`] other than ideal points, on which the vote table rests.
    pub subject: Subject,
    /// The actor's number.
    pub actor: usize,
    /// In the unit of the subject.
    pub value: f64,
    /// The year it is for.
    pub year: Option<u16>,
}

/// Which figures a case may read: a hash of what differs from the built-in ones, 0 where nothing does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct FiguresId(u64);

/// The facts about every actor, by actor number.
#[derive(Clone, Debug)]
pub struct Facts {
    atlas: Arc<Atlas>,
    id: FiguresId,
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
    pub fn new(atlas: &Arc<Atlas>) -> Self {
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
        Self {
            atlas: atlas.clone(),
            id: FiguresId::default(),
            tables: Arc::new(tables),
            values,
            world,
            regions,
            region_names,
            un_region_shares,
        }
    }

    /// The same with figures of the user's own in place of built-in ones. Totals of the world follow; figures that are
    /// products of others do not. Those that no table holds, ideal points, and numbers that are not finite are left as they are.
    #[must_use]
    pub fn with_own(&self, own: &[OwnFigure]) -> Self {
        let mut facts = self.clone();
        let mut tables = Vec::clone(&facts.tables);
        let mut hasher = DefaultHasher::new();
        self.id.hash(&mut hasher);
        for figure in own.iter().filter(|figure| figure.subject != Subject::IdealPoint && figure.value.is_finite()) {
            let Some(slot) = figure.subject.slot() else { continue };
            let Some(fact) = tables[slot].get_mut(figure.actor) else { continue };
            fact.value = Some(figure.value);
            fact.year = figure.year;
            fact.provenance = Provenance::Own;
            facts.values[slot][figure.actor] = fact.value;
            facts.world[slot] = facts.values[slot].iter().flatten().sum();
            (figure.subject, figure.actor, figure.value.to_bits(), figure.year).hash(&mut hasher);
            facts.id = FiguresId(hasher.finish().max(1));
        }
        facts.tables = Arc::new(tables);
        facts
    }

    /// What differs from the built-in figures, as a hash.
    #[must_use]
    pub fn id(&self) -> FiguresId {
        self.id
    }

    /// A fact with its origin.
    #[must_use]
    pub fn fact(&self, subject: Subject, actor: usize) -> Fact {
        match subject {
            Subject::TradeWith(rival) => trade_with(&self.atlas, actor, rival),
            Subject::Votes => self.votes(actor),
            Subject::IdealPointIn(year) => self.ideal_point_in(year, actor),
            _ => subject.slot().map_or(Fact::MISSING, |slot| self.tables[slot][actor]),
        }
    }

    /// The value of a fact.
    #[must_use]
    pub fn value(&self, subject: Subject, actor: usize) -> Option<f64> {
        match subject.slot() {
            Some(slot) => self.values[slot][actor],
            None => self.fact(subject, actor).value,
        }
    }

    /// All values of a subject, by actor number; empty for subjects without a table.
    #[must_use]
    pub fn values(&self, subject: Subject) -> &[Option<f64>] {
        subject.slot().map_or(&[], |slot| &self.values[slot])
    }

    /// All values of a subject, to be replaced by drawn ones; empty for subjects without a table.
    pub fn values_mut(&mut self, subject: Subject) -> &mut [Option<f64>] {
        subject.slot().map_or(&mut [], |slot| &mut self.values[slot])
    }

    /// The sum over all actors with a value; 0 for subjects without a table.
    #[must_use]
    pub fn world(&self, subject: Subject) -> f64 {
        subject.slot().map_or(0.0, |slot| self.world[slot])
    }

    /// Where the published figures of actors come from, each source once, in order of its key.
    #[must_use]
    pub fn sources(&self, subject: Subject, actors: &[usize]) -> Vec<&Source> {
        let published =
            actors.iter().map(|actor| self.fact(subject, *actor)).filter(|fact| fact.provenance.is_published());
        let mut keys: Vec<&str> = match subject {
            Subject::TradeWith(_) => vec!["factbook"],
            Subject::Votes => self.atlas.roll_calls.sources.iter().map(String::as_str).collect(),
            _ => published
                .flat_map(|fact| [fact.indicator, fact.with])
                .filter_map(|code| self.atlas.indicator(code).map(|indicator| indicator.source.as_str()))
                .collect(),
        };
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter().filter_map(|key| self.atlas.source(key)).collect()
    }

    #[expect(clippy::cast_precision_loss, reason = "a count of ballots")]
    fn votes(&self, actor: usize) -> Fact {
        let ballots = self.atlas.roll_calls.ballots_of(self.atlas.countries[actor].id);
        let cast =
            ballots.map(|ballots| ballots.iter().filter(|ballot| **ballot != super::Ballot::Absent).count() as f64);
        let provenance = match (cast, self.value(Subject::IdealPoint, actor)) {
            (Some(_), _) => Provenance::Published,
            (None, Some(_)) => Provenance::Modelled,
            (None, None) => Provenance::Abstaining,
        };
        Fact { value: Some(cast.unwrap_or(0.0)), provenance, ..Fact::MISSING }
    }

    fn ideal_point_in(&self, year: u16, actor: usize) -> Fact {
        let points = &self.atlas.ideal_points;
        let indicator = main_indicator(Subject::IdealPoint);
        match (points.in_year(actor, year), points.near(actor, year)) {
            (Some(value), _) => {
                Fact { value: Some(value), year: Some(year), provenance: Provenance::Published, indicator, with: "" }
            }
            (None, Some(value)) => {
                Fact { value: Some(value), year: None, provenance: Provenance::NearestYear, indicator, with: "" }
            }
            (None, None) => self.fact(Subject::IdealPoint, actor),
        }
    }
}

/// Exposure of an actor's trade to a rival.
fn trade_with(atlas: &Atlas, actor: usize, rival: CountryId) -> Fact {
    let fact = |value: f64, provenance| Fact { value: Some(value), provenance, ..Fact::MISSING };
    if atlas.countries[actor].id == rival {
        return fact(1.0, Provenance::Derived);
    }
    let share =
        |flow: &[Partner]| flow.iter().find(|partner| partner.id == rival).map(|partner| partner.share_pct / 100.0);
    let [exports, imports] =
        [&atlas.exports[actor], &atlas.imports[actor]].map(|flow| (!flow.is_empty()).then(|| share(flow)));
    let found: Vec<f64> = [exports, imports].into_iter().flatten().map(|share| share.unwrap_or(0.0)).collect();
    if found.is_empty() {
        return Fact::MISSING;
    }
    #[expect(clippy::cast_precision_loss, reason = "one or two")]
    let value = found.iter().sum::<f64>() / found.len() as f64;
    let below = |flow: Option<Option<f64>>| flow.is_some_and(|share| share.is_none());
    let (exports, imports) = (below(exports), below(imports));
    fact(value, if exports || imports { Provenance::BelowFifth { exports, imports } } else { Provenance::Derived })
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
    Some(Fact { value: Some(figure.value), year: Some(figure.year), provenance, indicator, with: "" })
}

fn first_of(atlas: &Atlas, actor: usize, first: &'static str, second: &'static str) -> Fact {
    published(atlas, first, actor, Provenance::Published)
        .or_else(|| published(atlas, second, actor, Provenance::SecondSource))
        .unwrap_or(Fact::MISSING)
}

/// A percentage of another fact.
fn share_of(atlas: &Atlas, actor: usize, percent: &'static str, whole: Fact) -> Fact {
    match (atlas.figure(percent, actor), whole.value) {
        (Some(figure), Some(value)) => Fact {
            value: Some(figure.value / 100.0 * value),
            year: Some(figure.year),
            provenance: Provenance::Derived,
            indicator: percent,
            with: whole.indicator,
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
        Subject::Gdp => gdp(),
        Subject::GreenhouseGases => only("ghg_total_mt"),
        Subject::HealthSpending => share_of(atlas, actor, "health_exp_pct_gdp", gdp()),
        Subject::ResearchSpending => share_of(atlas, actor, "rd_exp_pct_gdp", gdp()),
        Subject::AidGiven => only("oda_given_2023usd"),
        Subject::MilitarySpending => published(atlas, "military_exp_usd_derived", actor, Provenance::Derived)
            .unwrap_or_else(|| share_of(atlas, actor, "military_exp_pct_gdp_fb", gdp())),
        Subject::Trade => match (atlas.figure("exports_usd", actor), atlas.figure("imports_usd", actor)) {
            (Some(exports), Some(imports)) => Fact {
                value: Some(exports.value + imports.value),
                year: (exports.year == imports.year).then_some(exports.year),
                provenance: Provenance::Derived,
                indicator: "exports_usd",
                with: "imports_usd",
            },
            _ => Fact::MISSING,
        },
        _ => Fact::MISSING,
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
                Fact { value, year: None, provenance, indicator, with: "" }
            })
        })
        .collect()
}

/// The median over the UN members of the actor's M49 subregion that have a figure; `None` where none of them has.
fn median_of_neighbours(atlas: &Atlas, actor: usize, figure: impl Fn(usize) -> Option<f64>) -> Option<f64> {
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
                Fact { value: by_gdp.or(Some(LEAST)), year: None, provenance, indicator, with: "" }
            })
        })
        .collect()
}
