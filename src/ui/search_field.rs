//! The field of a search: designs drawn at random as a cloud, the front as a line, groupings of the board and baselines on it.

use eframe::egui::{
    self, Align2, EventFilter, FontId, Key, Modifiers, Pos2, Rect, Sense, Shape, Stroke, Ui, Vec2, pos2,
};

use super::theme::{self, Tokens};
use super::{choose::focus_ring, name};
use crate::analysis::search::Objective;
use crate::app::searching::{Answer, SearchStep};
use crate::app::{App, Command};
use crate::chart;
use crate::chart::found::{axes, design_words};

/// From values to places.
struct Scale {
    area: Rect,
    x: [f64; 2],
    y: [f64; 2],
}

impl Scale {
    #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
    fn at(&self, (x, y): (f64, f64)) -> Pos2 {
        let part = |value: f64, [from, to]: [f64; 2]| ((value - from) / (to - from)) as f32;
        pos2(
            self.area.left() + part(x, self.x) * self.area.width(),
            self.area.bottom() - part(y, self.y) * self.area.height(),
        )
    }
}

/// The range of values, with room around, and the step of its ticks.
fn range(values: impl Iterator<Item = f64>) -> ([f64; 2], f64) {
    let (low, high) =
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    if low > high {
        return ([0.0, 100.0], 20.0);
    }
    let room = ((high - low) * 0.06).max(0.5);
    let (from, to) = (low - room, high + room);
    let step = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0];
    let step = step.into_iter().find(|step| (to - from) / step <= 6.0).unwrap_or(1000.0);
    ([from, to], step)
}

/// The field. `take_keyboard`: a new answer is there.
pub fn field_ui(ui: &mut Ui, app: &App, answer: &Answer, take_keyboard: bool, commands: &mut Vec<Command>) {
    let t = theme::tokens(ui);
    let [across, up] = axes(&answer.search.objectives);
    let point = |of: &dyn Fn(Objective) -> Option<f64>| Some((of(across)?, of(up)?));
    let best = |best: &crate::analysis::search::Best| point(&|objective| best.value(objective).ok());
    let cloud: Vec<(f64, f64)> = answer.cloud.iter().filter_map(best).collect();
    let front: Vec<(usize, (f64, f64))> =
        answer.found.front.iter().enumerate().filter_map(|(at, of)| Some((at, best(of)?))).collect();
    let report = |report: &crate::analysis::Report| point(&|objective| report.value(objective.measure()).ok());
    let groupings: Vec<_> = app.results.board.iter().filter_map(|of| Some((of, report(&of.report)?))).collect();
    let baselines: Vec<_> =
        app.results.board.baselines.iter().filter_map(|of| Some((of.baseline, report(&of.report)?))).collect();
    let all = || {
        let own = groupings.iter().map(|(_, at)| *at).chain(baselines.iter().map(|(_, at)| *at));
        cloud.iter().copied().chain(front.iter().map(|(_, at)| *at)).chain(own)
    };
    let width = ui.available_width();
    let size = Vec2::new(width, (width * 0.56).clamp(220.0, 420.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let area = Rect::from_min_max(rect.min + Vec2::new(46.0, 8.0), rect.max - Vec2::new(10.0, 40.0));
    let ((x, x_step), (y, y_step)) = (range(all().map(|at| at.0)), range(all().map(|at| at.1)));
    let scale = Scale { area, x, y };
    axes_ui(ui, &scale, (x_step, y_step), [across, up]);
    let painter = ui.painter_at(rect);
    for at in &cloud {
        painter.circle_filled(scale.at(*at), 1.8, t.muted.gamma_multiply(0.45));
    }
    let mut by_x = front.clone();
    by_x.sort_by(|one, other| one.1.0.total_cmp(&other.1.0));
    if answer.search.objectives.len() == 2 {
        let line: Vec<Pos2> = by_x.iter().map(|(_, at)| scale.at(*at)).collect();
        painter.add(Shape::line(line, Stroke::new(1.2, t.accent)));
    }
    marks_ui(ui, &scale, (&groupings, &baselines), t);
    let chosen = app.searching.chosen;
    for (at, place) in &front {
        let place = scale.at(*place);
        painter.circle(place, 4.0, t.accent, Stroke::new(1.0, t.panel));
        if *at == chosen {
            painter.circle_stroke(place, 9.0, Stroke::new(2.0, t.ink));
        }
    }
    focus_ring(ui, &response);
    let words = |at: usize| {
        answer.found.front.get(at).map_or_else(String::new, |best| {
            let figures: Vec<String> = Objective::ALL
                .into_iter()
                .map(|of| {
                    format!("{} {}", of.measure().label.to_lowercase(), chart::figure(of.measure(), best.value(of)))
                })
                .collect();
            format!("{}\n{}", design_words(app.atlas(), best), figures.join(", "))
        })
    };
    let label = format!("Designs found: {} of {}, {}", chosen + 1, front.len(), words(chosen).replace('\n', "; "));
    name(&response, egui::Role::Image, &label);
    if take_keyboard && ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    if response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        keys_ui(ui, &by_x, chosen, commands);
    }
    let near = response.hover_pos().and_then(|pointer| {
        let away = |place: &(usize, (f64, f64))| scale.at(place.1).distance(pointer);
        front.iter().filter(|place| away(place) < 16.0).min_by(|one, other| away(one).total_cmp(&away(other)))
    });
    if response.clicked() || response.double_clicked() {
        response.request_focus();
        if let Some((at, _)) = near {
            commands.push(Command::Search(SearchStep::Choose(*at)));
            if response.double_clicked() {
                commands.push(Command::Search(SearchStep::Make));
            }
        }
    }
    if let Some((at, _)) = near {
        response.on_hover_text_at_pointer(words(*at));
    }
    let words = format!(
        "Points: the front; small dots: {} designs drawn at random from all, whatever the bounds; letters: your groupings; rings: \
         baselines. Arrows step along the front, Enter makes a grouping.",
        cloud.len()
    );
    ui.add(egui::Label::new(egui::RichText::new(words).small().weak()).wrap());
}

/// Arrows step along the front from left to right; Enter makes the chosen design a grouping.
fn keys_ui(ui: &Ui, by_x: &[(usize, (f64, f64))], chosen: usize, commands: &mut Vec<Command>) {
    let pressed =
        |keys: [Key; 2]| ui.input_mut(|input| keys.into_iter().any(|key| input.consume_key(Modifiers::NONE, key)));
    let place = by_x.iter().position(|(at, _)| *at == chosen).unwrap_or(0);
    let (back, on) = (pressed([Key::ArrowLeft, Key::ArrowDown]), pressed([Key::ArrowRight, Key::ArrowUp]));
    let to = match (back, on) {
        (true, false) => place.saturating_sub(1),
        (false, true) => (place + 1).min(by_x.len().saturating_sub(1)),
        _ if pressed([Key::Home, Key::Home]) => 0,
        _ if pressed([Key::End, Key::End]) => by_x.len().saturating_sub(1),
        _ => place,
    };
    if let Some((at, _)) = by_x.get(to).filter(|(at, _)| *at != chosen) {
        commands.push(Command::Search(SearchStep::Choose(*at)));
    }
    if pressed([Key::Enter, Key::Enter]) {
        commands.push(Command::Search(SearchStep::Make));
    }
}

fn axes_ui(ui: &Ui, scale: &Scale, (x_step, y_step): (f64, f64), [across, up]: [Objective; 2]) {
    let t = theme::tokens(ui);
    let painter = ui.painter();
    let font = FontId::proportional(theme::SMALL);
    let area = scale.area;
    let ticks = |[from, to]: [f64; 2], step: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "a handful of ticks")]
        let (first, last) = ((from / step).ceil() as i32, (to / step).floor() as i32);
        (first..=last).map(move |n| f64::from(n) * step)
    };
    let digits = |step: f64| usize::from(step < 1.0);
    for tick in ticks(scale.x, x_step) {
        let x = scale.at((tick, scale.y[0])).x;
        painter.vline(x, area.y_range(), Stroke::new(1.0, t.hairline));
        let text = chart::fixed(tick, digits(x_step));
        painter.text(pos2(x, area.bottom() + 4.0), Align2::CENTER_TOP, text, font.clone(), t.muted);
    }
    for tick in ticks(scale.y, y_step) {
        let y = scale.at((scale.x[0], tick)).y;
        painter.hline(area.x_range(), y, Stroke::new(1.0, t.hairline));
        let text = chart::fixed(tick, digits(y_step));
        painter.text(pos2(area.left() - 5.0, y), Align2::RIGHT_CENTER, text, font.clone(), t.muted);
    }
    let better = |of: Objective| if of.more(1.0) > 0.0 { "more is better" } else { "less is better" };
    let label = |of: Objective| {
        let (name, unit) = (of.measure().label.to_lowercase(), of.measure().unit);
        let unit = if unit.is_empty() { String::new() } else { format!(", {unit}") };
        format!("{name}{unit}, {}", better(of))
    };
    painter.text(pos2(area.right(), area.bottom() + 20.0), Align2::RIGHT_TOP, label(across), font.clone(), t.ink);
    let name = painter.layout_no_wrap(label(up), font, t.ink);
    let at = pos2(area.left() - 44.0, area.top() + name.size().x);
    painter.add(egui::epaint::TextShape::new(at, name, t.ink).with_angle(-std::f32::consts::FRAC_PI_2));
}

type Placed<'a, T> = &'a [(T, (f64, f64))];

fn marks_ui(
    ui: &Ui,
    scale: &Scale,
    (groupings, baselines): (Placed<'_, &crate::app::Evaluated>, Placed<'_, crate::analysis::Baseline>),
    t: &Tokens,
) {
    let painter = ui.painter();
    for (baseline, at) in baselines {
        let place = scale.at(*at);
        painter.circle_stroke(place, 5.0, Stroke::new(1.5, t.muted));
        let right = place.x + 70.0 > scale.area.right();
        let (anchor, away) = if right { (Align2::RIGHT_CENTER, -9.0) } else { (Align2::LEFT_CENTER, 9.0) };
        let font = FontId::proportional(theme::SMALL);
        painter.text(place + Vec2::new(away, 0.0), anchor, baseline.short(), font, t.muted);
    }
    for (of, at) in groupings {
        let (place, colour) = (scale.at(*at), theme::grouping(of.grouping.colour));
        painter.circle(place, 9.0, t.panel, Stroke::new(2.0, colour));
        let font = FontId::new(theme::SMALL, theme::semibold());
        painter.text(place, Align2::CENTER_CENTER, of.grouping.letter(), font, t.ink);
    }
}
