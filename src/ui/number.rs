//! A field for a number: dragged, stepped or typed. What is typed counts when it is left, as one step; what is wrong keeps the old
//! value, marks the field and says why.

use std::cell::{Cell, RefCell};
use std::ops::RangeInclusive;

use eframe::egui::{self, DragValue, Id, Key, RichText, Stroke, StrokeKind, Ui};

use super::{name, theme};
use crate::app::Command;
use crate::chart;
use crate::model::{Edit, NumberKind, read_number};

/// A field for a number.
pub struct Number<'a> {
    /// By which screen readers and tests know it; empty where a label names it.
    pub name: &'a str,
    /// The label that names it.
    pub label: Option<Id>,
    /// What kind of number it takes.
    pub kind: NumberKind,
    /// What is allowed.
    pub range: RangeInclusive<f64>,
    /// How many decimals are shown at most.
    pub decimals: usize,
    /// How far a drag over one point goes.
    pub speed: f64,
    /// The unit.
    pub suffix: &'a str,
    /// How the value is shown, where not as digits.
    pub words: Option<fn(f64) -> String>,
}

impl Default for Number<'_> {
    fn default() -> Self {
        Self {
            name: "",
            label: None,
            kind: NumberKind::Any,
            range: f64::NEG_INFINITY..=f64::INFINITY,
            decimals: 3,
            speed: 1.0,
            suffix: "",
            words: None,
        }
    }
}

/// The number field that has the keyboard, so that a command can take what is typed first.
fn editing_id() -> Id {
    Id::unique("number that is being typed")
}

/// Takes the keyboard off a number that is being typed, so that it counts; whether there was one.
pub fn leave(ctx: &egui::Context) -> bool {
    let typed: Option<Id> = ctx.data(|data| data.get_temp(editing_id()));
    let Some(id) = typed.filter(|id| ctx.memory(|memory| memory.has_focus(*id))) else { return false };
    ctx.memory_mut(|memory| memory.surrender_focus(id));
    true
}

/// What is typed in a field and did not count yet: the field and the number.
type Half = (Id, f64);

fn half_id() -> Id {
    Id::unique("number that is half typed")
}

fn is_half_id() -> Id {
    Id::unique("the value of the field is half typed")
}

/// An edit by a number field: one that counts, or one that is being typed, which recovery copies hold.
pub fn edit(ui: &Ui, edit: Edit) -> Command {
    let is_half = ui.data_mut(|data| data.remove_temp::<()>(is_half_id())).is_some();
    if is_half { Command::HalfTyped(Box::new(edit)) } else { Command::Edit(edit) }
}

/// Before any field is shown in a frame.
pub fn begin(ctx: &egui::Context) {
    ctx.data_mut(|data| data.remove::<()>(is_half_id()));
}

/// Whether letters are typed in this frame, and nothing that leaves a field.
fn types_on(input: &egui::InputState) -> bool {
    let leaves = |event: &egui::Event| match event {
        egui::Event::Key { key, pressed, .. } => *pressed && matches!(key, Key::Enter | Key::Tab | Key::Escape),
        egui::Event::PointerButton { pressed, .. } => *pressed,
        _ => false,
    };
    let types = |event: &egui::Event| match event {
        egui::Event::Text(_) | egui::Event::Paste(_) | egui::Event::Cut | egui::Event::Ime(_) => true,
        egui::Event::Key { key, pressed, .. } => *pressed && matches!(key, Key::Backspace | Key::Delete),
        _ => false,
    };
    input.events.iter().any(types) && !input.events.iter().any(leaves)
}

impl Number<'_> {
    /// Shows it; the new value, once there is one, or as it is being typed: what is made of it goes through [`edit`].
    pub fn edit_ui(self, ui: &mut Ui, value: f64) -> Option<f64> {
        let (next, response) = self.shown_ui(ui, value);
        if next.is_some() {
            return next;
        }
        let half: Option<Half> = ui.data(|data| data.get_temp(half_id()));
        let (_, half) = half.filter(|(id, _)| *id == response.id && response.has_focus())?;
        ui.data_mut(|data| data.insert_temp(is_half_id(), ()));
        Some(half)
    }

    /// Shows it; the new value, once there is one.
    pub fn ui(self, ui: &mut Ui, value: f64) -> Option<f64> {
        self.shown_ui(ui, value).0
    }

    fn shown_ui(self, ui: &mut Ui, value: f64) -> (Option<f64>, egui::Response) {
        let shown = |value: f64| self.words.map_or_else(|| shown(value, self.decimals), |words| words(value));
        let wrong: RefCell<Option<Result<(), String>>> = RefCell::new(None);
        let mut next = value;
        let half: Cell<Option<Option<f64>>> = Cell::new(None);
        let response = ui
            .scope(|ui| {
                let id = ui.next_auto_id();
                let escaped = id.with("escaped");
                // As letters come in they are looked at, and count only when the field is left.
                let looks = ui.input(types_on) && ui.memory(|memory| memory.has_focus(id));
                // The field hands over what was typed in the frame after Esc as well.
                let is_given_up = ui.data_mut(|data| data.remove_temp::<()>(escaped)).is_some();
                let field = DragValue::new(&mut next)
                    .range(self.range.clone())
                    .clamp_existing_to_range(false)
                    .speed(self.speed)
                    .suffix(self.suffix)
                    .update_while_editing(looks)
                    .custom_formatter(|value, _| shown(value))
                    .custom_parser(|text| {
                        if is_given_up {
                            return None;
                        }
                        if looks {
                            half.set(Some(if text == shown(value) { None } else { self.read(text).ok() }));
                            return None;
                        }
                        // As long as nothing else is typed it keeps the decimals that are not shown.
                        let read = if text == shown(value) { Ok(value) } else { self.read(text) };
                        *wrong.borrow_mut() = Some(read.clone().map(|_| ()));
                        read.ok()
                    });
                let response = ui.add(field);
                let began = response.id.with("began with");
                if response.gained_focus() {
                    ui.data_mut(|data| data.insert_temp(began, value));
                }
                if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
                    ui.data_mut(|data| data.insert_temp(escaped, ()));
                    // Steps by keys are taken back as well.
                    next = ui.data_mut(|data| data.remove_temp(began)).unwrap_or(value);
                }
                if let Some(label) = self.label {
                    response.clone().labelled_by(label);
                }
                if !self.name.is_empty() {
                    name(&response, egui::Role::SpinButton, self.name);
                }
                told_ui(ui, &response, wrong.take(), value, (next - value).abs() > 0.0);
                response
            })
            .inner;
        if response.has_focus() {
            ui.data_mut(|data| data.insert_temp(editing_id(), response.id));
        }
        match half.get() {
            Some(Some(half)) => {
                ui.data_mut(|data| data.insert_temp::<Half>(half_id(), (response.id, half)));
            }
            None if !response.gained_focus() => {}
            Some(None) | None => ui.data_mut(|data| data.remove::<Half>(half_id())),
        }
        ((next.to_bits() != value.to_bits()).then_some(next), response)
    }

    fn read(&self, text: &str) -> Result<f64, String> {
        let value = read_number(text, self.kind)?;
        let (low, high) = (*self.range.start(), *self.range.end());
        let words = |value: f64| format!("{}{}", shown(value, 3), self.suffix);
        match (value < low, value > high) {
            (false, false) => Ok(value),
            _ if !high.is_finite() => Err(format!("“{}” is out of range: not less than {}.", text.trim(), words(low))),
            _ => Err(format!("“{}” is out of range: from {} to {}.", text.trim(), words(low), words(high))),
        }
    }
}

/// Why, since when, and for which value that stays.
type Told = (String, f64, u64);

/// Why what was typed does not count. The field stays marked until something else is typed or Esc is pressed; the words float below
/// it, so that nothing moves, for a while and whenever the field is pointed at or has the keyboard.
fn told_ui(ui: &mut Ui, response: &egui::Response, read: Option<Result<(), String>>, value: f64, is_changed: bool) {
    const STAYS: f64 = 12.0;
    let id = response.id.with("why not");
    let now = ui.input(|input| input.time);
    match read {
        Some(Err(why)) => {
            ui.data_mut(|data| data.insert_temp(id, (why, now, value.to_bits())));
        }
        Some(Ok(())) => ui.data_mut(|data| data.remove::<Told>(id)),
        None => {}
    }
    if is_changed || (response.has_focus() && ui.input(|input| input.key_pressed(Key::Escape))) {
        ui.data_mut(|data| data.remove::<Told>(id));
    }
    let Some((why, since, of)) = ui.data(|data| data.get_temp::<Told>(id)) else { return };
    // Another value stands there: of another thing, or by another way.
    if of != value.to_bits() {
        ui.data_mut(|data| data.remove::<Told>(id));
        return;
    }
    let t = theme::tokens(ui);
    ui.painter().rect_stroke(response.rect, 5, Stroke::new(1.5, t.error), StrokeKind::Outside);
    let left = since + STAYS - now;
    if left > 0.0 {
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(left));
    } else if !response.hovered() && !response.has_focus() {
        return;
    }
    let area = egui::Area::new(id).order(egui::Order::Foreground).interactable(false);
    area.fixed_pos(response.rect.left_bottom() + egui::vec2(0.0, 3.0)).constrain(true).show(ui.ctx(), |ui| {
        let frame = egui::Frame::new().fill(t.panel).stroke(Stroke::new(1.0, t.error)).corner_radius(5);
        frame.inner_margin(egui::Margin::symmetric(8, 5)).show(ui, |ui| {
            ui.set_max_width(260.0);
            let words = RichText::new(format!("{why} The old value stays.")).size(theme::SMALL).color(t.error);
            ui.add(egui::Label::new(words).wrap());
        });
    });
}

/// With no more decimals than there are.
fn shown(value: f64, decimals: usize) -> String {
    let text = chart::fixed(value, decimals);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn no_more_decimals_than_there_are() {
        assert_eq!(shown(66.666_67, 2), "66.67");
        assert_eq!(shown(50.0, 2), "50");
        assert_eq!(shown(0.2, 3), "0.2");
        assert_eq!(shown(100.0, 0), "100");
    }
}
