//! The view *Search*: what is asked, how far it is, and what was found.

use std::sync::Arc;
use std::time::Duration;

use eframe::egui::{self, Button, Key, ProgressBar, RichText, ScrollArea, Sense, Ui, Vec2};

use super::compare::table_buttons;
use super::field::Field;
use super::search_field::field_ui;
use super::search_form::form_ui;
use super::table::{table_ui, text_ui};
use super::{name, theme};
use crate::app::searching::{Answer, SearchStep};
use crate::app::{App, Command, SideFile};
use crate::chart::found::{design_words, designs_words, frequencies, frequency_table, front_table, sentence};
use crate::chart::{self, Of, holds_words};
use crate::data::fold;

/// What the view keeps between frames.
#[derive(Debug, Default)]
pub struct SearchView {
    /// What takes the keyboard first.
    pub first_id: Option<egui::Id>,
    /// By which the table of the front is narrowed down.
    filter: String,
    /// The answer that has been shown: a new one takes the keyboard.
    shown: Option<Arc<Answer>>,
}

/// From which width on question and answer stand side by side.
const BESIDE: f32 = 860.0;
const FORM: f32 = 400.0;

/// The view.
pub fn search_ui(ui: &mut Ui, app: &App, view: &mut SearchView, commands: &mut Vec<Command>) {
    let margin = egui::Margin { right: 12, ..egui::Margin::ZERO };
    if ui.available_width() >= BESIDE {
        let height = ui.available_height();
        ui.horizontal_top(|ui| {
            ui.allocate_ui(Vec2::new(FORM, height), |ui| {
                let area = ScrollArea::vertical().id_salt("question").auto_shrink(false).content_margin(margin);
                area.show(ui, |ui| question_ui(ui, app, view, commands));
            });
            let area = ScrollArea::vertical().id_salt("answer").auto_shrink(false).content_margin(margin);
            area.show(ui, |ui| {
                ui.vertical(|ui| {
                    run_ui(ui, app, commands);
                    ui.add_space(6.0);
                    answer_ui(ui, app, view, commands);
                });
            });
        });
    } else {
        let area = ScrollArea::vertical().id_salt("search").auto_shrink(false).content_margin(margin);
        area.show(ui, |ui| {
            question_ui(ui, app, view, commands);
            ui.add_space(6.0);
            run_ui(ui, app, commands);
            ui.add_space(10.0);
            answer_ui(ui, app, view, commands);
        });
    }
}

fn question_ui(ui: &mut Ui, app: &App, view: &mut SearchView, commands: &mut Vec<Command>) {
    ui.vertical(|ui| {
        ui.label(theme::strong("Which design would do best?", theme::TITLE));
        form_ui(ui, app, &mut view.first_id, commands);
    });
}

/// The button that searches, or how far the search is.
fn run_ui(ui: &mut Ui, app: &App, commands: &mut Vec<Command>) {
    let Some(far) = app.searching.far() else {
        let asked = app.asked_designs();
        ui.horizontal_wrapped(|ui| {
            let button = ui.add_enabled(asked.is_ok(), Button::new(theme::strong("Search", theme::BODY)));
            if button.clicked() {
                commands.push(Command::Search(SearchStep::Run));
            }
            if let Ok(all) = asked.clone() {
                ui.weak(format!("{} {}", designs_words(all), if all == 1 { "design" } else { "designs" }));
            }
            let copy =
                ui.add(Button::new(RichText::new("Copy for the command line").small()).frame_when_inactive(false));
            if copy.on_hover_text("The question as `convenor search` takes it: save it as a file.").clicked() {
                commands.push(Command::Copy { what: "The question".to_owned(), text: app.search_text() });
            }
        });
        if let Err(why) = asked {
            ui.colored_label(theme::tokens(ui).warning, why);
        }
        return;
    };
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a share on the screen")]
    let share = (far.considered as f64 / far.designs.max(1) as f64).min(1.0) as f32;
    let words = format!(
        "{} of {} designs{}",
        designs_words(u128::from(far.considered)),
        designs_words(far.designs),
        if far.is_paused { ", paused" } else { "" }
    );
    ui.add(ProgressBar::new(share).desired_height(8.0));
    ui.label(&words);
    if let Some(best) = &far.best {
        let atlas = app.atlas();
        let members: Vec<&str> = best.members.iter().map(|actor| atlas.countries[*actor].name.as_str()).collect();
        let led = best
            .convenor
            .map_or_else(String::new, |actor| format!(", led by {}", atlas.countries[actor].in_sentence()));
        ui.add(egui::Label::new(RichText::new(format!("Best so far: {}{led}", members.join(", "))).weak()).wrap());
    }
    ui.horizontal(|ui| {
        if ui.button(if far.is_paused { "Go on" } else { "Pause" }).clicked() {
            commands.push(Command::Search(SearchStep::Pause(!far.is_paused)));
        }
        if ui.button("Stop and keep what is found").clicked() {
            commands.push(Command::Search(SearchStep::Stop));
        }
    });
    if !far.is_paused {
        ui.ctx().request_repaint_after(Duration::from_millis(200));
    }
}

fn answer_ui(ui: &mut Ui, app: &App, view: &mut SearchView, commands: &mut Vec<Command>) {
    ui.vertical(|ui| {
        let Some(answer) = app.searching.answer.clone() else {
            ui.weak("What is found stands here: the designs that no other beats, in a picture and as a table.");
            return;
        };
        let is_new = view.shown.as_ref().is_none_or(|shown| !Arc::ptr_eq(shown, &answer));
        ui.add(egui::Label::new(theme::strong(sentence(&answer.found), theme::BODY)).wrap());
        if app.is_search_old() {
            let words = "The question has changed since: search again for its answer.";
            ui.colored_label(theme::tokens(ui).warning, words);
        }
        if !answer.found.front.is_empty() {
            field_ui(ui, app, &answer, is_new, commands);
            chosen_ui(ui, app, &answer, commands);
            front_ui(ui, app, &answer, &mut view.filter, commands);
            often_ui(ui, app, &answer, commands);
        }
        view.shown = Some(answer);
    });
}

/// The design that is looked at, and the button that makes it.
fn chosen_ui(ui: &mut Ui, app: &App, answer: &Answer, commands: &mut Vec<Command>) {
    let at = app.searching.chosen;
    let Some(best) = answer.found.front.get(at) else { return };
    let atlas = app.atlas();
    let flags: String =
        best.design.members.iter().map(|actor| atlas.countries[*actor].flag()).collect::<Vec<_>>().join(" ");
    let words = design_words(atlas, best);
    ui.add_space(4.0);
    let frame =
        egui::Frame::new().fill(theme::tokens(ui).soft).corner_radius(6).inner_margin(egui::Margin::symmetric(10, 8));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new(flags).size(theme::TITLE));
        ui.add(egui::Label::new(theme::strong(&words, theme::BODY)).wrap());
        let figures: Vec<String> = crate::analysis::search::Objective::ALL
            .into_iter()
            .map(|objective| {
                let measure = objective.measure();
                format!("{} {}", measure.label.to_lowercase(), chart::figure(measure, best.value(objective)))
            })
            .collect();
        ui.add(egui::Label::new(figures.join(" · ")).wrap());
        if let Some(holding) = answer.holds.get(at) {
            let told = match holding.exclusion_needed {
                Ok(needed) => holds_words(atlas, "It", needed, holding.first_to_leave),
                Err(reason) => format!("Whether it holds is not defined: {reason}."),
            };
            ui.add(egui::Label::new(told).wrap());
        }
        let button = ui.add(Button::new("Make it a grouping").sense(Sense::click_and_drag()));
        name(&button, egui::Role::Button, &format!("Make it a grouping: {words}"));
        let above = ui.clip_rect().top();
        let pointer = ui.ctx().pointer_interact_pos();
        if button.dragged() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
        }
        let dropped = button.drag_stopped() && pointer.is_some_and(|pointer| pointer.y < above);
        if button.clicked() || dropped {
            commands.push(Command::Search(SearchStep::Make));
        }
        button.on_hover_text("Enter in the picture does the same; or drag it up to the strip of groupings.");
    });
}

/// The front as a table that can be sorted, and narrowed down by members.
fn front_ui(ui: &mut Ui, app: &App, answer: &Answer, filter: &mut String, commands: &mut Vec<Command>) {
    let atlas = app.atlas();
    let exclusion: Vec<_> = answer.holds.iter().map(|holding| holding.exclusion_needed).collect();
    let front = &answer.found.front;
    let table = || front_table(atlas, front, &exclusion);
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        ui.label(theme::strong("The front as a table", theme::BODY));
        let file = || {
            let title = format!("{} designs found", app.workspace().title);
            SideFile::text("the table of the designs found", title, "csv", table().csv())
        };
        table_buttons(ui, &|| table().tabbed(), &file, commands);
    });
    let field =
        Field { salt: "front filter", hint: "Only with these members", name: "Show only designs with", width: 220.0 };
    field.ui(ui, filter, false);
    let wanted = fold(filter);
    let wanted: Vec<&str> = wanted.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let has = |at: usize| {
        wanted.iter().all(|word| {
            front[at].design.members.iter().any(|actor| {
                let country = &atlas.countries[*actor];
                fold(&country.name).contains(word) || fold(&country.id.to_string()) == **word
            })
        })
    };
    let mut shown = table();
    shown.rows.retain(|row| matches!(row.of, Of::Design(at) if has(at)));
    if shown.rows.is_empty() {
        ui.weak("No design of the front has these members.");
        return;
    }
    table_ui(ui, "front", &shown, |ui, row, column| {
        let text = &row.cells[column].text;
        let Of::Design(at) = row.of else { return };
        if column != 0 {
            return text_ui(ui, text);
        }
        let is_chosen = at == app.searching.chosen;
        let button = ui.add(Button::selectable(is_chosen, text).frame_when_inactive(false));
        name(&button, egui::Role::Button, &format!("Design {text}: {}", design_words(atlas, &front[at])));
        let entered = button.has_focus() && is_chosen && ui.input(|input| input.key_pressed(Key::Enter));
        if entered || button.double_clicked() {
            commands.push(Command::Search(SearchStep::Make));
        } else if button.clicked() || (button.has_focus() && !is_chosen) {
            commands.push(Command::Search(SearchStep::Choose(at)));
        }
    });
}

/// In how many of the front's designs each country is, and how often it convenes.
fn often_ui(ui: &mut Ui, app: &App, answer: &Answer, commands: &mut Vec<Command>) {
    const SHOWN: usize = 20;
    let (atlas, front) = (app.atlas(), &answer.found.front);
    let all = frequencies(front);
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        ui.label(theme::strong("In how many of the front's designs", theme::BODY));
        let table = || frequency_table(atlas, &answer.search, front);
        let file = || {
            let title = format!("{} how often found", app.workspace().title);
            SideFile::text("the table of how often each country is found", title, "csv", table().csv())
        };
        table_buttons(ui, &|| table().tabbed(), &file, commands);
    });
    let t = theme::tokens(ui);
    for (actor, count, leads) in all.iter().take(SHOWN) {
        let country = &atlas.countries[*actor];
        let led = if *leads == 0 { String::new() } else { format!(", convenes in {leads}") };
        let words = format!("{count} of {}{led}", front.len());
        let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 20.0), Sense::hover());
        name(&response, egui::Role::Label, &format!("{}: {words}", country.name));
        let names = 150.0_f32.min(rect.width() * 0.4);
        let room = (rect.width() - names - 130.0).max(30.0);
        #[expect(clippy::cast_precision_loss, reason = "a length on the screen")]
        let width = |part: usize| room * part as f32 / front.len().max(1) as f32;
        let bar = |width: f32| {
            egui::Rect::from_min_size(egui::pos2(rect.left() + names, rect.top() + 5.0), Vec2::new(width, 10.0))
        };
        let painter = ui.painter_at(rect);
        let font = egui::FontId::proportional(theme::BODY);
        let left = egui::Rect::from_min_max(rect.min, egui::pos2(rect.left() + names - 6.0, rect.bottom()));
        let label = format!("{}  {}", country.flag(), country.name);
        ui.painter_at(left).text(left.left_center(), egui::Align2::LEFT_CENTER, label, font.clone(), t.ink);
        painter.rect_filled(bar(width(*count)), 2, theme::dimmed(t));
        painter.rect_filled(bar(width(*leads)), 2, t.accent);
        let end = egui::pos2(rect.left() + names + width(*count) + 6.0, rect.center().y);
        painter.text(end, egui::Align2::LEFT_CENTER, words, egui::FontId::proportional(theme::SMALL), t.muted);
    }
    let rest = all.len().saturating_sub(SHOWN);
    if rest > 0 {
        ui.weak(format!("{rest} more are in the table."));
    }
    ui.label(RichText::new("In colour: how often it convenes. Estimates, not forecasts.").small().weak());
}
