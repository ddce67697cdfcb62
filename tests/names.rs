//! Finding actors by what people call them: a table of spellings, the ranking, lists.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::sync::OnceLock;

use convenor::data::{Atlas, CountryId, Fit, Listed, Meant};

fn atlas() -> &'static Atlas {
    static ATLAS: OnceLock<Atlas> = OnceLock::new();
    ATLAS.get_or_init(|| Atlas::embedded().unwrap())
}

fn id(code: &str) -> CountryId {
    code.parse().unwrap()
}

fn codes(ids: &[CountryId]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<String>>().join(" ")
}

/// The first `n` that typing finds.
fn first(text: &str, n: usize) -> String {
    let hits = atlas().names.ranked(text);
    codes(&hits.iter().take(n).map(|hit| atlas().countries[hit.actor].id).collect::<Vec<CountryId>>())
}

fn list(text: &str) -> Listed {
    atlas().names.list(text).unwrap_or_else(|| panic!("{text:?} is a list"))
}

#[test]
fn every_spelling_of_the_table_finds_its_actor_and_no_other_is_guessed() {
    let mut reader = csv::Reader::from_path("tests/files/spellings.csv").unwrap();
    let (mut right, mut all, mut wrong) = (0, 0, Vec::new());
    for row in reader.records() {
        let row = row.unwrap();
        let (spelling, wanted) = (&row[0], &row[1]);
        let meant = atlas().names.meant(spelling);
        let is_right = if wanted.is_empty() {
            !matches!(meant, Meant::One(_))
        } else {
            meant == Meant::One(id(wanted)) && first(spelling, 1) == wanted
        };
        all += 1;
        right += usize::from(is_right);
        if !is_right {
            wrong.push(format!("{spelling:?} is {wanted:?}, not {meant:?}; first {}", first(spelling, 3)));
        }
    }
    assert!(all >= 120, "{all} spellings");
    assert!(wrong.is_empty(), "{right} of {all} spellings\n{}", wrong.join("\n"));
}

#[test]
fn every_name_of_the_tables_finds_its_own_actor_first() {
    let not_certain = ["Congo", "Korea", "England", "Soviet Union", "USSR", "Tanganyika", "Zanzibar"];
    let text = std::fs::read_to_string("assets/data/names.csv").unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let of_table = reader.records().map(|row| row.unwrap()).map(|row| (row[0].to_owned(), row[2].to_owned()));
    let of_atlas = atlas().countries.iter().flat_map(|country| {
        let names = [&country.name, &country.official_name].into_iter().chain(&country.alt_names);
        let codes = [country.iso2.clone(), country.id.to_string(), country.id.as_str().to_lowercase()];
        names.cloned().chain(codes).map(|name| (country.id.to_string(), name)).collect::<Vec<_>>()
    });
    let mut uncertain = Vec::new();
    for (code, name) in of_table.chain(of_atlas) {
        match atlas().names.meant(&name) {
            Meant::One(found) => {
                assert_eq!(found, id(&code), "{name}");
                assert_eq!(first(&name, 1), code, "{name}");
            }
            _ if not_certain.contains(&name.as_str()) => {}
            _ => uncertain.push(format!("{code} {name}")),
        }
    }
    // What the United Nations call the Republic of the Congo stands for two.
    assert_eq!(uncertain, ["COG الكونغو", "COG Конго"]);
}

#[test]
fn a_code_or_a_name_comes_before_what_begins_so_then_words_then_parts() {
    for (typed, wanted) in [
        ("UK", "GBR"),
        ("US", "USA"),
        ("IN", "IND"),
        ("Guinea", "GIN"),
        ("Sudan", "SDN"),
        ("Republic of Korea", "KOR"),
        ("Niger", "NER"),
        ("Dominica", "DMA"),
        ("south k", "KOR"),
        ("korea, r", "KOR"),
        ("united", "ARE"),
        ("germ", "DEU"),
        ("allem", "DEU"),
        ("герм", "DEU"),
    ] {
        assert_eq!(first(typed, 1), wanted, "{typed}");
    }
    let hits = atlas().names.ranked("guinea");
    let of = |code: &str| hits.iter().find(|hit| atlas().countries[hit.actor].id == id(code)).unwrap().fit;
    assert_eq!([of("GIN"), of("GNB"), of("PNG")], [Fit::Exact, Fit::Start, Fit::Words]);
    assert_eq!(first("guinea", 4), "GIN GNB GNQ PNG");
    assert!(hits.windows(2).all(|pair| pair[0].fit <= pair[1].fit));
    assert_eq!(atlas().names.ranked("  ").len(), atlas().countries.len(), "nothing typed finds all");
    assert_eq!(first("no such place", 1), "");
}

#[test]
fn what_is_not_certain_is_shown_with_the_likeliest_first() {
    assert_eq!(first("Korea", 2), "KOR PRK");
    assert_eq!(first("Congo", 2), "COG COD");
    assert_eq!(first("England", 1), "GBR");
    assert_eq!(first("Soviet Union", 1), "RUS");
    assert_eq!(first("Czechoslovakia", 2), "CZE SVK");
    assert_eq!(atlas().names.meant("Korea"), Meant::Several(vec![id("KOR"), id("PRK")]));
    assert_eq!(atlas().names.meant("the Congo"), Meant::Several(vec![id("COG"), id("COD")]));
}

#[test]
fn a_list_is_read_however_it_is_separated() {
    for text in [
        "NOR, SWE, FIN",
        "NOR,SWE,FIN",
        "nor swe fin",
        "Norway\nSweden\nFinland\n",
        "Norway\r\nSweden\r\nFinland",
        "Norway; Sweden; Finland;",
        "Norway\tSweden\tFinland",
        "1. Norway\n2. Sweden\n3. Finland",
        "• Norway\n• Sweden\n• Finland",
        "- Norway\n- Sweden\n- Finland",
        "Norway, Sweden and Finland",
        "Norway, Sweden, and Finland",
        "\"Norway\", \"Sweden\", \"Finland\"",
        "Norway (NOR)\nSweden (SWE)\nFinland (FIN)",
        "Norge\nSuède\nФинляндия",
    ] {
        assert_eq!(
            list(text),
            Listed { found: vec![id("NOR"), id("SWE"), id("FIN")], ..Listed::default() },
            "{text:?}"
        );
    }
}

#[test]
fn commas_inside_names_do_not_part_them() {
    let found = |text: &str| {
        let listed = list(text);
        assert!(listed.uncertain.is_empty() && listed.not_understood.is_empty(), "{text:?}: {listed:?}");
        codes(&listed.found)
    };
    assert_eq!(found("Korea, Rep., Congo, Dem. Rep., Gambia, The, Norway"), "KOR COD GMB NOR");
    assert_eq!(found("Korea, Dem. People's Rep.\nKorea, Rep.\nCongo, Rep."), "PRK KOR COG");
    assert_eq!(found("Iran, Islamic Rep., Egypt, Arab Rep., Yemen, Rep."), "IRN EGY YEM");
    assert_eq!(found("China, Taiwan"), "CHN TWN");
    assert_eq!(found("Serbia, Montenegro"), "SRB MNE");
    assert_eq!(found("Japan\nHong Kong, China\nTaiwan, China"), "JPN HKG TWN");
    assert_eq!(found("Guinea, Guinea-Bissau, Equatorial Guinea"), "GIN GNB GNQ");
    assert_eq!(found("Trinidad and Tobago, Bosnia and Herzegovina and Chad"), "TTO BIH TCD");
    // One name is no list.
    for text in ["Korea, Rep.", "Gambia, The", "Norway", "Taiwan, China", "", "norw", "Korea, R", "\n"] {
        assert_eq!(atlas().names.list(text), None, "{text:?}");
    }
}

#[test]
fn nothing_of_a_list_is_dropped_in_silence() {
    let listed = list("NOR, Atlantis, Korea, SWE, England; Middle Earth\nNorway\n5.4");
    assert_eq!(codes(&listed.found), "NOR SWE");
    let uncertain = [("Korea", vec![id("KOR"), id("PRK")]), ("England", vec![id("GBR")])];
    assert_eq!(listed.uncertain, uncertain.map(|(text, ids)| (text.to_owned(), ids)));
    assert_eq!(listed.not_understood, ["Atlantis", "Middle Earth", "5.4"]);
    assert_eq!(list("Atlantis\nLemuria").not_understood, ["Atlantis", "Lemuria"]);
}
