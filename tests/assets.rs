//! Invariants of the tables under `assets/`: what the program relies on without checking it again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

type Row = BTreeMap<String, String>;

/// Codes that memberships and proposals may name although they are not actors.
const PSEUDO: [&str; 4] = ["EUU", "AFU", "PYF", "NCL"];

/// Actors that have no flag; none at present.
const NO_FLAG: [&str; 0] = [];

/// Members that cast no vote in a year, and have no ideal point of it.
const NO_IDEAL_POINT: [(&str, i32); 4] = [("AFG", 2024), ("VEN", 2022), ("VEN", 2023), ("VEN", 2024)];

const VOTING_ROLES: [&str; 4] = ["member", "permanent_member", "elected_member", "non_enumerated_member"];

/// Indicator, UN members covered, actors covered.
const COVERAGE: &[(&str, usize, usize)] = &[
    ("population", 193, 197),
    ("population_fb", 193, 201),
    ("gdp_usd", 192, 196),
    ("gdp_usd_fb", 193, 199),
    ("gdp_ppp", 185, 189),
    ("gdp_ppp_2021usd_fb", 193, 200),
    ("gni_ppp", 189, 193),
    ("hdi", 191, 193),
    ("fdi_inflow_pct_gdp", 190, 194),
    ("exports_usd", 191, 196),
    ("imports_usd", 190, 195),
    ("exports_pct_gdp", 174, 178),
    ("imports_pct_gdp", 174, 178),
    ("merch_trade_pct_gdp", 189, 191),
    ("military_exp_pct_gdp", 163, 164),
    ("military_exp_pct_gdp_fb", 164, 166),
    ("military_exp_usd_derived", 160, 161),
    ("un_peacekeepers", 145, 145),
    ("co2_territorial_t", 191, 194),
    ("co2_energy_t_fb", 186, 193),
    ("ghg_total_mt", 190, 195),
    ("vdem_polyarchy", 172, 176),
    ("vdem_polyarchy_low", 172, 176),
    ("vdem_polyarchy_high", 172, 176),
    ("vdem_libdem", 172, 176),
    ("vdem_libdem_low", 172, 176),
    ("vdem_libdem_high", 172, 176),
    ("wgi_gov_effectiveness", 193, 200),
    ("wgi_gov_effectiveness_se", 193, 200),
    ("wgi_control_corruption", 193, 200),
    ("wgi_control_corruption_se", 193, 200),
    ("wgi_rule_of_law", 193, 200),
    ("wgi_voice_accountability", 193, 200),
    ("wgi_political_stability", 193, 200),
    ("wgi_regulatory_quality", 193, 200),
    ("unga_ideal_point", 193, 193),
    ("unga_ideal_point_q5", 193, 193),
    ("unga_ideal_point_q95", 193, 193),
    ("unga_ideal_point_nvotes", 193, 193),
    ("unga_ideal_point_all", 193, 193),
    ("rd_exp_pct_gdp", 140, 143),
    ("researchers_per_million", 128, 131),
    ("sci_articles", 193, 195),
    ("hightech_exports_usd", 167, 170),
    ("hightech_exports_pct_manuf", 175, 178),
    ("patent_applications", 176, 178),
    ("internet_users_pct", 193, 197),
    ("egdi", 193, 193),
    ("health_exp_pct_gdp", 191, 194),
    ("uhc_index", 183, 183),
    ("oda_given_2023usd", 50, 50),
    ("un_assessment_rate_pct", 193, 193),
    ("un_assessment_usd", 193, 193),
    ("un_dues_paid_in_full", 193, 193),
    ("imf_votes_pct", 189, 190),
];

const TOPICS: [&str; 13] = [
    "me",
    "nuclear",
    "arms",
    "conflict",
    "rights",
    "colonial",
    "environment",
    "technology",
    "health",
    "trade",
    "sanctions",
    "development",
    "governance",
];

fn asset(path: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/assets")).join(path)
}

fn text(path: &str) -> String {
    fs::read_to_string(asset(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn table(name: &str) -> Vec<Row> {
    let path = asset("data").join(name);
    let mut reader = csv::Reader::from_path(&path).unwrap_or_else(|e| panic!("{name}: {e}"));
    reader.deserialize().map(|row| row.unwrap_or_else(|e| panic!("{name}: {e}"))).collect()
}

fn heads(name: &str) -> String {
    let content = text(&format!("data/{name}"));
    content.lines().next().unwrap_or_default().to_owned()
}

fn number(text: &str, what: &str) -> f64 {
    text.parse().unwrap_or_else(|_| panic!("{what}: {text:?} is not a number"))
}

fn column(rows: &[Row], name: &str) -> Vec<String> {
    rows.iter().map(|row| row[name].clone()).collect()
}

fn actors() -> BTreeSet<String> {
    column(&table("countries.csv"), "iso3").into_iter().collect()
}

fn members() -> BTreeSet<String> {
    let mut rows = table("countries.csv");
    rows.retain(|row| row["kind"] == "un_member");
    column(&rows, "iso3").into_iter().collect()
}

fn sources() -> BTreeSet<String> {
    column(&table("sources.csv"), "source_id").into_iter().collect()
}

/// Sum of an indicator over the UN members, each with its own figure.
fn total(indicator: &str) -> f64 {
    let members = members();
    table("indicators.csv")
        .iter()
        .filter(|row| row["indicator"] == indicator && members.contains(&row["iso3"]))
        .map(|row| number(&row["value"], indicator))
        .sum()
}

fn assert_unique(rows: &[Row], keys: &[&str], name: &str) {
    let mut seen = BTreeSet::new();
    for row in rows {
        let key: Vec<&str> = keys.iter().map(|k| row[*k].as_str()).collect();
        assert!(seen.insert(key.clone()), "{name}: {key:?} twice");
    }
}

fn assert_near(value: f64, expected: f64, tolerance: f64, what: &str) {
    assert!((value - expected).abs() <= tolerance, "{what}: {value}, expected {expected} ± {tolerance}");
}

#[test]
fn tables_have_the_expected_rows_and_columns() {
    let expected = [
        (
            "countries.csv",
            202,
            "iso3,iso2,m49,name,official_name,alt_names,region,subregion,kind,capital,lat,lon,area_km2,income_group,ldc,sids,landlocked",
        ),
        ("indicators.csv", 10_120, "iso3,indicator,year,value"),
        ("indicator_meta.csv", 55, "indicator,label,unit,group,source_id"),
        ("ideal_points.csv", 193, "iso3,2012,2013,2014,2015,2016,2017,2018,2019,2020,2021,2022,2023,2024"),
        ("organisations.csv", 52, "org,short,label"),
        ("memberships.csv", 1801, "org,iso3,role,since,note,source"),
        ("membership_sources.csv", 39, "source,text,source_id"),
        ("names.csv", 1101, "iso3,language,name"),
        ("proposals.csv", 269, "group,label,iso3,role,year,source,note"),
        ("trade_partners.csv", 1980, "iso3,flow,partner_iso3,share_pct,year"),
        ("minilaterals.csv", 246, "group,short,label,iso3,role,since,as_of,source,note"),
        ("roll_calls.csv", 1132, "resolution,year,session,date,topics,title,source_id,ballots"),
        ("roll_call_fit.csv", 1132, "resolution,a,b"),
        ("sources.csv", 27, "source_id,title,publisher,licence,public_location,vintage,reuse,notes"),
        ("eu_council.csv", 240, "regime,iso3,year_from,year_to,votes,population_pct,source_id"),
        (
            "eu_council_rules.csv",
            11,
            "regime,valid_from,valid_to,members,total_votes,quota_votes,min_members,min_population_pct,note,source_id",
        ),
        ("imf_votes.csv", 190, "iso3,votes,votes_pct,quota_sdr_millions,quota_pct,date,source_id"),
    ];
    for (name, rows, columns) in expected {
        assert_eq!(heads(name), columns, "{name}: column heads");
        assert_eq!(table(name).len(), rows, "{name}: rows");
    }
}

#[test]
fn text_files_are_clean() {
    for entry in fs::read_dir(asset("data")).expect("assets/data") {
        let path = entry.expect("assets/data").path();
        let content = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert!(content.ends_with('\n'), "{}: no final line end", path.display());
        assert!(!content.contains('\r'), "{}: carriage return", path.display());
        assert!(!content.starts_with('\u{feff}'), "{}: byte order mark", path.display());
    }
}

#[test]
fn actors_are_sorted_unique_and_complete() {
    let rows = table("countries.csv");
    let codes = column(&rows, "iso3");
    assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "iso3 not sorted or not unique");
    assert!(codes.iter().all(|code| code.len() == 3), "iso3 of three letters");
    assert_eq!(members().len(), 193, "UN members");
    assert_unique(&rows, &["iso2"], "countries.csv");
    assert_unique(&rows, &["name"], "countries.csv");
    let namibia = rows.iter().find(|row| row["iso3"] == "NAM").expect("NAM");
    assert_eq!(namibia["iso2"], "NA", "Namibia's iso2 is text");
    for row in &rows {
        assert_actor(row);
    }
}

fn assert_actor(row: &Row) {
    let code = &row["iso3"];
    for name in ["iso2", "name", "official_name", "region", "subregion", "capital"] {
        assert!(!row[name].is_empty(), "{code}: {name} is empty");
    }
    for name in ["ldc", "sids", "landlocked"] {
        assert!(["0", "1"].contains(&row[name].as_str()), "{code}: {name} is {:?}", row[name]);
    }
    assert!(row["m49"].len() == 3 || code == "XKX", "{code}: m49 is {:?}", row["m49"]);
    assert!(number(&row["lat"], code).abs() <= 90.0, "{code}: lat");
    assert!(number(&row["lon"], code).abs() <= 180.0, "{code}: lon");
    assert!(number(&row["area_km2"], code) > 0.0, "{code}: area");
}

#[test]
fn a_name_stands_for_one_actor_only() {
    let mut owner: BTreeMap<String, String> = BTreeMap::new();
    for row in table("countries.csv") {
        let alternatives = row["alt_names"].split(';').filter(|name| !name.is_empty());
        for name in [row["name"].as_str(), row["official_name"].as_str()].into_iter().chain(alternatives) {
            let first = owner.entry(name.to_lowercase()).or_insert_with(|| row["iso3"].clone());
            assert_eq!(*first, row["iso3"], "{name:?} stands for two actors");
        }
    }
    for (name, code) in [
        ("uk", "GBR"),
        ("us", "USA"),
        ("uae", "ARE"),
        ("drc", "COD"),
        ("ivory coast", "CIV"),
        ("burma", "MMR"),
        ("holland", "NLD"),
        ("czech republic", "CZE"),
        ("turkey", "TUR"),
        ("turkiye", "TUR"),
        ("dprk", "PRK"),
        ("roc", "TWN"),
        ("deutschland", "DEU"),
        ("espana", "ESP"),
    ] {
        assert_eq!(owner.get(name).map(String::as_str), Some(code), "{name}");
    }
}

#[test]
fn world_totals_agree_with_the_published_ones() {
    assert_near(total("population") / 1e9, 8.10, 0.01, "population, billion");
    assert_near(total("un_assessment_rate_pct"), 100.0, 0.001, "UN assessment rates");
    let votes: f64 = table("imf_votes.csv").iter().map(|row| number(&row["votes"], "IMF votes")).sum();
    assert_near(votes, 5_039_930.0, 0.0, "IMF votes");
}

#[test]
fn indicators_have_meta_known_actors_and_full_coverage() {
    let (actors, members) = (actors(), members());
    let meta: BTreeSet<String> = column(&table("indicator_meta.csv"), "indicator").into_iter().collect();
    let rows = table("indicators.csv");
    assert_unique(&rows, &["indicator", "iso3"], "indicators.csv");
    let mut covered: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for row in &rows {
        let (name, code) = (row["indicator"].as_str(), &row["iso3"]);
        assert!(meta.contains(name), "{name} has no meta row");
        assert!(actors.contains(code), "{name}: unknown actor {code}");
        assert!(number(&row["value"], name).is_finite(), "{name} of {code}");
        assert!((1990..=2030).contains(&row["year"].parse::<i32>().unwrap()), "{name} of {code}: year");
        let count = covered.entry(name).or_default();
        count.0 += usize::from(members.contains(code));
        count.1 += 1;
    }
    assert_eq!(COVERAGE.len(), meta.len(), "indicators with an expected coverage");
    for (name, un, all) in COVERAGE {
        let have = covered.get(name).copied().unwrap_or_default();
        assert!(have.0 >= *un && have.1 >= *all, "{name}: covers {have:?}, expected {un} and {all}");
    }
}

#[test]
fn indicators_are_sorted() {
    let rows = table("indicators.csv");
    let key = |row: &Row| (row["indicator"].clone(), row["iso3"].clone());
    assert!(rows.windows(2).all(|pair| key(&pair[0]) < key(&pair[1])), "indicators.csv not sorted");
}

#[test]
fn every_actor_has_a_name_in_other_scripts_and_the_licence_is_there() {
    let rows = table("names.csv");
    assert_unique(&rows, &["iso3", "language", "name"], "names.csv");
    let languages = ["en", "fr", "es", "de", "ar", "zh", "ru"];
    assert!(rows.iter().all(|row| languages.contains(&row["language"].as_str())), "names.csv: languages");
    for code in column(&table("countries.csv"), "iso3") {
        for language in ["ar", "zh", "ru"] {
            let of = |row: &&Row| row["iso3"] == code && row["language"] == language;
            let names: Vec<&String> = rows.iter().filter(of).map(|row| &row["name"]).collect();
            assert!(!names.is_empty(), "{code} has no name in {language}");
            assert!(names.iter().all(|name| !name.is_ascii() && *name == name.trim()), "{names:?}");
        }
    }
    assert!(text("data/UNICODE-LICENSE.txt").starts_with("UNICODE LICENSE V3"));
}

#[test]
fn every_source_is_listed() {
    let known = sources();
    for name in [
        "indicator_meta.csv",
        "roll_calls.csv",
        "membership_sources.csv",
        "eu_council.csv",
        "eu_council_rules.csv",
        "imf_votes.csv",
    ] {
        for id in column(&table(name), "source_id") {
            assert!(known.contains(&id), "{name}: source {id} is not in sources.csv");
        }
    }
    for id in
        ["country_codes", "factbook", "bsv_2025", "general_knowledge", "natural_earth", "twemoji", "ibm_plex", "cldr"]
    {
        assert!(known.contains(id), "source {id} is not in sources.csv");
    }
    assert_unique(&table("sources.csv"), &["source_id"], "sources.csv");
    let notes = text("SOURCES.md");
    for id in known {
        assert!(notes.contains(&format!("`{id}`")), "SOURCES.md does not name {id}");
    }
}

#[test]
fn ideal_points_cover_the_united_nations() {
    let rows = table("ideal_points.csv");
    let codes: BTreeSet<String> = column(&rows, "iso3").into_iter().collect();
    assert_eq!(codes, members(), "ideal_points.csv: members");
    for row in &rows {
        for year in 2012..=2024 {
            let value = &row[&year.to_string()];
            if NO_IDEAL_POINT.contains(&(row["iso3"].as_str(), year)) {
                assert!(value.is_empty(), "{} has an ideal point in {year} after all", row["iso3"]);
                continue;
            }
            let what = format!("ideal point of {} in {year}", row["iso3"]);
            assert!(number(value, &what).abs() < 5.0, "{what}: {value}");
        }
    }
}

#[test]
fn ballots_are_complete() {
    let rows = table("roll_calls.csv");
    assert_unique(&rows, &["resolution"], "roll_calls.csv");
    for row in &rows {
        let (name, ballots) = (&row["resolution"], &row["ballots"]);
        assert_eq!(ballots.len(), 193, "{name}: ballots");
        assert!(ballots.chars().all(|c| "YNAX".contains(c)), "{name}: {ballots}");
        assert!(ballots.contains('Y'), "{name}: nobody voted yes");
        assert!((2012..=2024).contains(&row["year"].parse::<i32>().unwrap()), "{name}: year");
        assert!(row["date"].starts_with(&row["year"]) && row["date"].len() == 10, "{name}: date {}", row["date"]);
        assert!(!row["title"].is_empty(), "{name}: no title");
        let known = |topic: &str| TOPICS.contains(&topic);
        assert!(row["topics"].is_empty() || row["topics"].split('|').all(known), "{name}: topics {}", row["topics"]);
    }
}

#[test]
fn a_ballot_known_from_the_record_is_where_it_belongs() {
    // On the status of Jerusalem, December 2017: 128 in favour, 9 against, 35 abstentions.
    let rows = table("roll_calls.csv");
    let order: Vec<String> = members().into_iter().collect();
    let row = rows.iter().find(|row| row["resolution"] == "A/RES/ES-10/19").expect("ES-10/19");
    let ballots = &row["ballots"];
    let of = |code: &str| {
        let place = order.iter().position(|member| member == code).expect(code);
        ballots.chars().nth(place).expect(code)
    };
    assert_eq!((of("USA"), of("ISR"), of("FRA"), of("CAN")), ('N', 'N', 'Y', 'A'));
    let counts = ['Y', 'N', 'A'].map(|vote| ballots.matches(vote).count());
    assert_eq!(counts, [128, 9, 35], "ES-10/19");
    // On the invasion of Ukraine, March 2022, and the first vote on it.
    let counts_of = |name: &str| {
        let row = rows.iter().find(|row| row["resolution"] == name).expect(name);
        ['Y', 'N', 'A'].map(|vote| row["ballots"].matches(vote).count())
    };
    assert_eq!(counts_of("A/RES/ES-11/1"), [141, 5, 35]);
    assert_eq!(counts_of("A/RES/ES-11/4"), [143, 5, 35]);
    assert_eq!(counts_of("A/RES/ES-11/6"), [141, 7, 32]);
}

#[test]
fn organisations_have_their_size() {
    let rows = table("memberships.csv");
    let mut size: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| VOTING_ROLES.contains(&row["role"].as_str())) {
        *size.entry(&row["org"]).or_default() += 1;
    }
    for (org, expected) in [
        ("EU", 27),
        ("NATO", 32),
        ("OECD", 38),
        ("G20", 21),
        ("ASEAN", 11),
        ("AU", 55),
        ("WTO", 166),
        ("COMMONWEALTH", 56),
        ("AOSIS", 39),
        ("SCO", 10),
        ("UNSC_2021", 15),
        ("UNSC_2026", 15),
    ] {
        assert_eq!(size.get(org), Some(&expected), "{org}: voting members");
    }
    let twenty: BTreeSet<&str> =
        rows.iter().filter(|row| row["org"] == "G20").map(|row| row["iso3"].as_str()).collect();
    assert!(twenty.contains("EUU") && twenty.contains("AFU"), "G20: the EU and the AU");
}

#[test]
fn memberships_name_known_bodies_actors_and_sources() {
    let actors = actors();
    let rows = table("memberships.csv");
    assert_unique(&rows, &["org", "iso3"], "memberships.csv");
    let used: BTreeSet<String> = column(&rows, "org").into_iter().collect();
    let named: BTreeSet<String> = column(&table("organisations.csv"), "org").into_iter().collect();
    assert_eq!(used, named, "organisations.csv");
    let texts = table("membership_sources.csv");
    assert_unique(&texts, &["source"], "membership_sources.csv");
    let codes: BTreeSet<String> = column(&texts, "source").into_iter().collect();
    for row in &rows {
        let (org, code) = (&row["org"], row["iso3"].as_str());
        assert!(actors.contains(code) || PSEUDO.contains(&code), "{org}: unknown {code}");
        assert!(codes.contains(&row["source"]), "{org}: unknown source {}", row["source"]);
    }
    let unverified = texts.iter().find(|row| row["source"] == "unverified").expect("unverified");
    assert_eq!(unverified["text"], "general knowledge, unverified");
}

#[test]
fn proposals_name_known_actors_and_sources() {
    let actors = actors();
    let rows = table("proposals.csv");
    assert_unique(&rows, &["group", "iso3"], "proposals.csv");
    for row in &rows {
        let (group, code) = (&row["group"], row["iso3"].as_str());
        assert!(actors.contains(code) || PSEUDO.contains(&code), "{group}: unknown {code}");
        assert!(!row["source"].is_empty(), "{group}: {code} has no source");
        assert!(!row["label"].is_empty(), "{group}: no label");
    }
}

#[test]
fn groupings_since_2021_name_known_actors_dates_and_sources() {
    let actors = actors();
    let rows = table("minilaterals.csv");
    assert_unique(&rows, &["group", "iso3"], "minilaterals.csv");
    let mut size: BTreeMap<&str, usize> = BTreeMap::new();
    let mut unverified = BTreeSet::new();
    for row in &rows {
        let (group, code) = (row["group"].as_str(), row["iso3"].as_str());
        assert!(actors.contains(code) || PSEUDO.contains(&code), "{group}: unknown {code}");
        for name in ["short", "label", "role", "as_of", "source"] {
            assert!(!row[name].is_empty(), "{group}: {code} has no {name}");
        }
        assert!(
            row["since"]
                .chars()
                .zip(row["as_of"].chars())
                .find(|(one, other)| one != other)
                .is_none_or(|(one, other)| one < other),
            "{group}: {code} joined after the list was made"
        );
        assert_eq!(row["source"].contains("knowledge"), row["source"] == "general knowledge, unverified", "{group}");
        if row["source"] == "general knowledge, unverified" {
            unverified.insert(group);
        }
        *size.entry(group).or_default() += 1;
    }
    let expected = [
        ("ARTEMIS_2024", 50),
        ("BBNJ_EARLY", 7),
        ("CHIP4", 4),
        ("GMP_2021", 103),
        ("I2U2", 4),
        ("IPEF", 14),
        ("MSP", 18),
        ("PAC", 42),
        ("SQUAD", 4),
    ];
    assert_eq!(size, BTreeMap::from(expected));
    assert_eq!(unverified, BTreeSet::from(["CHIP4", "I2U2", "IPEF", "SQUAD"]));
}

#[test]
fn topics_are_as_often_as_the_source_counts_them() {
    let rows = table("roll_calls.csv");
    let of = |topic: &str| rows.iter().filter(|row| row["topics"].split('|').any(|name| name == topic)).count();
    let counts = [227, 221, 371, 91, 363, 83, 72, 62, 9, 44, 31, 97, 121];
    assert_eq!(TOPICS.map(of), counts, "{TOPICS:?}");
    let without: Vec<&str> =
        rows.iter().filter(|row| row["topics"].is_empty()).map(|row| row["resolution"].as_str()).collect();
    assert_eq!(without, ["A/RES/73/268B", "A/RES/77/238"]);
}

#[test]
fn trade_shares_are_shares() {
    let actors = actors();
    let rows = table("trade_partners.csv");
    assert_unique(&rows, &["iso3", "flow", "partner_iso3"], "trade_partners.csv");
    let mut sums: BTreeMap<(&str, &str), (f64, usize)> = BTreeMap::new();
    for row in &rows {
        let (code, flow) = (row["iso3"].as_str(), row["flow"].as_str());
        assert!(actors.contains(code), "unknown {code}");
        assert!(["export", "import"].contains(&flow), "{code}: flow {flow}");
        assert_ne!(code, row["partner_iso3"], "its own partner");
        let sum = sums.entry((code, flow)).or_default();
        sum.0 += number(&row["share_pct"], code);
        sum.1 += 1;
    }
    for (key, (share, partners)) in sums {
        assert!(share <= 101.0 && partners <= 5, "{key:?}: {partners} partners, {share} %");
    }
}

#[test]
fn council_weights_have_their_totals() {
    let rows = table("eu_council.csv");
    assert_unique(&rows, &["regime", "iso3"], "eu_council.csv");
    let mut votes: BTreeMap<&str, f64> = BTreeMap::new();
    let mut people: BTreeMap<&str, f64> = BTreeMap::new();
    for row in &rows {
        let regime = row["regime"].as_str();
        for (sums, name) in [(&mut votes, "votes"), (&mut people, "population_pct")] {
            if !row[name].is_empty() {
                *sums.entry(regime).or_default() += number(&row[name], regime);
            }
        }
    }
    let mut totals: Vec<f64> = votes.values().copied().collect();
    totals.sort_by(f64::total_cmp);
    let expected = [17.0, 58.0, 63.0, 76.0, 87.0, 124.0, 321.0, 345.0, 352.0];
    assert_eq!(totals, expected, "vote totals by regime");
    for (regime, share) in people {
        assert_near(share, 100.0, 0.05, regime);
    }
    for rule in table("eu_council_rules.csv").iter().filter(|row| !row["total_votes"].is_empty()) {
        let regime = rule["regime"].as_str();
        assert_near(votes[regime], number(&rule["total_votes"], regime), 0.0, regime);
    }
}

#[test]
fn every_actor_has_a_flag() {
    let content = text("flags/flags.tsv");
    let mut flags = BTreeSet::new();
    for line in content.lines() {
        let (iso2, svg) = line.split_once('\t').unwrap_or_else(|| panic!("flags.tsv: {line:.40}"));
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"), "{iso2}: markup");
        assert!(flags.insert(iso2), "{iso2}: two flags");
    }
    for iso2 in column(&table("countries.csv"), "iso2") {
        let known = flags.contains(iso2.as_str());
        assert_ne!(known, NO_FLAG.contains(&iso2.as_str()), "{iso2}: flag");
    }
    let notice = text("flags/LICENSE.txt");
    assert!(notice.contains("CC BY 4.0") && notice.contains("Twitter"), "flags/LICENSE.txt");
}

#[test]
fn fonts_come_with_their_licence() {
    for name in ["IBMPlexSans-Regular.ttf", "IBMPlexSans-SemiBold.ttf"] {
        let font = fs::read(asset("fonts").join(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(font.starts_with(&[0, 1, 0, 0]), "{name}: not a TrueType font");
        assert!(font.len() < 400_000, "{name}: {} bytes", font.len());
    }
    assert!(text("fonts/OFL.txt").contains("SIL OPEN FONT LICENSE Version 1.1"), "OFL.txt");
}

#[test]
fn maps_name_known_actors() {
    let actors = actors();
    for (name, least) in [("countries-110m", 169), ("countries-50m", 201)] {
        let content = text(&format!("map/{name}.topo.json"));
        let drawn: BTreeSet<&str> = content
            .split(r#""iso3":""#)
            .skip(1)
            .filter_map(|rest| rest.get(..3))
            .filter(|code| actors.contains(*code))
            .collect();
        assert!(drawn.len() >= least, "{name}: {} actors have a shape", drawn.len());
    }
}
