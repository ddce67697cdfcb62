//! The record: every roll call that the deadlock risk of the selected grouping rests on.

use std::sync::Arc;

use eframe::egui::{
    self, Align, Button, Frame, Key, Layout, Margin, Modifiers, RichText, Stroke, Ui, Vec2, WidgetInfo,
};

use super::choose::focus_ring;
use super::compare::table_buttons;
use super::field::{Field, Written};
use super::record_rows::{RowsView, rows_ui};
use super::theme;
use crate::analysis::Deadlock;
use crate::app::{App, Command, Evaluated, FAULT, SideFile};
use crate::chart::Study;
use crate::chart::record::{Asked, RecordLines, no_record, whose};
use crate::model::GroupingId;

/// What the view keeps between frames.
#[derive(Debug, Default)]
pub struct RecordView {
    /// Which roll calls are shown, and in which order.
    pub asked: Asked,
    rows: RowsView,
    /// The field for filtering, for going from pane to pane.
    pub filter_id: Option<egui::Id>,
    /// What was shown last, for as long as the new is being computed.
    last: Option<(u64, GroupingId, Arc<Study>)>,
    /// The lines that are shown, with what they were found for.
    shown: Option<(Arc<Study>, Asked, Arc<[usize]>)>,
}

impl RecordView {
    /// Everything, what weighs most first.
    pub fn show_heaviest(&mut self) {
        self.asked = Asked::default();
        self.rows.rewind();
    }

    /// The lines that are shown: found anew where something else is asked.
    fn shown(&mut self, app: &App, study: &Arc<Study>, lines: &RecordLines) -> Arc<[usize]> {
        if let Some((of, asked, shown)) = &self.shown
            && Arc::ptr_eq(of, study)
            && *asked == self.asked
        {
            return shown.clone();
        }
        let shown: Arc<[usize]> = lines.shown(&app.engine, &self.asked).into();
        self.shown = Some((study.clone(), self.asked.clone(), shown.clone()));
        shown
    }
}

/// The view.
pub fn record_ui(ui: &mut Ui, app: &App, view: &mut RecordView, commands: &mut Vec<Command>) {
    let t = theme::tokens(ui);
    let frame = Frame::new().fill(t.panel).stroke(Stroke::new(1.0, t.hairline)).corner_radius(10);
    frame.inner_margin(Margin::symmetric(14, 12)).show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        let Some(evaluated) = app.session.view.selected.and_then(|id| app.results.of(id)) else {
            ui.weak("Select a grouping above to see the roll calls that its deadlock risk rests on.");
            return;
        };
        let id = evaluated.grouping.id;
        let now = app.study();
        if now.is_none() && app.has_no_study() {
            title_ui(ui, evaluated, None, false);
            ui.add_space(6.0);
            ui.weak(FAULT);
            return;
        }
        let is_updating = now.is_none();
        let document = app.document_number();
        let is_of_this = |(of, grouping, _): &(u64, GroupingId, Arc<Study>)| (*of, *grouping) == (document, id);
        let study = now.or_else(|| view.last.take().filter(is_of_this).map(|(_, _, study)| study));
        let record = study.as_ref().map(|study| (study, study.record(&app.engine)));
        title_ui(ui, evaluated, record.and_then(|(_, record)| record.ok()), is_updating);
        match record {
            None => return,
            Some((_, Err(reason))) => {
                ui.add_space(6.0);
                ui.add(egui::Label::new(no_record(reason, &evaluated.grouping.name)).wrap());
            }
            Some((study, Ok(lines))) => {
                let of = Shown { evaluated, study, lines, is_updating };
                lines_ui(ui, app, &of, view, commands);
            }
        }
        view.last = study.map(|study| (document, id, study));
    });
}

/// “What T-12’s deadlock risk rests on”, and on how many roll calls: beside it, or below where there is no room.
fn title_ui(ui: &mut Ui, evaluated: &Evaluated, lines: Option<&RecordLines>, is_updating: bool) {
    let title = format!("What {} deadlock risk rests on", whose(&evaluated.grouping.name));
    let deadlock = evaluated.report.deadlock.as_ref().ok().filter(|_| !evaluated.report.a_priori);
    let mut words = deadlock.map_or_else(String::new, Deadlock::rests_on);
    if is_updating {
        words = if words.is_empty() { "computing…".to_owned() } else { format!("{words} · updating…") };
    }
    let width = |text: &str, font| ui.painter().layout_no_wrap(text.to_owned(), font, theme::CLEAR).size().x;
    let both = width(&title, egui::FontId::new(theme::TITLE, theme::semibold()))
        + width(&words, egui::FontId::proportional(theme::BODY));
    let layout = if both + 10.0 <= ui.available_width() {
        Layout::left_to_right(Align::Center)
    } else {
        Layout::top_down(Align::Min)
    };
    let size = Vec2::new(ui.available_width(), 20.0);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.spacing_mut().item_spacing = Vec2::new(8.0, 2.0);
        ui.add(egui::Label::new(theme::strong(title, theme::TITLE)).wrap());
        let response = ui.add(egui::Label::new(RichText::new(words).weak()).wrap());
        if let (Some(lines), Some(deadlock)) = (lines, deadlock) {
            response.widget_info(|| {
                WidgetInfo::labeled(egui::Role::Label, true, lines.sentence(&evaluated.grouping.name, deadlock))
            });
            response.on_hover_text(
                "Direct: on the issue itself. Related: on topics near to it, and counted less. Worth: as many roll calls of equal \
                 weight say as much.",
            );
        }
    });
}

/// What is shown of which grouping.
struct Shown<'a> {
    evaluated: &'a Evaluated,
    study: &'a Arc<Study>,
    lines: &'a RecordLines,
    /// Whether it is of the grouping as it was before a change whose answer is still being computed.
    is_updating: bool,
}

fn lines_ui(ui: &mut Ui, app: &App, of: &Shown<'_>, view: &mut RecordView, commands: &mut Vec<Command>) {
    let lines = of.lines;
    ui.add_space(4.0);
    let (into_list, shown) = controls_ui(ui, app, of, view, commands);
    if into_list && let Some(first) = shown.first() {
        view.rows.focus(lines.lines[*first].call);
    }
    if shown.is_empty() {
        ui.add_space(10.0);
        ui.weak("No roll call has these words in title, symbol or topics. Try fewer letters.");
        return;
    }
    rows_ui(ui, app, (lines, &shown), (&mut view.asked, &mut view.rows), commands);
}

/// Filter, toggle and what can be done with the table. Returns whether the keyboard goes into the list, and the lines that are
/// shown.
fn controls_ui(
    ui: &mut Ui,
    app: &App,
    of: &Shown<'_>,
    view: &mut RecordView,
    commands: &mut Vec<Command>,
) -> (bool, Arc<[usize]>) {
    /// Width from which everything stands in words.
    const WIDE: f32 = 524.0;
    let is_wide = ui.available_width() >= WIDE;
    let row = ui.horizontal(|ui| {
        let into_list = filter_ui(ui, view, if is_wide { 150.0 } else { 90.0 });
        toggle_ui(ui, view, is_wide);
        let shown = view.shown(app, of.study, of.lines);
        let table = || of.lines.table(&app.engine, &shown);
        let name = &of.evaluated.grouping.name;
        let file = || {
            let what = format!("the roll calls behind the deadlock risk of {name}");
            SideFile::text(what, format!("{} roll calls of {name}", app.workspace().title), "csv", table().csv())
        };
        let buttons = |ui: &mut Ui| table_buttons(ui, &|| table().tabbed(), &file, commands);
        // Nothing leaves the program under the name of what it is not of.
        ui.add_enabled_ui(!of.is_updating, |ui| {
            if is_wide {
                ui.with_layout(Layout::right_to_left(Align::Center), buttons);
            } else {
                ui.menu_button("Table", buttons).response.on_hover_text("Copy or save the roll calls that are shown");
            }
        });
        (into_list, shown)
    });
    row.inner
}

fn toggle_ui(ui: &mut Ui, view: &mut RecordView, is_wide: bool) {
    const WORDS: &str = "Those that fail first";
    let t = theme::tokens(ui);
    let is_on = view.asked.fails_first;
    let (fill, line) = if is_on { (t.selection, t.accent) } else { (t.panel, t.hairline) };
    let text = if is_wide { WORDS } else { "Fail first" };
    let toggle = ui.add(Button::new(text).fill(fill).stroke(Stroke::new(1.0, line)));
    toggle.widget_info(|| WidgetInfo::selected(egui::Role::Switch, true, is_on, WORDS));
    focus_ring(ui, &toggle);
    if toggle.on_hover_text("Roll calls that would rather fail than pass stand before all others").clicked() {
        view.asked.fails_first = !is_on;
        view.rows.rewind();
    }
}

/// Down and Enter go from the field into the list.
fn filter_ui(ui: &mut Ui, view: &mut RecordView, width: f32) -> bool {
    let name = "Find in titles, symbols and topics";
    let field = Field { salt: "roll call filter", hint: "Find in titles", name, width };
    let Written { response, entered } = field.ui(ui, &mut view.asked.text, false);
    view.filter_id = Some(response.id);
    if response.changed() {
        view.rows.rewind();
    }
    let down = response.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown));
    entered || down
}
