//! Where the keyboard is, and that it comes back.

use eframe::egui::{self, Id};

/// In the frame after it is closed, what stood in front still keeps the keyboard to itself.
const TRIES: u8 = 3;

/// Where the keyboard is from frame to frame.
#[derive(Debug, Default)]
pub struct Focus {
    /// The pane that it was led to last.
    pane: usize,
    /// What had it before something stood in front of the window.
    kept: Option<Id>,
    /// How often it is still tried to give it back.
    give_back: u8,
    /// Whether a text field had it in the frame before: Esc takes it away before anybody can ask.
    pub was_typing: bool,
    /// Whether the notes of a card are being written, as of this frame.
    pub writes_on_card: bool,
    /// Whether the pointer rests on the notices.
    pub on_notices: bool,
}

impl Focus {
    /// What is closed in front of the window gives the keyboard back to what had it before. Once a frame.
    pub fn keep(&mut self, ctx: &egui::Context, in_front: bool) {
        let focused = ctx.memory(egui::Memory::focused);
        match (in_front, focused, self.kept) {
            (true, _, _) => self.give_back = TRIES,
            (false, None, Some(id)) if self.give_back > 0 => {
                self.give_back -= 1;
                ctx.memory_mut(|memory| memory.request_focus(id));
                ctx.request_repaint();
            }
            (false, ..) => {
                self.give_back = 0;
                self.kept = focused;
            }
        }
        self.was_typing = ctx.text_edit_focused();
    }

    /// Puts the keyboard on the next pane, or the one before; panes that are hidden are passed over.
    pub fn go(&mut self, ctx: &egui::Context, panes: &[Option<Id>], back: bool) {
        let focused = ctx.memory(egui::Memory::focused);
        if let Some(now) = panes.iter().position(|pane| pane.is_some() && *pane == focused) {
            self.pane = now;
        }
        for _ in 0..panes.len() {
            self.pane = (self.pane + if back { panes.len() - 1 } else { 1 }) % panes.len();
            if let Some(id) = panes[self.pane] {
                ctx.memory_mut(|memory| memory.request_focus(id));
                return;
            }
        }
    }
}
