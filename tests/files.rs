//! Files: what opens, what is mended, what is refused, and that saving loses nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::float_cmp, missing_docs)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use convenor::data::{Atlas, BodyKind, CountryId};
use convenor::model::{Assumptions, Role, Workspace};
use convenor::storage::{self, OpenError, Opened, SaveError, examples};
use proptest::prelude::*;
use serde_json::Value;

fn atlas() -> &'static Atlas {
    static ATLAS: OnceLock<Atlas> = OnceLock::new();
    ATLAS.get_or_init(|| Atlas::embedded().unwrap())
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn fixture(name: &str) -> PathBuf {
    here("tests/files").join(name)
}

fn open(name: &str) -> Result<Opened, OpenError> {
    storage::open(&fixture(name), atlas())
}

fn told(opened: &Opened) -> Vec<String> {
    opened.repairs.iter().map(ToString::to_string).collect()
}

/// Opens a file that has nothing to tell.
fn opens(name: &str) -> Workspace {
    let opened = open(name).unwrap();
    assert_eq!(told_but_kept(&opened), Vec::<String>::new(), "{name}");
    opened.workspace
}

/// The same without what is told of keys of a rule that are kept as they are.
fn told_but_kept(opened: &Opened) -> Vec<String> {
    told(opened).into_iter().filter(|words| !words.ends_with(" kept, but the figures are without.")).collect()
}

fn id(code: &str) -> CountryId {
    code.parse().unwrap()
}

/// The names in a folder, hidden ones too.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

// Examples

/// With `CONVENOR_WRITE_SAVES` set, writes the examples anew.
#[test]
fn the_examples_are_what_the_tables_say() {
    for (file, workspace) in common::examples::build(atlas()) {
        let path = here("saves").join(file);
        if std::env::var_os("CONVENOR_WRITE_SAVES").is_some() {
            storage::save(&path, &workspace).unwrap();
        }
        assert!(
            fs::read_to_string(&path).unwrap() == storage::to_text(&workspace).unwrap(),
            "{file} is not what the tables say: run again with CONVENOR_WRITE_SAVES=1, then without"
        );
    }
}

#[test]
fn every_example_is_offered_and_saves_as_it_was() {
    let built = common::examples::build(atlas());
    let there = names(&here("saves")).into_iter().filter(|name| name.ends_with(".convenor"));
    assert_eq!(there.count(), examples::ALL.len());
    for (example, (file, workspace)) in examples::ALL.iter().zip(built) {
        assert_eq!((example.file, example.title), (file, workspace.title.as_str()));
        let opened = storage::parse(example.text.as_bytes(), file, atlas()).unwrap();
        assert_eq!(told(&opened), Vec::<String>::new(), "{file}");
        assert!(storage::to_text(&opened.workspace).unwrap() == example.text, "{file} is saved otherwise");
        assert!(example.open(atlas()).unwrap() == workspace, "{file} is not what the tables say");
    }
}

/// Members, convenors and observers of a grouping in an example, against a body of the tables.
fn is_seated_as(example: usize, grouping: &str, kind: BodyKind, body: &str) {
    let workspace = examples::ALL[example].open(atlas()).unwrap();
    let grouping = workspace.groupings.iter().find(|known| known.name == grouping).unwrap();
    let seats: Vec<(String, Role)> = grouping.seats.iter().map(|seat| (seat.country.to_string(), seat.role)).collect();
    let body = atlas().body(kind, body).unwrap();
    let wanted: Vec<(String, Role)> = body
        .seats
        .iter()
        .filter(|seat| !["EUU", "AFU"].contains(&seat.code.as_str()))
        .map(|seat| (seat.code.clone(), Role::from_table(&seat.role).unwrap()))
        .collect();
    assert_eq!(seats, wanted, "{}", grouping.name);
}

#[test]
fn members_and_convenors_are_those_of_the_tables() {
    use BodyKind::{Minilateral, Organisation, Proposal};
    is_seated_as(0, "T-12", Proposal, "T12");
    is_seated_as(0, "D-10", Proposal, "D10");
    is_seated_as(0, "Digital Nations", Proposal, "DIGITAL_NATIONS");
    is_seated_as(1, "Quad", Proposal, "QUAD");
    is_seated_as(1, "Quad-plus, March 2020", Proposal, "QUAD_PLUS");
    is_seated_as(1, "Quad-plus, May 2020", Proposal, "QUAD_PLUS_VAR");
    is_seated_as(1, "AUKUS", Organisation, "AUKUS");
    is_seated_as(2, "Leaders Summit on Climate 2021", Proposal, "LEADERS_CLIMATE_2021");
    is_seated_as(2, "High Ambition Coalition", Proposal, "HAC");
    is_seated_as(2, "Beyond Oil and Gas Alliance", Proposal, "BOGA");
    is_seated_as(2, "Powering Past Coal Alliance", Proposal, "PPCA_2017");
    is_seated_as(2, "Ocean Panel", Proposal, "OCEAN_PANEL");
    is_seated_as(2, "Paris Agreement", Organisation, "PARIS_2021");
    is_seated_as(3, "Friends of the COVAX Facility", Proposal, "COVAX_FRIENDS");
    is_seated_as(3, "World Health Organization", Organisation, "WHO_2021");
    is_seated_as(3, "G20 of 2021", Organisation, "G20");
    is_seated_as(4, "TPP-12, full backing", Proposal, "TPP12");
    is_seated_as(4, "CPTPP-11", Proposal, "CPTPP11");
    is_seated_as(4, "DEPA", Proposal, "DEPA");
    is_seated_as(4, "ACCTS", Proposal, "ACCTS");
    is_seated_as(5, "Security Council 2021", Organisation, "UNSC_2021");
    is_seated_as(5, "G20 of 2021", Organisation, "G20");
    is_seated_as(5, "Human Rights Council 2021", Organisation, "UNHRC_2021");
    is_seated_as(6, "JCPOA", Proposal, "JCPOA");
    is_seated_as(7, "Christchurch Call", Proposal, "CHRISTCHURCH_CALL");
    is_seated_as(8, "Minerals Security Partnership", Minilateral, "MSP");
    is_seated_as(8, "Partnership for Atlantic Cooperation", Minilateral, "PAC");
    is_seated_as(8, "Artemis Accords", Minilateral, "ARTEMIS_2024");
    is_seated_as(8, "Global Methane Pledge", Minilateral, "GMP_2021");
    is_seated_as(8, "Indo-Pacific Economic Framework", Minilateral, "IPEF");
    is_seated_as(8, "I2U2", Minilateral, "I2U2");
    is_seated_as(8, "Chip 4", Minilateral, "CHIP4");
    is_seated_as(8, "Squad", Minilateral, "SQUAD");
}

// Refusals

#[test]
fn what_cannot_be_read_is_refused_in_one_sentence() {
    let cure = "restore a copy of it, or mend that place in a text editor.";
    let foreign = "is not a Convenor workspace: choose a file that was saved by Convenor.";
    let cases = [
        ("empty.convenor", "is empty: restore a copy of it, or choose another file.".to_owned()),
        ("blank.convenor", "is empty: restore a copy of it, or choose another file.".to_owned()),
        ("foreign.json", foreign.to_owned()),
        ("foreign-list.json", foreign.to_owned()),
        ("foreign-text.convenor", foreign.to_owned()),
        ("foreign-bytes.convenor", foreign.to_owned()),
        (
            "newer.convenor",
            "was saved by a newer Convenor (format 2; this one reads up to 1): update Convenor to open it.".to_owned(),
        ),
        (
            "version-zero.convenor",
            format!(
                "is damaged at line 3, column 14 (invalid value: integer `0`, expected a whole number above 0): {cure}"
            ),
        ),
        (
            "version-text.convenor",
            format!(
                "is damaged at line 3, column 18 (invalid type: string \"one\", expected a whole number above 0): {cure}"
            ),
        ),
        ("no-version.convenor", format!("is damaged at line 4, column 1 (missing field `version`): {cure}")),
        ("truncated.convenor", format!("is damaged at line 12, column 11 (it ends too early): {cure}")),
        ("damaged.convenor", format!("is damaged at line 12, column 9 (expected `,` or `]`): {cure}")),
        (
            "groupings-not-a-list.convenor",
            format!("is damaged at line 5, column 15 (invalid type: set of fields, expected a list): {cure}"),
        ),
        ("groupings-twice.convenor", format!("is damaged at line 6, column 13 (duplicate field `groupings`): {cure}")),
        ("huge-number.convenor", format!("is damaged at line 6, column 22 (number out of range): {cure}")),
        ("too-deep.convenor", format!("is damaged at line 5, column 137 (recursion limit exceeded): {cure}")),
        ("not-utf-8.convenor", format!("is damaged at line 8, column 18 (invalid unicode code point): {cure}")),
    ];
    for (name, sentence) in cases {
        assert_eq!(open(name).unwrap_err().to_string(), format!("“{name}” {sentence}"));
    }
}

#[test]
fn what_is_not_there_is_refused_in_one_sentence() {
    assert_eq!(
        open("gone.convenor").unwrap_err().to_string(),
        "“gone.convenor” is not there: it may have been moved or renamed, so choose it again."
    );
    let folder = storage::open(&here("saves"), atlas()).unwrap_err();
    assert_eq!(folder.to_string(), "“saves” is a folder: choose a file in it.");
}

#[test]
fn what_is_far_too_large_is_refused_unread() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.convenor");
    fs::File::create(&path).unwrap().set_len(storage::MOST_BYTES + 1).unwrap();
    assert_eq!(
        storage::open(&path, atlas()).unwrap_err().to_string(),
        "“large.convenor” is larger than 64 MB, which no workspace is: choose a file that was saved by Convenor."
    );
}

#[cfg(unix)]
#[test]
fn a_device_is_refused() {
    let error = storage::open(Path::new("/dev/zero"), atlas()).unwrap_err();
    assert_eq!(error.to_string(), "“zero” is not an ordinary file: choose another one.");
}

// Files of this and other versions

#[test]
fn a_byte_order_mark_and_other_line_ends_do_no_harm() {
    let small = opens("small.convenor");
    assert_eq!(opens("byte-order-mark.convenor"), small);
    assert_eq!(opens("crlf.convenor"), small);
}

#[test]
fn files_of_ours_are_saved_byte_for_byte() {
    for name in ["small.convenor", "version-1.convenor", "unknown-fields.convenor"] {
        let text = storage::to_text(&opens(name)).unwrap();
        assert_eq!(text, fs::read_to_string(fixture(name)).unwrap(), "{name}");
    }
}

#[test]
fn version_1_says_what_it_always_said() {
    let workspace = opens("version-1.convenor");
    let Assumptions { sponsor, half_life, draws, weights, .. } = &*workspace.assumptions;
    assert_eq!((*sponsor, *half_life, *draws, weights.independence), (id("JPN"), 5.0, 200, 0.0));
    let first = &workspace.groupings[0];
    assert_eq!((first.id.0, first.mandate.questions, first.mandate.months), (3, 2, Some(12)));
    assert_eq!(first.seats[0].backing, 0.8);
    assert_eq!(first.with_role(Role::Observer).collect::<Vec<_>>(), [id("CHE")]);
    let rules: Vec<String> = workspace.groupings.iter().map(|grouping| grouping.rule.words()).collect();
    let in_full = "At least 65 % of the population, more than half the votes, all hold a veto, blocking minority 4";
    assert_eq!(rules, ["Two thirds", in_full, "Veto: JPN"]);
    assert_eq!(workspace.groupings[1].mandate.months, None);
}

#[test]
fn unknown_fields_survive_an_edit() {
    let mut workspace = opens("unknown-fields.convenor");
    workspace.title = "Changed".to_owned();
    std::sync::Arc::make_mut(&mut workspace.assumptions).weights.people = 0.5;
    let text = storage::to_text(&workspace).unwrap();
    for field in
        ["summit", "beauty", "climate_of_opinion", "abstentions", "double_majority", "since", "symbol", "scenes"]
    {
        assert!(text.contains(field), "{field} is lost");
    }
}

#[test]
fn unknown_fields_survive_a_reset_of_the_assumptions() {
    let mut workspace = opens("unknown-fields.convenor");
    let before = workspace.assumptions.clone();
    let assumptions = std::sync::Arc::make_mut(&mut workspace.assumptions);
    assumptions.weights.people = 0.5;
    assumptions.unit_costs.light = 3.0;
    assumptions.draws = 7;
    *assumptions = assumptions.reset();
    assert_eq!(workspace.assumptions, before);
    let text = storage::to_text(&workspace).unwrap();
    for field in ["summit", "beauty", "climate_of_opinion"] {
        assert!(text.contains(field), "{field} is lost");
    }
}

// Repairs

/// Opens a file that needs mending; what comes of it needs none and is the same.
fn mends(name: &str, sentences: &[&str]) -> Workspace {
    let opened = open(name).unwrap();
    assert_eq!(told(&opened), sentences, "{name}");
    assert!(opened.is_changed());
    let text = storage::to_text(&opened.workspace).unwrap();
    let again = storage::parse(text.as_bytes(), name, atlas()).unwrap();
    assert!(!again.is_changed(), "{name}: {:?}", told(&again));
    assert_eq!(again.workspace, opened.workspace);
    opened.workspace
}

#[test]
fn keys_colours_and_names_are_mended() {
    let workspace = mends(
        "duplicate-id.convenor",
        &[
            "“Second” had the key 1 of another grouping; its key is 8 now.",
            "“Second” had the colour of another grouping; it has that of C now.",
            "“Fourth” had no usable key; its key is 9 now.",
            "“Fourth” had no usable colour; it has that of D now.",
            "Grouping 5 had no name; it is called “Grouping 5” now.",
            "“Grouping 5” had no usable key; its key is 10 now.",
            "Grouping 6 was “Fifth” and was left out.",
        ],
    );
    let ids: Vec<u32> = workspace.groupings.iter().map(|grouping| grouping.id.0).collect();
    assert_eq!(ids, [1, 8, 7, 9, 10]);
}

#[test]
fn seats_are_mended() {
    let workspace = mends(
        "seats.convenor",
        &[
            "Norway stood in “Odd seats” more than once; only its first seat was kept.",
            "QQQ in “Odd seats” is not a country that this program knows: its seat is kept, but counts in no measure.",
            "A seat in “Odd seats” was “Chile”; it was read as CHL.",
            "A seat in “Odd seats” was “fra”; it was read as FRA.",
            "A seat in “Odd seats” was “Atlantis”, not a country code, and was left out.",
            "A seat in “Odd seats” was 7, not a country code, and was left out.",
            "A seat in “Odd seats” named no country and was left out.",
            "The role of SWE in “Odd seats” was “chief”, which is not known; it is a member now.",
            "The backing of FIN in “Odd seats” was 0, but must be above 0 and at most 1; it is 1 now.",
            "The backing of DNK in “Odd seats” was “strong”, but must be above 0 and at most 1; it is 1 now.",
        ],
    );
    let codes: Vec<String> = workspace.groupings[0].seats.iter().map(|seat| seat.country.to_string()).collect();
    assert_eq!(codes.join(" "), "NOR QQQ CHL FRA SWE FIN DNK");
}

#[test]
fn a_country_that_is_not_known_is_no_change() {
    let text = fs::read_to_string(fixture("small.convenor")).unwrap().replace("CHL", "QQQ");
    let opened = storage::parse(text.as_bytes(), "small.convenor", atlas()).unwrap();
    assert_eq!(opened.repairs.len(), 1);
    assert!(!opened.is_changed());
    assert_eq!(storage::to_text(&opened.workspace).unwrap(), text);
}

#[test]
fn fields_of_the_wrong_type_lose_only_themselves() {
    let workspace = mends(
        "wrong-types.convenor",
        &[
            "The workspace had no title; it is called “wrong-types” now.",
            "The notes of the workspace were a list, not text; they are empty now.",
            "The issue of “Odd fields” was “weather”, which is not known; it is “General” now.",
            "The form of “Odd fields” was 3, which is not known; it is “Light secretariat” now.",
            "The rule of “Odd fields” was “coin_toss”, which is not known; it decides by consensus now.",
            "The questions of “Odd fields” were 0, but must be a whole number above 0; there is one now.",
            "The months of “Odd fields” were 0, but must be a whole number above 0, or null for open-ended; there are 24 now.",
            "The notes of “Odd fields” were left empty (null), not text; they are empty now.",
            "The members of “Odd fields” were “all”, not a list; it has none now.",
        ],
    );
    assert_eq!(workspace.groupings[0].name, "Odd fields");
}

#[test]
fn rules_are_mended() {
    let workspace = mends(
        "rules.convenor",
        &[
            "“strict” in the rule of “Half good” was “yes”, not true or false; it is false now.",
            "A criterion of the rule of “Half good” was left out: a share is a number from 0 to 1, or a fraction such as \"2/3\".",
            "“of” in the rule of “Half good” was “present”, not “all” or “voting”; the share is of all members now.",
            "A criterion of the rule of “Half good” was left out: unknown variant `height`, expected one of `members`, `population`, `gdp`, `assessment`, `custom`.",
            "In the votes of “Half good”, “CHL” with -1 is not a country code with a number from 0 to 1e15; it was left out.",
            "In the votes of “Half good”, “Sweden” with 2 is not a country code with a number from 0 to 1e15; it was left out.",
            "A veto holder of “Half good” was “Chile”, not a country code, and was left out.",
            "The blocking minority of “Half good” was “four”, not a whole number; it has none now.",
            "A criterion of the rule of “No good” was left out: a share is a number from 0 to 1, or a fraction such as \"2/3\".",
            "The veto of “No good” was “some”, not “all” or a list; nobody has a veto now.",
            "Nothing of the rule of “No good” could be kept; it decides by consensus now.",
            "The rule of “A number” was 12, which is not known; it decides by consensus now.",
        ],
    );
    let rules: Vec<String> = workspace.groupings.iter().map(|grouping| grouping.rule.words()).collect();
    let kept = "At least 2/3 of the members, at least 50 % of the population, at least 60 % of the population of those voting \
                yes or no, at least 50 % of the votes, veto: NOR";
    assert_eq!(rules, [kept, "Consensus", "Consensus"]);
}

#[test]
fn assumptions_out_of_range_are_at_their_defaults() {
    let workspace = mends(
        "assumptions.convenor",
        &[
            "The sponsor was “QQQ”, but must be the code of a country that this program knows; it is USA now.",
            "The rival was “China”, but must be the code of a country that this program knows; it is CHN now.",
            "The poles were not the codes of two different countries that this program knows; they are United States and China now.",
            "The model's share of a vote was 1.2, but must be a number from 0 to 1; it is 0.05 now.",
            "The half-life of roll calls was 0, but must be a number above 0, up to 1e15; it is 1.5 now.",
            "The weight of related roll calls was 1.5, but must be a number from 0 to 1; it is 0.3 now.",
            "The cost of a pair of members was -0.02, but must be a number from 0 to 1e15; it is 0.02 now.",
            "What a convenor leaves of the cost of pairs was left empty (null), but must be a number from 0 to 1e15; it is 0.5 now.",
            "The population that counts as half small was 0, but must be a number above 0, up to 1e15; it is 25000000 now.",
            "The steepness of equidistance was -2, but must be a number from 0 to 1e15; it is 2 now.",
            "The number of draws was 1e+300, but must be a whole number from 1 to 10000; it is 400 now.",
            "The seed of the draws was -1, but must be a whole number not below 0; it is 2021 now.",
            "The switch “a priori” was “no”, but must be true or false; it is false now.",
            "The programme of the issue “Climate” was 0, but must be a number above 0, up to 1e15; it is 100000 now.",
            "The programme of “weather” was left out, because there is no such issue.",
            "In the shares of the programme, “CHN” with -1 is not a country code with a number from 0 to 1e15; it was left out.",
            "In the shares of the programme, “Norway” with 1 is not a country code with a number from 0 to 1e15; it was left out.",
            "The unit cost “light” was -1, but must be a number from 0 to 1e15; it is 1.2 now.",
            "The weight “People represented” was -0.2, but must be a number from 0 to 1e15; it is 0.2 now.",
            "The weight “Balance of regions” was “much”, but must be a number from 0 to 1e15; it is 0.15 now.",
        ],
    );
    assert_eq!(workspace.assumptions.unit_costs.standing, 8.0);
    assert_eq!(workspace.assumptions.programme.len(), 1);
}

#[test]
fn weights_that_are_all_zero_are_at_their_defaults() {
    let workspace = mends(
        "zero-weights.convenor",
        &[
            "The number of draws was 0, but must be a whole number from 1 to 10000; it is 400 now.",
            "How the programme is shared was “by_height”, which is not known; it is by UN assessment rate now.",
            "All weights of legitimacy were 0; they are at their defaults now.",
        ],
    );
    assert_eq!(workspace.assumptions.weights, Assumptions::default().weights);
    assert_eq!(workspace.assumptions.weights_extra.first(), Some("beauty"));
}

// Saving

#[test]
fn a_file_is_replaced_and_nothing_else_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.convenor");
    for title in ["One", "Two"] {
        let workspace = Workspace::new(title);
        storage::save(&path, &workspace).unwrap();
        assert_eq!(storage::open(&path, atlas()).unwrap().workspace, workspace);
    }
    assert_eq!(names(folder.path()), ["a.convenor"]);
}

#[test]
fn the_extension_is_added_once() {
    let with = |path: &str| storage::with_extension(Path::new(path)).display().to_string();
    assert_eq!(with("a"), "a.convenor");
    assert_eq!(with("report.2021"), "report.2021.convenor");
    assert_eq!(with("a.convenor"), "a.convenor");
    assert_eq!(with("A.CONVENOR"), "A.CONVENOR");
}

#[test]
fn a_missing_folder_and_a_folders_name_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("gone");
    let error = storage::save(&missing.join("a.convenor"), &Workspace::new("A")).unwrap_err();
    let sentence = format!(
        "“a.convenor” was not saved, because there is no folder “{}”: choose another folder.",
        missing.display()
    );
    assert_eq!(error.to_string(), sentence);
    let error = storage::save(folder.path(), &Workspace::new("A")).unwrap_err();
    assert!(matches!(error, SaveError::NotAFile { .. }));
    assert!(names(folder.path()).is_empty());
}

#[test]
fn a_read_only_file_stays_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.convenor");
    fs::write(&path, "old").unwrap();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    assert_eq!(
        storage::save(&path, &Workspace::new("A")).unwrap_err().to_string(),
        "“a.convenor” was not saved, because it is read-only: save it under another name or in another folder."
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    assert_eq!(names(folder.path()), ["a.convenor"]);
}

#[cfg(unix)]
mod unix {
    use std::fs::Permissions;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    /// Says nothing where the user may write anywhere (root).
    #[test]
    fn a_read_only_folder_keeps_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.convenor");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o555)).unwrap();
        let may_write_anywhere = fs::File::create(folder.path().join("probe")).is_ok();
        let saved = storage::save(&path, &Workspace::new("A"));
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        if may_write_anywhere {
            return;
        }
        let sentence = format!(
            "“a.convenor” was not saved, because Convenor is not allowed to write to “{}”: save it under another name or in another folder.",
            folder.path().display()
        );
        assert_eq!(saved.unwrap_err().to_string(), sentence);
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(names(folder.path()), ["a.convenor"]);
    }

    #[test]
    fn permissions_stay() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.convenor");
        storage::save(&path, &Workspace::new("A")).unwrap();
        let probe = folder.path().join("probe");
        fs::write(&probe, "").unwrap();
        assert_eq!(mode(&path), mode(&probe));
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        storage::save(&path, &Workspace::new("B")).unwrap();
        assert_eq!(mode(&path), 0o640);
    }

    #[test]
    fn links_stay_links() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("real")).unwrap();
        symlink("second.convenor", folder.path().join("first.convenor")).unwrap();
        symlink("real/a.convenor", folder.path().join("second.convenor")).unwrap();
        for title in ["not there yet", "there"] {
            storage::save(&folder.path().join("first.convenor"), &Workspace::new(title)).unwrap();
            assert!(fs::symlink_metadata(folder.path().join("first.convenor")).unwrap().is_symlink());
            assert!(fs::symlink_metadata(folder.path().join("second.convenor")).unwrap().is_symlink());
            let target = folder.path().join("real/a.convenor");
            assert_eq!(storage::open(&target, atlas()).unwrap().workspace.title, title);
        }
        assert_eq!(names(folder.path()), ["first.convenor", "real", "second.convenor"]);
    }

    #[test]
    fn links_in_a_circle_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        symlink("b", folder.path().join("a")).unwrap();
        symlink("a", folder.path().join("b")).unwrap();
        let error = storage::save(&folder.path().join("a"), &Workspace::new("A")).unwrap_err();
        assert!(matches!(error, SaveError::Other { .. }), "{error}");
        assert_eq!(names(folder.path()), ["a", "b"]);
    }
}

// Any workspace, any damage

/// Puts a value in place of one of the values of a document, counted through.
fn put(document: &mut Value, at: &mut usize, new: &Value) {
    if *at == 0 {
        *document = new.clone();
    }
    *at = at.wrapping_sub(1);
    match document {
        Value::Array(items) => items.iter_mut().for_each(|item| put(item, at, new)),
        Value::Object(fields) => fields.values_mut().for_each(|field| put(field, at, new)),
        _ => {}
    }
}

proptest! {
    #[test]
    fn any_workspace_comes_back(workspace in common::workspaces::workspace()) {
        let text = storage::to_text(&workspace).unwrap();
        let opened = storage::parse(text.as_bytes(), "any.convenor", atlas()).unwrap();
        prop_assert_eq!(told_but_kept(&opened), Vec::<String>::new());
        prop_assert_eq!(&opened.workspace, &workspace);
        prop_assert_eq!(storage::to_text(&opened.workspace).unwrap(), text);
    }

    /// Whatever stands in place of a field, the file opens or is refused with a place, and what opens is sound.
    #[test]
    fn any_bad_value_is_mended_or_refused(at in 3_usize..220, new in common::workspaces::json()) {
        let text = fs::read_to_string(fixture("version-1.convenor")).unwrap();
        let mut document: Value = serde_json::from_str(&text).unwrap();
        document["slides"] = serde_json::json!([{
            "id": 1, "kind": "change", "title": "One", "own_title": true, "caption": "c", "notes": "n",
            "hides_figures": true, "groupings": [document["groupings"][0], document["groupings"][0]],
            "assumptions": document["assumptions"], "view": { "place": "record", "selected": 1, "charts": ["cost"] },
            "chart": "cost", "baseline": "g20", "data": "2024-12-31",
            "figures": [{ "of": 1, "measure": "cost", "value": 3.0, "low": 2.0, "high": 4.0 }],
        }, { "id": 2 }]);
        put(&mut document, &mut at.clone(), &new);
        let bytes = serde_json::to_vec_pretty(&document).unwrap();
        match storage::parse(&bytes, "bad.convenor", atlas()) {
            Ok(opened) => {
                let text = storage::to_text(&opened.workspace).unwrap();
                let again = storage::parse(text.as_bytes(), "bad.convenor", atlas()).unwrap();
                prop_assert!(!again.is_changed(), "{:?}", told(&again));
                prop_assert_eq!(again.workspace, opened.workspace);
            }
            Err(error) => {
                let sentence = error.to_string();
                prop_assert!(sentence.contains("expected a list"), "{sentence}");
            }
        }
    }

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(storage::parse(&bytes, "bytes", atlas()).is_err());
    }

    /// A file cut off or with one byte changed opens or is refused, and never stops the program.
    #[test]
    fn any_slip_is_answered(at in 0_usize..3000, byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = fs::read(fixture("version-1.convenor")).unwrap();
        let at = at % bytes.len();
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        let answer = storage::parse(&bytes, "slip.convenor", atlas());
        prop_assert!(answer.is_ok() || !answer.unwrap_err().to_string().is_empty());
    }
}

#[test]
fn names_that_no_screen_could_bear_are_cut_and_that_is_told() {
    let long = "N".repeat(10_000);
    let file = serde_json::json!({
        "format": "convenor-workspace", "version": 1, "title": long, "handling": long,
        "groupings": [{ "id": 1, "name": long, "members": ["NOR"] }],
        "slides": [{ "id": 1, "title": long, "own_title": true }],
    });
    let opened = storage::parse(file.to_string().as_bytes(), "long.convenor", atlas()).unwrap();
    assert_eq!(told(&opened).iter().filter(|text| text.contains("is cut now")).count(), 4, "{:?}", told(&opened));
    assert!(opened.is_changed());
    let workspace = &opened.workspace;
    assert_eq!(workspace.title.chars().count(), 200);
    assert_eq!(workspace.groupings[0].name.chars().count(), 200);
    assert!(workspace.slides[0].title.chars().count() <= 600 && workspace.handling.chars().count() <= 600);
    let again = storage::to_text(workspace).unwrap();
    assert!(!storage::parse(again.as_bytes(), "long.convenor", atlas()).unwrap().is_changed());
}

fn repairs_of(text: &str) -> (Workspace, String) {
    let opened = storage::parse(text.as_bytes(), "a.convenor", atlas()).unwrap();
    let told: Vec<String> = opened.repairs.iter().map(ToString::to_string).collect();
    (opened.workspace, told.join("\n"))
}

fn with_rule(rule: &str) -> String {
    format!(
        r#"{{"format": "convenor-workspace", "version": 1, "title": "A", "groupings": [{{"name": "Two", "members": ["SWE", "NOR"], "rule": {rule}}}]}}"#
    )
}

#[test]
fn a_rule_without_any_condition_is_told_and_does_not_pass_everything() {
    let long = format!(r#"{{"criteria": [{}]}}"#, vec![r#"{"share": "1/2"}"#; 33].join(","));
    for (rule, words) in [
        ("{}", "neither criteria nor a veto"),
        (r#"{"criterias": [{"share": "2/3"}]}"#, "criterias"),
        (r#"{"blocking_minority": 2}"#, "neither criteria nor a veto"),
        (long.as_str(), "33 criteria"),
    ] {
        let (workspace, told) = repairs_of(&with_rule(rule));
        assert!(told.contains(words), "{rule}: {told}");
        assert_eq!(workspace.groupings[0].rule, convenor::model::DecisionRule::default(), "{rule}");
    }
}

#[test]
fn numbers_that_nobody_means_are_told() {
    let votes = r#"{"criteria": [{"basis": "custom", "share": "1/2", "custom": {"SWE": 1e308, "NOR": 1e308}}]}"#;
    let (_, told) = repairs_of(&with_rule(votes));
    assert_eq!(told.matches("0 to 1e15").count(), 2, "{told}");
    for (fields, words) in [
        (r#""pair_cost": 1e308"#, "pair of members"),
        (r#""weights": {"people": 1e308}"#, "People"),
        (r#""unit_costs": {"light": 1e300}"#, "unit cost"),
        (r#""half_life": 1e300"#, "half-life"),
        (r#""programme": {"technology": 1e300}"#, "programme"),
    ] {
        let (_, told) = repairs_of(&format!(
            r#"{{"format": "convenor-workspace", "version": 1, "title": "A", "assumptions": {{{fields}}}}}"#
        ));
        assert!(told.contains(words), "{fields}: {told}");
    }
}

#[test]
fn keys_that_stand_twice_are_told_with_their_place() {
    let text = r#"{"format": "convenor-workspace", "version": 1, "title": "A", "assumptions": {"draws": 10, "draws": 20},
        "groupings": [{"name": "One", "members": ["SWE"], "name": "Two", "rule": {"criteria": [], "criteria": [{"share": "1/2"}]}}]}"#;
    let (workspace, told) = repairs_of(text);
    for place in ["assumptions.draws", "groupings[0].name", "groupings[0].rule.criteria"] {
        assert!(told.contains(place), "{place}: {told}");
    }
    assert_eq!(workspace.groupings[0].name, "Two");
}

#[test]
fn more_groupings_than_can_be_computed_are_refused_at_once() {
    let many = vec![r#"{"name": "A"}"#; 1001].join(",");
    let text = format!(r#"{{"format": "convenor-workspace", "version": 1, "title": "A", "groupings": [{many}]}}"#);
    let error = storage::parse(text.as_bytes(), "many.convenor", atlas()).unwrap_err().to_string();
    assert!(error.contains("1001 groupings") && error.contains("at most 1000"), "{error}");
}

#[test]
fn what_a_killed_save_left_goes_with_a_later_one() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for name in [".convenor-old.tmp", ".convenor-new.tmp", "mine.tmp"] {
        fs::write(at(name), "x").unwrap();
    }
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_hours(1);
    for name in [".convenor-old.tmp", "mine.tmp"] {
        fs::File::options().write(true).open(at(name)).unwrap().set_modified(long_ago).unwrap();
    }
    storage::save(&at("a.convenor"), &Workspace::new("A")).unwrap();
    assert!(!at(".convenor-old.tmp").exists());
    assert!(at(".convenor-new.tmp").exists(), "another program may still be saving");
    assert!(at("mine.tmp").exists(), "it is not ours");
}

#[cfg(unix)]
#[test]
fn owner_and_group_stay_where_the_system_lets_us() {
    use std::os::unix::fs::{MetadataExt as _, chown};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.convenor");
    storage::save(&path, &Workspace::new("A")).unwrap();
    // Only who may give files away can try this.
    let (user, group) = if chown(&path, Some(1234), Some(1234)).is_ok() {
        (1234, 1234)
    } else {
        let known = fs::metadata(&path).unwrap();
        (known.uid(), known.gid())
    };
    storage::save(&path, &Workspace::new("B")).unwrap();
    let known = fs::metadata(&path).unwrap();
    assert_eq!((known.uid(), known.gid()), (user, group));
}

#[test]
fn messages_have_no_words_of_the_system_or_the_parser() {
    let failure = |words: &str| convenor::app::cli::Failure(words.to_owned()).to_string();
    assert_eq!(
        failure("“a” could not be read: File name too long (os error 36)"),
        "“a” could not be read: File name too long"
    );
    let error = |text: &str| convenor::app::cli::power::parse_game(text).map(|_| ()).unwrap_err();
    for text in [
        "[]",
        "3",
        r#"{"members": 3}"#,
        r#"{"members": [3]}"#,
        r#"{"members": [{"id": "A", "weights": [1]}], "criteria": [3]}"#,
    ] {
        let words = failure(&error(text));
        assert!(
            !words.contains("struct") && !words.contains("sequence") && !words.contains("Asked"),
            "{text}: {words}"
        );
    }
}

// The format as it is written down

/// With `UPDATE_SCHEMA` set, writes it anew.
#[test]
fn the_schema_beside_the_examples_is_that_of_the_program() {
    let path = here("saves/workspace.schema.json");
    let text = format!("{}\n", serde_json::to_string_pretty(&storage::schema()).unwrap());
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(&path, &text).unwrap();
    }
    assert_eq!(fs::read_to_string(path).unwrap(), text, "UPDATE_SCHEMA=1 cargo test --test files");
}

/// Every file that opens with nothing to tell is of the form that is written down, and so is whatever is saved of one that was mended;
/// what a reader would call damaged is not.
#[test]
fn every_file_is_checked_against_the_schema() {
    let schema = jsonschema::validator_for(&storage::schema()).unwrap();
    let faults = |value: &Value| -> Vec<String> { schema.iter_errors(value).map(|error| error.to_string()).collect() };
    let mut checked = 0;
    for folder in ["saves", "tests/files", "tests/files/versions"] {
        for name in names(&here(folder)).iter().filter(|name| name.ends_with(".convenor")) {
            let bytes = fs::read(here(folder).join(name)).unwrap();
            let Ok(opened) = storage::parse(&bytes, name, atlas()) else { continue };
            let saved = storage::to_text(&opened.workspace).unwrap();
            assert_eq!(faults(&serde_json::from_str(&saved).unwrap()), Vec::<String>::new(), "{name}, as saved");
            if opened.repairs.is_empty() && !opened.is_changed() {
                let value = serde_json::from_slice(storage::without_mark(&bytes)).unwrap();
                assert_eq!(faults(&value), Vec::<String>::new(), "{name}");
                checked += 1;
            }
        }
    }
    assert!(checked >= 15, "{checked}");
    for (wrong, why) in [
        (serde_json::json!({"version": 1}), "without a format"),
        (serde_json::json!({"format": "convenor-workspace", "version": 2}), "a later version"),
        (serde_json::json!({"format": "convenor-workspace", "version": 1, "groupings": [{"id": 1}]}), "without a name"),
        (
            serde_json::json!({"format": "convenor-workspace", "version": 1, "groupings": [
                {"id": 1, "name": "A", "members": [{"country": "NOR", "backing": 0}]}]}),
            "backing of nothing",
        ),
        (
            serde_json::json!({"format": "convenor-workspace", "version": 1, "groupings": [
                {"id": 1, "name": "A", "rule": "by_acclamation"}]}),
            "a rule that is none",
        ),
    ] {
        assert!(!faults(&wrong).is_empty(), "{why}");
    }
}

/// The example in `saves/FORMAT.md` opens, is of the form, and names no issue or rule that is none.
#[test]
fn what_is_written_of_the_format_holds() {
    let text = fs::read_to_string(here("saves/FORMAT.md")).unwrap();
    let example = text.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let opened = storage::parse(example.as_bytes(), "FORMAT.md", atlas()).unwrap();
    assert_eq!(told(&opened), Vec::<String>::new());
    let schema = jsonschema::validator_for(&storage::schema()).unwrap();
    assert!(schema.is_valid(&serde_json::from_str(example).unwrap()));
    for issue in convenor::model::Issue::ALL {
        let name = serde_json::to_value(issue).unwrap();
        assert!(text.contains(&format!("`{}`", name.as_str().unwrap())), "{name}");
    }
    for rule in convenor::model::NamedRule::ALL {
        let name = serde_json::to_value(rule).unwrap();
        assert!(text.contains(&format!("`{}`", name.as_str().unwrap())), "{name}");
    }
}

/// Files of earlier versions are kept for good, each with what it must open as.
#[test]
fn files_of_earlier_programs_open_as_what_they_were() {
    let folder = here("tests/files/versions");
    let mut checked = 0;
    for name in names(&folder).iter().filter(|name| name.ends_with(".convenor")) {
        let opened = storage::open(&folder.join(name), atlas()).unwrap();
        assert_eq!(told(&opened), Vec::<String>::new(), "{name}");
        let found: Vec<String> = opened
            .workspace
            .groupings
            .iter()
            .map(|grouping| {
                format!(
                    "{} · {} · {} · {} · {} · {} seats · led by {}",
                    grouping.letter(),
                    grouping.name,
                    grouping.issue.label(),
                    grouping.rule.words(),
                    grouping.mandate.words(),
                    grouping.seats.len(),
                    Some(grouping.with_role(Role::Convenor).map(|id| id.to_string()).collect::<Vec<_>>().join(" "))
                        .filter(|who| !who.is_empty())
                        .unwrap_or_else(|| "nobody".to_owned())
                )
            })
            .collect();
        let beside = folder.join(name).with_extension("txt");
        // Only for a file that is new here: what an old one opens as does not change.
        if !beside.exists() && std::env::var_os("UPDATE_VERSIONS").is_some() {
            fs::write(&beside, format!("{}\n", found.join("\n"))).unwrap();
        }
        let expected = fs::read_to_string(beside).unwrap();
        assert_eq!(found.join("\n"), expected.trim_end(), "{name}");
        checked += 1;
    }
    assert!(checked >= 3);
}

#[test]
fn text_in_utf_16_is_read_and_older_encodings_are_named() {
    let text = fs::read_to_string(here("saves/iran-deal.convenor")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for (mark, bytes) in [
        ([0xFF, 0xFE], text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()),
        ([0xFE, 0xFF], text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
    ] {
        let bytes = [&mark[..], &bytes].concat();
        let opened = storage::parse(&bytes, "a.convenor", atlas()).unwrap();
        assert_eq!((told(&opened), opened.workspace.title.as_str()), (vec![], "Iran deal"));
        let path = folder.path().join("a.json");
        fs::write(&path, &bytes).unwrap();
        assert_eq!(storage::read_text(&path).unwrap(), text);
        // Half a letter, or half a pair, is no text.
        for cut in [1, 3] {
            fs::write(&path, &bytes[..bytes.len() - cut]).unwrap();
            let read = storage::read_text(&path);
            assert!(read.is_err(), "{read:?}");
        }
    }
    let path = folder.path().join("votes.csv");
    fs::write(&path, b"resolution,title\nA/1,Fran\xe7ais\n").unwrap();
    let error = storage::read_text(&path).unwrap_err().to_string();
    assert!(error.contains("line 2 has letters of an older encoding") && error.contains("Save it as UTF-8"), "{error}");
}

#[test]
fn keys_of_a_rule_that_are_not_known_are_told_and_kept() {
    let opened = open("unknown-fields.convenor").unwrap();
    assert_eq!(
        told(&opened),
        [
            "In the rule of “Pair”, “double_majority” is not known: it is kept, but the figures are without.",
            "In the rule of “Pair”, “abstentions” is not known: it is kept, but the figures are without.",
        ]
    );
    assert!(!opened.is_changed());
}
