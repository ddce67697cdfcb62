//! The presenter's own window: slide, next slide, notes, clock. All that is there can be done in the one window too.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use eframe::egui::{self, Button, Key, Modifiers, RichText, ScrollArea, Ui, ViewportBuilder, ViewportId, vec2};

use super::super::plots::Pen;
use super::super::theme;
use crate::app::day::clock;
use crate::chart::frame::Frame;
use crate::chart::slide::{HEIGHT, WIDTH};

/// What a key or a button does while slides are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Next,
    Back,
    First,
    Last,
    /// A digit of the number of a slide.
    Digit(char),
    /// To the slide whose number was typed.
    Go,
    Black,
    White,
    Pointer,
    Keys,
    /// Lights the next grouping, or the one before.
    Light {
        back: bool,
    },
    Live,
    /// Opens or closes the presenter's window.
    Presenter,
    /// The slide goes to the next monitor.
    Screen,
    Leave,
}

/// The digit of a key.
fn digit(key: Key) -> Option<char> {
    let digits =
        [Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    let at = digits.iter().position(|other| *other == key)?;
    char::from_digit(u32::try_from(at).ok()?, 10)
}

#[derive(Debug, Default)]
struct Shared {
    now: Option<Arc<Frame>>,
    next: Option<Arc<Frame>>,
    notes: String,
    at: (usize, usize),
    began: Option<Instant>,
    size: f32,
    acts: Vec<Act>,
    closed: bool,
}

/// The presenter's window.
#[derive(Debug, Default)]
pub struct Presenter {
    shared: Arc<Mutex<Shared>>,
    stamp: Option<(u64, usize)>,
}

impl Presenter {
    /// What was asked for there.
    pub fn taken(&mut self) -> Vec<Act> {
        std::mem::take(&mut self.lock().acts)
    }

    /// Whether it was closed.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.lock().closed
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows it, beside the slide.
    pub fn show(
        &mut self,
        ctx: &egui::Context,
        stamp: (u64, usize),
        at: (usize, usize),
        notes: &str,
        began: Option<Instant>,
        frame: impl Fn(usize) -> Option<Arc<Frame>>,
    ) {
        let id = ViewportId::from_hash_of("presenter");
        if self.stamp != Some(stamp) {
            self.stamp = Some(stamp);
            let (now, next) = (frame(at.0), frame(at.0 + 1));
            let mut shared = self.lock();
            (shared.now, shared.next, shared.at, shared.began) = (now, next, at, began);
            notes.clone_into(&mut shared.notes);
            drop(shared);
            ctx.request_repaint_of(id);
        }
        let shared = self.shared.clone();
        let builder = ViewportBuilder::default().with_title("Convenor – presenter").with_inner_size([1000.0, 640.0]);
        ctx.show_viewport_deferred(id, builder, move |ui, _class| {
            let mut shared = shared.lock().unwrap_or_else(PoisonError::into_inner);
            let before = shared.acts.len();
            presenter_ui(ui, &mut shared);
            if ui.input(|input| input.viewport().close_requested()) {
                shared.closed = true;
            }
            if shared.closed || shared.acts.len() > before {
                ui.ctx().request_repaint_of(ViewportId::ROOT);
            }
        });
    }
}

fn presenter_ui(ui: &mut Ui, shared: &mut Shared) {
    let t = theme::tokens(ui);
    keys(ui, shared);
    if shared.size <= 0.0 {
        shared.size = 20.0;
    }
    egui::CentralPanel::default().frame(egui::Frame::new().fill(t.background).inner_margin(14)).show(ui, |ui| {
        let (at, n) = shared.at;
        let seconds = shared.began.map_or(0, |began| began.elapsed().as_secs());
        ui.horizontal_wrapped(|ui| {
            ui.label(theme::strong(format!("Slide {} of {n}", at + 1), 20.0));
            ui.separator();
            ui.label(RichText::new(format!("{:02}:{:02} elapsed", seconds / 60, seconds % 60)).size(20.0));
            ui.separator();
            ui.label(RichText::new(clock()).size(20.0).color(t.muted));
            for (words, act) in [
                ("Back", Act::Back),
                ("Next", Act::Next),
                ("Black", Act::Black),
                ("Live question", Act::Live),
                ("End", Act::Leave),
            ] {
                if ui.button(words).clicked() {
                    shared.acts.push(act);
                }
            }
        });
        ui.add_space(8.0);
        let width = ui.available_width();
        let large = (width * 0.6).min((ui.available_height() - 130.0).max(120.0) * WIDTH / HEIGHT);
        ui.horizontal_top(|ui| {
            picture(ui, shared.now.as_deref(), large, "This slide");
            ui.add_space(10.0);
            ui.vertical(|ui| {
                let rest = (width - large - 30.0).clamp(120.0, large * 0.7);
                picture(ui, shared.next.as_deref(), rest, "Next slide");
                if shared.next.is_none() {
                    ui.label(RichText::new("This is the last slide.").color(t.muted));
                }
            });
        });
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            ui.label(theme::strong("Notes", theme::TITLE));
            if ui.add(Button::new("A−").small()).on_hover_text("Smaller").clicked() {
                shared.size = (shared.size - 2.0).max(12.0);
            }
            if ui.add(Button::new("A+").small()).on_hover_text("Larger").clicked() {
                shared.size = (shared.size + 2.0).min(48.0);
            }
        });
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let notes = if shared.notes.trim().is_empty() { "No notes." } else { shared.notes.as_str() };
            ui.add(egui::Label::new(RichText::new(notes).size(shared.size)).wrap());
        });
    });
    // The clock goes on.
    ui.ctx().request_repaint_after(Duration::from_secs(1));
}

fn picture(ui: &mut Ui, frame: Option<&Frame>, width: f32, name: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(width, width * HEIGHT / WIDTH), egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, name));
    let t = theme::tokens(ui);
    ui.painter().rect_filled(rect, 2, t.soft);
    if let Some(frame) = frame {
        let painter = ui.painter_at(rect);
        let pen = Pen { scale: width / WIDTH, ..Pen::new(&painter, rect.min, t) };
        pen.paint(frame);
    }
    ui.painter().rect_stroke(rect, 2, egui::Stroke::new(1.0, t.edge), egui::StrokeKind::Outside);
}

/// What a key means while slides are shown, in both windows.
pub fn act_of(key: Key, modifiers: Modifiers) -> Option<Act> {
    if modifiers.command || modifiers.alt {
        return None;
    }
    digit(key).map(Act::Digit).or(match key {
        Key::Enter => Some(Act::Go),
        Key::ArrowRight | Key::ArrowDown | Key::Space | Key::PageDown => Some(Act::Next),
        Key::ArrowLeft | Key::ArrowUp | Key::PageUp | Key::Backspace => Some(Act::Back),
        Key::Home => Some(Act::First),
        Key::End => Some(Act::Last),
        Key::B | Key::Period => Some(Act::Black),
        Key::W => Some(Act::White),
        Key::P => Some(Act::Pointer),
        Key::L => Some(Act::Live),
        Key::N => Some(Act::Presenter),
        Key::M => Some(Act::Screen),
        Key::Tab => Some(Act::Light { back: modifiers.shift }),
        Key::F1 | Key::Questionmark | Key::H => Some(Act::Keys),
        Key::Escape | Key::F5 => Some(Act::Leave),
        _ => None,
    })
}

fn keys(ui: &Ui, shared: &mut Shared) {
    let events = ui.input(|input| input.events.clone());
    for event in events {
        if let egui::Event::Key { key, pressed: true, modifiers, .. } = event {
            shared.acts.extend(act_of(key, modifiers));
        }
    }
}
