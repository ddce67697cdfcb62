//! The curve of a question: stances that are stated along the ideal points, and the line through them.

use eframe::egui::{self, Align2, FontId, Pos2, Rect, Sense, Shape, Stroke, Ui, Vec2, pos2};

use super::{name, theme};
use crate::analysis::OwnQuestion;
use crate::app::App;
use crate::chart;

/// How far a stated stance may lie from the curve before it is pointed out, as a difference of chances of a yes.
const FAR: f64 = 0.5;

/// The picture, and who stands far from the curve.
pub fn curve_ui(ui: &mut Ui, app: &App, own: &OwnQuestion) {
    let t = theme::tokens(ui);
    let ideal = app.engine.votes.latest_ideal_points();
    let curve = own.curve(ideal);
    let stated: Vec<(usize, f64, f64)> = own
        .stances
        .iter()
        .filter_map(|(actor, stance)| {
            let theta = ideal.get(*actor).copied().filter(|theta| theta.is_finite())?;
            Some((*actor, theta, stance.chances()[0]))
        })
        .collect();
    let size = Vec2::new(ui.available_width().min(560.0), 150.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let area = Rect::from_min_max(rect.min + Vec2::new(40.0, 8.0), rect.max - Vec2::new(8.0, 30.0));
    let all = ideal.iter().copied().filter(|theta| theta.is_finite());
    let (from, to) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(from, to), theta| (from.min(theta), to.max(theta)));
    #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
    let at = |theta: f64, chance: f64| -> Pos2 {
        let part = ((theta - from) / (to - from).max(1e-9)) as f32;
        pos2(area.left() + part * area.width(), area.bottom() - chance as f32 * area.height())
    };
    let painter = ui.painter();
    let font = FontId::proportional(theme::SMALL);
    for chance in [0.0, 0.5, 1.0] {
        let y = at(from, chance).y;
        painter.hline(area.x_range(), y, Stroke::new(1.0, t.hairline));
        let place = pos2(area.left() - 5.0, y);
        painter.text(place, Align2::RIGHT_CENTER, chart::percent(chance), font.clone(), t.muted);
    }
    let line: Vec<Pos2> = (0..=80)
        .map(|step| {
            let theta = from + (to - from) * f64::from(step) / 80.0;
            at(theta, curve.chances(theta).0)
        })
        .collect();
    painter.add(Shape::line(line, Stroke::new(1.5, t.accent)));
    let is_far = |(_, theta, yes): &(usize, f64, f64)| (yes - curve.chances(*theta).0).abs() > FAR;
    for of in &stated {
        let colour = if is_far(of) { t.warning } else { t.ink };
        painter.circle_filled(at(of.1, of.2), 3.5, colour);
    }
    let below = pos2(area.center().x, area.bottom() + 8.0);
    let words = "ideal point in the General Assembly; dots: chances of a yes as stated, line: as inferred";
    painter.text(below, Align2::CENTER_TOP, words, font, t.muted);
    let far: Vec<String> =
        stated.iter().filter(|of| is_far(of)).map(|of| app.atlas().countries[of.0].in_sentence()).collect();
    let label = format!("Curve of the question through {}", chart::count(stated.len(), "stance"));
    name(&response, egui::Role::Image, &label);
    if !far.is_empty() {
        ui.colored_label(t.warning, format!("Far from the curve: {}.", chart::listed(&far)));
    }
}
