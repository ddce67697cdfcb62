//! The plots: charts drawn with `egui_plot`, each with a sentence and a table twin.

use std::sync::Arc;

use eframe::egui::{
    self, Align, Align2, Button, Color32, FontId, Grid, Layout, Response, RichText, ScrollArea, Stroke, Ui, Vec2,
    WidgetInfo,
};
use egui_plot::{
    Bar, BarChart, Line, LineStyle, Plot, PlotBounds, PlotPoint, PlotPoints, PlotUi, Points, Text, VLine,
    uniform_grid_spacer,
};

use super::theme;
use crate::analysis::{Baseline, Report, measures};
use crate::app::{App, Command};
use crate::chart::{self, Chart, Ink, Mark, Of, Row, Shape};
use crate::model::GroupingId;

const ROW: f32 = 23.0;
const NAMES: f32 = 122.0;

/// What the plots keep between frames.
#[derive(Debug, Default)]
pub struct PlotsView {
    /// Whether tables are shown in place of pictures.
    pub as_tables: bool,
}

/// What a release would make of a grouping, to be drawn as a ghost.
pub type Ghost = Option<(GroupingId, Arc<Report>)>;

/// The panel.
pub fn plots_ui(ui: &mut Ui, app: &App, view: &mut PlotsView, ghost: &Ghost, commands: &mut Vec<Command>) {
    let rows: Vec<Row<'_>> = app
        .results
        .board
        .iter()
        .map(|evaluated| Row { grouping: &evaluated.grouping, report: &evaluated.report })
        .collect();
    let baselines: Vec<(Baseline, &Report)> =
        app.results.baselines.iter().map(|(baseline, report)| (*baseline, &**report)).collect();
    let area = ScrollArea::vertical().auto_shrink(false).id_salt("plots");
    area.content_margin(egui::Margin { right: 10, ..egui::Margin::ZERO }).show(ui, |ui| {
        head_ui(ui, app, view);
        if rows.is_empty() {
            ui.weak("Plots appear with the first grouping.");
            return;
        }
        let sponsor = sponsor_name(app);
        for measure in [&measures::LEGITIMACY, &measures::COST, &measures::DEADLOCK, &measures::MICROLATERAL] {
            let baselines = if *measure == measures::MICROLATERAL { &[][..] } else { &baselines[..] };
            let chart = chart::scorecard(measure, &rows, baselines, &sponsor);
            let after = ghost.as_ref().and_then(|(id, report)| Some((*id, (measure.value)(report).ok()?)));
            title_ui(ui, &chart, Some(measure));
            if view.as_tables {
                table_ui(ui, &chart);
            } else {
                scorecard_ui(ui, app, &chart, after, commands);
            }
            ui.add_space(6.0);
        }
        let chart = chart::tradeoff(&rows, &baselines);
        title_ui(ui, &chart, None);
        if view.as_tables {
            table_ui(ui, &chart);
        } else {
            tradeoff_ui(ui, app, &chart, ghost, commands);
        }
    });
}

fn sponsor_name(app: &App) -> String {
    let id = app.workspace().assumptions.sponsor;
    app.atlas().country(id).map_or_else(|| id.to_string(), crate::data::Country::in_sentence)
}

fn head_ui(ui: &mut Ui, app: &App, view: &mut PlotsView) {
    ui.horizontal(|ui| {
        let beside = app.selected().map_or_else(String::new, |grouping| {
            format!("Dotted: baselines on {}, as for {}", grouping.issue.label().to_lowercase(), grouping.name)
        });
        ui.add(egui::Label::new(RichText::new(beside).small().weak()).truncate());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let label = if view.as_tables { "Show as pictures" } else { "Show as tables" };
            if ui.add(Button::new(RichText::new(label).small())).clicked() {
                view.as_tables = !view.as_tables;
            }
        });
    });
    ui.add_space(4.0);
}

fn title_ui(ui: &mut Ui, chart: &Chart, measure: Option<&measures::Measure>) {
    ui.horizontal(|ui| {
        let title = ui.label(theme::strong(&chart.title, theme::BODY));
        if let Some(measure) = measure {
            title.on_hover_text(format!("{}\n\n{}", measure.meaning, measure.formula));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add(egui::Label::new(RichText::new(&chart.caption).small().weak()).truncate());
        });
    });
}

fn table_ui(ui: &mut Ui, chart: &Chart) {
    ScrollArea::horizontal().id_salt(("table", &chart.title)).show(ui, |ui| {
        Grid::new(("chart table", &chart.title)).striped(true).spacing(Vec2::new(14.0, 4.0)).show(ui, |ui| {
            for head in &chart.table.head {
                ui.label(RichText::new(head).small().weak());
            }
            ui.end_row();
            for row in &chart.table.rows {
                for cell in row {
                    ui.label(cell);
                }
                ui.end_row();
            }
        });
    });
}

/// Says the sentence to screen readers.
fn speak(response: &Response, chart: &Chart) {
    let text = format!("{}. {}", chart.title, chart.sentence);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, &text));
}

fn tip(response: Response, mark: Option<&Mark>) {
    let Some(mark) = mark else { return };
    response.on_hover_ui_at_pointer(|ui| {
        for (at, line) in mark.tip.iter().enumerate() {
            if at == 0 {
                ui.label(theme::strong(line, theme::BODY))
            } else {
                ui.label(line)
            };
        }
    });
}

fn click(response: &Response, mark: Option<&Mark>, commands: &mut Vec<Command>) {
    if response.clicked()
        && let Some(Mark { of: Of::Grouping(id), .. }) = mark
    {
        commands.push(Command::Select(Some(*id)));
    }
}

fn quiet_plot<'a>(chart: &Chart, height: f32, width: f32) -> Plot<'a> {
    Plot::new(("chart", chart.title.clone()))
        .height(height)
        .width(width)
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .show_background(false)
        .show_x(false)
        .show_y(false)
        .show_crosshair(false)
        .label_formatter(|_| None)
}

fn small(ui: &Ui) -> FontId {
    let _ = ui;
    FontId::proportional(theme::SMALL)
}

/// The text, shortened until it is no wider than `width`.
fn fitted(ui: &Ui, text: &str, width: f32, font: &FontId) -> String {
    let wide = |text: &str| ui.painter().layout_no_wrap(text.to_owned(), font.clone(), Color32::PLACEHOLDER).size().x;
    if wide(text) <= width {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    let fits = |n: usize| wide(&format!("{}…", letters[..n].iter().collect::<String>())) <= width;
    let n = (1..letters.len()).rev().find(|n| fits(*n)).unwrap_or(1);
    format!("{}…", letters[..n].iter().collect::<String>().trim_end())
}

/// The measures of the horizontal axis: how many units a point is.
struct Scale {
    per_point: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// The largest scale at which every bar with its figure, and every guide, has room beside the names.
    fn fit(ui: &Ui, chart: &Chart, ghost: Option<(GroupingId, f64)>, width: f32) -> Self {
        let font = FontId::proportional(theme::BODY);
        let room = f64::from((width - NAMES).max(80.0));
        let mut per_point = chart.x.to.min(100.0) / (room - 12.0) * 0.75;
        for mark in &chart.marks {
            let (end, label) = match mark.shape {
                Shape::Bar { to, .. } => (to.max(ghost_of(mark, ghost).unwrap_or(0.0)), full_label(mark, ghost)),
                Shape::Guide { x } => (x, String::new()),
                _ => continue,
            };
            let label = f64::from(ui.painter().layout_no_wrap(label, font.clone(), Color32::PLACEHOLDER).size().x);
            per_point = per_point.max(end / (room - label - 16.0).max(40.0));
        }
        Self { per_point, from: -f64::from(NAMES) * per_point, to: room * per_point }
    }
}

/// What a release would make of the bar.
fn ghost_of(mark: &Mark, ghost: Option<(GroupingId, f64)>) -> Option<f64> {
    let (id, value) = ghost?;
    (mark.of == Of::Grouping(id)).then_some(value)
}

/// The figure of a bar, with what a release would make of it.
fn full_label(mark: &Mark, ghost: Option<(GroupingId, f64)>) -> String {
    match ghost_of(mark, ghost) {
        Some(value) => format!("{} → {}", mark.label, chart::rounded(value)),
        None => mark.label.clone(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a number of rows")]
fn scorecard_ui(ui: &mut Ui, app: &App, chart: &Chart, ghost: Option<(GroupingId, f64)>, commands: &mut Vec<Command>) {
    let t = theme::tokens(ui);
    let rows: Vec<&Mark> =
        chart.marks.iter().filter(|mark| matches!(mark.shape, Shape::Bar { .. } | Shape::Empty { .. })).collect();
    let guides: Vec<&Mark> = chart.marks.iter().filter(|mark| matches!(mark.shape, Shape::Guide { .. })).collect();
    let width = ui.available_width();
    let foot = if guides.is_empty() { 2.0 } else { 28.0 };
    let height = rows.len() as f32 * ROW + foot;
    let scale = Scale::fit(ui, chart, ghost, width);
    let per_point = scale.per_point;
    let bottom = -f64::from(height / ROW);
    let font = FontId::proportional(theme::BODY);
    let names: Vec<String> = rows.iter().map(|mark| fitted(ui, &mark.name, NAMES - 26.0, &font)).collect();
    let guide_names = staggered(ui, &guides, &scale);
    let selected = app.session.grouping;
    let grouping_letter = |mark: &Mark| match mark.of {
        Of::Grouping(id) => app.workspace().grouping(id).map(|grouping| grouping.letter()).unwrap_or_default(),
        _ => String::new(),
    };
    let letters: Vec<String> = rows.iter().map(|mark| grouping_letter(mark)).collect();
    let response = quiet_plot(chart, height, width).show_axes(false).show_grid(false).show(ui, |plot| {
        plot.set_plot_bounds(PlotBounds::from_min_max([scale.from, bottom], [scale.to, 0.0]));
        plot.bar_chart(BarChart::new("bars", bars(&rows)).allow_hover(false));
        for mark in &guides {
            if let Shape::Guide { x } = mark.shape {
                let style = LineStyle::Dotted { spacing: 4.0 };
                let line = VLine::new(mark.name.clone(), x).color(t.muted).width(1.0).style(style);
                plot.vline(line.allow_hover(false));
            }
        }
        // The lines run through the rows only, not through their own names.
        let cover = BarChart::new(
            "foot",
            vec![
                Bar::new(bottom / 2.0 - rows.len() as f64 / 2.0, scale.to - scale.from)
                    .base_offset(scale.from)
                    .horizontal()
                    .width(-bottom - rows.len() as f64)
                    .fill(t.panel)
                    .stroke(Stroke::NONE),
            ],
        );
        plot.bar_chart(cover.allow_hover(false));
        for (name, x, line) in guide_names {
            let y = -(rows.len() as f64) - f64::from((7.0 + 12.0 * line) / ROW);
            label(plot, x, y, Align2::CENTER_CENTER, RichText::new(name).size(theme::SMALL - 0.5).color(t.muted));
        }
        for (row, mark) in rows.iter().enumerate() {
            let y = -(row as f64) - 0.5;
            let is_selected = matches!(mark.of, Of::Grouping(id) if selected == Some(id));
            row_labels(plot, mark, (&letters[row], &names[row]), (y, ghost), &scale, is_selected, t);
            if let (Some((id, value)), Of::Grouping(of)) = (ghost, mark.of)
                && id == of
            {
                plot.line(outline(value, y).color(t.ink));
            }
        }
        plot.pointer_coordinate()
    });
    speak(&response.response, chart);
    let hovered = response.inner.filter(|_| response.response.hovered()).and_then(|point| {
        let near = |mark: &&&Mark| matches!(mark.shape, Shape::Guide { x } if (x - point.x).abs() < 4.0 * per_point);
        let in_rows = -point.y < rows.len() as f64;
        let bar = |row: usize| rows.get(row).copied();
        if in_rows {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a row, not below 0")]
            bar((-point.y).max(0.0) as usize)
        } else {
            guides.iter().find(near).copied()
        }
    });
    click(&response.response, hovered, commands);
    tip(response.response, hovered);
}

#[expect(clippy::cast_precision_loss, reason = "a number of rows")]
fn bars(rows: &[&Mark]) -> Vec<Bar> {
    rows.iter()
        .filter_map(|mark| match (mark.shape, mark.ink) {
            (Shape::Bar { row, to }, Ink::Grouping(colour)) => {
                let fill = theme::grouping(colour);
                let stroke = if theme::is_patterned(colour) { Stroke::new(1.5, theme::on(fill)) } else { Stroke::NONE };
                // A sliver remains visible at zero.
                Some(Bar::new(-(row as f64) - 0.5, to.max(0.4)).width(0.66).horizontal().fill(fill).stroke(stroke))
            }
            _ => None,
        })
        .collect()
}

/// The dashed outline of a bar.
fn outline(value: f64, y: f64) -> Line<'static> {
    let (low, high) = (y - 0.38, y + 0.38);
    let corners = vec![[0.0, low], [value, low], [value, high], [0.0, high], [0.0, low]];
    Line::new("ghost", PlotPoints::from(corners)).style(LineStyle::dashed_dense()).width(1.2).allow_hover(false)
}

fn label(plot: &mut PlotUi<'_>, x: f64, y: f64, anchor: Align2, text: RichText) {
    plot.text(Text::new("", PlotPoint::new(x, y), text).anchor(anchor).allow_hover(false));
}

fn row_labels(
    plot: &mut PlotUi<'_>,
    mark: &Mark,
    (letter, name): (&str, &str),
    (y, ghost): (f64, Option<(GroupingId, f64)>),
    scale: &Scale,
    is_selected: bool,
    t: &theme::Tokens,
) {
    let left = scale.from + 2.0 * scale.per_point;
    label(plot, left, y, Align2::LEFT_CENTER, theme::strong(letter, theme::BODY).color(t.ink));
    let text = if is_selected { theme::strong(name, theme::BODY) } else { RichText::new(name).size(theme::BODY) };
    label(plot, left + 17.0 * scale.per_point, y, Align2::LEFT_CENTER, text.color(t.ink));
    let (at, colour) = match mark.shape {
        Shape::Bar { to, .. } => (to.max(ghost_of(mark, ghost).unwrap_or(0.0)) + 7.0 * scale.per_point, t.ink),
        _ => (0.0, t.muted),
    };
    let text = RichText::new(full_label(mark, ghost)).size(theme::BODY).color(colour).background_color(t.panel);
    label(plot, at, y, Align2::LEFT_CENTER, text);
}

/// Names of the guides on two lines, so that none overlaps; the one that finds no room is left out.
fn staggered(ui: &Ui, guides: &[&Mark], scale: &Scale) -> Vec<(String, f64, f32)> {
    let font = small(ui);
    let mut placed: Vec<(String, f64, f32)> = Vec::new();
    let mut spans: Vec<(f32, f64, f64)> = Vec::new();
    for mark in guides {
        let Shape::Guide { x } = mark.shape else { continue };
        let width = ui.painter().layout_no_wrap(mark.name.clone(), font.clone(), Color32::PLACEHOLDER).size().x;
        let half = f64::from(width / 2.0 + 3.0) * scale.per_point;
        let centre = x.max(scale.from + half).min(scale.to - half);
        let free = |line: f32| {
            spans.iter().all(|(on, from, to)| (*on - line).abs() > 0.5 || centre + half < *from || centre - half > *to)
        };
        if let Some(line) = [0.0, 1.0].into_iter().find(|line| free(*line)) {
            spans.push((line, centre - half, centre + half));
            placed.push((mark.name.clone(), centre, line));
        }
    }
    placed
}

fn tradeoff_ui(ui: &mut Ui, app: &App, chart: &Chart, ghost: &Ghost, commands: &mut Vec<Command>) {
    let t = theme::tokens(ui);
    let width = ui.available_width();
    let height = (width * 0.62).clamp(190.0, 330.0);
    let mut low = chart.y.from;
    let mut high = chart.y.to;
    if let Some(value) = ghost.as_ref().and_then(|(_, report)| report.legitimacy.as_ref().ok()) {
        low = low.min(value.score);
        high = high.max(value.score);
    }
    let pad = ((high - low) * 0.16).max(6.0);
    let (low, high) = ((low - pad).max(-4.0), (high + pad).min(104.0).max(low + pad));
    let discs: Vec<&Mark> = chart.marks.iter().filter(|mark| matches!(mark.shape, Shape::Disc { .. })).collect();
    let plot = quiet_plot(chart, height, width)
        .show_grid(true)
        .grid_color(t.hairline)
        .grid_spacing(16.0..=60.0)
        .x_grid_spacer(uniform_grid_spacer(|_| [25.0, 50.0, 100.0]))
        .y_grid_spacer(uniform_grid_spacer(|_| [10.0, 20.0, 100.0]))
        .x_axis_formatter(|mark, _| tick(mark.value))
        .y_axis_formatter(|mark, _| tick(mark.value))
        .x_axis_label(RichText::new(&chart.x.label).size(theme::SMALL).color(t.muted))
        .y_axis_label(RichText::new(&chart.y.label).size(theme::SMALL).color(t.muted));
    let letters: Vec<String> = discs
        .iter()
        .map(|mark| match mark.of {
            Of::Grouping(id) => app.workspace().grouping(id).map(|grouping| grouping.letter()).unwrap_or_default(),
            _ => String::new(),
        })
        .collect();
    let shades: Vec<Option<f64>> = discs.iter().map(|mark| deadlock_of(app, mark)).collect();
    let per_point = f64::from(1.0 / (width - 40.0)) * (chart.x.to + 40.0);
    let y_per_point = f64::from(1.0 / (height - 40.0)) * (high - low);
    let words: Vec<String> = discs.iter().zip(&letters).map(|(mark, letter)| disc_words(mark, letter)).collect();
    let places = label_places(&discs, &words, per_point, y_per_point);
    let response = plot.show(ui, |plot| {
        plot.set_plot_bounds(PlotBounds::from_min_max([-8.0, low], [chart.x.to + 32.0, high]));
        for (at, mark) in discs.iter().enumerate() {
            disc(plot, mark, &letters[at], shades[at], t);
            if let (Some((anchor, across, down)), Shape::Disc { x, y, .. }) = (places[at], mark.shape) {
                let colour = if matches!(mark.of, Of::Baseline(_)) { t.muted } else { t.ink };
                let text = RichText::new(&words[at]).size(theme::SMALL).color(colour);
                label(plot, x + across * per_point, y + down * y_per_point, anchor, text);
            }
        }
        if let Some((_, report)) = ghost
            && let (Ok(cost), Ok(legitimacy)) = (&report.cost, &report.legitimacy)
        {
            plot.line(
                ring(cost.index, legitimacy.score, per_point * 11.0, (high - low) / f64::from(height) * 11.0)
                    .color(t.ink),
            );
        }
        plot.pointer_coordinate()
    });
    speak(&response.response, chart);
    let pointer = response.response.hover_pos();
    let transform = response.transform;
    let hovered = pointer.and_then(|pointer| {
        let distance = |mark: &&Mark| match mark.shape {
            Shape::Disc { x, y, .. } => transform.position_from_point(&PlotPoint::new(x, y)).distance(pointer),
            _ => f32::INFINITY,
        };
        discs.iter().copied().filter(|mark| distance(mark) < 24.0).min_by(|a, b| distance(a).total_cmp(&distance(b)))
    });
    click(&response.response, hovered, commands);
    tip(response.response, hovered);
    shade_key(ui, t);
}

/// The number of a tick; none outside of the scale of 0 to 100 and a little more.
fn tick(value: f64) -> String {
    if (0.0..=400.0).contains(&value) { format!("{value:.0}") } else { String::new() }
}

fn deadlock_of(app: &App, mark: &Mark) -> Option<f64> {
    let report = match mark.of {
        Of::Grouping(id) => app.results.of(id).map(|evaluated| &evaluated.report),
        Of::Baseline(baseline) => {
            app.results.baselines.iter().find(|(of, _)| *of == baseline).map(|(_, report)| report)
        }
        Of::Country(_) => None,
    }?;
    report.deadlock.as_ref().ok().map(|deadlock| deadlock.risk / 100.0)
}

#[expect(clippy::cast_possible_truncation, reason = "a radius in points")]
fn disc(plot: &mut PlotUi<'_>, mark: &Mark, letter: &str, shade: Option<f64>, t: &theme::Tokens) {
    let Shape::Disc { x, y, radius, hollow } = mark.shape else { return };
    let radius = radius as f32;
    let point = |colour: Color32, radius: f32, filled: bool| {
        Points::new("", vec![[x, y]]).radius(radius).color(colour).filled(filled).allow_hover(false)
    };
    let fill = shade.map_or(t.soft, theme::magnitude);
    match mark.ink {
        Ink::Grouping(colour) => {
            plot.points(point(theme::grouping(colour), radius + 2.5, true));
            plot.points(point(t.panel, radius, true));
            plot.points(point(fill, radius - 1.0, true));
            let text = theme::strong(letter, theme::BODY).color(theme::on(fill));
            label(plot, x, y, Align2::CENTER_CENTER, text);
        }
        _ => {
            plot.points(point(t.muted, radius.min(8.0), !hollow));
        }
    }
}

/// Where the label of a disc stands, beside its centre in points; `None` where there is no room.
type Place = Option<(Align2, f64, f64)>;

/// Labels stand at the right, else at the left, else a line lower or higher; where all of these would cover another
/// disc or label, the tip must do.
fn label_places(discs: &[&Mark], words: &[String], x_per_point: f64, y_per_point: f64) -> Vec<Place> {
    let mut taken: Vec<[f64; 4]> = discs
        .iter()
        .filter_map(|mark| match mark.shape {
            Shape::Disc { x, y, radius, .. } => {
                let (dx, dy) = (radius * x_per_point, radius * y_per_point);
                Some([x - dx, x + dx, y - dy, y + dy])
            }
            _ => None,
        })
        .collect();
    let mut places: Vec<Place> = vec![None; discs.len()];
    // The groupings come last in the chart and matter most: they choose first.
    for at in (0..discs.len()).rev() {
        let Shape::Disc { x, y, radius, .. } = discs[at].shape else { continue };
        #[expect(clippy::cast_precision_loss, reason = "a length of text")]
        let width = words[at].chars().count() as f64 * 6.4;
        let gap = radius + 6.0;
        for line in [0.0, -15.0, 15.0, -30.0, 30.0] {
            let sides = [(Align2::LEFT_CENTER, gap, gap + width), (Align2::RIGHT_CENTER, -gap - width, -gap)];
            let free = sides.into_iter().find_map(|(anchor, from, to)| {
                let middle = y + line * y_per_point;
                let area = [
                    x + from * x_per_point,
                    x + to * x_per_point,
                    middle - 7.0 * y_per_point,
                    middle + 7.0 * y_per_point,
                ];
                let meets = |other: &[f64; 4]| {
                    area[0] < other[1] && area[1] > other[0] && area[2] < other[3] && area[3] > other[2]
                };
                (area[0] > -6.0 && !taken.iter().any(meets)).then_some((anchor, area))
            });
            if let Some((anchor, area)) = free {
                taken.push(area);
                let across = if anchor == Align2::LEFT_CENTER { gap } else { -gap };
                places[at] = Some((anchor, across, line));
                break;
            }
        }
    }
    places
}

fn disc_words(mark: &Mark, letter: &str) -> String {
    match mark.of {
        Of::Baseline(_) => mark.name.clone(),
        _ => format!("{letter} {}", mark.label),
    }
}

/// The dashed ring of a ghost.
fn ring(x: f64, y: f64, rx: f64, ry: f64) -> Line<'static> {
    let points: Vec<[f64; 2]> = (0..=36)
        .map(|step| {
            let angle = f64::from(step) * std::f64::consts::TAU / 36.0;
            [x + rx * angle.cos(), y + ry * angle.sin()]
        })
        .collect();
    Line::new("ghost", PlotPoints::from(points)).style(LineStyle::dashed_dense()).width(1.2).allow_hover(false)
}

/// The scale of shades: deadlock risk.
fn shade_key(ui: &mut Ui, t: &theme::Tokens) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        let words = |text: &str| RichText::new(text).size(theme::SMALL - 0.5).color(t.muted);
        ui.label(words("inside: deadlock risk 0 %"));
        let (rect, _) = ui.allocate_exact_size(Vec2::new(84.0, 8.0), egui::Sense::hover());
        for step in 0..21_u8 {
            let part = f32::from(step) / 21.0;
            let left = rect.left() + rect.width() * part;
            let piece =
                egui::Rect::from_min_size(egui::pos2(left, rect.top()), Vec2::new(rect.width() / 21.0 + 0.5, 8.0));
            ui.painter().rect_filled(piece, 0, theme::magnitude(f64::from(part)));
        }
        ui.label(words("100 %; size: members"));
    });
}
