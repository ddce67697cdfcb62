//! Slides: captured, stated, kept, laid out, and shown by keys.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![allow(clippy::many_single_char_names)]
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
#![cfg(feature = "gui")]

#[path = "common/engine.rs"]
mod engine;
#[path = "common/raster.rs"]
mod raster;

use std::sync::Arc;

use convenor::analysis::Baseline;
use convenor::app::export::{Format, Order, export};
use convenor::app::{App, Command, Named, Place, Setting, Staged};
use convenor::chart::frame::{Anchor, Area, Frame, Op, Text, TextMeasure as _};
use convenor::chart::slide::{HEIGHT, WIDTH};
use convenor::data::CountryId;
use convenor::model::{
    DecisionRule, Edit, Form, Grouping, GroupingId, Issue, Mandate, NamedRule, Role, Seat, Slide, SlideId, SlideKind,
    Workspace,
};
use convenor::storage::export::Letters;
use convenor::storage::{self, examples};
use convenor::ui::Shell;
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use engine::engine;

type Window = Harness<'static, Shell>;

fn id(code: &str) -> CountryId {
    code.parse().unwrap()
}

fn app() -> App {
    App::new(engine().clone(), examples::ALL[0].open(&engine().atlas).unwrap())
}

fn window_of(app: App) -> Window {
    let mut harness = Harness::builder()
        .with_size([1280.0, 800.0])
        .with_max_steps(32)
        .renderer(raster::Raster::default())
        .build_eframe(move |cc| Shell::new(&cc.egui_ctx, app));
    harness.run_ok();
    harness
}

fn press(harness: &mut Window, key: Key) {
    chord(harness, Modifiers::NONE, key);
}

fn chord(harness: &mut Window, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_ok();
    harness.run_ok();
}

fn slides(harness: &Window) -> Vec<Arc<Slide>> {
    harness.state().app.workspace().slides.clone()
}

// The argument of the essay as seven slides

const TWELVE: [&str; 12] = ["USA", "FRA", "DEU", "JPN", "GBR", "AUS", "CAN", "KOR", "FIN", "SWE", "IND", "ISR"];

fn grouping(number: u8, name: &str, members: &[CountryId], convenor: Option<&str>) -> Grouping {
    let mut grouping = Grouping::new(GroupingId(u32::from(number)), name, number - 1);
    grouping.issue = Issue::Technology;
    let role = |country: &CountryId| if convenor.map(id) == Some(*country) { Role::Convenor } else { Role::Member };
    grouping.seats = members.iter().map(|country| Seat::new(*country, role(country))).collect();
    grouping
}

fn body(code: &str) -> Vec<CountryId> {
    let atlas = &engine().atlas;
    let body = atlas.bodies.iter().find(|body| body.code == code).unwrap();
    body.seats.iter().filter_map(|seat| seat.code.parse().ok()).filter(|id| atlas.actor(*id).is_some()).collect()
}

/// *The case for microlateralism*, as the program makes it from its figures.
fn the_case() -> Workspace {
    let twelve: Vec<CountryId> = TWELVE.map(id).to_vec();
    let broad = Mandate { questions: 3, months: Some(60) };
    let alone = grouping(1, "Going alone", &[id("USA")], Some("USA"));
    let mut council = grouping(2, "Security Council", &body("UNSC_2026"), None);
    council.rule = DecisionRule::Named(NamedRule::SecurityCouncil);
    let twenty = grouping(3, "G20", &body("G20"), None);
    let mut large = grouping(4, "T-12", &twelve, Some("USA"));
    (large.mandate, large.form) = (broad, Form::Standing);
    let mut small = grouping(5, "T-12", &twelve, Some("SWE"));
    (small.mandate, small.form) = (broad, Form::Standing);
    let mut niche = grouping(6, "T-12, one question", &twelve, Some("SWE"));
    (niche.mandate, niche.form) = (Mandate { questions: 1, months: Some(12) }, Form::AdHoc);
    let workspace = Workspace {
        notes: "An essay of April 2021 argues for small countries that lead and large ones that take part, on narrow questions and for a \
                limited time. Here the argument is put to the figures of today."
            .to_owned(),
        groupings: [&alone, &council, &twenty, &large, &small, &niche].map(|of| Arc::new(of.clone())).to_vec(),
        ..Workspace::new("The case for microlateralism")
    };
    let app = App::new(engine().clone(), workspace.clone());
    let slide = |number: u32, kind, groupings: &[&Grouping], baseline: &str, caption: &str, notes: &str| Slide {
        id: SlideId(number),
        kind,
        groupings: groupings.iter().map(|of| Arc::new((*of).clone())).collect(),
        baseline: baseline.to_owned(),
        caption: caption.to_owned(),
        notes: notes.to_owned(),
        ..Slide::default()
    };
    let alone_code = Baseline::Alone.code();
    let mut first = slide(
        1,
        SlideKind::One,
        &[&alone],
        "",
        "Nobody can block it, and nobody shares the bill.",
        "Begin with what every government can do tomorrow. The question is what is missing: the claim to speak for others.",
    );
    "Going alone never deadlocks, and can claim little legitimacy".clone_into(&mut first.title);
    first.own_title = true;
    let list = [
        first,
        slide(
            2,
            SlideKind::One,
            &[&council],
            alone_code,
            "A permanent member’s no ends any proposal.",
            "A venue with a claim to legitimacy, and a rule that lets one no end it.",
        ),
        slide(
            3,
            SlideKind::One,
            &[&twenty],
            alone_code,
            "A broad club by consensus: whoever objects, ends it.",
            "Members share interests and still cannot agree: the more sit at the table, the more noes there are.",
        ),
        slide(
            4,
            SlideKind::One,
            &[&large],
            Baseline::G20.code(),
            "Twelve technology-minded democracies, as proposed in October 2020. Three questions in five years and a standing \
             secretariat are assumptions.",
            "The obvious leader is the largest member. Keep its figures in mind for the next slide.",
        ),
        slide(
            5,
            SlideKind::Change,
            &[&large, &small],
            "",
            "Nothing else changes: the same twelve, the same rule, the same three questions in five years.",
            "The figures do not flatter the idea: a small convenor brings legitimacy, and with a broad mandate more risk, because it \
             tables what the largest member objects to. Ask the room who else could lead: L opens the question.",
        ),
        slide(
            6,
            SlideKind::Change,
            &[&small, &niche],
            "",
            "One question within a year, and no secretariat: an effort that ends.",
            "Niche and time-bound: fewer chances to fail, and nothing to keep up afterwards. The legitimacy of the slide before stays.",
        ),
        slide(
            7,
            SlideKind::Record,
            &[&niche],
            "",
            "What would hold it together: these are the questions to keep off the table, and the members to talk to first.",
            "Every line is a vote that took place. Who voted no is who to call before the first meeting.",
        ),
    ];
    let slides = list.into_iter().map(|slide| {
        let slide = Staged::settled(engine(), Arc::new(slide)).noted(&app.engine);
        Arc::new(slide)
    });
    Workspace { slides: slides.collect(), ..workspace }
}

/// The file in `saves/` is what the program states today: with `UPDATE_CASE=1` it is written anew.
#[test]
fn the_case_for_microlateralism_says_what_the_figures_say() {
    let case = the_case();
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("saves/case-for-microlateralism.convenor");
    if std::env::var_os("UPDATE_CASE").is_some() {
        storage::save(&path, &case).unwrap();
    }
    let kept = storage::open(&path, &engine().atlas).unwrap();
    assert!(kept.repairs.is_empty());
    assert_eq!(kept.workspace.slides.len(), 7);
    for (kept, made) in kept.workspace.slides.iter().zip(&case.slides) {
        assert_eq!(kept.title, made.title);
        assert_eq!(kept, made, "{}", made.title);
    }
    assert_eq!(kept.workspace, case);
}

// Layout

/// Where a text stands.
fn area(text: &Text, letters: &Letters) -> Area {
    let width = letters.width(&text.words, text.size, text.bold);
    let left = match text.anchor {
        Anchor::Left => text.at.x,
        Anchor::Middle => text.at.x - width / 2.0,
        Anchor::Right => text.at.x - width,
    };
    let half = text.size * 0.4;
    Area::new(left, text.at.y - half, left + width, text.at.y + half)
}

fn check(frame: &Frame, what: &str, charts: bool) {
    let letters = Letters::default();
    let page = Area::new(0.0, 0.0, WIDTH, HEIGHT);
    let texts: Vec<(&Text, Area)> = frame.texts().map(|text| (text, area(text, &letters))).collect();
    for (text, area) in &texts {
        assert!(area.is_within(&page), "{what}: “{}” leaves the page: {area:?}", text.words);
        if !charts {
            assert!(text.size >= 12.4, "{what}: “{}” is too small: {}", text.words, text.size);
        }
    }
    for (at, (one, a)) in texts.iter().enumerate() {
        for (other, b) in &texts[at + 1..] {
            assert!(!a.meets(b), "{what}: “{}” covers “{}”", one.words, other.words);
        }
    }
}

#[test]
fn no_text_of_any_slide_leaves_the_page_or_covers_another() {
    let letters = Letters::default();
    for example in &examples::ALL {
        let workspace = example.open(&engine().atlas).unwrap();
        let app = App::new(engine().clone(), workspace.clone());
        for kind in SlideKind::ALL {
            for (at, grouping) in workspace.groupings.iter().enumerate() {
                let groupings: Vec<Arc<Grouping>> = match kind {
                    SlideKind::One | SlideKind::Record => vec![grouping.clone()],
                    SlideKind::Compare | SlideKind::Change => {
                        workspace.groupings.iter().cycle().skip(at).take(kind.most().min(4)).cloned().collect()
                    }
                    SlideKind::Chart => workspace.groupings.clone(),
                    SlideKind::Text => Vec::new(),
                };
                let slide = Slide {
                    kind,
                    groupings,
                    assumptions: workspace.assumptions.clone(),
                    baseline: "g20".to_owned(),
                    chart: "deadlock".to_owned(),
                    caption: workspace.notes.clone(),
                    title: if kind == SlideKind::Text { workspace.title.clone() } else { String::new() },
                    ..Slide::default()
                };
                let slide = app.noted(slide);
                let staged = app.stage(&Arc::new(slide));
                let setting =
                    Setting { handling: "Official", organisation: "Ministry", number: (1, 9), ..Setting::default() };
                let frame = staged.frame(engine(), &setting, &letters);
                let what = format!("{}, {kind:?}, {}", example.file, grouping.name);
                check(&frame, &what, kind == SlideKind::Chart);
                if kind != SlideKind::Text {
                    assert!(staged.slide.title.contains(&grouping.name) || staged.slide.title.len() > 10, "{what}");
                }
            }
        }
    }
}

#[test]
fn long_words_are_cut_and_say_so() {
    let app = app();
    let mut slide =
        Slide { kind: SlideKind::Text, title: "long ".repeat(200), caption: "word ".repeat(2000), ..Slide::default() };
    slide.own_title = true;
    let frame = app.stage(&Arc::new(slide)).frame(engine(), &Setting::default(), &Letters::default());
    check(&frame, "long", false);
    assert!(frame.texts().filter(|text| text.words.contains('…')).count() >= 2);
}

// Statements

#[test]
fn a_statement_whose_numbers_do_not_hold_is_told() {
    let app = app();
    let first = app.workspace().groupings[0].clone();
    let mut slide = app.noted(Slide { groupings: vec![first], baseline: "g20".to_owned(), ..Slide::default() });
    assert!(slide.title.contains("T-12") && slide.title.contains('%'), "{}", slide.title);
    let doubt = |slide: &Slide| app.stage(&Arc::new(slide.clone())).doubt(engine());
    assert_eq!(doubt(&slide), None);
    let told = slide.title.clone();
    slide.title = "T-12 deadlocks in 3 % of cases".to_owned();
    assert!(doubt(&slide).unwrap().contains("3 %"));
    slide.title = told;
    let figure = slide.figures.iter_mut().find(|figure| figure.measure == "deadlock").unwrap();
    figure.value = Some(1.0);
    assert!(doubt(&slide).unwrap().contains("was 1"), "{:?}", doubt(&slide));
}

#[test]
fn a_change_is_stated_by_what_changed() {
    let app = app();
    let was = app.workspace().groupings[0].clone();
    let mut led = (*was).clone();
    led.seat_mut(id("SWE")).unwrap().role = Role::Convenor;
    let mut joined = (*was).clone();
    joined.seats.push(Seat::new(id("NOR"), Role::Member));
    let mut gone = (*was).clone();
    gone.seats.retain(|seat| seat.country != id("IND"));
    for (after, words) in [(led, "Led by Sweden, T-12"), (joined, "With Norway, T-12"), (gone, "Without India, T-12")] {
        let slide =
            Slide { kind: SlideKind::Change, groupings: vec![was.clone(), Arc::new(after)], ..Slide::default() };
        let title = app.noted(slide).title;
        assert!(title.starts_with(words), "{title}");
        assert!(title.contains("before"), "{title}");
    }
}

#[test]
fn a_paragraph_has_members_estimates_and_the_caveat() {
    let mut app = app();
    app.compute_intervals();
    app.run(Command::Do(Named::CopyParagraph));
    let text = app
        .asks
        .iter()
        .find_map(|ask| match ask {
            convenor::app::Ask::CopyText(text) => Some(text.clone()),
            _ => None,
        })
        .unwrap();
    for words in [
        "T-12 would bring together 12 members",
        "India",
        "legitimacy 55 (",
        "For the G20",
        "not forecasts",
        "India: −9",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

// The window

#[test]
fn a_key_captures_what_is_looked_at_and_words_are_one_step() {
    let mut harness = window_of(app());
    press(&mut harness, Key::F4);
    assert_eq!(slides(&harness).len(), 1);
    assert_eq!(slides(&harness)[0].kind, SlideKind::One);
    chord(&mut harness, Modifiers::COMMAND, Key::Num3);
    press(&mut harness, Key::F4);
    assert_eq!(slides(&harness)[1].kind, SlideKind::Compare);
    assert!(slides(&harness)[1].groupings.len() > 1);
    chord(&mut harness, Modifiers::ALT, Key::Num3);
    assert_eq!(harness.state().app.session.view.place, Place::Slides);
    let steps = harness.state().app.history.len();
    harness.get_by_label("Statement of the slide").focus();
    harness.run_ok();
    chord(&mut harness, Modifiers::COMMAND, Key::A);
    for letter in "Twelve is enough".chars() {
        harness.get_by_label("Statement of the slide").type_text(&letter.to_string());
        harness.run_ok();
    }
    assert_eq!(slides(&harness)[1].title, "Twelve is enough");
    assert!(slides(&harness)[1].own_title);
    assert_eq!(harness.state().app.history.len(), steps + 1);
    harness.get_by_label("Propose the statement").click();
    harness.run_ok();
    assert!(slides(&harness)[1].title.starts_with("Of the"), "{}", slides(&harness)[1].title);
    // Thumbnails by keys.
    let label = format!("Slide 2: {}", slides(&harness)[1].title);
    harness.get_by_label(&label).click();
    harness.run_ok();
    press(&mut harness, Key::ArrowUp);
    assert_eq!(harness.state().app.session.slide, Some(slides(&harness)[0].id));
    let first = slides(&harness)[0].id;
    chord(&mut harness, Modifiers::ALT | Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(slides(&harness)[1].id, first);
    press(&mut harness, Key::Delete);
    assert_eq!(slides(&harness).len(), 1);
    chord(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(slides(&harness).len(), 2);
}

#[test]
fn going_back_to_a_slide_brings_its_state_and_update_takes_that_of_now() {
    let mut app = app();
    app.run(Command::Do(Named::Capture));
    let first = app.workspace().groupings[0].id;
    app.run(Command::Edit(Edit::Convene(first, id("SWE"))));
    let before = app.workspace().clone();
    app.run(Command::Do(Named::GoToSlide));
    assert!(app.workspace().grouping(first).unwrap().with_role(Role::Convenor).next().is_none());
    app.run(Command::Do(Named::Undo));
    assert_eq!(app.workspace().groupings, before.groupings, "it is one step");
    app.run(Command::Do(Named::UpdateSlide));
    let slide = app.workspace().slides[0].clone();
    assert!(slide.title.starts_with("Led by Sweden"), "{}", slide.title);
}

#[test]
fn slides_are_shown_by_keys_from_the_first_to_the_last() {
    let mut app = App::new(engine().clone(), the_case());
    let second = app.workspace().slides[1].clone();
    app.run(Command::Edit(Edit::SetSlide(Box::new(Slide { hides_figures: true, ..(*second).clone() }), "x")));
    let mut harness = window_of(app);
    press(&mut harness, Key::F5);
    let shows = |harness: &Window, number: usize, of: usize| {
        harness.query_by_label_contains(&format!("Slide {number} of {of}. ")).is_some()
    };
    assert!(shows(&harness, 1, 7));
    assert!(harness.query_by_label("Search 202 countries").is_none(), "nothing but the slide");
    press(&mut harness, Key::PageDown);
    assert!(shows(&harness, 2, 7));
    let figures = |harness: &Window| harness.query_by_label_contains(". 0. 50. 100. …").is_none();
    press(&mut harness, Key::Space);
    assert!(shows(&harness, 2, 7), "the figures come first");
    press(&mut harness, Key::Space);
    assert!(shows(&harness, 3, 7));
    assert!(figures(&harness));
    press(&mut harness, Key::ArrowLeft);
    assert!(shows(&harness, 2, 7));
    press(&mut harness, Key::Num6);
    press(&mut harness, Key::Enter);
    assert!(shows(&harness, 6, 7));
    press(&mut harness, Key::Home);
    assert!(shows(&harness, 1, 7));
    press(&mut harness, Key::End);
    assert!(shows(&harness, 7, 7));
    press(&mut harness, Key::ArrowRight);
    assert!(shows(&harness, 7, 7), "the last slide stays");
    press(&mut harness, Key::B);
    press(&mut harness, Key::ArrowLeft);
    assert!(shows(&harness, 7, 7), "a key ends black first");
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_label("Search 202 countries").is_some(), "Esc leaves");
    assert_eq!(harness.state().app.session.slide, Some(SlideId(7)));
}

#[test]
fn a_live_question_never_changes_the_slide() {
    let mut app = App::new(engine().clone(), the_case());
    app.session.slide = Some(SlideId(4));
    let mut harness = window_of(app);
    chord(&mut harness, Modifiers::SHIFT, Key::F5);
    let before = slides(&harness);
    let ask = |harness: &mut Window, text: &str, end: Modifiers| {
        press(harness, Key::L);
        harness.get_by_label("Live question: country").type_text(text);
        harness.run_ok();
        chord(harness, end, Key::Enter);
    };
    ask(&mut harness, "norw", Modifiers::NONE);
    assert!(harness.query_by_label_contains("With Norway, T-12").is_some(), "the statement moves");
    assert_eq!(slides(&harness), before);
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::D);
    assert_eq!(slides(&harness), before, "discarded");
    assert!(harness.query_by_label_contains("Slide 4 of 7. ").is_some());
    ask(&mut harness, "swed", Modifiers::COMMAND);
    assert!(harness.query_by_label_contains("Led by Sweden, T-12").is_some());
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::K);
    assert_eq!(slides(&harness).len(), 8, "kept as a new slide");
    assert_eq!(slides(&harness)[4].kind, SlideKind::Change);
    let mut rest = slides(&harness);
    rest.remove(4);
    assert_eq!(rest, before);
}

#[test]
fn a_workspace_without_slides_is_shown_a_slide_a_grouping() {
    let mut harness = window_of(app());
    press(&mut harness, Key::F5);
    assert!(harness.query_by_label_contains("Slide 1 of 3. ").is_some());
    press(&mut harness, Key::Escape);
    assert!(slides(&harness).is_empty(), "nothing was captured by that");
}

#[test]
fn what_is_exported_is_asked_for_and_made_on_a_thread() {
    let mut harness = window_of(app());
    chord(&mut harness, Modifiers::COMMAND, Key::E);
    harness.get_by_label("All slides").click();
    harness.run_ok();
    harness.get_by_label("Export…").click();
    for _ in 0..400 {
        harness.step();
        if harness.query_by_label_contains("Save the slides").is_some() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("it is never asked where to save the slides");
}

#[test]
fn ops_have_finite_places() {
    for slide in &the_case().slides {
        let frame = Staged::settled(engine(), slide.clone()).frame(engine(), &Setting::default(), &Letters::default());
        for op in frame.ops() {
            if let Op::Rect { area, .. } = op {
                assert!(area.width() >= 0.0 && area.height() >= 0.0 && area.width().is_finite(), "{op:?}");
            }
        }
    }
}

#[test]
fn nothing_moves_by_itself_where_that_is_asked_for_and_it_is_remembered() {
    let mut harness = window_of(App::new(engine().clone(), the_case()));
    harness.state_mut().app.run(Command::Do(Named::ToggleMotion));
    harness.run_ok();
    let text = harness.state().layout().text();
    assert!(text.contains("\"still\":true"), "{text}");
    press(&mut harness, Key::F5);
    harness.key_press(Key::Space);
    harness.step();
    harness.step();
    assert!(harness.query_by_label_contains("Slide 2 of 7. ").is_some());
    assert!(harness.ctx.global_style().animation_time <= 0.0);
}

#[test]
fn a_country_is_dragged_onto_the_slide_while_a_question_is_open() {
    let mut app = App::new(engine().clone(), the_case());
    app.session.slide = Some(SlideId(4));
    let mut harness = window_of(app);
    chord(&mut harness, Modifiers::SHIFT, Key::F5);
    press(&mut harness, Key::L);
    harness.get_by_label("Live question: country").type_text("norw");
    harness.run_ok();
    let from = harness.get_by_label("Norway joins").rect().center();
    harness.hover_at(from);
    harness.step();
    harness.drag_at(from);
    harness.step();
    for at in [eframe::egui::pos2(from.x, from.y - 60.0), eframe::egui::pos2(500.0, 300.0)] {
        harness.hover_at(at);
        harness.step();
    }
    harness.drop_at(eframe::egui::pos2(500.0, 300.0));
    harness.run_ok();
    harness.run_ok();
    assert!(harness.query_by_label_contains("With Norway, T-12").is_some());
}

#[test]
fn what_is_typed_keeps_its_blanks_and_belongs_to_its_slide() {
    let mut harness = window_of(App::new(engine().clone(), the_case()));
    chord(&mut harness, Modifiers::ALT, Key::Num3);
    harness.get_by_label("On every slide and export").click();
    harness.run_ok();
    harness.run_ok();
    harness.get_by_label("Organisation").focus();
    harness.run_ok();
    for letter in "Ministry of".chars() {
        harness.get_by_label("Organisation").type_text(&letter.to_string());
        harness.run_ok();
    }
    assert_eq!(harness.state().app.workspace().organisation, "Ministry of");
    // What was written and a button after it are two steps.
    harness.get_by_label("Statement of the slide").focus();
    harness.run_ok();
    harness.get_by_label("Statement of the slide").type_text("!");
    harness.run_ok();
    let typed = slides(&harness)[0].title.clone();
    harness.get_by_label("Propose the statement").click();
    harness.run_ok();
    assert_ne!(slides(&harness)[0].title, typed);
    chord(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(slides(&harness)[0].title, typed, "one step back is what was typed");
    // The keys of a field take nothing from another slide.
    harness.get_by_label("Caption of the slide").focus();
    harness.run_ok();
    harness.get_by_label("Caption of the slide").type_text("first ");
    harness.run_ok();
    let second = slides(&harness)[1].clone();
    harness.get_by_label(&format!("Slide 2: {}", second.title)).click();
    harness.run_ok();
    harness.get_by_label("Caption of the slide").focus();
    harness.run_ok();
    chord(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(!slides(&harness)[1].caption.contains("first"), "{}", slides(&harness)[1].caption);
}

#[test]
fn update_takes_what_the_slide_is_about_and_a_picture_is_of_the_selected() {
    let mut app = app();
    app.run(Command::Select(Some(app.workspace().groupings[2].id)));
    app.run(Command::Do(Named::Capture));
    app.run(Command::Select(Some(app.workspace().groupings[0].id)));
    app.run(Command::Do(Named::UpdateSlide));
    assert_eq!(app.workspace().slides[0].groupings[0].name, app.workspace().groupings[2].name);
    let selected = Some(app.workspace().groupings[2].id);
    let order = |selected| Order { chart: Some("fit".to_owned()), selected, ..Order::new(Format::Svg, "2026-11-26") };
    let svg = |selected| {
        let made = export(engine(), app.workspace(), &order(selected)).unwrap();
        String::from_utf8(made.files[0].1.clone()).unwrap()
    };
    assert!(svg(selected).contains("Digital Nations") && !svg(None).contains("Digital Nations"));
}

#[test]
fn delete_on_a_country_is_not_about_a_slide_and_keeping_a_question_keeps_what_is_shown() {
    let mut harness = window_of(app());
    chord(&mut harness, Modifiers::SHIFT, Key::F5);
    press(&mut harness, Key::L);
    harness.get_by_label("Live question: country").type_text("norw");
    harness.run_ok();
    press(&mut harness, Key::Enter);
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::K);
    assert_eq!(slides(&harness).len(), 4, "the three that were shown, and the question");
    assert!(harness.query_by_label_contains("Slide 1 of 4. ").is_some());
    press(&mut harness, Key::Escape);
    chord(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(slides(&harness).is_empty(), "it is one step");
    chord(&mut harness, Modifiers::COMMAND, Key::Y);
    chord(&mut harness, Modifiers::ALT, Key::Num3);
    harness.get_by_label("Afghanistan").click();
    harness.run_ok();
    press(&mut harness, Key::Delete);
    assert_eq!(slides(&harness).len(), 4);
}

#[test]
fn a_venue_that_was_taken_off_stays_off() {
    let mut app = app();
    app.run(Command::Do(Named::CaptureOne));
    let slide = app.workspace().slides[0].clone();
    assert_eq!(slide.baseline, "g20");
    app.run(Command::Edit(Edit::SetSlide(Box::new(Slide { baseline: String::new(), ..(*slide).clone() }), "venue")));
    app.run(Command::Do(Named::UpdateSlide));
    assert_eq!(app.workspace().slides[0].baseline, "");
}
