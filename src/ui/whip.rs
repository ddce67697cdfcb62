//! The whip sheet: questions of the user's own, where actors stand on them, and what a vote would bring.

use std::sync::Arc;

use eframe::egui::{self, Button, CollapsingHeader, Key, RichText, ScrollArea, Sense, TextEdit, Ui, Vec2, WidgetInfo};

use super::choose::{Place, choose, focus_ring, option};
use super::number::{self, Number};
use super::whip_curve::curve_ui;
use super::{drag, name, theme};
use crate::analysis::OwnQuestion;
use crate::analysis::forecast::Forecast;
use crate::app::{App, Command, Evaluated, FAULT};
use crate::chart;
use crate::data::CountryId;
use crate::model::{Assumptions, Edit, MOST_WEIGHT, Own, Question, QuestionId, Stance, WhipRow, read_stances};

/// What the view keeps between frames.
#[derive(Debug, Default)]
pub struct WhipView {
    /// What takes the keyboard first.
    pub first_id: Option<egui::Id>,
    /// Whether a longer text is being written: what is typed until its field is left is one step.
    pub is_writing: bool,
    shown: Option<QuestionId>,
    by_approach: bool,
    everybody: bool,
    pasted: String,
}

const WHAT: &str = "the whip sheet";
/// What forecast and curve take.
const ROOM: f32 = 256.0;
/// Rows from which on only those that are seen are laid out.
const LONG: usize = 24;

/// Every stance with its word on buttons, its name, and the key that sets it.
const STANCES: [(Option<Stance>, &str, &str, Key); 6] = [
    (Some(Stance::Yes), "yes", "firm yes", Key::Num1),
    (Some(Stance::LeanYes), "yes?", "leaning yes", Key::Num2),
    (Some(Stance::Abstain), "abstain", "abstain", Key::Num3),
    (Some(Stance::LeanNo), "no?", "leaning no", Key::Num4),
    (Some(Stance::No), "no", "firm no", Key::Num5),
    (None, "–", "undecided", Key::Num0),
];

/// A change of one question.
fn change(app: &App, question: &Question, with: impl FnOnce(&mut Question)) -> Edit {
    let mut assumptions: Assumptions = (*app.workspace().assumptions).clone();
    if let Some(of) = assumptions.questions.iter_mut().find(|of| of.id == question.id) {
        with(Arc::make_mut(of));
        of_none(Arc::make_mut(of));
    }
    Edit::Assume(Box::new(assumptions), WHAT)
}

/// Rows that keep nothing are no rows.
fn of_none(question: &mut Question) {
    question.stances.retain(|_, row| !row.is_empty());
}

fn set(app: &App, question: &Question, countries: &[CountryId], stance: Option<Stance>) -> Edit {
    change(app, question, |question| {
        for country in countries {
            question.stances.entry(*country).or_default().stance = stance;
        }
    })
}

/// The view.
pub fn whip_ui(ui: &mut Ui, app: &App, view: &mut WhipView, commands: &mut Vec<Command>) {
    view.is_writing = false;
    let area = ScrollArea::vertical().id_salt("whip").auto_shrink(false);
    area.content_margin(egui::Margin { right: 12, ..egui::Margin::ZERO }).show(ui, |ui| {
        let questions = &app.workspace().assumptions.questions;
        let question = view.shown.and_then(|id| app.workspace().assumptions.question(id)).or(questions.first()).cloned();
        head_ui(ui, app, view, question.as_ref(), commands);
        let Some(question) = question else {
            ui.weak(
                "A question of your own is one that nobody has voted on yet, such as a draft text. Say where capitals stand on it; \
                 those of which nothing is known are placed by a curve through those that are.",
            );
            return;
        };
        if view.shown != Some(question.id) {
            view.shown = Some(question.id);
        }
        of_question_ui(ui, app, view, &question, commands);
    });
}

fn head_ui(ui: &mut Ui, app: &App, view: &mut WhipView, shown: Option<&Arc<Question>>, commands: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        if let Some(shown) = shown {
            let place = Place { salt: "whip question", name: "Question", width: 260.0 };
            let questions = &app.workspace().assumptions.questions;
            let options = questions.iter().map(|of| option(of.id, of.title.clone()));
            if let Some(other) = choose(ui, &place, &shown.title, Some(&shown.id), options) {
                view.shown = Some(other);
            }
        }
        let new = ui.button("New question");
        view.first_id = Some(new.id);
        if new.clicked() {
            let known = &app.workspace().assumptions;
            let id = known.free_question_id();
            let question = Question::new(id, format!("Question {}", known.questions.len() + 1));
            view.shown = Some(id);
            // The selected grouping is about it from the start.
            commands.push(Command::Edit(Edit::AddQuestion(Box::new(question), app.selected().map(|of| of.id))));
        }
        if let Some(shown) = shown
            && ui.button("Delete question").clicked()
        {
            commands.push(Command::Edit(Edit::DeleteQuestion(shown.id)));
            commands.push(Command::Tell(format!("“{}” was deleted. Ctrl+Z brings it back.", shown.title)));
        }
    });
}

fn of_question_ui(ui: &mut Ui, app: &App, view: &mut WhipView, question: &Arc<Question>, commands: &mut Vec<Command>) {
    title_ui(ui, app, view, question, commands);
    let now = app.session.view.selected.and_then(|id| app.results.of(id));
    if let Some(now) = now {
        about_ui(ui, now, question, commands);
    } else {
        ui.weak("Select a grouping above to see what a vote in it would bring.");
    }
    let own = OwnQuestion::of(app.atlas(), question);
    let asked = now.filter(|_| !own.stances.is_empty());
    let known = asked.and_then(|now| app.forecast(&now.case, &own));
    // Its room is there from the start: rows do not move away from the pointer.
    let size = Vec2::new(ui.available_width(), ROOM);
    ui.allocate_ui(size, |ui| {
        ui.set_min_size(size);
        match (known.as_deref(), asked) {
            (Some(Ok(forecast)), _) => forecast_ui(ui, forecast),
            (Some(Err(reason)), _) => {
                ui.weak(format!("What a vote would bring is not defined: {reason}."));
            }
            (None, Some(now)) => {
                ui.weak(if app.has_no_forecast(&now.case, &own) { FAULT } else { "Computing what a vote would bring…" });
            }
            (None, None) => {}
        }
        if own.stances.is_empty() {
            let words = "Nobody has a stance yet: the question counts once one has. Until then the curve is what roll calls are like at large.";
            ui.add(egui::Label::new(RichText::new(words).color(theme::tokens(ui).warning)).wrap());
        }
        curve_ui(ui, app, &own);
    });
    columns_ui(ui, app, question, commands);
    paste_ui(ui, app, view, question, commands);
    let forecast = known.as_deref().and_then(|found| found.as_ref().ok());
    rows_ui(ui, app, view, (question, &own, now, forecast), commands);
}

fn title_ui(ui: &mut Ui, app: &App, view: &mut WhipView, question: &Question, commands: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        ui.label("Title");
        let mut title = question.title.clone();
        let field = TextEdit::singleline(&mut title).desired_width(320.0).id_salt("question title");
        let response = ui.add(field);
        name(&response, egui::Role::TextInput, "Title of the question");
        view.is_writing |= response.has_focus();
        if response.changed() && !title.trim().is_empty() {
            commands.push(Command::Edit(change(app, question, |of| of.title = title)));
        }
        ui.label("weight");
        let field =
            Number { name: "Weight of the question", range: 1e-6..=MOST_WEIGHT, speed: 0.1, ..Number::default() };
        if let Some(weight) = field.edit_ui(ui, question.weight) {
            commands.push(number::edit(ui, change(app, question, |of| of.weight = weight)));
        }
    });
}

/// Whether the selected grouping is about the question.
fn about_ui(ui: &mut Ui, now: &Evaluated, question: &Question, commands: &mut Vec<Command>) {
    let own = &now.grouping.own;
    ui.horizontal_wrapped(|ui| {
        let mut counts = own.questions.contains(&question.id);
        if ui.checkbox(&mut counts, format!("{} is about it", now.grouping.name)).changed() {
            let mut next = own.clone();
            next.questions.retain(|id| *id != question.id);
            if counts {
                next.questions.push(question.id);
            }
            next.alone &= !next.questions.is_empty();
            commands.push(Command::Edit(Edit::SetOwn(now.grouping.id, next)));
        }
        if !own.questions.is_empty() {
            let mut alone = own.alone;
            if ui.checkbox(&mut alone, "and about nothing but questions of your own").changed() {
                let next = Own { alone, ..own.clone() };
                commands.push(Command::Edit(Edit::SetOwn(now.grouping.id, next)));
            }
        }
    });
}

/// The chance to pass, and the expected votes as one bar.
fn forecast_ui(ui: &mut Ui, forecast: &Forecast) {
    let t = theme::tokens(ui);
    let words = |what: &str, of: &crate::analysis::forecast::Count| {
        format!("{what} {} ({}–{})", chart::fixed(of.expected, 1), of.low, of.high)
    };
    let told = [words("yes", &forecast.yes), words("abstain", &forecast.abstain), words("no", &forecast.no)];
    ui.add_space(4.0);
    ui.label(theme::strong(format!("Chance that it passes: {}", chart::percent(forecast.pass)), theme::TITLE));
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width().min(560.0), 16.0), Sense::hover());
    name(&response, egui::Role::Label, &format!("Expected votes: {}", told.join(", ")));
    let all = (forecast.yes.expected + forecast.abstain.expected + forecast.no.expected).max(1e-9);
    let mut left = rect.left();
    let parts =
        [(forecast.yes.expected, t.accent), (forecast.abstain.expected, t.hairline), (forecast.no.expected, t.warning)];
    for (expected, colour) in parts {
        #[expect(clippy::cast_possible_truncation, reason = "a length on the screen")]
        let width = rect.width() * (expected / all) as f32;
        ui.painter().rect_filled(
            egui::Rect::from_min_size(egui::pos2(left, rect.top()), Vec2::new(width, 16.0)),
            0,
            colour,
        );
        left += width;
    }
    ui.label(format!("Expected: {}; in brackets what holds in nine of ten votes.", told.join(" · ")));
}

/// A place a stance, onto which countries are dragged.
fn columns_ui(ui: &mut Ui, app: &App, question: &Question, commands: &mut Vec<Command>) {
    let carried = drag::payload(ui.ctx());
    let t = theme::tokens(ui);
    ui.horizontal_wrapped(|ui| {
        ui.weak("Drag countries onto:");
        for (stance, word, words, _) in STANCES {
            let n = question.stances.values().filter(|row| row.stance == stance).count();
            let text = if stance.is_none() { words.to_owned() } else { format!("{word} ({n})") };
            let stroke =
                if carried.is_some() { egui::Stroke::new(1.0, t.accent) } else { egui::Stroke::new(1.0, t.hairline) };
            let frame = egui::Frame::new().stroke(stroke).corner_radius(5).inner_margin(egui::Margin::symmetric(8, 4));
            let shown = frame.show(ui, |ui| ui.add(egui::Label::new(text).extend()));
            let area = ui.interact(shown.response.rect, ui.scope_id().with(("whip column", words)), Sense::hover());
            if let Some(carried) = area.dnd_release_payload::<drag::Carried>() {
                commands.push(Command::Edit(set(app, question, &carried.picked.countries, stance)));
            }
        }
    });
}

/// Two columns from a spreadsheet. What is not understood stays in the field.
fn paste_ui(ui: &mut Ui, app: &App, view: &mut WhipView, question: &Question, commands: &mut Vec<Command>) {
    CollapsingHeader::new("Paste a list: country and stance").id_salt("whip paste").show(ui, |ui| {
        let field = TextEdit::multiline(&mut view.pasted).hint_text("Sweden\tyes\nIndia\tleaning no").desired_rows(4);
        name(&ui.add(field), egui::Role::MultilineTextInput, "Stances to paste");
        let take = Button::new("Take over");
        if ui.add_enabled(!view.pasted.trim().is_empty(), take).clicked() {
            let list = read_stances(&view.pasted, app.atlas());
            if !list.found.is_empty() {
                commands.push(Command::Edit(change(app, question, |question| {
                    for (country, stance) in &list.found {
                        question.stances.entry(*country).or_default().stance = *stance;
                    }
                })));
            }
            let told: Vec<String> = list.left_out.iter().map(|(line, why)| format!("“{line}”: {why}")).collect();
            let taken = chart::count_of(list.found.len(), "stance was taken over", "stances were taken over");
            commands.push(Command::Tell(if told.is_empty() {
                format!("{taken}.")
            } else {
                format!("{taken}. Left in the field: {}.", told.join("; "))
            }));
            view.pasted = list.left_out.into_iter().map(|(line, _)| line).collect::<Vec<_>>().join("\n");
        }
    });
}

type Of<'a> = (&'a Arc<Question>, &'a OwnQuestion, Option<&'a Evaluated>, Option<&'a Forecast>);

fn rows_ui(ui: &mut Ui, app: &App, view: &mut WhipView, of: Of<'_>, commands: &mut Vec<Command>) {
    let (question, own, now, forecast) = of;
    let atlas = app.atlas();
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        ui.checkbox(&mut view.by_approach, "Worth an approach first")
            .on_hover_text("Undecided or leaning, and most often decisive.");
        ui.checkbox(&mut view.everybody, "All countries");
        let csv = ui.button(RichText::new("Copy CSV").small());
        if csv.clicked() {
            commands.push(Command::Copy { what: "The whip sheet".to_owned(), text: table(app, of).csv() });
        }
    });
    let members: Vec<usize> = now.map(|now| now.case.actors().collect()).unwrap_or_default();
    let mut actors: Vec<usize> = members.clone();
    let stated = question.stances.keys().filter_map(|id| atlas.actor(*id));
    for actor in stated.chain((0..atlas.countries.len()).filter(|_| view.everybody)) {
        if !actors.contains(&actor) {
            actors.push(actor);
        }
    }
    let decisive = |actor: usize| {
        let at = members.iter().position(|member| *member == actor)?;
        forecast?.decisive.get(at).copied()
    };
    if view.by_approach {
        let open = |actor: usize| !own.stated(actor).is_some_and(|[yes, no]| yes.max(no) >= 1.0);
        let worth = |actor: usize| if open(actor) { decisive(actor).unwrap_or(0.0) } else { -1.0 };
        actors.sort_by(|a, b| worth(*b).total_cmp(&worth(*a)));
    }
    let ideal = app.engine.votes.latest_ideal_points();
    let curve = own.curve(ideal);
    let keys = "Keys on a row: 1 yes, 2 leaning yes, 3 abstain, 4 leaning no, 5 no, 0 undecided. Decides: how often its no does.";
    ui.add(egui::Label::new(RichText::new(keys).small().weak()).wrap());
    let mut height = 22.0;
    let many = actors.len() > LONG;
    for actor in actors {
        let country = &atlas.countries[actor];
        // Of a long sheet only what is seen is laid out; all rows are as high as the first.
        let place = egui::Rect::from_min_size(ui.cursor().min, Vec2::new(ui.available_width(), height));
        if many && !ui.is_rect_visible(place.expand(3.0 * height)) {
            ui.allocate_space(place.size());
            continue;
        }
        let (yes, no) = curve.chances(ideal[actor]);
        let inferred = if yes.is_nan() { None } else { Some([yes, no]) };
        let row = |ui: &mut Ui| row_ui(ui, app, view, (question, actor), (inferred, decisive(actor)), commands);
        height = ui.push_id(country.id, row).response.rect.height();
    }
}

/// Where a text of a row stands.
type TextOf = fn(&mut WhipRow) -> &mut String;

fn row_ui(
    ui: &mut Ui,
    app: &App,
    view: &mut WhipView,
    (question, actor): (&Arc<Question>, usize),
    (inferred, decisive): (Option<[f64; 2]>, Option<f64>),
    commands: &mut Vec<Command>,
) {
    let country = &app.atlas().countries[actor];
    let row = question.stances.get(&country.id).cloned().unwrap_or_default();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let label = egui::Label::new(format!("{}  {}", country.flag(), country.name)).truncate();
        let left = egui::Layout::left_to_right(egui::Align::Center);
        ui.allocate_ui_with_layout(Vec2::new(150.0, 22.0), left, |ui| {
            ui.set_min_width(150.0);
            ui.add(label);
        });
        for (stance, word, words, _) in STANCES {
            // What is chosen is told by more than its colour.
            let is_chosen = row.stance == stance;
            let text = if is_chosen { theme::strong(word, theme::BODY) } else { RichText::new(word) };
            let fill = if is_chosen { theme::tokens(ui).selection } else { theme::CLEAR };
            let button =
                ui.add(Button::new(text).fill(fill).stroke(egui::Stroke::NONE).min_size(Vec2::new(24.0, 22.0)));
            let label = format!("{}: {words}", country.name);
            button.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, is_chosen, &label));
            focus_ring(ui, &button);
            let by_key = button
                .has_focus()
                .then(|| STANCES.iter().find(|of| ui.input(|input| input.key_pressed(of.3))))
                .flatten()
                .map(|of| of.0);
            if let Some(stance) = by_key.or(button.clicked().then_some(stance)) {
                commands.push(Command::Edit(set(app, question, &[country.id], stance)));
            }
        }
        let told = match (row.stance, inferred) {
            (Some(Stance::Chances(yes, no)), _) => {
                format!("yes {}, no {}", chart::percent(yes), chart::percent(no))
            }
            (Some(_), _) => String::new(),
            (None, Some([yes, no])) => format!("inferred: yes {}, no {}", chart::percent(yes), chart::percent(no)),
            (None, None) => "no ideal point: abstains".to_owned(),
        };
        let decides = decisive
            .filter(|decisive| *decisive >= 0.005)
            .map(|decisive| format!("decides {}", chart::percent(decisive)));
        let left = egui::Layout::left_to_right(egui::Align::Center);
        ui.allocate_ui_with_layout(Vec2::new(228.0, 22.0), left, |ui| {
            ui.set_min_width(228.0);
            ui.label(RichText::new(told).small().weak());
            ui.label(RichText::new(decides.unwrap_or_default()).small());
        });
        let fields: [(&str, f32, TextOf); 3] = [
            ("note", 132.0, |row| &mut row.note),
            ("who speaks to it", 112.0, |row| &mut row.contact),
            ("date", 70.0, |row| &mut row.date),
        ];
        for (what, width, of) in fields {
            let mut next = row.clone();
            let field = TextEdit::singleline(of(&mut next)).hint_text(what).desired_width(width);
            let response = ui.add(field.id_salt(what));
            name(&response, egui::Role::TextInput, &format!("{}: {what}", country.name));
            view.is_writing |= response.has_focus();
            if response.changed() {
                let id = country.id;
                commands.push(Command::Edit(change(app, question, |question| {
                    question.stances.insert(id, next);
                })));
            }
        }
    });
}

/// The sheet as plain figures.
fn table(app: &App, (question, own, now, forecast): Of<'_>) -> chart::Table {
    let atlas = app.atlas();
    let head = ["country", "stance", "yes, %", "no, %", "how", "its no decides, %", "note", "who speaks to it", "date"];
    let ideal = app.engine.votes.latest_ideal_points();
    let curve = own.curve(ideal);
    let members: Vec<usize> = now.map(|now| now.case.actors().collect()).unwrap_or_default();
    let mut actors = members.clone();
    actors.extend(question.stances.keys().filter_map(|id| atlas.actor(*id)).filter(|actor| !members.contains(actor)));
    let row = |actor: usize| {
        let country = &atlas.countries[actor];
        let row = question.stances.get(&country.id).cloned().unwrap_or_default();
        let words = STANCES.iter().find(|of| of.0 == row.stance).map_or("chances", |of| of.2);
        let (pair, how) = own
            .stated(actor)
            .map_or_else(|| (<[f64; 2]>::from(curve.chances(ideal[actor])), "inferred"), |pair| (pair, "stated"));
        let number = |value: f64| if value.is_nan() { String::new() } else { chart::fixed(100.0 * value, 1) };
        let decisive =
            members.iter().position(|member| *member == actor).zip(forecast).map(|(at, of)| number(of.decisive[at]));
        let of = chart::TableRow::new(chart::Of::Country(country.id), country.name.clone());
        let texts = [words.to_owned(), number(pair[0]), number(pair[1]), how.to_owned(), decisive.unwrap_or_default()];
        texts.into_iter().chain([row.note, row.contact, row.date]).fold(of, chart::TableRow::text)
    };
    chart::Table { head: head.map(str::to_owned).to_vec(), rows: actors.into_iter().map(row).collect() }
}
