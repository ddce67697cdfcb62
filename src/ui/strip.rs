//! The strip above every view but the board: each grouping as a small card that selects, is dropped on and is dragged.

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{
    self, Align, Color32, CursorIcon, FontFamily, FontId, Galley, Rect, Response, ScrollArea, Sense, Stroke,
    StrokeKind, Ui, Vec2, WidgetInfo,
};
use std::sync::Arc;

use super::choose::focus_ring;
use super::release::{self, Over};
use super::{card, drag, theme};
use crate::analysis::measures::{self, Measure};
use crate::app::{App, Command, Evaluated, Named, Picked};
use crate::chart;
use crate::model::{GroupingId, visible};

/// The measures that a small card has room for.
const SHOWN: [&Measure; 3] = [&measures::LEGITIMACY, &measures::COST, &measures::DEADLOCK];
const HEIGHT: f32 = 46.0;
const GAP: f32 = 6.0;
const BADGE: f32 = 20.0;
/// Left of the texts, with the badge, and right of them.
const MARGINS: [f32; 2] = [10.0 + BADGE + 8.0, 10.0];
/// Height of the window below which the cards take one row only.
const LOW: f32 = 700.0;
/// Width of the place of a new grouping, beside others and alone.
const NEW: [f32; 2] = [30.0, 200.0];

/// What the strip keeps between frames.
#[derive(Debug, Default)]
pub struct StripView {
    /// What was shown as selected; a change scrolls to it.
    last_selected: Option<GroupingId>,
}

/// The strip. Where the cards do not fit into a row they take two, if the window is high enough; where that is not enough they
/// scroll sideways, and the place of a new grouping stays beside them.
pub fn strip_ui(ui: &mut Ui, app: &App, view: &mut StripView, over: &mut Over, commands: &mut Vec<Command>) {
    let board = &app.results.board;
    let figures: Vec<Arc<Galley>> = board.iter().map(|evaluated| figures(ui, evaluated)).collect();
    let text = figures.iter().map(|galley| galley.size().x).fold(150.0, f32::max);
    let width = MARGINS[0] + text + MARGINS[1];
    let room = ui.available_width();
    let most = if ui.ctx().content_rect().height() < LOW { 1 } else { 2 };
    let rows = Rows::of(board.len(), width, room, most);
    let scrolls_to = (view.last_selected != app.session.view.selected).then_some(app.session.view.selected).flatten();
    view.last_selected = app.session.view.selected;
    let cards = Cards { app, figures, width, rows, scrolls_to };
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(GAP);
        if rows.scrolls {
            scrolled_ui(ui, &cards, room, over, commands);
        } else {
            ui.vertical(|ui| cards.ui(ui, over, commands));
        }
    });
}

/// The cards in a stretch that scrolls, and beside it the place of a new grouping.
fn scrolled_ui(ui: &mut Ui, cards: &Cards<'_>, room: f32, over: &mut Over, commands: &mut Vec<Command>) {
    let height = cards.rows.height();
    ui.horizontal_top(|ui| {
        let visible = Rect::from_min_size(ui.cursor().min, Vec2::new(room - NEW[0] - GAP, height));
        let area = ScrollArea::horizontal().id_salt("strip").max_width(visible.width()).auto_shrink([false, true]);
        area.show(ui, |ui| {
            ui.vertical(|ui| cards.ui(ui, over, commands));
            drag::scroll_at_edges(ui, visible, drag::Axis::Across);
        });
        new_ui(ui, cards.app, Vec2::new(NEW[0], height), over, commands);
    });
}

/// All cards, and how they stand.
struct Cards<'a> {
    app: &'a App,
    figures: Vec<Arc<Galley>>,
    width: f32,
    rows: Rows,
    scrolls_to: Option<GroupingId>,
}

impl Cards<'_> {
    fn ui(&self, ui: &mut Ui, over: &mut Over, commands: &mut Vec<Command>) {
        let board: Vec<_> = self.app.results.board.iter().zip(&self.figures).collect();
        for row in 0..self.rows.count {
            ui.horizontal(|ui| {
                for (evaluated, figures) in board.iter().skip(row * self.rows.cards).take(self.rows.cards) {
                    let response = small_card_ui(ui, self.app, evaluated, (figures, self.width), over, commands);
                    let wanted = self.scrolls_to == Some(evaluated.grouping.id);
                    if wanted && !ui.clip_rect().contains_rect(response.rect) {
                        response.scroll_to_me(Some(Align::Center));
                    }
                }
                if row + 1 == self.rows.count && !self.rows.scrolls {
                    let width = NEW[usize::from(board.is_empty())];
                    new_ui(ui, self.app, Vec2::new(width, HEIGHT), over, commands);
                }
            });
        }
    }
}

/// How the cards stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rows {
    /// In a row.
    cards: usize,
    /// One or two.
    count: usize,
    /// Whether they have to be scrolled sideways.
    scrolls: bool,
}

impl Rows {
    /// For so many cards in at most so many rows.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number of cards"
    )]
    fn of(cards: usize, width: f32, room: f32, most: usize) -> Self {
        let fits = |n: usize| n as f32 * (width + GAP) + NEW[0] <= room;
        if cards == 0 || fits(cards) {
            return Self { cards: cards.max(1), count: 1, scrolls: false };
        }
        if most < 2 {
            return Self { cards, count: 1, scrolls: true };
        }
        // Full rows where two are enough, so that nothing has to be scrolled.
        let full = ((room + GAP) / (width + GAP)).floor().max(0.0) as usize;
        let last = cards.saturating_sub(full);
        if full > 0 && last <= full && fits(last) {
            return Self { cards: full, count: 2, scrolls: false };
        }
        Self { cards: cards.div_ceil(2), count: 2, scrolls: true }
    }

    fn height(self) -> f32 {
        if self.count == 1 { HEIGHT } else { 2.0 * HEIGHT + GAP }
    }
}

/// “legitimacy 64 · cost 53 · deadlock 18 %”, the figures in strong type.
fn figures(ui: &Ui, evaluated: &Evaluated) -> Arc<Galley> {
    let t = theme::tokens(ui);
    let mut job = LayoutJob::default();
    for (at, measure) in SHOWN.into_iter().enumerate() {
        let dot = if at == 0 { "" } else { " · " };
        let format = |family, colour| TextFormat::simple(FontId::new(theme::SMALL, family), colour);
        job.append(&format!("{dot}{} ", measure.short), 0.0, format(FontFamily::Proportional, t.muted));
        let figure = chart::figure(measure, evaluated.report.value(measure));
        job.append(&figure, 0.0, format(theme::semibold(), t.ink));
    }
    ui.painter().layout_job(job)
}

/// A text on one line, shortened with “…” where it does not fit.
fn elided(ui: &Ui, text: &str, font: FontId, colour: Color32, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, colour);
    job.wrap = TextWrapping::truncate_at_width(width);
    ui.painter().layout_job(job)
}

fn small_card_ui(
    ui: &mut Ui,
    app: &App,
    evaluated: &Evaluated,
    (figures, width): (&Arc<Galley>, f32),
    over: &mut Over,
    commands: &mut Vec<Command>,
) -> Response {
    let t = theme::tokens(ui);
    let grouping = &*evaluated.grouping;
    let is_selected = app.session.view.selected == Some(grouping.id);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, HEIGHT), Sense::click_and_drag());
    let fill = if response.hovered() && !is_selected { t.soft } else { t.panel };
    let stroke = if is_selected { Stroke::new(1.5, t.accent) } else { Stroke::new(1.0, t.hairline) };
    ui.painter().rect(rect, 8, fill, stroke, StrokeKind::Inside);
    let badge =
        Rect::from_center_size(egui::pos2(rect.left() + 10.0 + BADGE / 2.0, rect.center().y), Vec2::splat(BADGE));
    card::paint_badge(ui, badge, grouping);
    let left = rect.left() + MARGINS[0];
    let font = FontId::new(theme::BODY, theme::semibold());
    let name = elided(ui, &visible(&grouping.name), font, t.ink, width - MARGINS[0] - MARGINS[1]);
    ui.painter().galley(egui::pos2(left, rect.top() + 5.0), name, t.ink);
    ui.painter().galley(egui::pos2(left, rect.bottom() - 6.0 - figures.size().y), figures.clone(), t.ink);
    let spoken =
        SHOWN.map(|measure| format!("{} {}", measure.short, chart::figure(measure, evaluated.report.value(measure))));
    let label = format!("{}: {}", grouping.name, spoken.join(", "));
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, is_selected, &label));
    focus_ring(ui, &response);
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if response.clicked() {
        commands.push(Command::Select(Some(grouping.id)));
    }
    drag::source(&response, || {
        let countries = grouping.seats.iter().map(|seat| seat.country).collect();
        let members = chart::count_of(grouping.seats.len(), "country", "countries");
        // The grouping stays as it is: its countries are copied.
        let picked = Picked { on: None, countries };
        drag::Carried { picked, words: format!("{}, {members}", grouping.name), body: None }
    });
    response.context_menu(|ui| card::menu_ui(ui, app, grouping, commands));
    if over.grouping_ui(ui, app, grouping, &response, None, commands).is_some()
        && let Some((_, edit)) = &over.edit
    {
        over.words = Some(release::outcome(app, evaluated, edit).words);
        return response;
    }
    let rule = grouping.rule.words();
    response.on_hover_text(format!("{label}\n{} · {rule} · {}", grouping.issue_words(), grouping.mandate.words()))
}

/// The place of a new grouping.
fn new_ui(ui: &mut Ui, app: &App, size: Vec2, over: &mut Over, commands: &mut Vec<Command>) {
    let t = theme::tokens(ui);
    let entry = Named::NewGrouping.entry();
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let carrying = response.contains_pointer() && drag::payload(ui.ctx()).is_some();
    if response.hovered() {
        ui.painter().rect_filled(rect, 8, t.soft);
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
    }
    let stroke = if carrying { Stroke::new(2.0, t.accent) } else { Stroke::new(1.0, t.muted) };
    dashed_frame(ui, rect.shrink(1.0), stroke);
    let words = if app.results.board.is_empty() { format!("+ {}", entry.label) } else { "+".to_owned() };
    let font = FontId::proportional(theme::BODY);
    ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, words, font, t.muted);
    super::name(&response, egui::Role::Button, entry.label);
    focus_ring(ui, &response);
    if response.clicked() {
        commands.push(Command::Do(Named::NewGrouping));
    }
    if let Some(words) = Over::new_ui(ui, app, &response, commands) {
        over.words = Some(words);
        return;
    }
    response.on_hover_text(format!("{}: {}. Or drag countries here.", entry.label, entry.keys.join(", ")));
}

fn dashed_frame(ui: &Ui, rect: Rect, stroke: Stroke) {
    let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    ui.painter().extend(egui::Shape::dashed_line(&corners, stroke, 3.0, 3.0));
}

#[cfg(test)]
mod tests {
    use super::Rows;

    #[test]
    fn cards_take_one_row_or_two_and_scroll_where_that_is_not_enough() {
        let of = |cards, room, most| {
            let Rows { cards, count, scrolls } = Rows::of(cards, 240.0, room, most);
            (cards, count, scrolls)
        };
        assert_eq!(of(0, 560.0, 2), (1, 1, false));
        assert_eq!(of(2, 560.0, 2), (2, 1, false));
        assert_eq!(of(3, 560.0, 2), (2, 2, false), "the second row has the third and the place of a new one");
        assert_eq!(of(4, 560.0, 2), (2, 2, false));
        assert_eq!(of(7, 560.0, 2), (4, 2, true));
        assert_eq!(of(3, 200.0, 2), (2, 2, true));
        assert_eq!(of(3, 200.0, 1), (3, 1, true));
        assert_eq!(of(3, 900.0, 1), (3, 1, false));
    }
}
