//! The atlas: every table, joined by actor.

use std::collections::HashMap;

use super::table::{Row, Table};
use super::{Body, BodyKind, Complaint, Country, CountryId, Figure, Indicator, Kind, Names, RollCalls, Seat, Source};

/// The texts of the tables. [`Tables::embedded`] are the ones in the binary; tests pass others.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each field is the text of the table of that name")]
pub struct Tables<'a> {
    pub countries: &'a str,
    pub names: &'a str,
    pub indicators: &'a str,
    pub indicator_meta: &'a str,
    pub ideal_points: &'a str,
    pub organisations: &'a str,
    pub memberships: &'a str,
    pub proposals: &'a str,
    pub minilaterals: &'a str,
    pub trade_partners: &'a str,
    pub roll_calls: &'a str,
    pub sources: &'a str,
}

impl Tables<'static> {
    /// The tables that the binary carries.
    #[must_use]
    pub fn embedded() -> Self {
        macro_rules! table {
            ($name:literal) => {
                include_str!(concat!("../../assets/data/", $name, ".csv"))
            };
        }
        Self {
            countries: table!("countries"),
            names: table!("names"),
            indicators: table!("indicators"),
            indicator_meta: table!("indicator_meta"),
            ideal_points: table!("ideal_points"),
            organisations: table!("organisations"),
            memberships: table!("memberships"),
            proposals: table!("proposals"),
            minilaterals: table!("minilaterals"),
            trade_partners: table!("trade_partners"),
            roll_calls: table!("roll_calls"),
            sources: table!("sources"),
        }
    }
}

/// A trading partner among the five largest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Partner {
    /// The partner.
    pub id: CountryId,
    /// Share of the flow, per cent as printed.
    pub share_pct: f64,
}

/// Yearly ideal points (final-passage votes), one row an actor.
#[derive(Clone, Debug, Default)]
pub struct IdealPoints {
    /// The years that have a column, ascending.
    pub years: Vec<u16>,
    /// Actor-major; `None` where there is no estimate.
    values: Vec<Option<f64>>,
}

impl IdealPoints {
    /// The ideal point of an actor in a year; `None` where there is no estimate.
    #[must_use]
    pub fn in_year(&self, actor: usize, year: u16) -> Option<f64> {
        let n = self.years.len();
        let at = self.years.binary_search(&year).ok()?;
        self.values.get(actor * n + at).copied().flatten()
    }

    /// The ideal point of an actor in a year, else of the nearest year that has one, the earlier of two.
    #[must_use]
    pub fn near(&self, actor: usize, year: u16) -> Option<f64> {
        let n = self.years.len();
        let row = self.values.get(actor * n..(actor + 1) * n)?;
        row.iter()
            .zip(&self.years)
            .filter_map(|(value, y)| value.map(|value| (y.abs_diff(year), *y, value)))
            .min_by_key(|(distance, y, _)| (*distance, *y))
            .map(|(_, _, value)| value)
    }

    /// The same without the years after `last`.
    #[must_use]
    pub fn until(&self, last: u16) -> Self {
        let n = self.years.len();
        let kept: Vec<usize> = (0..n).filter(|at| self.years[*at] <= last).collect();
        let rows = self.values.len().checked_div(n).unwrap_or(0);
        Self {
            years: kept.iter().map(|at| self.years[*at]).collect(),
            values: (0..rows).flat_map(|row| kept.iter().map(move |at| self.values[row * n + at])).collect(),
        }
    }
}

/// Everything known about the world, looked up by [`CountryId`] or by the actor's position.
#[derive(Clone, Debug)]
pub struct Atlas {
    /// All actors, sorted by code. Positions in this list are “actor numbers” everywhere below.
    pub countries: Vec<Country>,
    /// The actors by what people call them.
    pub names: Names,
    /// All indicators, in the order of `indicator_meta.csv`.
    pub indicators: Vec<Indicator>,
    /// Ideal points by year.
    pub ideal_points: IdealPoints,
    /// Organisations, then proposals, then groupings since 2021.
    pub bodies: Vec<Body>,
    /// Where things come from.
    pub sources: Vec<Source>,
    /// The built-in roll calls.
    pub roll_calls: RollCalls,
    /// By actor: the largest export markets; empty if none is listed.
    pub exports: Vec<Vec<Partner>>,
    /// By actor: the largest suppliers; empty if none is listed.
    pub imports: Vec<Vec<Partner>>,
    slots: Vec<Option<u16>>,
    indicator_by_code: HashMap<String, usize>,
}

impl Atlas {
    /// Reads the tables in the binary.
    ///
    /// # Errors
    /// Names the file and the row that does not parse; a test makes sure that a released binary has none.
    pub fn embedded() -> Result<Self, Complaint> {
        Self::parse(&Tables::embedded())
    }

    /// Reads tables.
    ///
    /// # Errors
    /// Names the file and the row that does not parse.
    pub fn parse(tables: &Tables<'_>) -> Result<Self, Complaint> {
        let countries = parse_countries(tables.countries)?;
        let mut slots = vec![None; 26 * 26 * 26];
        for (at, country) in countries.iter().enumerate() {
            slots[country.id.slot()] = u16::try_from(at).ok();
        }
        let voters = countries.iter().filter(|country| country.is_un_member()).map(|country| country.id).collect();
        let mut atlas = Self {
            roll_calls: RollCalls::parse_compact("roll_calls.csv", tables.roll_calls, voters)?,
            exports: vec![Vec::new(); countries.len()],
            imports: vec![Vec::new(); countries.len()],
            sources: parse_sources(tables.sources)?,
            indicators: Vec::new(),
            indicator_by_code: HashMap::new(),
            ideal_points: IdealPoints::default(),
            bodies: Vec::new(),
            names: Names::parse(&countries, "names.csv", tables.names)?,
            countries,
            slots,
        };
        atlas.read_indicators(tables.indicator_meta, tables.indicators)?;
        atlas.read_ideal_points(tables.ideal_points)?;
        atlas.read_organisations(tables.organisations, tables.memberships)?;
        atlas.read_proposals(tables.proposals)?;
        atlas.read_minilaterals(tables.minilaterals)?;
        atlas.read_partners(tables.trade_partners)?;
        Ok(atlas)
    }

    /// What was known of votes before a year: its roll calls, and ideal points, of the years before alone; the latest ideal point
    /// of an actor is that of its last year before. All other figures stay as they are.
    #[must_use]
    pub fn before(&self, year: u16) -> Self {
        let last = year.saturating_sub(1);
        let mut atlas = self.clone();
        atlas.roll_calls = self.roll_calls.filtered(|call| call.year < year);
        atlas.ideal_points = self.ideal_points.until(last);
        if let Some(at) = self.indicator_by_code.get("unga_ideal_point") {
            let points = &atlas.ideal_points;
            let latest = |actor: usize| {
                let known = points.years.iter().rev().find_map(|year| Some((*year, points.in_year(actor, *year)?)));
                known.map(|(year, value)| Figure { value, year })
            };
            atlas.indicators[*at].figures = (0..self.countries.len()).map(latest).collect();
        }
        atlas
    }

    /// The actor's number; `None` if it is not in the atlas.
    #[must_use]
    pub fn actor(&self, id: CountryId) -> Option<usize> {
        self.slots[id.slot()].map(usize::from)
    }

    /// The actor; `None` if it is not in the atlas.
    #[must_use]
    pub fn country(&self, id: CountryId) -> Option<&Country> {
        self.actor(id).map(|at| &self.countries[at])
    }

    /// The actor's name, or its code where the atlas does not know it.
    #[must_use]
    pub fn name(&self, id: CountryId) -> String {
        self.country(id).map_or_else(|| id.to_string(), |country| country.name.clone())
    }

    /// An actor's name as it stands inside a sentence; its code where it is not known.
    #[must_use]
    pub fn in_sentence(&self, id: CountryId) -> String {
        self.country(id).map_or_else(|| id.to_string(), super::Country::in_sentence)
    }

    /// An indicator by its code.
    #[must_use]
    pub fn indicator(&self, code: &str) -> Option<&Indicator> {
        self.indicator_by_code.get(code).map(|at| &self.indicators[*at])
    }

    /// The figure of an actor.
    #[must_use]
    pub fn figure(&self, code: &str, actor: usize) -> Option<Figure> {
        self.indicator(code)?.figures[actor]
    }

    /// A source by its key.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }

    /// An organisation or proposal by its code.
    #[must_use]
    pub fn body(&self, kind: BodyKind, code: &str) -> Option<&Body> {
        self.bodies.iter().find(|body| body.kind == kind && body.code == code)
    }

    fn actor_in(&self, row: Row<'_>, column: usize) -> Result<usize, Complaint> {
        let id: CountryId = row.parse(column, "a country code")?;
        self.actor(id).ok_or_else(|| row.complain(format!("{id} is not in countries.csv")))
    }

    fn read_indicators(&mut self, meta: &str, values: &str) -> Result<(), Complaint> {
        let names = ["indicator", "label", "unit", "group", "source_id"];
        let table = Table::parse("indicator_meta.csv", meta, &names)?;
        let [code, label, unit, group, source] = names.map(|name| table.column(name));
        for row in table.rows() {
            if self.source(row.text(source)).is_none() {
                return Err(row.complain(format!("the source “{}” is not in sources.csv", row.text(source))));
            }
            self.indicator_by_code.insert(row.owned(code), self.indicators.len());
            self.indicators.push(Indicator {
                code: row.owned(code),
                label: row.owned(label),
                unit: row.owned(unit),
                group: row.owned(group),
                source: row.owned(source),
                figures: vec![None; self.countries.len()],
            });
        }
        let names = ["iso3", "indicator", "year", "value"];
        let table = Table::parse("indicators.csv", values, &names)?;
        let [iso3, code, year, value] = names.map(|name| table.column(name));
        for row in table.rows() {
            let actor = self.actor_in(row, iso3)?;
            let figure = Figure { value: row.number(value)?, year: row.parse(year, "a year")? };
            let Some(&at) = self.indicator_by_code.get(row.text(code)) else {
                return Err(row.complain(format!("“{}” is not in indicator_meta.csv", row.text(code))));
            };
            if self.indicators[at].figures[actor].replace(figure).is_some() {
                return Err(row.complain("the figure is given twice"));
            }
        }
        Ok(())
    }

    fn read_ideal_points(&mut self, text: &str) -> Result<(), Complaint> {
        let table = Table::parse("ideal_points.csv", text, &["iso3"])?;
        let columns: Vec<(usize, u16)> =
            table.head().iter().enumerate().filter_map(|(at, head)| Some((at, head.parse().ok()?))).collect();
        let n = columns.len();
        let mut values = vec![None; self.countries.len() * n];
        for row in table.rows() {
            let actor = self.actor_in(row, table.column("iso3"))?;
            for (at, (column, _)) in columns.iter().enumerate() {
                values[actor * n + at] = row.maybe_number(*column)?;
            }
        }
        self.ideal_points = IdealPoints { years: columns.into_iter().map(|(_, year)| year).collect(), values };
        Ok(())
    }

    fn read_organisations(&mut self, organisations: &str, memberships: &str) -> Result<(), Complaint> {
        let names = ["org", "short", "label"];
        let table = Table::parse("organisations.csv", organisations, &names)?;
        let [code, short, label] = names.map(|name| table.column(name));
        self.bodies.extend(table.rows().map(|row| Body {
            code: row.owned(code),
            short: row.owned(short),
            label: row.owned(label),
            kind: BodyKind::Organisation,
            seats: Vec::new(),
        }));
        let names = ["org", "iso3", "role", "since", "note", "source"];
        let table = Table::parse("memberships.csv", memberships, &names)?;
        let [org, iso3, role, since, note, source] = names.map(|name| table.column(name));
        for row in table.rows() {
            let Some(body) = self.bodies.iter_mut().find(|body| body.code == row.text(org)) else {
                return Err(row.complain(format!("“{}” is not in organisations.csv", row.text(org))));
            };
            body.seats.push(Seat {
                code: row.owned(iso3),
                role: row.owned(role),
                note: row.owned(note),
                source: row.owned(source),
                since: row.owned(since),
                as_of: String::new(),
            });
        }
        Ok(())
    }

    fn read_proposals(&mut self, text: &str) -> Result<(), Complaint> {
        let names = ["group", "label", "iso3", "role", "note", "source"];
        let table = Table::parse("proposals.csv", text, &names)?;
        let [group, label, iso3, role, note, source] = names.map(|name| table.column(name));
        for row in table.rows() {
            let short = row.text(label).split([',', '(']).next().unwrap_or_default().trim().to_owned();
            let body = self.body_mut(BodyKind::Proposal, row.text(group), || (short, row.owned(label)));
            body.seats.push(Seat {
                code: row.owned(iso3),
                role: row.owned(role),
                note: row.owned(note),
                source: row.owned(source),
                since: String::new(),
                as_of: String::new(),
            });
        }
        Ok(())
    }

    fn read_minilaterals(&mut self, text: &str) -> Result<(), Complaint> {
        let names = ["group", "short", "label", "iso3", "role", "since", "as_of", "source", "note"];
        let table = Table::parse("minilaterals.csv", text, &names)?;
        let [group, short, label, iso3, role, since, as_of, source, note] = names.map(|name| table.column(name));
        for row in table.rows() {
            let names = || (row.owned(short), row.owned(label));
            let body = self.body_mut(BodyKind::Minilateral, row.text(group), names);
            body.seats.push(Seat {
                code: row.owned(iso3),
                role: row.owned(role),
                note: row.owned(note),
                source: row.owned(source),
                since: row.owned(since),
                as_of: row.owned(as_of),
            });
        }
        Ok(())
    }

    /// A body by its code, added with short and full name where it is not there yet.
    fn body_mut(&mut self, kind: BodyKind, code: &str, names: impl FnOnce() -> (String, String)) -> &mut Body {
        let known = |body: &Body| body.kind == kind && body.code == code;
        let at = self.bodies.iter().position(known).unwrap_or_else(|| {
            let (short, label) = names();
            self.bodies.push(Body { code: code.to_owned(), short, label, kind, seats: Vec::new() });
            self.bodies.len() - 1
        });
        &mut self.bodies[at]
    }

    fn read_partners(&mut self, text: &str) -> Result<(), Complaint> {
        let names = ["iso3", "flow", "partner_iso3", "share_pct"];
        let table = Table::parse("trade_partners.csv", text, &names)?;
        let [iso3, flow, partner, share] = names.map(|name| table.column(name));
        for row in table.rows() {
            let actor = self.actor_in(row, iso3)?;
            let partner = Partner { id: row.parse(partner, "a country code")?, share_pct: row.number(share)? };
            match row.text(flow) {
                "export" => self.exports[actor].push(partner),
                "import" => self.imports[actor].push(partner),
                other => return Err(row.complain(format!("the flow “{other}” is neither export nor import"))),
            }
        }
        Ok(())
    }
}

fn parse_countries(text: &str) -> Result<Vec<Country>, Complaint> {
    let names = [
        "iso3",
        "iso2",
        "name",
        "official_name",
        "alt_names",
        "region",
        "subregion",
        "kind",
        "capital",
        "lat",
        "lon",
        "income_group",
    ];
    let table = Table::parse("countries.csv", text, &names)?;
    let [iso3, iso2, name, official, alt, region, subregion, kind, capital, lat, lon, income] =
        names.map(|name| table.column(name));
    let mut countries: Vec<Country> = Vec::new();
    for row in table.rows() {
        let country = Country {
            id: row.parse(iso3, "a country code")?,
            iso2: row.owned(iso2),
            name: row.owned(name),
            official_name: row.owned(official),
            alt_names: row.text(alt).split(';').filter(|name| !name.is_empty()).map(str::to_owned).collect(),
            region: row.owned(region),
            subregion: row.owned(subregion),
            kind: Kind::from_table(row.text(kind))
                .ok_or_else(|| row.complain(format!("“{}” is not a kind of actor", row.text(kind))))?,
            capital: row.owned(capital),
            lat: row.number(lat)?,
            lon: row.number(lon)?,
            income_group: row.owned(income),
        };
        if countries.last().is_some_and(|last| last.id >= country.id) {
            return Err(row.complain("rows are not in ascending order of code"));
        }
        countries.push(country);
    }
    Ok(countries)
}

fn parse_sources(text: &str) -> Result<Vec<Source>, Complaint> {
    let names = ["source_id", "title", "publisher", "licence", "vintage", "reuse", "notes"];
    let table = Table::parse("sources.csv", text, &names)?;
    let [id, title, publisher, licence, vintage, reuse, notes] = names.map(|name| table.column(name));
    Ok(table
        .rows()
        .map(|row| Source {
            id: row.owned(id),
            title: row.owned(title),
            publisher: row.owned(publisher),
            licence: row.owned(licence),
            vintage: row.owned(vintage),
            reuse: row.owned(reuse),
            notes: row.owned(notes),
        })
        .collect())
}
