//! Votes files that somebody else made: every column is understood or named.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "common/engine.rs"]
mod engine;

use std::sync::OnceLock;

use convenor::analysis::backtest::Plan;
use convenor::app::cli::backtest as check;
use convenor::data::{Atlas, Ballot, Topics, VotesFile};
use engine::engine;

fn atlas() -> &'static Atlas {
    static ATLAS: OnceLock<Atlas> = OnceLock::new();
    ATLAS.get_or_init(|| Atlas::embedded().unwrap())
}

fn read(text: &str) -> VotesFile {
    VotesFile::parse("votes.csv", text, atlas()).unwrap_or_else(|complaint| panic!("{complaint}"))
}

fn refused(text: &str) -> String {
    VotesFile::parse("votes.csv", text, atlas()).expect_err("refused").to_string()
}

fn voters(file: &VotesFile) -> Vec<String> {
    file.calls.voters.iter().map(ToString::to_string).collect()
}

fn topics(names: &str) -> Topics {
    Topics::parse(names).unwrap()
}

#[test]
fn fields_may_be_separated_by_commas_semicolons_or_tabs_after_a_byte_order_mark() {
    let plain =
        "resolution,year,date,topics,title,NOR,SWE\nA/1,2025,2025-03-04,arms|rights,\"One; two, and three\",Y,N\n";
    let there = read(plain);
    assert!(there.not_understood.is_empty());
    assert_eq!(there.calls.list[0].title, "One; two, and three");
    assert_eq!(there.calls.list[0].topics, topics("arms|rights"));
    assert_eq!((there.calls.ballots(0), there.calls.ballots(1)), (&[Ballot::Yes][..], &[Ballot::No][..]));
    // The title keeps its comma: it is the field, not the separator.
    for (separator, title) in [(";", "\"One; two, and three\""), ("\t", "\"One; two, and three\"")] {
        let rows = ["resolution year date topics title NOR SWE", "A/1 2025 2025-03-04 arms|rights @ Y N"];
        let text = rows.map(|row| row.replace(' ', separator).replace('@', title)).join("\r\n");
        for text in [text.clone(), format!("\u{feff}{text}")] {
            let back = read(&text);
            assert_eq!((voters(&back), &back.not_understood), (voters(&there), &there.not_understood), "{text:?}");
            assert_eq!(back.calls.list[0].title, there.calls.list[0].title, "{text:?}");
            assert_eq!(back.calls.list[0].topics, there.calls.list[0].topics, "{text:?}");
            assert_eq!(back.calls.ballots(1), there.calls.ballots(1), "{text:?}");
        }
    }
}

#[test]
fn columns_are_found_by_code_former_code_and_name() {
    for (head, code) in [
        ("NOR", "NOR"),
        ("nor", "NOR"),
        (" NOR ", "NOR"),
        ("ROM", "ROU"),
        ("ZAR", "COD"),
        ("TMP", "TLS"),
        ("BUR", "MMR"),
        ("KSV", "XKX"),
        ("Norway", "NOR"),
        ("Kingdom of Norway", "NOR"),
        ("CÔTE D'IVOIRE", "CIV"),
        ("cote d’ivoire", "CIV"),
        ("Ivory Coast", "CIV"),
        ("Turkey", "TUR"),
        ("United States of America", "USA"),
        ("UK", "GBR"),
        ("Burma", "MMR"),
        ("Viet Nam", "VNM"),
        ("Swaziland", "SWZ"),
    ] {
        let file = read(&format!("resolution,year,date,{head}\nA/1,2025,2025-03-04,Y\n"));
        assert_eq!((voters(&file), file.not_understood.len()), (vec![code.to_owned()], 0), "{head}");
    }
}

#[test]
fn what_stands_for_two_states_or_none_is_named() {
    for head in ["YUG", "SUN", "DDR", "CSK", "Yugoslavia", "Czechoslovakia", "remarks", "QQQ", "EU"] {
        let file = read(&format!("resolution,year,date,{head},SWE\nA/1,2025,2025-03-04,Y,N\n"));
        assert_eq!((voters(&file), &file.not_understood), (vec!["SWE".to_owned()], &vec![head.to_owned()]), "{head}");
    }
    // In the order of the file, nameless ones by their place; known columns are not among them.
    let heads = "session,resolution,Session,year,date,,source_id,yes,no,abstain,absent,total,Norge-2,SWE,rcid";
    let file = read(&format!("{heads}\n79,A/1,79,2025,2025-03-04,,x,1,2,3,4,10,Y,N,5\n"));
    assert_eq!(file.not_understood, ["(column 6 without a head)", "Norge-2", "rcid"]);
}

#[test]
fn two_columns_for_one_actor_are_refused_with_both_heads() {
    for (first, second, name) in [
        ("ROM", "ROU", "Romania"),
        ("NOR", "Norway", "Norway"),
        ("NOR", "NOR", "Norway"),
        ("Burma", "Myanmar", "Myanmar"),
    ] {
        let words = refused(&format!("resolution,year,date,{first},SWE,{second}\nA/1,2025,2025-03-04,Y,Y,N\n"));
        let expected = format!("the columns “{first}” and “{second}” both stand for {name}");
        assert!(words.starts_with("votes.csv, row 1: ") && words.contains(&expected), "{words}");
    }
    let words = refused("resolution,year,date,year,SWE\nA/1,2025,2025-03-04,2024,N\n");
    assert!(words.contains("two columns are headed “year”"), "{words}");
}

#[test]
fn topics_may_be_new_older_or_missing() {
    let with = |column: &str, word: &str| {
        let file = read(&format!("resolution,year,date,{column},SWE\nA/1,2025,2025-03-04,{word},N\n"));
        assert!(file.not_understood.is_empty());
        file.calls.list[0].topics
    };
    assert_eq!(with("topics", "technology|arms"), topics("arms|technology"));
    assert_eq!(with("topics", "me"), topics("me"));
    for (older, newer) in
        [("me", "me"), ("nu", "nuclear"), ("di", "arms"), ("hr", "rights"), ("co", "colonial"), ("ec", "development")]
    {
        assert_eq!(with("issues", older), topics(newer));
    }
    for none in ["", "?"] {
        assert_eq!((with("topics", none), with("issues", none)), (Topics::NONE, Topics::NONE));
    }
    let file = read("resolution,year,date,SWE\nA/1,2025,2025-03-04,N\n");
    assert_eq!((file.calls.list[0].topics, file.calls.list[0].title.as_str()), (Topics::NONE, ""));
    // Where both are there, the newer counts, and that is told.
    let file = read("resolution,year,date,issues,topics,SWE\nA/1,2025,2025-03-04,ec,health,N\n");
    assert_eq!((file.calls.list[0].topics, file.not_understood), (topics("health"), vec!["issues".to_owned()]));
}

#[test]
fn an_unknown_topic_or_ballot_is_refused_with_row_and_word() {
    let start = "resolution,year,date,topics,SWE\nA/1,2025,2025-03-04,arms,N\n";
    let words = refused(&format!("{start}A/2,2025,2025-03-04,arms|soil,N\n"));
    assert!(words.starts_with("votes.csv, row 3: “soil” under “topics”") && words.contains("governance"), "{words}");
    let words = refused("resolution,year,date,issues,SWE\nA/1,2025,2025-03-04,arms,N\n");
    assert!(
        words.starts_with("votes.csv, row 2: “arms” under “issues”") && words.contains("me nu di hr co ec"),
        "{words}"
    );
    let words = refused(&format!("{start}A/2,2025,2025-03-04,arms,Yes\n"));
    assert!(words.starts_with("votes.csv, row 3: the ballot “Yes” under “SWE”"), "{words}");
    let words = refused(&format!("{start}A/2,last,2025-03-04,arms,Y\n"));
    assert!(words.starts_with("votes.csv, row 3: “last” under “year”"), "{words}");
    assert!(refused("resolution,date,SWE\nA/1,2025-03-04,N\n").contains("the column “year” is missing"));
    let words = refused("resolution,year,date,remarks\nA/1,2025,2025-03-04,Y\n");
    assert!(words.contains("no column is headed by a country's code"), "{words}");
}

/// No code, former code or name may stand for another actor than a code that is the same word. What may be meant otherwise
/// stands for nobody.
#[test]
fn no_name_is_the_code_of_another_actor() {
    let not_certain = ["Congo", "Korea", "England", "Soviet Union", "USSR", "Tanganyika", "Zanzibar"];
    for country in &atlas().countries {
        let file = read(&format!("resolution,year,date,{}\nA/1,2025,2025-03-04,Y\n", country.id));
        assert_eq!(voters(&file), [country.id.to_string()]);
        for name in [&country.name, &country.official_name].into_iter().chain(&country.alt_names) {
            let file = read(
                &format!("resolution,year,date,SWE,\"{name}\"\nA/1,2025,2025-03-04,Y,N\n")
                    .replace("SWE", if country.id.as_str() == "SWE" { "NOR" } else { "SWE" }),
            );
            if not_certain.contains(&name.as_str()) {
                assert_eq!(file.not_understood, [name.as_str()]);
            } else {
                assert_eq!(voters(&file).last(), Some(&country.id.to_string()), "{name}");
            }
        }
    }
}

#[test]
fn the_answer_names_what_it_left_out() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let text =
        "\u{feff}resolution;year;date;title;remarks;ROM;Norway;SWE;Taiwan;YUG\nA/1;2025;2025-03-04;x;y;Y;Y;N;Y;Y\n";
    std::fs::write(file.path(), text).unwrap();
    let answer = check::against(engine(), file.path(), Plan { groups: 20, ..Plan::default() }).unwrap();
    let found = serde_json::to_value(&answer).unwrap();
    assert_eq!(found["columns_not_understood"], serde_json::json!(["remarks", "YUG"]));
    assert_eq!(found["about"]["actors"], 3);
    assert_eq!(found["about"]["actors_without_built_in_votes"], serde_json::json!(["TWN"]));
    let table = check::table(&answer);
    assert!(table.contains("Columns that were not understood, and left out: remarks, YUG.\n"), "{table}");
    assert!(table.contains("Left out, because there are no built-in votes of theirs: TWN.\n"), "{table}");
    assert_eq!(found["about"]["topics_known"], false);
    assert!(table.contains("no column “topics”"), "{table}");
    // A file of which everything is understood says nothing of the kind.
    std::fs::write(file.path(), "resolution,year,date,topics,NOR,SWE\nA/1,2025,2025-03-04,arms,Y,N\n").unwrap();
    let answer = check::against(engine(), file.path(), Plan { groups: 20, ..Plan::default() }).unwrap();
    let found = serde_json::to_value(&answer).unwrap();
    assert_eq!(found["columns_not_understood"], serde_json::json!([]));
    assert_eq!(found["about"]["topics_known"], true);
    assert!(!check::table(&answer).contains("eft out"));
}

#[test]
fn columns_are_found_by_the_spellings_of_published_tables() {
    let file = read(
        "resolution,year,date,\"Korea, Rep.\",\"Congo, Dem. Rep.\",Côte d’Ivoire,the United Kingdom,Korea,England,NO,SE\n\
         A/1,2025,2025-03-04,Y,N,A,X,Y,Y,N,Y\n",
    );
    assert_eq!(voters(&file), ["KOR", "COD", "CIV", "GBR", "NOR", "SWE"]);
    assert_eq!(file.not_understood, ["Korea", "England"], "what may be meant otherwise is not guessed");
    // However Norway's two letters are written: a column of a member is never taken for a count in silence.
    for head in ["NO", "no", "No"] {
        let file = read(&format!("resolution,year,date,se,{head},fi\nA/1,2025,2025-03-04,Y,N,Y\n"));
        assert_eq!((voters(&file).len(), file.not_understood.len()), (3, 0), "{head}");
    }
    // Beside the count of yes, NO is the count of no.
    let file = read("resolution,year,date,YES,NO,SE\nA/1,2025,2025-03-04,1,0,Y\n");
    assert_eq!((voters(&file), file.not_understood.len()), (vec!["SWE".to_owned()], 0));
}
