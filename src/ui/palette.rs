//! The palette: find a command, a country, a grouping or an example by typing.

use eframe::egui::{self, Button, Key, Modal, Modifiers, RichText, ScrollArea, TextEdit, Ui, Vec2};

use super::tray::bundle_members;
use super::{name, theme};
use crate::app::{App, Command, Named, Picked, Possible};
use crate::chart::CATALOGUE;
use crate::data::{Fit, fit, key};
use crate::model::{DecisionRule, Edit, Form, Issue, NamedRule, Shift, visible};
use crate::storage::examples;

/// How many finds are shown.
const SHOWN: usize = 60;

/// The palette and what has been typed.
#[derive(Debug, Default)]
pub struct Palette {
    is_open: bool,
    text: String,
    at: usize,
}

/// Something that can be found.
struct Find {
    label: String,
    kind: &'static str,
    keys: &'static str,
    command: Command,
    possible: Possible,
}

impl Palette {
    /// Opens it, empty.
    pub fn open(&mut self) {
        *self = Self { is_open: true, ..Self::default() };
    }

    /// Whether it is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Shows it; what is chosen becomes a command.
    pub fn ui(&mut self, ui: &Ui, app: &App, commands: &mut Vec<Command>) {
        if !self.is_open {
            return;
        }
        let finds = finds(app, &self.text);
        self.move_by_keys(ui, finds.len());
        let mut chosen = None;
        let modal = Modal::new(egui::Id::unique("palette")).show(ui.ctx(), |ui| {
            ui.set_width(520.0);
            let field = TextEdit::singleline(&mut self.text)
                .hint_text("Find a country, a grouping or a command")
                .desired_width(f32::INFINITY)
                .margin(egui::Margin::symmetric(10, 8));
            let response = ui.add(field);
            name(&response, egui::Role::TextInput, "Find anything");
            response.request_focus();
            if response.changed() {
                self.at = 0;
            }
            ui.add_space(4.0);
            let moved = ui.input(|input| input.key_pressed(Key::ArrowDown) || input.key_pressed(Key::ArrowUp));
            ScrollArea::vertical().max_height(380.0).auto_shrink([false, true]).show(ui, |ui| {
                for (at, find) in finds.iter().enumerate() {
                    let response = find_ui(ui, find, at == self.at);
                    if at == self.at && moved {
                        response.scroll_to_me(None);
                    }
                    if response.clicked() {
                        chosen = Some(at);
                    }
                }
                if finds.is_empty() {
                    ui.weak("Nothing has that name. Try fewer letters.");
                }
            });
        });
        if ui.input(|input| input.key_pressed(Key::Enter)) {
            chosen = Some(self.at);
        }
        if let Some(find) = chosen.and_then(|at| finds.get(at)) {
            // What is not possible tells why.
            commands.push(find.command.clone());
            self.is_open = false;
        } else if modal.should_close() {
            self.is_open = false;
        }
    }

    fn move_by_keys(&mut self, ui: &Ui, n: usize) {
        let pressed = |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
        let (down, up) = (pressed(Key::ArrowDown), pressed(Key::ArrowUp));
        self.at = (self.at + down).saturating_sub(up).min(n.saturating_sub(1));
    }
}

fn find_ui(ui: &mut Ui, find: &Find, is_current: bool) -> egui::Response {
    let t = theme::tokens(ui);
    let text = RichText::new(&find.label);
    let text = if find.possible.is_ok() { text } else { text.color(t.muted) };
    let right = match (find.possible, find.keys) {
        (Err(why), _) => why,
        (Ok(()), "") => find.kind,
        (Ok(()), keys) => keys,
    };
    let button = Button::new(text)
        .right_text(RichText::new(right).small().color(t.muted))
        .fill(if is_current { t.selection } else { theme::CLEAR })
        .stroke(egui::Stroke::NONE)
        .truncate()
        .min_size(Vec2::new(ui.available_width(), 26.0));
    let response = ui.add(button);
    match find.possible {
        Ok(()) => response,
        Err(why) => response.on_hover_text(why),
    }
}

/// Everything that fits, best first.
fn finds(app: &App, text: &str) -> Vec<Find> {
    let wanted = key(text);
    let mut found: Vec<(Fit, Find)> = Vec::new();
    let mut offer = |names: &[&str], find: Find| {
        if let Some(fit) = names.iter().filter_map(|name| fit(&key(name), &wanted)).min() {
            found.push((fit, find));
        }
    };
    for named in Named::ALL.into_iter().filter(|named| *named != Named::Palette) {
        let entry = named.entry();
        let find = Find {
            label: format!("{}: {}", entry.menu.label(), entry.label),
            kind: "command",
            keys: entry.keys.first().copied().unwrap_or_default(),
            command: Command::Do(named),
            possible: named.possible(app),
        };
        let names: Vec<&str> = [entry.label].into_iter().chain(entry.words.iter().copied()).collect();
        offer(&names, find);
    }
    for grouping in &app.workspace().groupings {
        let command = Command::Select(Some(grouping.id));
        let label = format!("{}  {}", grouping.letter(), visible(&grouping.name));
        offer(&[&grouping.name], Find { label, kind: "grouping", keys: "", command, possible: Ok(()) });
    }
    if let Some(of) = app.selected() {
        let edit = |label: String, edit: Edit| {
            let possible =
                if edit.check(app.workspace()).is_ok() { Ok(()) } else { Err("Not possible for this grouping.") };
            Find { label, kind: "grouping", keys: "", command: Command::Edit(edit), possible }
        };
        for issue in Issue::ALL {
            let label = format!("Issue of {}: {}", of.name, issue.label());
            offer(&[issue.label(), "issue"], edit(label, Edit::SetIssue(of.id, issue)));
        }
        for rule in NamedRule::ALL {
            let label = format!("Rule of {}: {}", of.name, rule.words());
            offer(&[rule.words(), "rule"], edit(label, Edit::SetRule(of.id, Box::new(DecisionRule::Named(rule)))));
        }
        for form in Form::ALL {
            let label = format!("Form of {}: {}", of.name, form.words());
            offer(&[form.words(), "form"], edit(label, Edit::SetForm(of.id, form)));
        }
    }
    for kind in &CATALOGUE {
        let label = format!("Chart: {}", kind.title);
        let command = Command::ShowChart(kind.id);
        offer(&[kind.title, "chart"], Find { label, kind: "chart", keys: "", command, possible: Ok(()) });
    }
    for (at, example) in examples::ALL.iter().enumerate() {
        let label = format!("Example: {}", example.title);
        offer(
            &[example.title, "example"],
            Find { label, kind: "example", keys: "", command: Command::OpenExample(at), possible: Ok(()) },
        );
    }
    for (at, body) in app.atlas().bodies.iter().enumerate() {
        let names = [body.short.as_str(), &body.label, &body.code];
        let label = format!("New grouping of {}", body.label);
        offer(&names, Find { label, kind: "bundle", keys: "", command: Command::AddBody(at), possible: Ok(()) });
        if let Some(into) = app.selected() {
            let countries = bundle_members(app, at);
            let shift = Shift { countries, from: None, into: into.id, role: None };
            let label = format!("Add {} to {}", body.label, into.name);
            let command = Command::Edit(Edit::Place(shift));
            offer(&names, Find { label, kind: "bundle", keys: "", command, possible: Ok(()) });
        }
    }
    for hit in app.atlas().names.ranked(text) {
        let country = &app.atlas().countries[hit.actor];
        let command = Command::Pick(Picked { on: None, countries: vec![country.id] });
        let label = format!("{}  {}", country.flag(), country.name);
        found.push((hit.fit, Find { label, kind: "country", keys: "", command, possible: Ok(()) }));
    }
    found.sort_by_key(|(fit, _)| *fit);
    found.into_iter().take(SHOWN).map(|(_, find)| find).collect()
}
