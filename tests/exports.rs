//! What leaves the program: every example in every format, read again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "common/engine.rs"]
mod engine;

use std::io::Read as _;
use std::process::Command;
use std::sync::Arc;

use convenor::app::export::{Format, Order, Which, export};
use convenor::chart::CATALOGUE;
use convenor::model::{Grouping, GroupingId, Role, Seat, Workspace};
use convenor::storage::examples;
use convenor::storage::export::letters;
use engine::engine;
use resvg::usvg;

const DATE: &str = "2026-11-26";

fn made(workspace: &Workspace, order: &Order) -> Vec<(String, Vec<u8>)> {
    export(engine(), workspace, order).unwrap_or_else(|error| panic!("{}: {error}", workspace.title)).files
}

fn one(workspace: &Workspace, order: &Order) -> Vec<u8> {
    let mut files = made(workspace, order);
    assert_eq!(files.len(), 1);
    files.remove(0).1
}

fn text(workspace: &Workspace, order: &Order) -> String {
    String::from_utf8(one(workspace, order)).unwrap()
}

/// Few draws: what is tested is how figures are written.
fn quick(mut workspace: Workspace) -> Workspace {
    Arc::make_mut(&mut workspace.assumptions).draws = 20;
    for slide in &mut workspace.slides {
        Arc::make_mut(&mut Arc::make_mut(slide).assumptions).draws = 20;
    }
    workspace
}

fn all() -> Vec<Workspace> {
    examples::ALL.iter().map(|example| quick(example.open(&engine().atlas).unwrap())).collect()
}

/// A workspace whose names mean something in every format.
fn hostile() -> Workspace {
    let mut grouping = Grouping::new(GroupingId(1), "<b>&\"' | *x* =1+1 北京", 0);
    grouping.seats = ["SWE", "NOR"].map(|code| Seat::new(code.parse().unwrap(), Role::Member)).to_vec();
    "</svg><script>alert(1)</script>".clone_into(&mut grouping.notes);
    Workspace {
        groupings: vec![Arc::new(grouping)],
        organisation: "A & B <i>".to_owned(),
        handling: "\u{7}Official <!-- -->".to_owned(),
        notes: "]]> & <x>".to_owned(),
        ..quick(Workspace::new("A <title> & \"more\""))
    }
}

fn with(format: Format) -> Order {
    Order::new(format, DATE)
}

#[test]
fn every_example_leaves_in_every_format_with_all_that_belongs_on_it() {
    for workspace in all() {
        for format in [Format::Html, Format::Markdown] {
            let page = text(&workspace, &with(format));
            for part in [workspace.title.as_str(), DATE, "2024-12-24", "not forecasts", "CC BY", "How to cite"] {
                assert!(page.contains(part), "{}: {format:?} lacks “{part}”", workspace.title);
            }
            for grouping in &workspace.groupings {
                assert!(page.contains(&grouping.name) || grouping.name.contains('_'), "{format:?}: {}", grouping.name);
            }
        }
        let pdf = one(&workspace, &with(Format::Pdf));
        assert!(pdf.starts_with(b"%PDF-1.7"), "{}", workspace.title);
        assert_eq!(pdf, one(&workspace, &with(Format::Pdf)), "the same bytes for the same input");
        let slides = one(&workspace, &Order { slides: Some(Which::All), notes: true, ..with(Format::Pdf) });
        assert!(slides.len() > 10_000);
        let csv = text(&workspace, &with(Format::Csv));
        assert_eq!(csv.lines().count(), workspace.groupings.len() + 1);
        let fields = csv.lines().next().unwrap().split(',').count();
        assert!(fields > 10);
    }
}

#[test]
fn nothing_is_loaded_and_nothing_runs() {
    for workspace in all().iter().take(3).chain([&hostile()]) {
        let page = text(workspace, &with(Format::Html));
        assert!(!page.contains("<script"), "{}", workspace.title);
        for (at, _) in page.match_indices("http") {
            let around: String = page[at..].chars().take(30).collect();
            assert!(
                around.starts_with("http://www.w3.org/2000/svg") || around.starts_with("http-equiv"),
                "{}: {around}",
                workspace.title
            );
        }
        for picture in ["src=", "url(", "@import", "<link"] {
            assert!(!page.contains(picture), "{}: {picture}", workspace.title);
        }
    }
}

#[test]
fn every_chart_is_a_picture_of_lines_and_one_of_pixels_that_agree() {
    let workspace = quick(examples::ALL[0].open(&engine().atlas).unwrap());
    for kind in &CATALOGUE {
        for dark in [false, true] {
            let order = Order { chart: Some(kind.id.to_owned()), dark, ..with(Format::Svg) };
            let svg = text(&workspace, &order);
            let tree = usvg::Tree::from_str(&svg, &usvg::Options::default());
            let tree = tree.unwrap_or_else(|error| panic!("{}: {error}", kind.id));
            assert!(svg.contains("<text"), "{}: letters can be selected", kind.id);
            assert!(svg.contains("How to cite"), "{}", kind.id);
            let order = Order { scale: 1.0, format: Format::Png, ..order };
            let png = one(&workspace, &order);
            assert!(png.starts_with(b"\x89PNG"));
            let size = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
            let svg_size = tree.size();
            assert!((f64::from(size(16)) - f64::from(svg_size.width())).abs() <= 1.0, "{}", kind.id);
            assert!((f64::from(size(20)) - f64::from(svg_size.height())).abs() <= 1.0, "{}", kind.id);
            agree(&tree, &png, kind.id);
        }
    }
}

/// What is no letter is the same in both; letters are there. (The reader of SVG that is used here draws no letters.)
fn agree(svg: &usvg::Tree, png: &[u8], id: &str) {
    use resvg::tiny_skia::{Pixmap, Transform};
    let pixels = image::load_from_memory(png).unwrap().into_rgba8();
    let mut drawn = Pixmap::new(pixels.width(), pixels.height()).unwrap();
    resvg::render(svg, Transform::identity(), &mut drawn.as_mut());
    let all = pixels.as_raw().chunks_exact(4).zip(drawn.data().chunks_exact(4));
    let others = all.filter(|(a, b)| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > 24)).count();
    let whole = pixels.as_raw().len() / 4;
    assert!(others > whole / 400, "{id}: there are no letters: {others} of {whole} pixels differ");
    assert!(others < whole / 8, "{id}: {others} of {whole} pixels differ");
}

#[test]
fn pictures_have_the_size_that_was_asked_for() {
    let workspace = quick(examples::ALL[0].open(&engine().atlas).unwrap());
    let width = |scale: f32| {
        let order = Order { slides: Some(Which::One(1)), scale, ..with(Format::Png) };
        let png = one(&workspace, &order);
        u32::from_be_bytes(png[16..20].try_into().unwrap())
    };
    assert_eq!([width(1.0), width(2.0), width(4.0)], [1312, 2624, 5248]);
}

#[test]
fn names_mean_nothing_in_any_format() {
    let workspace = hostile();
    let page = text(&workspace, &with(Format::Html));
    assert!(!page.contains("<script>") && !page.contains("<b>&"), "escaped");
    let svg = text(&workspace, &Order { slides: Some(Which::One(1)), ..with(Format::Svg) });
    usvg::Tree::from_str(&svg, &usvg::Options::default()).unwrap();
    assert!(!svg.contains('\u{7}'));
    let markdown = text(&workspace, &with(Format::Markdown));
    assert!(markdown.contains("\\<b\\>"));
    let csv = text(&workspace, &with(Format::Csv));
    assert!(csv.contains("\"<b>&\"\"' | *x* =1+1 北京\""), "{csv}");
    // Letters that the font does not have are told, and others stand for them.
    let order = Order { slides: Some(Which::All), ..with(Format::Pdf) };
    let found = export(engine(), &workspace, &order).unwrap();
    assert!(found.replaced.contains(&'北') && found.replaced.contains(&'京'));
    assert_eq!(letters::writable("北京"), "BeiJing");
    for format in [Format::Pdf, Format::Pptx] {
        one(&workspace, &with(format));
    }
}

/// The parts of a zip, by name.
fn parts(bytes: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut file = zip.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

#[test]
fn slides_for_powerpoint_are_whole_and_have_notes_and_real_text() {
    for workspace in all().into_iter().chain([hostile()]) {
        let bytes = one(&workspace, &with(Format::Pptx));
        assert_eq!(bytes, one(&workspace, &with(Format::Pptx)), "the same bytes for the same input");
        let parts = parts(bytes);
        let find = |name: &str| parts.iter().find(|(known, _)| known == name).map(|(_, bytes)| bytes);
        let n = workspace.slides.len().max(if workspace.slides.is_empty() { workspace.groupings.len() } else { 0 }) + 1;
        for (name, bytes) in parts.iter().filter(|(name, _)| !name.contains("/media/")) {
            let text = std::str::from_utf8(bytes).unwrap();
            // Every part that is named is there.
            for (at, _) in text.match_indices("Target=\"") {
                let target = text[at + 8..].split('"').next().unwrap();
                let file = target.rsplit('/').next().unwrap();
                assert!(parts.iter().any(|(known, _)| known.ends_with(file)), "{name} names {target}");
            }
            is_well_formed(text, name);
        }
        for number in 1..=n {
            assert!(find(&format!("ppt/slides/slide{number}.xml")).is_some(), "{}: slide {number}", workspace.title);
            assert!(find(&format!("ppt/notesSlides/notesSlide{number}.xml")).is_some());
        }
        assert!(find(&format!("ppt/slides/slide{}.xml", n + 1)).is_none());
        if let Some(slide) = workspace.slides.first() {
            let notes = String::from_utf8(find("ppt/notesSlides/notesSlide1.xml").unwrap().clone()).unwrap();
            assert!(notes.contains(slide.notes.split('.').next().unwrap()));
        }
    }
}

/// Well formed: every element that is opened is closed, in order.
fn is_well_formed(text: &str, name: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in text.split('<').skip(1) {
        let (tag, rest) = tag.split_once('>').unwrap_or_else(|| panic!("{name}: {tag}"));
        assert!(!rest.contains('>') || !rest.contains('<'), "{name}");
        if tag.starts_with('?') || tag.starts_with('!') {
            continue;
        }
        let word = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(word), "{name}");
        } else if !tag.ends_with('/') {
            open.push(word);
        }
    }
    assert!(open.is_empty(), "{name}: {open:?}");
}

#[test]
fn what_is_not_there_is_said_in_a_sentence() {
    let workspace = quick(examples::ALL[0].open(&engine().atlas).unwrap());
    let says = |workspace: &Workspace, order: Order, words: &str| {
        let error = export(engine(), workspace, &order).unwrap_err().to_string();
        assert!(error.contains(words) && error.ends_with('.'), "{error}");
    };
    says(&workspace, Order { slides: Some(Which::One(9)), ..with(Format::Svg) }, "no slide 9: choose one from 1 to 3");
    says(&workspace, Order { grouping: Some("T-13".to_owned()), ..with(Format::Html) }, "no grouping “T-13”");
    says(&workspace, Order { chart: Some("x".to_owned()), ..with(Format::Png) }, "no chart “x”");
    says(&workspace, Order { slides: Some(Which::All), ..with(Format::Html) }, "Slides cannot be written as html");
    let empty = Workspace::new("Empty");
    for format in [Format::Pptx, Format::Svg, Format::Csv] {
        says(&empty, with(format), "There is no");
    }
    // A briefing of nothing says so.
    assert!(text(&empty, &with(Format::Html)).contains("No grouping is proposed yet."));
    one(&empty, &with(Format::Pdf));
}

#[test]
fn the_command_line_writes_whole_files_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let saves = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("saves");
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_convenor"))
            .arg("export")
            .arg(saves.join("iran-deal.convenor"))
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    for (to, out) in [("html", "a.html"), ("pdf", "a.pdf"), ("pptx", "a.pptx"), ("md", "a.md"), ("csv", "a.csv")] {
        let (fine, told) = run(&["--to", to, "--out", out, "--date", DATE]);
        assert!(fine, "{told}");
        assert!(std::fs::metadata(folder.path().join(out)).unwrap().len() > 200);
    }
    let (fine, told) = run(&["--to", "svg", "--out", "pictures"]);
    assert!(fine, "{told}");
    assert_eq!(std::fs::read_dir(folder.path().join("pictures")).unwrap().count(), 3);
    for (arguments, words) in [
        (&["--to", "docx", "--out", "a.docx"][..], "“docx” is no format"),
        (&["--to", "pdf", "--out", "no/where.pdf"][..], "where.pdf"),
        (&["--to", "pdf", "--out", "b.pdf", "--date", "tomorrow"][..], "“tomorrow” is no day"),
        (&["--to", "png", "--out", "b.png", "--scale", "3"][..], "none of 1, 2 and 4"),
        (&["--to", "pdf", "--out", "b.pdf", "--slides", "0"][..], "neither “all” nor the number"),
        (&["--to", "pdf", "--out", "b.pdf", "--theme", "blue"][..], "“blue” is no theme"),
    ] {
        let (fine, told) = run(arguments);
        assert!(!fine && told.contains(words), "{arguments:?}: {told}");
    }
    assert!(!folder.path().join("b.pdf").exists());
}

#[test]
fn groupings_of_one_name_are_told_apart_in_a_briefing() {
    let case = all().into_iter().find(|workspace| workspace.title.contains("case for microlateralism")).unwrap();
    let names: Vec<&str> = case.groupings.iter().map(|grouping| grouping.name.as_str()).collect();
    assert_eq!(names.iter().filter(|name| **name == "T-12").count(), 2, "{names:?}");
    let words = text(&case, &with(Format::Markdown));
    for name in ["T-12 (led by Sweden)", "T-12 (led by the United States)"] {
        assert!(words.contains(name), "{name}");
    }
    // Where the same one leads, the letter tells.
    let mut twins = case.clone();
    twins.groupings.truncate(1);
    let mut second = (*twins.groupings[0]).clone();
    (second.id, second.colour) = (GroupingId(99), 1);
    twins.groupings.push(Arc::new(second));
    twins.slides.clear();
    let words = text(&twins, &with(Format::Markdown));
    assert!(words.contains("Going alone (A)") && words.contains("Going alone (B)"));
}

#[test]
fn a_briefing_answers_with_who_is_ahead_beyond_the_noise_and_says_what_is_not_alike() {
    let case = all().into_iter().find(|workspace| workspace.title.contains("case for microlateralism")).unwrap();
    let words = text(&case, &with(Format::Markdown));
    let has = |part: &str| assert!(words.contains(part), "“{part}” is missing in\n{}", &words[..6000.min(words.len())]);
    has("T-12, one question is best, or within the noise of the best, on all four measures: legitimacy 64");
    has("D and F are ahead, within the noise of one another.");
    has("Going alone is not ranked with them");
    has("They are not put to the same task");
    has("A is going alone, B is the Security Council and C is the G20.");
    assert!(!words.contains("For comparison:"), "the venues stand in the table already");
    has("Counting the convenor, 12 members; the others: the United States");
    has("It has the members and the rule of the G20");
    has("One member alone cannot be stopped by another");
    has("without it the risk of deadlock falls by");
    has("trade with China, not among the five largest");
    has("P(pass) is the chance that the decision rule is met");
    // The venue beside a grouping is put to that grouping's own task: three questions fail more often than one.
    let risks = |of: &str| -> Vec<String> {
        let page = words.split(&format!("## {of} · ")).nth(1).unwrap();
        let line = page.lines().find(|line| line.contains("Risk that it deadlocks")).unwrap();
        line.split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    assert_eq!([&*risks("F")[2], &*risks("F")[4]], ["18 %", "86 %"]);
    assert_eq!(risks("E")[2], "46 %");
    assert_ne!(risks("E")[4], "86 %");
    // Who stands in no venue is compared with one.
    let mut one = case.clone();
    one.groupings.retain(|grouping| grouping.name.contains("one question"));
    one.slides.clear();
    let words = text(&one, &with(Format::Markdown));
    assert!(words.contains("For comparison: G20") && words.contains("What could T-12, one question do on technology?"));
    assert!(words.contains("less likely to deadlock than the G20"));
}

#[test]
fn where_the_figures_single_none_out_a_briefing_says_so() {
    let case = all().into_iter().find(|workspace| workspace.title.contains("case for microlateralism")).unwrap();
    let mut twins = case.clone();
    twins.groupings.retain(|grouping| grouping.name.contains("one question"));
    let mut second = (*twins.groupings[0]).clone();
    (second.id, second.colour, second.name) = (GroupingId(99), 9, "Its twin".to_owned());
    twins.groupings.push(Arc::new(second));
    twins.slides.clear();
    let words = text(&twins, &with(Format::Markdown));
    let lead = "The figures do not single one out: T-12, one question and Its twin are each best";
    assert!(words.contains(lead), "{}", &words[..3000]);
    assert!(words.contains("The figures tell none of them apart."));
    assert!(words.contains("Nothing: of every two groupings") && !words.contains("not put to the same task"));
}

#[test]
fn groupings_on_different_issues_are_not_ranked_and_who_stays_out_is_told() {
    let of = |title: &str| all().into_iter().find(|workspace| workspace.title.contains(title)).unwrap();
    let words = text(&quick(of("Minilaterals")), &with(Format::Markdown));
    assert!(words.contains("They work on different issues, so that none is called the best"));
    assert!(
        !words.contains("within the noise of the best")
            && words.contains("What could each of these eight do, on technology")
    );
    let words = text(&quick(of("Climate")), &with(Format::Markdown));
    assert!(words.contains(", as it stays out") && words.contains("within the noise of the best"));
    let words = text(&quick(of("Iran")), &with(Format::Markdown));
    assert!(words.contains("What could JCPOA do on nuclear questions?"));
}

#[test]
fn sources_of_figures_stand_apart_and_no_marks_of_collections_remain() {
    let words = text(&all()[0], &with(Format::Markdown));
    let (figures, dress) = words.split_once("Letters, flags, outlines, names").unwrap();
    assert!(dress.contains("Twemoji") && dress.contains("IBM Plex"));
    assert!(figures.contains("V-Dem Country-Year") && !figures.contains("n/a") && !figures.contains("caa72d1"));
}
