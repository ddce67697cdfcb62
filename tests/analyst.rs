//! The analyst's task: a pandemic coalition of ten led by a small country, compared with the G20, from an empty board. Counted in
//! actions: a click, a drag, a key chord, or one stretch of typing ended by Enter.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![allow(clippy::many_single_char_names)]
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
#![cfg(feature = "gui")]

#[path = "common/engine.rs"]
mod engine;
#[path = "common/raster.rs"]
mod raster;

use convenor::app::App;
use convenor::data::CountryId;
use convenor::model::{Issue, Role, Workspace};
use convenor::ui::Shell;
use eframe::egui::{Key, Modifiers, Pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use engine::engine;

/// How many actions the task may take.
const MOST: usize = 15;
const TEN: &str = "NOR, Sweden, FIN, USA, Germany, FRA, JPN, South Korea, GBR, Canada";

struct Analyst {
    window: Harness<'static, Shell>,
    actions: usize,
}

impl Analyst {
    fn new() -> Self {
        let app = App::new(engine().clone(), Workspace::new("New workspace"));
        let mut window = Harness::builder()
            .with_size([1280.0, 800.0])
            .with_max_steps(24)
            .renderer(raster::Raster::default())
            .build_eframe(move |cc| Shell::new(&cc.egui_ctx, app));
        window.run_ok();
        Self { window, actions: 0 }
    }

    fn chord(&mut self, modifiers: Modifiers, key: Key) {
        self.actions += 1;
        self.window.key_press_modifiers(modifiers, key);
        self.window.run_ok();
    }

    /// Types into whatever has the keyboard, and ends with Enter.
    fn write(&mut self, text: &str) {
        self.actions += 1;
        self.window.event(eframe::egui::Event::Text(text.to_owned()));
        self.window.run_ok();
        self.window.key_press(Key::Enter);
        self.window.run_ok();
    }

    fn press(&mut self, at: Pos2) {
        self.window.hover_at(at);
        self.window.step();
        self.window.drag_at(at);
        self.window.step();
    }

    fn click(&mut self, at: Pos2) {
        self.actions += 1;
        self.press(at);
        self.window.drop_at(at);
        self.window.run_ok();
    }

    fn place(&self, label: &str) -> Pos2 {
        self.window.query_all_by_label_contains(label).next().unwrap_or_else(|| panic!("{label}")).rect().center()
    }

    fn drag(&mut self, from: Pos2, to: Pos2) {
        self.actions += 1;
        self.press(from);
        for share in [0.3, 0.7, 1.0] {
            self.window.hover_at(from + (to - from) * share);
            self.window.step();
        }
        self.window.drop_at(to);
        self.window.run_ok();
    }

    fn is_done(&self, how: &str) {
        let app = &self.window.state().app;
        let grouping = app.workspace().groupings.first().expect("a grouping");
        let norway: CountryId = "NOR".parse().unwrap();
        assert_eq!(grouping.voters(), 10, "{how}");
        assert_eq!(grouping.with_role(Role::Convenor).collect::<Vec<_>>(), [norway], "{how}");
        assert_eq!(grouping.issue, pandemic(), "{how}");
        let compared = self.window.query_all_by_label_contains(" G20").count();
        assert!(compared >= 4, "{how}: every measure beside that of the G20, not {compared}");
        assert!(self.actions <= MOST, "{how}: {} actions", self.actions);
        println!("{how}: {} actions", self.actions);
    }
}

fn pandemic() -> Issue {
    Issue::ALL.into_iter().find(|issue| issue.label().to_lowercase().contains("pandemic")).expect("the issue is there")
}

#[test]
fn by_keyboard_alone() {
    let mut analyst = Analyst::new();
    analyst.chord(Modifiers::COMMAND, Key::F);
    analyst.write(TEN);
    analyst.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::G);
    analyst.chord(Modifiers::COMMAND, Key::K);
    analyst.write("pandemic");
    analyst.chord(Modifiers::COMMAND, Key::F);
    analyst.write("norway");
    analyst.chord(Modifiers::COMMAND, Key::L);
    analyst.chord(Modifiers::COMMAND, Key::Num3);
    analyst.is_done("by keyboard");
}

#[test]
fn by_mouse_with_the_names_typed() {
    let mut analyst = Analyst::new();
    let search = format!("Search {} countries", engine().atlas.countries.len());
    let field = analyst.place(&search);
    analyst.click(field);
    analyst.write(TEN);
    let (row, board) = (analyst.place("Norway"), Pos2::new(560.0, 500.0));
    analyst.drag(row, board);
    let issue = analyst.place("Issue: ");
    analyst.click(issue);
    let choice = analyst.window.query_all_by_label(pandemic().label()).last().unwrap().rect().center();
    analyst.click(choice);
    let (chip, convenor) = (analyst.place("Norway, member of"), analyst.place("none: members table in turn"));
    analyst.drag(chip, convenor + vec2(20.0, 0.0));
    let tab = analyst.place("Compare");
    analyst.click(tab);
    analyst.is_done("by mouse");
}
