//! All about a number: what it is, its formula with the figures in it, interval, sources; to be read and to be copied.

use eframe::egui::{self, Button, Popup, PopupCloseBehavior, Pos2, Response, RichText, ScrollArea, Ui, Vec2};

use super::status::vintage;
use super::theme;
use crate::analysis::measures::{DEADLOCK, Measure};
use crate::app::{App, Command, Evaluated};
use crate::chart::{self, Around, Figure, Row, Section};

const WIDTH: f32 = 440.0;

/// A click on a number tells all about it; the other button offers to copy it. `text` is the number as it stands there.
pub fn figure_popup(
    response: &Response,
    app: &App,
    evaluated: &Evaluated,
    (figure, text): (Figure, &str),
    commands: &mut Vec<Command>,
) {
    let asked = Asked { app, evaluated, figure, text };
    // The menu of the other button has the id that would be taken by default.
    Popup::from_toggle_button_response(response)
        .id(response.id.with("about"))
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| asked.popup_ui(ui, commands));
    response.context_menu(|ui| asked.copy_ui(ui, commands));
}

/// A number in the text of a panel, with its popup.
pub fn figure_ui(
    ui: &mut Ui,
    app: &App,
    evaluated: &Evaluated,
    (figure, text): (Figure, &str),
    commands: &mut Vec<Command>,
) {
    shown_figure_ui(ui, app, (evaluated, figure), [text, text], commands);
}

/// The same where more is `shown` than the number: `text` is the number in the title of the answer.
pub fn shown_figure_ui(
    ui: &mut Ui,
    app: &App,
    (evaluated, figure): (&Evaluated, Figure),
    [shown, text]: [&str; 2],
    commands: &mut Vec<Command>,
) {
    let is_whole = matches!(figure, Figure::Measure(_));
    let words = if is_whole { theme::strong(shown, theme::BODY) } else { RichText::new(shown) };
    let response = button(ui, words);
    let name = match figure {
        Figure::Member(_, actor) => format!("{}, {shown}, of {}", figure.label(), app.atlas().countries[actor].name),
        _ => format!("{}, {shown}, of {}", figure.label(), evaluated.grouping.name),
    };
    super::name(&response, egui::Role::Button, &name);
    figure_popup(&response, app, evaluated, (figure, text), commands);
}

/// A button that looks like the text it stands for.
fn button(ui: &mut Ui, text: RichText) -> Response {
    let add = |ui: &mut Ui| {
        ui.spacing_mut().button_padding = Vec2::ZERO;
        ui.add(Button::new(text).frame_when_inactive(false).small())
    };
    ui.scope(add).inner
}

/// Which number of a picture is being asked about: its mark, and where the popup stands.
#[derive(Clone, Copy)]
struct InPicture {
    mark: usize,
    at: Pos2,
}

/// In a picture, a click on a number (`pressed`: the mark under the pointer, if the pointer is on its number) tells all about
/// it. `of` finds the grouping, the number and its text.
pub fn picture_popup<'a>(
    response: &Response,
    app: &'a App,
    pressed: Option<usize>,
    of: impl Fn(usize) -> Option<(&'a Evaluated, Figure, String)>,
    commands: &mut Vec<Command>,
) {
    let id = response.id.with("about");
    if response.clicked()
        && let (Some(mark), Some(at)) = (pressed, response.interact_pointer_pos())
    {
        response.ctx.data_mut(|data| data.insert_temp(id, InPicture { mark, at }));
        Popup::open_id(&response.ctx, id);
    }
    if !Popup::is_id_open(&response.ctx, id) {
        return;
    }
    let Some(InPicture { mark, at }) = response.ctx.data(|data| data.get_temp(id)) else { return };
    let Some((evaluated, figure, text)) = of(mark) else { return };
    let asked = Asked { app, evaluated, figure, text: &text };
    Popup::from_response(response)
        .id(id)
        .open_memory(None)
        .at_position(at)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| asked.popup_ui(ui, commands));
}

/// A number that is asked about.
struct Asked<'a> {
    app: &'a App,
    evaluated: &'a Evaluated,
    figure: Figure,
    text: &'a str,
}

impl Asked<'_> {
    fn row(&self) -> Row<'_> {
        Row { grouping: &self.evaluated.grouping, report: &self.evaluated.report }
    }

    fn title(&self) -> String {
        chart::figure_title(self.figure, &self.row(), &self.app.engine, self.text)
    }

    fn sections(&self) -> Vec<Section> {
        let around = match self.figure {
            Figure::Measure(measure) => around(self.app, self.evaluated, measure),
            _ => Around::None,
        };
        let engine = &self.app.engine;
        let mut sections = chart::about_figure(self.figure, &self.row(), &self.evaluated.case, engine, around);
        if let Figure::Measure(measure) = self.figure
            && let Some(movers) = self.movers(measure)
        {
            // Behind the interval that it explains.
            let place = sections
                .iter()
                .position(|section| section.title == Section::INTERVAL)
                .map_or(sections.len(), |at| at + 1);
            sections.insert(place, movers);
        }
        sections
    }

    /// What moves a measure most.
    fn movers(&self, measure: &'static Measure) -> Option<Section> {
        let known = self.app.results.draws(self.evaluated.grouping.id)?;
        chart::movers(known.sensitivity(measure), known.intervals.noise(), measure, &self.app.engine.atlas)
    }

    /// Whether it rests on roll calls that the record lists.
    fn has_record(&self) -> bool {
        let is_deadlock = matches!(self.figure, Figure::OneQuestion) || self.figure == Figure::Measure(&DEADLOCK);
        is_deadlock && self.evaluated.report.deadlock.is_ok() && !self.evaluated.report.a_priori
    }

    fn popup_ui(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let (title, sections) = (self.title(), self.sections());
        ui.set_width(WIDTH);
        ui.spacing_mut().item_spacing.y = 3.0;
        ui.horizontal(|ui| {
            ui.label(theme::strong(&title, theme::TITLE));
        });
        let height = (ui.ctx().content_rect().height() * 0.5).max(240.0);
        let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]);
        area.id_salt("about").show(ui, |ui| {
            ui.set_width(WIDTH - 14.0);
            for section in &sections {
                ui.add_space(6.0);
                ui.label(RichText::new(section.title).small().weak());
                for line in &section.lines {
                    ui.label(line);
                }
            }
        });
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            if ui.button("Copy").on_hover_text("as plain text").clicked() {
                let text = format!("{}\n{}", chart::about_text(&title, &sections), vintage(self.app));
                commands.push(Command::Copy { what: "All about the number".to_owned(), text });
            }
            if ui.button("Close").clicked() {
                ui.close();
            }
            if self.has_record() && ui.button("The ten roll calls that weigh most").clicked() {
                commands.push(Command::ShowHeaviest(self.evaluated.grouping.id));
                ui.close();
            }
        });
    }

    /// The number with unit, interval, grouping and the date of the data.
    fn line(&self) -> String {
        let interval = match self.figure {
            Figure::Measure(measure) => self.evaluated.interval(measure).filter(|shown| !shown.stale),
            _ => None,
        };
        let around = interval.map_or_else(String::new, |shown| {
            format!(" (90 % of the draws: {})", chart::range_words(shown.interval.low, shown.interval.high, 1))
        });
        let name = &self.evaluated.grouping.name;
        let title = self.title();
        let title = if title.contains(name.as_str()) { title } else { format!("{title}, {name}") };
        format!("{title}{around}. {}", vintage(self.app))
    }

    fn copy_ui(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        if ui.button("Copy").clicked() {
            commands.push(Command::Copy { what: "The figure".to_owned(), text: self.line() });
            ui.close();
        }
        if ui.button("Copy all about this number").clicked() {
            let text = format!("{}\n{}", chart::about_text(&self.title(), &self.sections()), vintage(self.app));
            commands.push(Command::Copy { what: "All about the number".to_owned(), text });
            ui.close();
        }
    }
}

fn around(app: &App, evaluated: &Evaluated, measure: &Measure) -> Around {
    app.results.interval(evaluated.grouping.id, measure).map_or(Around::Unknown, |shown| Around::Known {
        interval: shown.interval,
        draws: shown.draws,
        stale: shown.stale,
        still: app.results.draws(evaluated.grouping.id).and_then(|known| known.without_drift(measure)),
    })
}
