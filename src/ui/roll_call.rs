//! A roll call in the inspector: what was voted on, what the grouping would have made of it, and every member's vote.

use eframe::egui::{self, Align, Layout, RichText, Sense, Ui, Vec2};

use super::{name, theme};
use crate::app::{App, Command, Evaluated, FAULT, Place};
use crate::chart::record::{MemberLine, OneCall, Stance};

/// The selected roll call, where the record is shown and has it. Returns whether it is told about.
pub fn roll_call_ui(ui: &mut Ui, app: &App, commands: &mut Vec<Command>) -> bool {
    let asked = app.session.roll_call.filter(|_| app.session.view.place == Place::Record);
    let Some(call) = asked else { return false };
    let Some(evaluated) = app.session.view.selected.and_then(|id| app.results.of(id)) else { return false };
    let Some(study) = app.study() else {
        ui.weak(if app.has_no_study() {
            FAULT
        } else {
            "Computing what the grouping would have made of the roll call…"
        });
        return true;
    };
    let one = study
        .record(&app.engine)
        .ok()
        .and_then(|lines| lines.one(&app.engine, &evaluated.case, &evaluated.grouping, lines.find(call)?));
    if let Some(one) = &one {
        one_ui(ui, app, evaluated, one, commands);
    }
    one.is_some()
}

fn one_ui(ui: &mut Ui, app: &App, evaluated: &Evaluated, one: &OneCall, commands: &mut Vec<Command>) {
    ui.horizontal_top(|ui| {
        let room = ui.available_width() - 34.0;
        ui.allocate_ui_with_layout(Vec2::new(room, 20.0), Layout::top_down(Align::Min), |ui| {
            ui.set_min_width(room);
            ui.add(egui::Label::new(theme::strong(&one.title, theme::TITLE)).wrap());
        });
        let close = ui.add(egui::Button::new("×").frame_when_inactive(false));
        name(&close, egui::Role::Button, "Close the roll call");
        if close.on_hover_text(format!("Show {} again", evaluated.grouping.name)).clicked() {
            commands.push(Command::SelectCall(None));
        }
    });
    for words in [&one.about, &one.topics, &one.figures] {
        ui.add(egui::Label::new(RichText::new(words).small().weak()).wrap());
    }
    ui.add_space(4.0);
    ui.add(egui::Label::new(&one.verdict).wrap());
    ui.add_space(6.0);
    for member in &one.members {
        member_ui(ui, app, member);
    }
}

/// A member, and what it did. Words that find no room beside the name stand below it.
fn member_ui(ui: &mut Ui, app: &App, member: &MemberLine) {
    const PAD: f32 = 4.0;
    let t = theme::tokens(ui);
    let country = &app.atlas().countries[member.actor];
    let is_strong = member.decisive || member.stance == Stance::No;
    let colour = if matches!(member.stance, Stance::Abstained | Stance::Absent) { t.muted } else { t.ink };
    let font = egui::FontId::proportional(theme::BODY);
    let strong = egui::FontId::new(theme::BODY, theme::semibold());
    let width = ui.available_width();
    let who = ui.painter().layout(format!("{}  {}", country.flag(), country.name), font.clone(), t.ink, width);
    let what = ui.painter().layout(member.words.clone(), if is_strong { strong } else { font }, colour, width);
    let beside = who.size().x + 16.0 + what.size().x <= width;
    let (line, height) = (who.size().y, what.size().y);
    let tall = 2.0 * PAD + if beside { line.max(height) } else { line + height };
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, tall), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, t.hairline));
    let inner = rect.shrink2(Vec2::new(0.0, PAD));
    ui.painter().galley(inner.min, who, t.ink);
    let right = egui::pos2(inner.right() - what.size().x, if beside { inner.top() } else { inner.top() + line });
    ui.painter().galley(right, what, colour);
    name(&response, egui::Role::Label, &format!("{}: {}", country.name, member.words));
}
