//! The field above the list: one name, or a list of them.

use eframe::egui::{self, Event, Key, RichText, ScrollArea, TextEdit, Ui};

use super::TrayView;
use super::shown::{searched, shown};
use crate::app::{App, Command, Picked};
use crate::chart;
use crate::data::{CountryId, Listed};
use crate::ui::field::{Field, Written};
use crate::ui::theme;

/// The list in the field, if there is one, and of which text; read anew only when the text changes.
pub(super) type KnownList = (String, Option<Listed>);

pub(super) fn search_ui(ui: &mut Ui, app: &App, view: &mut TrayView, commands: &mut Vec<Command>) {
    if view.search_id.is_some_and(|id| ui.memory(|memory| memory.has_focus(id))) {
        take_pasted(ui, app, view, commands);
    }
    let hint = format!("Search {} countries", app.atlas().countries.len());
    let field = Field { salt: "country search", hint: &hint, name: &hint, width: f32::INFINITY };
    let wanted = std::mem::take(&mut view.focus_search);
    let Written { response, entered: enter } = field.ui(ui, &mut view.search, wanted);
    view.search_id = Some(response.id);
    // Down, or Enter, goes from the field into the list, to what fits best; Enter picks all of a list of names.
    let down = response.has_focus() && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::ArrowDown));
    if down || enter {
        let shown = shown(app, view);
        let best = searched(app, &view.search).into_iter().find(|actor| shown.actors.contains(actor));
        view.wants_focus = best.map(|actor| app.atlas().countries[actor].id);
        if enter && let Some(listed) = listed(app, view) {
            pick(&listed.found, commands);
        }
    }
    list_ui(ui, app, view);
}

/// A pasted list is taken whole, before the field makes one line of it.
fn take_pasted(ui: &Ui, app: &App, view: &mut TrayView, commands: &mut Vec<Command>) {
    let names = &app.atlas().names;
    let (before, after) = beside_selection(ui, view);
    ui.input_mut(|input| {
        input.events.retain(|event| {
            let Event::Paste(text) = event else { return true };
            let Some(listed) = names.list(text) else { return true };
            let lines: Vec<&str> =
                text.split(['\n', '\r', '\t']).map(str::trim).filter(|line| !line.is_empty()).collect();
            // What is there already stays, and is read with it; what is selected is replaced, as by any paste.
            let pasted = lines.join("; ");
            let all = [before.as_str(), &pasted, &after].into_iter().filter(|part| !part.is_empty());
            view.search = all.collect::<Vec<&str>>().join("; ");
            let all = if view.search == pasted { Some(listed) } else { names.list(&view.search) };
            pick(&all.map_or_else(Vec::new, |listed| listed.found), commands);
            false
        });
    });
}

/// What stands in the field before the cursor or the selection, and after it, without separators at the ends.
fn beside_selection(ui: &Ui, view: &TrayView) -> (String, String) {
    let state = view.search_id.and_then(|id| TextEdit::load_state(ui.ctx(), id));
    let length = view.search.chars().count();
    let cursor = state.and_then(|state| state.cursor.char_range()).map(|range| range.as_sorted_char_range());
    let (start, end) = cursor.map_or((length, length), |range| (range.start.0, range.end.0));
    let bare = |text: String| text.trim_matches([' ', ';', ',']).to_owned();
    let letters = || view.search.chars();
    (bare(letters().take(start).collect()), bare(letters().skip(end).collect()))
}

fn pick(found: &[CountryId], commands: &mut Vec<Command>) {
    if !found.is_empty() {
        commands.push(Command::Pick(Picked { on: None, countries: found.to_vec() }));
    }
}

/// The list in the field.
fn listed<'a>(app: &App, view: &'a mut TrayView) -> Option<&'a Listed> {
    if view.list.0 != view.search {
        view.list = (view.search.clone(), app.atlas().names.list(&view.search));
    }
    view.list.1.as_ref()
}

/// What was understood of a list and what was not.
fn list_ui(ui: &mut Ui, app: &App, view: &mut TrayView) {
    let Some(listed) = listed(app, view).cloned() else { return };
    let shown = shown(app, view).actors.len();
    let t = theme::tokens(ui);
    let picked = &app.session.picked;
    let all_picked = picked.on.is_none() && listed.found.iter().all(|id| picked.countries.contains(id));
    let hidden = listed.found.len() - shown.min(listed.found.len());
    let hidden = if hidden > 0 { format!(" The filter hides {hidden}.") } else { String::new() };
    let words = match listed.found.len() {
        0 => "Nothing in this list is the code or the name of a country.".to_owned(),
        n if all_picked => format!("{} of the list selected.", chart::count_of(n, "country", "countries")),
        n => format!("{} in the list. Enter selects all.", chart::count_of(n, "country", "countries")),
    };
    ui.add(egui::Label::new(RichText::new(words + &hidden).small().color(t.muted)).wrap());
    let left_out = left_out(app, &listed);
    if !left_out.is_empty() {
        ScrollArea::vertical().max_height(90.0).id_salt("not understood").show(ui, |ui| {
            ui.add(egui::Label::new(RichText::new(left_out).small().color(t.warning)).wrap());
        });
    }
}

/// Names what was not understood, and what the uncertain may be.
fn left_out(app: &App, listed: &Listed) -> String {
    let quoted = |text: &String| format!("“{text}”");
    let mut words = Vec::new();
    if !listed.not_understood.is_empty() {
        let items: Vec<String> = listed.not_understood.iter().map(quoted).collect();
        words.push(format!("Not understood: {}. Correct the spelling, or use codes such as NOR.", items.join(", ")));
    }
    for (text, candidates) in &listed.uncertain {
        let names: Vec<String> = candidates.iter().map(|id| app.atlas().name(*id)).collect();
        words.push(match &names[..] {
            [one] => format!("Not selected: “{text}” is not quite {one}; write {one} if you mean it."),
            several => format!("Not selected: “{text}” may mean {}; write which.", several.join(" or ")),
        });
    }
    words.join("\n")
}
