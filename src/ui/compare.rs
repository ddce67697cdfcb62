//! Compare: every grouping beside the others, and one against another.

use std::sync::Arc;

use eframe::egui::{self, Align, Align2, FontId, Layout, RichText, ScrollArea, Sense, Ui, Vec2, WidgetInfo};

use super::choose::{Place, choose, focus_ring, option};
use super::{about, theme};
use crate::analysis::uncertainty::beats;
use crate::analysis::{Baseline, Case, Report, measures};
use crate::app::{App, Command, Evaluated, Known, Shown, SideFile, Standing};
use crate::chart::{self, Against, Beside, Cell, Column, Entry, Line, Row};
use crate::data::CountryId;
use crate::model::{Grouping, GroupingId, Role};

const NAMES: f32 = 76.0;
/// A column is as wide as five need to be seen, within these bounds.
const COLUMN: std::ops::RangeInclusive<f32> = 60.0..=96.0;
const PAIR: f32 = 40.0;
const HEAD: f32 = 34.0;
const LINE: f32 = 54.0;

/// A side of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Grouping(GroupingId),
    Baseline(Baseline),
}

/// What the tab keeps between frames.
#[derive(Debug)]
pub struct CompareView {
    /// The sides chosen; where none is, the selected grouping and the next.
    pair: [Option<Side>; 2],
    /// The baseline that all figures are told the difference to.
    baseline: Baseline,
    /// The column that rows are sorted by, and whether the smallest comes first.
    sorted: Option<(usize, bool)>,
    /// The table, and what it was made of.
    made: Option<(Origin, Arc<Beside>)>,
}

impl Default for CompareView {
    fn default() -> Self {
        Self { pair: [None; 2], baseline: Baseline::G20, sorted: None, made: None }
    }
}

/// All that the table was made of: as long as it is the same, so is the table.
#[derive(Debug, PartialEq)]
struct Origin {
    groupings: Vec<(Arc<Grouping>, Case)>,
    baseline: (Baseline, Option<Case>),
    intervals: Vec<Option<Shown>>,
    units: Vec<Option<u32>>,
}

/// The tab.
pub fn compare_ui(ui: &mut Ui, app: &App, view: &mut CompareView, commands: &mut Vec<Command>) {
    let area = ScrollArea::vertical().auto_shrink(false).id_salt("compare");
    area.content_margin(egui::Margin { right: 10, ..egui::Margin::ZERO }).show(ui, |ui| {
        if app.results.board.is_empty() {
            ui.weak("The table appears with the first grouping.");
            return;
        }
        let table = table(app, view);
        head_ui(ui, app, view, &table, commands);
        table_ui(ui, app, view, &table, commands);
        ui.add_space(10.0);
        pair_ui(ui, app, view);
    });
}

/// The table, made anew only after something changed.
fn table(app: &App, view: &mut CompareView) -> Arc<Beside> {
    let board = &app.results.board;
    let beside = board.baseline(view.baseline);
    let origin = Origin {
        groupings: board.iter().map(|of| (of.grouping.clone(), of.case.clone())).collect(),
        baseline: (view.baseline, beside.map(|beside| beside.case.clone())),
        intervals: board.iter().flat_map(|of| measures::ALL.map(|measure| of.interval(measure))).collect(),
        units: board.iter().map(|of| of.report.unsettled()).chain(beside.map(|of| of.report.unsettled())).collect(),
    };
    if let Some((of, table)) = &view.made
        && *of == origin
    {
        return table.clone();
    }
    let entries: Vec<Entry<'_>> =
        board.iter().map(|evaluated| Entry { row: row(evaluated), case: &evaluated.case }).collect();
    let interval = |id: GroupingId, measure: &measures::Measure| {
        app.results.interval(id, measure).map(|shown| (shown.interval, shown.stale))
    };
    let baseline = beside.map(|beside| (beside.baseline, &*beside.report));
    let table = Arc::new(chart::beside(&entries, baseline, &app.engine, &interval));
    view.made = Some((origin, table.clone()));
    table
}

fn row(evaluated: &Evaluated) -> Row<'_> {
    Row { grouping: &evaluated.grouping, report: &evaluated.report }
}

fn head_ui(ui: &mut Ui, app: &App, view: &mut CompareView, table: &Beside, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.label(theme::strong("All groupings", theme::BODY));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let file = || {
                let name = format!("{} groupings", app.workspace().title);
                SideFile::text("the table of all groupings", name, "csv", table.table().csv())
            };
            table_buttons(ui, &|| table.table().tabbed(), &file, commands);
        });
    });
    ui.horizontal(|ui| {
        ui.label(RichText::new("Figure, 90 % interval, difference to").small().weak());
        let place = Place { salt: "baseline", name: "Baseline of the differences", width: 130.0 };
        let options = Baseline::ALL.map(|baseline| option(baseline, baseline.label()));
        if let Some(baseline) = choose(ui, &place, view.baseline.label(), Some(&view.baseline), options) {
            view.baseline = baseline;
        }
        if matches!(app.standing(), Standing::Updating(_)) {
            ui.label(RichText::new("updating").small().weak());
        }
    });
    ui.add_space(4.0);
}

/// Copy and save a table. The first gives its text for the clipboard, the second the file.
pub fn table_buttons(ui: &mut Ui, text: &dyn Fn() -> String, file: &dyn Fn() -> SideFile, commands: &mut Vec<Command>) {
    let save = ui.button(RichText::new("Save CSV…").small());
    let tip = "comma-separated values, in a file; the other mouse button offers the mark that spreadsheets like";
    if save.clone().on_hover_text(tip).clicked() {
        commands.push(Command::SaveFileBeside(file()));
    }
    save.context_menu(|ui| save_menu(ui, file, commands));
    let csv = ui.button(RichText::new("Copy CSV").small());
    if csv.on_hover_text("comma-separated values, to the clipboard").clicked() {
        let file = file();
        commands.push(Command::Copy { what: chart::capital(&file.what), text: file.as_text() });
    }
    let copy = ui.button(RichText::new("Copy text").small());
    if copy.on_hover_text("separated by tabs, for a spreadsheet or a message").clicked() {
        commands.push(Command::Copy { what: chart::capital(&file().what), text: text() });
    }
}

/// Both ways to save a table.
pub fn save_menu(ui: &mut Ui, file: &dyn Fn() -> SideFile, commands: &mut Vec<Command>) {
    if ui.button("Save the table as CSV…").clicked() {
        commands.push(Command::SaveFileBeside(file()));
        ui.close();
    }
    let marked = ui.button("Save it as CSV for spreadsheets…");
    if marked.on_hover_text("with a byte-order mark, by which they read all letters rightly").clicked() {
        commands.push(Command::SaveFileBeside(file().with_mark()));
        ui.close();
    }
}

/// Names stay in place; the columns beside them scroll.
fn table_ui(ui: &mut Ui, app: &App, view: &mut CompareView, table: &Beside, commands: &mut Vec<Command>) {
    let mut lines: Vec<&Line> = table.lines.iter().collect();
    if let Some((at, rises)) = view.sorted {
        let value = |line: &Line| line.cells.get(at).and_then(|cell| cell.value);
        lines.sort_by(|a, b| match (value(a), value(b)) {
            (Some(a), Some(b)) if rises => a.total_cmp(&b),
            (Some(a), Some(b)) => b.total_cmp(&a),
            (one, other) => other.is_some().cmp(&one.is_some()),
        });
    }
    let width = ((ui.available_width() - NAMES) / 5.0).clamp(*COLUMN.start(), *COLUMN.end());
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        ui.vertical(|ui| {
            ui.set_width(NAMES);
            ui.allocate_exact_size(Vec2::new(NAMES, HEAD), Sense::hover());
            for line in &lines {
                name_ui(ui, app, line, commands);
            }
        });
        ScrollArea::horizontal()
            .id_salt(("compare columns", &app.workspace().title))
            .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysVisible)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.vertical(|ui| {
                    ui.horizontal(|ui| {
                        for (at, column) in table.columns.iter().enumerate() {
                            let state = view.sorted.filter(|(by, _)| *by == at).map(|(_, rises)| rises);
                            if column_head_ui(ui, column, width, state) {
                                view.sorted = match state {
                                    None => Some((at, false)),
                                    Some(false) => Some((at, true)),
                                    Some(true) => None,
                                };
                            }
                        }
                    });
                    for line in &lines {
                        ui.horizontal(|ui| {
                            for (column, cell) in table.columns.iter().zip(&line.cells) {
                                cell_ui(ui, app, (line, width), (column, cell), commands);
                            }
                        });
                    }
                    // Room for the bar that scrolls.
                    ui.add_space(12.0);
                });
            });
    });
}

fn name_ui(ui: &mut Ui, app: &App, line: &Line, commands: &mut Vec<Command>) {
    let t = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(NAMES, LINE), Sense::click());
    let is_selected = app.session.view.selected == Some(line.of);
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect.shrink(1.0), 4, t.soft);
    }
    ui.painter().hline(rect.x_range(), rect.top(), egui::Stroke::new(1.0, t.hairline));
    let letter = FontId::new(theme::BODY, theme::semibold());
    ui.painter().text(rect.left_top() + Vec2::new(2.0, 6.0), Align2::LEFT_TOP, &line.letter, letter.clone(), t.ink);
    let font = if is_selected { letter } else { FontId::proportional(theme::BODY) };
    let mut job = egui::text::LayoutJob::simple(line.name.clone(), font, t.ink, NAMES - 20.0);
    job.wrap.max_rows = 2;
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(rect.left_top() + Vec2::new(18.0, 6.0), galley, t.ink);
    focus_ring(ui, &response);
    let name = format!("Compare row {}", line.name);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
    if response.on_hover_text(&line.name).clicked() {
        commands.push(Command::Select(Some(line.of)));
    }
}

/// The head of a column; whether it was clicked.
fn column_head_ui(ui: &mut Ui, column: &Column, width: f32, sorted: Option<bool>) -> bool {
    let t = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, HEAD), Sense::click());
    let mut job = egui::text::LayoutJob::simple(
        column.label.to_owned(),
        FontId::proportional(theme::SMALL - 1.0),
        t.muted,
        width - 4.0,
    );
    job.wrap.max_rows = 2;
    job.halign = Align::RIGHT;
    let galley = ui.painter().layout_job(job);
    let place = rect.right_bottom() + Vec2::new(-6.0, -4.0 - galley.size().y);
    ui.painter().galley(place, galley, t.muted);
    if let Some(rises) = sorted {
        let y = if rises { rect.top() + 2.0 } else { rect.bottom() - 2.0 };
        ui.painter().hline(rect.shrink(4.0).x_range(), y, egui::Stroke::new(1.5, t.ink));
    }
    let how = match sorted {
        None => "not sorted",
        Some(true) => "sorted, ascending",
        Some(false) => "sorted, descending",
    };
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, format!("{}: {how}", column.label)));
    focus_ring(ui, &response);
    let tip = format!("{}: {}\n{}\nA click sorts by it", column.group, column.label, column.meaning);
    response.on_hover_text(tip).clicked()
}

fn cell_ui(
    ui: &mut Ui,
    app: &App,
    (line, width): (&Line, f32),
    (column, cell): (&Column, &Cell),
    commands: &mut Vec<Command>,
) {
    let t = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, LINE), Sense::click());
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect.shrink(1.0), 4, t.soft);
    }
    ui.painter().hline(rect.x_range(), rect.top(), egui::Stroke::new(1.0, t.hairline));
    let value = cell.value.map_or_else(|| "–".to_owned(), |value| column.words(value));
    let lines = [Some(value.clone()), cell.interval_words(column), cell.difference_words(column)];
    let mut y = rect.top() + 5.0;
    for (at, text) in lines.iter().enumerate() {
        let Some(text) = text else { continue };
        let (font, colour) = match at {
            0 => (FontId::new(theme::BODY, theme::semibold()), t.ink),
            1 if cell.stale => (FontId::proportional(theme::SMALL - 0.5), theme::dimmed(t)),
            _ => (FontId::proportional(theme::SMALL - 0.5), t.muted),
        };
        let place = egui::pos2(rect.right() - 6.0, y);
        let drawn = ui.painter().text(place, Align2::RIGHT_TOP, text, font, colour);
        y = drawn.bottom() + 0.5;
    }
    let spoken: Vec<String> = lines.into_iter().flatten().collect();
    let name = format!("{}, {}: {}", line.name, column.label, spoken.join(", "));
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
    if let Some(evaluated) = app.results.of(line.of) {
        about::figure_popup(&response, app, evaluated, (column.figure, &value), commands);
    }
    let mut tip = name.clone();
    if let (Some((baseline, figure)), Some(difference)) = (cell.baseline, cell.difference()) {
        let side = if difference < 0.0 { "below" } else { "above" };
        tip = format!("{tip}\n{side} {}, which has {}", baseline.label(), column.words(figure));
        let draws = app.results.draws(line.of).zip(app.results.baseline_draws(baseline));
        if let (Some(measure), Some((own, other))) = (column.measure(), draws)
            && let Some(comparison) = beats(&own.intervals, &other.intervals, measure)
        {
            let verdict = chart::verdict_words(measure, comparison, [&line.letter, baseline.label()]);
            tip = format!("{tip}\n{verdict}");
        }
    }
    focus_ring(ui, &response);
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response.on_hover_text(tip);
}

/// A side with all that is compared.
struct Compared<'a> {
    side: Side,
    /// Its letter, or the short name of a venue.
    short: String,
    name: String,
    report: &'a Report,
    members: Vec<(CountryId, Role)>,
    draws: Option<Arc<Known>>,
}

fn shown(app: &App, side: Side) -> Option<Compared<'_>> {
    let board = &app.results.board;
    match side {
        Side::Grouping(id) => board.find(id).map(|of| Compared {
            side,
            short: of.grouping.letter(),
            name: of.grouping.name.clone(),
            report: &of.report,
            members: of.grouping.seats.iter().map(|seat| (seat.country, seat.role)).collect(),
            draws: of.draws(),
        }),
        Side::Baseline(baseline) => board.baseline(baseline).map(|of| Compared {
            side,
            short: baseline.short().to_owned(),
            name: baseline.label().to_owned(),
            report: &of.report,
            members: of.case.actors().map(|actor| (app.atlas().countries[actor].id, Role::Member)).collect(),
            draws: of.draws(),
        }),
    }
}

/// The pair to compare: as chosen, else the selected grouping and the one after it.
fn chosen<'a>(app: &'a App, view: &CompareView) -> Option<[Compared<'a>; 2]> {
    let board = &app.results.board;
    let of = |side: Option<Side>| side.and_then(|side| shown(app, side));
    let first = of(view.pair[0])
        .or_else(|| of(app.session.view.selected.map(Side::Grouping)))
        .or_else(|| of(board.first().map(|of| Side::Grouping(of.grouping.id))))?;
    let at = board.iter().position(|of| Side::Grouping(of.grouping.id) == first.side).unwrap_or(0);
    let next = board.get((at + 1) % board.len())?;
    let next = if board.len() > 1 { Side::Grouping(next.grouping.id) } else { Side::Baseline(view.baseline) };
    let second = of(view.pair[1]).or_else(|| shown(app, next))?;
    Some([first, second])
}

fn pair_ui(ui: &mut Ui, app: &App, view: &mut CompareView) {
    let Some([first, second]) = chosen(app, view) else { return };
    ui.label(theme::strong("One against another", theme::BODY));
    let width = ((ui.available_width() - 150.0) / 2.0).max(80.0);
    let mut pair = view.pair;
    ui.horizontal(|ui| {
        choice_ui(ui, app, ("First", width), &mut pair[0], &first);
        ui.weak("against");
        choice_ui(ui, app, ("Second", width), &mut pair[1], &second);
    });
    view.pair = pair;
    if first.side == second.side {
        ui.weak("Choose two that differ.");
        return;
    }
    let draws = first.draws.as_ref().zip(second.draws.as_ref());
    let draws = draws.map(|(first, second)| (&first.intervals, &second.intervals));
    let names = [first.short.as_str(), &second.short];
    against_ui(ui, names, &chart::against(names, [first.report, second.report], draws));
    ui.add_space(6.0);
    for [one, other] in [[&first, &second], [&second, &first]] {
        only_ui(ui, app, one, other);
    }
    let both = first.members.len() - chart::only_in(&first.members, &second.members).len();
    ui.label(RichText::new(format!("In both: {}", chart::count_of(both, "country", "countries"))).small().weak());
}

fn choice_ui(ui: &mut Ui, app: &App, (name, width): (&str, f32), pair: &mut Option<Side>, now: &Compared<'_>) {
    let words = |letter: &str, name: &str| if letter == name { name.to_owned() } else { format!("{letter}  {name}") };
    let label = format!("{name} of the pair: {}", now.name);
    let place = Place { salt: name, name: &label, width };
    let groupings = app
        .results
        .board
        .iter()
        .map(|of| option(Side::Grouping(of.grouping.id), words(&of.grouping.letter(), &of.grouping.name)));
    let baselines = Baseline::ALL.into_iter().map(|baseline| option(Side::Baseline(baseline), baseline.label()));
    let shown = if matches!(now.side, Side::Baseline(_)) { now.name.clone() } else { words(&now.short, &now.name) };
    if let Some(side) = choose(ui, &place, shown, Some(&now.side), groupings.chain(baselines)) {
        *pair = Some(side);
    }
}

fn against_ui(ui: &mut Ui, names: [&str; 2], lines: &[Against]) {
    let t = theme::tokens(ui);
    let small = FontId::proportional(theme::SMALL);
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 18.0), Sense::hover());
    for (place, head) in places(rect).into_iter().zip([names[0], names[1], "difference"]) {
        ui.painter().text(place, Align2::RIGHT_TOP, head, small.clone(), t.muted);
    }
    for line in lines {
        pair_line_ui(ui, line);
    }
    let words = "A draw is one set of figures within their uncertainty. “Higher” or “lower” is said only where at least 95 % \
                 of the draws agree. Intervals may overlap all the same: both see the same draws.";
    ui.label(RichText::new(words).small().weak());
}

/// Where the figures of both and the difference end, from the left.
fn places(rect: egui::Rect) -> [egui::Pos2; 3] {
    [140.0, 76.0, 6.0].map(|from_right| egui::pos2(rect.right() - from_right, rect.top() + 4.0))
}

/// A measure of both with the difference, and below what may be said of it.
fn pair_line_ui(ui: &mut Ui, line: &Against) {
    let t = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), PAIR), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.top(), egui::Stroke::new(1.0, t.hairline));
    let figure = |value: Option<f64>| {
        let unit = if line.measure.unit.is_empty() { String::new() } else { format!(" {}", line.measure.unit) };
        value.map_or_else(|| "–".to_owned(), |value| format!("{}{unit}", chart::figured(value, 1)))
    };
    let difference = match line.values {
        [Some(first), Some(second)] => chart::signed_to(first - second, 1),
        _ => String::new(),
    };
    let body = FontId::proportional(theme::BODY);
    let bold = FontId::new(theme::BODY, theme::semibold());
    let left = rect.left_top() + Vec2::new(0.0, 4.0);
    ui.painter().text(left, Align2::LEFT_TOP, line.measure.label, body.clone(), t.ink);
    let texts = [figure(line.values[0]), figure(line.values[1]), difference];
    for ((place, text), font) in places(rect).into_iter().zip(&texts).zip([&body, &body, &bold]) {
        ui.painter().text(place, Align2::RIGHT_TOP, text, font.clone(), t.ink);
    }
    let below = left + Vec2::new(0.0, 18.0);
    ui.painter().text(below, Align2::LEFT_TOP, &line.verdict, FontId::proportional(theme::SMALL), t.muted);
    let [first, second, difference] = texts;
    let name = format!("{}: {first} against {second}, difference {difference}; {}", line.measure.label, line.verdict);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &name));
}

fn only_ui(ui: &mut Ui, app: &App, one: &Compared<'_>, other: &Compared<'_>) {
    let only = chart::only_in(&one.members, &other.members);
    let names = [&one.short, &other.short];
    ui.label(theme::strong(format!("In {} but not in {}: {}", names[0], names[1], only.len()), theme::SMALL));
    if only.is_empty() {
        ui.weak("nobody");
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::new(12.0, 3.0);
        for (id, role) in only {
            let flag = app.atlas().country(id).map_or_else(String::new, |country| format!("{} ", country.flag()));
            let role = if role == Role::Member { String::new() } else { format!(" ({})", role.word()) };
            ui.label(format!("{flag}{}{role}", app.atlas().name(id)));
        }
    });
    ui.add_space(4.0);
}
