//! The rows of the record, by mouse and by keyboard. Only those that are seen are laid out.

use std::ops::Range;
use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{
    self, Align2, Color32, Event, EventFilter, FontFamily, FontId, Galley, Key, Rect, Response, ScrollArea, Sense,
    Stroke, Ui, Vec2, WidgetInfo, pos2,
};

use super::choose::focus_ring;
use super::{name, theme};
use crate::app::{App, Command, Named};
use crate::chart;
use crate::chart::record::{Asked, By, CallLine, RecordLines, call_of, fails, names, shown_words};

const PAD: f32 = 6.0;
const LINE: f32 = 18.0;
const SMALL_LINE: f32 = 16.0;
const HEAD: f32 = 22.0;
/// Room for the bar that scrolls.
const BAR: f32 = 10.0;
/// Rows that a page key moves by.
const PAGE: usize = 10;
/// Titles longer than this many lines are shortened.
const MOST_LINES: usize = 2;

/// What the rows keep between frames.
#[derive(Debug, Default)]
pub struct RowsView {
    /// The roll call whose row takes the keyboard.
    wants_focus: Option<usize>,
    /// Whether it is scrolled back to the first row.
    rewinds: bool,
    /// How wide each title is on one line, by the number of its roll call, at a number of pixels per point.
    widths: (f32, Vec<f32>),
}

impl RowsView {
    /// Goes back to the first row.
    pub fn rewind(&mut self) {
        self.rewinds = true;
    }

    /// Puts the keyboard on the row of a roll call.
    pub fn focus(&mut self, call: usize) {
        self.wants_focus = Some(call);
    }

    /// How wide the title of a roll call is on one line.
    fn width(&mut self, ui: &Ui, app: &App, call: usize) -> f32 {
        let scale = ui.ctx().pixels_per_point();
        let calls = app.atlas().roll_calls.list.len();
        if self.widths.0.to_bits() != scale.to_bits() || self.widths.1.len() != calls {
            self.widths = (scale, vec![f32::NAN; calls]);
        }
        let width = &mut self.widths.1[call];
        if width.is_nan() {
            let font = FontId::proportional(theme::BODY);
            let title = &call_of(&app.engine, call).title;
            *width = ui.ctx().fonts_mut(|fonts| title.chars().map(|letter| fonts.glyph_width(&font, letter)).sum());
        }
        *width
    }
}

/// Where the columns are, from the left edge of the rows. On a narrow pane the date, then who voted no, go under the title.
#[derive(Clone, Copy)]
struct Columns {
    date: Option<f32>,
    title: [f32; 2],
    weight: f32,
    pass: f32,
    no: Option<[f32; 2]>,
}

impl Columns {
    fn of(width: f32) -> Self {
        const DATE: f32 = 76.0;
        let no = match width {
            _ if width >= 760.0 => Some(170.0),
            _ if width >= 480.0 => Some(112.0),
            _ => None,
        };
        // As wide as their heads, and further apart where there is room.
        let (numbers, gap) = if no.is_some() { ([52.0, 50.0], 14.0) } else { ([48.0, 40.0], 8.0) };
        let right = width - 8.0;
        let pass = no.map_or(right, |no| right - no - gap);
        let weight = pass - numbers[1] - gap;
        let date = (width >= 640.0).then_some(8.0);
        let title = [date.map_or(8.0, |left| left + DATE + gap), weight - numbers[0] - gap];
        Self { date, title, weight, pass, no: no.map(|no| [right - no, right]) }
    }

    fn title_width(&self) -> f32 {
        self.title[1] - self.title[0]
    }

    /// Room for what stands below the title: below the numbers as well.
    fn below_width(&self) -> f32 {
        self.pass - self.title[0]
    }

    /// Where the head of a column stands, and on which side its text.
    fn head(&self, by: By) -> Option<(f32, Align2)> {
        match by {
            By::Date => self.date.map(|left| (left, Align2::LEFT_CENTER)),
            By::Title => Some((self.title[0], Align2::LEFT_CENTER)),
            By::Weight => Some((self.weight, Align2::RIGHT_CENTER)),
            By::Pass => Some((self.pass, Align2::RIGHT_CENTER)),
            By::No => self.no.map(|[left, _]| (left, Align2::LEFT_CENTER)),
        }
    }
}

/// The heads, and below them the rows.
pub fn rows_ui(
    ui: &mut Ui,
    app: &App,
    (lines, shown): (&RecordLines, &[usize]),
    (asked, view): (&mut Asked, &mut RowsView),
    commands: &mut Vec<Command>,
) {
    let columns = Columns::of(ui.available_width() - BAR);
    let title = shown_words(shown.len(), lines.lines.len());
    if heads_ui(ui, &columns, asked, &title) {
        view.rewind();
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let tops = tops(ui, app, &columns, (lines, shown), view);
    let mut area = ScrollArea::vertical().auto_shrink(false).id_salt("record");
    if std::mem::take(&mut view.rewinds) {
        area = area.vertical_scroll_offset(0.0);
    }
    area.show_viewport(ui, |ui, viewport| {
        let height = tops.last().copied().unwrap_or(0.0);
        let (whole, _) = ui.allocate_exact_size(Vec2::new(ui.available_width() - BAR, height), Sense::hover());
        let place = |at: usize| {
            let left = whole.left();
            Rect::from_min_max(pos2(left, whole.top() + tops[at]), pos2(whole.right(), whole.top() + tops[at + 1]))
        };
        let rows = Rows { app, lines, shown, columns };
        // A row that is filtered out takes no keyboard.
        let wanted = view.wants_focus.and_then(|call| rows.position(call));
        if wanted.is_none() {
            view.wants_focus = None;
        }
        if let Some(at) = wanted {
            ui.scroll_to_rect_animation(place(at), None, egui::style::ScrollAnimation::none());
        }
        // What a key asks for on a row that has the keyboard now is answered in the next frame.
        for at in seen(&tops, viewport.top(), viewport.bottom()) {
            rows.row_ui(ui, view, (at, place(at)), wanted, commands);
        }
    });
}

/// Where each row begins, and at the end where the last one ends.
fn tops(
    ui: &Ui,
    app: &App,
    columns: &Columns,
    (lines, shown): (&RecordLines, &[usize]),
    view: &mut RowsView,
) -> Vec<f32> {
    let mut top = 0.0;
    let mut tops = vec![top];
    for at in shown {
        let line = &lines.lines[*at];
        // A little less room than there is: words are not broken.
        let room = columns.title_width() - 2.0;
        let sum = view.width(ui, app, line.call);
        // Letters together are narrower than their sum: where that may matter, the title is laid out.
        let is_close = sum > room && sum < room * 1.1;
        let one = if is_close { laid_out(ui, app, line.call) <= room } else { sum <= room };
        let title = if one { LINE } else { LINE * 2.0 };
        top += 2.0 * PAD + title + below(columns, line);
        tops.push(top);
    }
    tops
}

/// Width of a title on one line, exactly.
fn laid_out(ui: &Ui, app: &App, call: usize) -> f32 {
    let title = call_of(&app.engine, call).title.clone();
    ui.painter().layout_no_wrap(title, FontId::proportional(theme::BODY), theme::CLEAR).size().x
}

/// Height of what stands below the title: symbol and topics, and where there is no column for it who voted no or abstained.
fn below(columns: &Columns, line: &CallLine) -> f32 {
    let votes = columns.no.is_none() && !(line.no.is_empty() && line.abstained.is_empty());
    if votes { 2.0 * SMALL_LINE } else { SMALL_LINE }
}

/// The rows of which at least a part is seen.
fn seen(tops: &[f32], from: f32, to: f32) -> Range<usize> {
    let rows = tops.len() - 1;
    let first = tops.partition_point(|top| *top <= from).saturating_sub(1);
    let last = tops.partition_point(|top| *top < to);
    first.min(rows)..last.min(rows)
}

/// The heads; a click sorts. That of the titles says how many there are. Returns whether the order is another.
fn heads_ui(ui: &mut Ui, columns: &Columns, asked: &mut Asked, title: &str) -> bool {
    let t = theme::tokens(ui);
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), HEAD), Sense::hover());
    let mut changed = false;
    for by in By::ALL {
        let Some((x, align)) = columns.head(by) else { continue };
        let is_chosen = asked.by == by;
        let arrow = match (is_chosen, asked.high_first) {
            (false, _) => "",
            (true, true) => " ↓",
            (true, false) => " ↑",
        };
        let font = FontId::new(theme::SMALL, if is_chosen { theme::semibold() } else { FontFamily::Proportional });
        let label = match by {
            By::Title => title,
            By::Pass => "passes",
            other => other.label(),
        };
        let colour = if is_chosen { t.ink } else { t.muted };
        let galley = ui.painter().layout_no_wrap(format!("{label}{arrow}"), font, colour);
        let text = align.anchor_size(pos2(rect.left() + x, rect.center().y), galley.size());
        let response =
            ui.interact(text.expand2(Vec2::new(4.0, 3.0)), ui.scope_id().with(("head", by.label())), Sense::click());
        if response.hovered() {
            ui.painter().rect_filled(response.rect, 4, t.soft);
        }
        ui.painter().galley(text.min, galley, colour);
        focus_ring(ui, &response);
        let order = match (is_chosen, asked.high_first) {
            (false, _) => "",
            (true, true) => ", largest first",
            (true, false) => ", smallest first",
        };
        let count = if by == By::Title { format!(", {title}") } else { String::new() };
        name(&response, egui::Role::Button, &format!("Sort by {}{order}{count}", by.label()));
        if response.on_hover_text(format!("{}. Click to sort by it.", by.meaning())).clicked() {
            asked.click(by);
            changed = true;
        }
    }
    ui.painter().hline(rect.left()..=rect.right() - BAR, rect.bottom(), Stroke::new(1.0, t.hairline));
    changed
}

/// What every row reads.
struct Rows<'a> {
    app: &'a App,
    lines: &'a RecordLines,
    shown: &'a [usize],
    columns: Columns,
}

impl Rows<'_> {
    fn line(&self, at: usize) -> &CallLine {
        &self.lines.lines[self.shown[at]]
    }

    fn position(&self, call: usize) -> Option<usize> {
        self.shown.iter().position(|line| self.lines.lines[*line].call == call)
    }

    fn row_ui(
        &self,
        ui: &mut Ui,
        view: &mut RowsView,
        (at, rect): (usize, Rect),
        wanted: Option<usize>,
        commands: &mut Vec<Command>,
    ) {
        let t = theme::tokens(ui);
        let line = self.line(at);
        let is_selected = self.app.session.roll_call == Some(line.call);
        let response = ui.interact(rect, ui.scope_id().with(("roll call", line.call)), Sense::click());
        let fill = match (is_selected, response.hovered()) {
            (true, _) => t.selection,
            (false, true) => t.soft,
            (false, false) => theme::CLEAR,
        };
        ui.painter().rect_filled(rect, 0, fill);
        ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, t.hairline));
        self.texts_ui(ui, at, rect);
        response.widget_info(|| {
            let spoken = self.lines.spoken(&self.app.engine, self.shown[at]);
            WidgetInfo::selected(egui::Role::Button, true, is_selected, spoken)
        });
        focus_ring(ui, &response);
        if response.clicked() {
            commands.push(Command::SelectCall(Some(line.call)));
            commands.push(Command::Do(Named::ShowInspector));
        }
        if wanted == Some(at) && ui.clip_rect().contains_rect(rect.shrink(1.0)) {
            view.wants_focus = None;
            response.request_focus();
        } else if response.has_focus() {
            self.keys(ui, view, at, &response, commands);
        }
        response.on_hover_ui(|ui| self.tip_ui(ui, at));
    }

    fn texts_ui(&self, ui: &Ui, at: usize, rect: Rect) {
        let t = theme::tokens(ui);
        let (line, entry) = (self.line(at), &self.lines.record.entries[self.shown[at]]);
        let call = call_of(&self.app.engine, line.call);
        let columns = &self.columns;
        let x = |from: f32| rect.left() + from;
        let top = rect.top() + PAD;
        let painter = ui.painter();
        let body = FontId::proportional(theme::BODY);
        if let Some(left) = columns.date {
            painter.text(pos2(x(left), top), Align2::LEFT_TOP, &call.date, body.clone(), t.muted);
        }
        let title = text(ui, &call.title, body.clone(), t.ink, columns.title_width(), MOST_LINES);
        painter.galley(pos2(x(columns.title[0]), top), title, t.ink);
        let date = if columns.date.is_none() { format!("{} · ", call.date) } else { String::new() };
        let about = format!("{date}{} · {}", call.resolution, line.topics);
        let small = FontId::proportional(theme::SMALL);
        let about = text(ui, &about, small, t.muted, columns.below_width(), 1);
        let place = pos2(x(columns.title[0]), rect.bottom() - PAD - below(columns, line));
        painter.galley(place, about, t.muted);
        let weight = chart::percent(entry.weight);
        painter.text(pos2(x(columns.weight), top), Align2::RIGHT_TOP, weight, body.clone(), t.ink);
        // In strong type as well as in colour.
        let (font, colour) =
            if fails(entry) { (FontId::new(theme::BODY, theme::semibold()), t.error) } else { (body, t.ink) };
        let pass = chart::percent(entry.pass);
        painter.text(pos2(x(columns.pass), top), Align2::RIGHT_TOP, pass, font, colour);
        self.votes_ui(ui, line, rect);
    }

    /// Who voted no, and in brackets who abstained: in a column, or on a line of its own below.
    fn votes_ui(&self, ui: &Ui, line: &CallLine, rect: Rect) {
        let columns = &self.columns;
        let (left, width, top, most, size) = match columns.no {
            Some([left, right]) => {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few lines")]
                let lines = ((rect.height() - PAD) / LINE) as usize;
                (left, right - left, rect.top() + PAD, lines, theme::BODY)
            }
            None if below(columns, line) > SMALL_LINE => {
                (columns.title[0], columns.below_width(), rect.bottom() - PAD - SMALL_LINE, 1, theme::SMALL)
            }
            None => return,
        };
        let mut job = self.votes(ui, line, size);
        job.wrap = TextWrapping { max_width: width, max_rows: most, ..TextWrapping::default() };
        let galley = ui.painter().layout_job(job);
        ui.painter().galley(pos2(rect.left() + left, top), galley, theme::tokens(ui).ink);
    }

    fn votes(&self, ui: &Ui, line: &CallLine, size: f32) -> LayoutJob {
        let t = theme::tokens(ui);
        let mut job = LayoutJob::default();
        let plain = |colour: Color32| TextFormat::simple(FontId::proportional(size), colour);
        let strong = TextFormat::simple(FontId::new(size, theme::semibold()), t.ink);
        let has_column = self.columns.no.is_some();
        if line.no.is_empty() && has_column {
            job.append("– ", 0.0, plain(t.muted));
        } else if !line.no.is_empty() && !has_column {
            job.append("no: ", 0.0, plain(t.muted));
        }
        for (at, actor) in line.no.iter().enumerate() {
            let after = if at + 1 < line.no.len() { ", " } else { " " };
            let country = &self.app.atlas().countries[*actor].name;
            let format = if line.decisive == Some(*actor) { strong.clone() } else { plain(t.ink) };
            job.append(&format!("{country}{after}"), 0.0, format);
        }
        if !line.abstained.is_empty() {
            let words = format!("({} abstained)", names(&self.app.engine, &line.abstained).join(", "));
            job.append(&words, 0.0, plain(t.muted));
        }
        job
    }

    fn tip_ui(&self, ui: &mut Ui, at: usize) {
        /// Names beyond which a list is cut.
        const LISTED: usize = 24;
        let (line, entry) = (self.line(at), &self.lines.record.entries[self.shown[at]]);
        let call = call_of(&self.app.engine, line.call);
        ui.set_max_width(420.0);
        ui.label(theme::strong(&call.title, theme::BODY));
        ui.label(format!("{} · {} · {}", call.date, call.resolution, line.topics));
        let list = |what: &str, actors: &[usize]| {
            let mut words = names(&self.app.engine, &actors[..actors.len().min(LISTED)]).join(", ");
            if actors.len() > LISTED {
                words = format!("{words} and {} more", actors.len() - LISTED);
            }
            format!("{what}: {words}")
        };
        for (what, actors) in
            [("Voted no", &line.no), ("Abstained", &line.abstained), ("Absent, modelled", &entry.modelled)]
        {
            if !actors.is_empty() {
                ui.label(list(what, actors));
            }
        }
        if let Some(actor) = line.decisive {
            ui.label(format!("The no that decides most often: {}", self.app.atlas().countries[actor].name));
        }
        ui.label(egui::RichText::new("Click: every member’s vote").small().weak());
    }

    /// Up, Down, Home, End and the page keys move the selected row, and the keyboard with it.
    fn keys(&self, ui: &Ui, view: &mut RowsView, at: usize, response: &Response, commands: &mut Vec<Command>) {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let last = self.shown.len() - 1;
        let mut to = None;
        ui.input(|input| {
            for event in &input.events {
                let Event::Key { key, pressed: true, modifiers, .. } = event else { continue };
                let now: usize = to.unwrap_or(at);
                to = match key {
                    Key::ArrowDown if !modifiers.alt => Some((now + 1).min(last)),
                    Key::ArrowUp if !modifiers.alt => Some(now.saturating_sub(1)),
                    Key::PageDown if !modifiers.command => Some((now + PAGE).min(last)),
                    Key::PageUp if !modifiers.command => Some(now.saturating_sub(PAGE)),
                    Key::Home => Some(0),
                    Key::End => Some(last),
                    _ => to,
                };
            }
        });
        if let Some(to) = to {
            let call = self.line(to).call;
            view.focus(call);
            commands.push(Command::SelectCall(Some(call)));
            ui.ctx().request_repaint();
        }
    }
}

/// A text in at most so many lines, shortened with “…”.
fn text(ui: &Ui, words: &str, font: FontId, colour: Color32, width: f32, lines: usize) -> Arc<Galley> {
    let mut job = LayoutJob::simple(words.to_owned(), font, colour, width);
    job.wrap =
        TextWrapping { max_width: width, max_rows: lines, break_anywhere: lines == 1, ..TextWrapping::default() };
    ui.painter().layout_job(job)
}

#[cfg(test)]
mod tests {
    use super::seen;

    #[test]
    fn only_rows_that_are_seen_are_laid_out() {
        let tops = [0.0, 40.0, 100.0, 140.0];
        assert_eq!(seen(&tops, 0.0, 30.0), 0..1);
        assert_eq!(seen(&tops, 39.0, 101.0), 0..3);
        assert_eq!(seen(&tops, 40.0, 100.0), 1..2);
        assert_eq!(seen(&tops, 120.0, 900.0), 2..3);
        assert_eq!(seen(&[0.0], 0.0, 30.0), 0..0);
    }
}
