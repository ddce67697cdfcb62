//! The window: panels that read the program and push commands.

mod about;
mod actors;
mod adds;
mod assumed;
mod board;
mod board_view;
mod card;
mod chip;
mod choose;
mod compare;
mod country;
mod dialogs;
mod drag;
mod export;
mod facts;
mod field;
mod figures;
mod file_dialogs;
mod flags;
mod focus;
mod inspector;
pub mod layout;
mod marquee;
mod menu;
mod move_tip;
mod moves;
mod notes;
mod number;
mod palette;
mod payers;
mod places;
pub mod plots;
mod record;
mod record_rows;
mod release;
mod roll_call;
mod rule_editor;
mod search;
mod search_field;
mod search_form;
mod section;
mod shell;
mod slides;
mod stage;
mod status;
mod strip;
mod suggest;
mod table;
pub mod theme;
mod title;
mod tray;
mod votes;
mod whip;
mod whip_curve;

pub use shell::{Shell, run};

use eframe::egui::{Response, Role, WidgetInfo};

/// Gives a control the name by which screen readers and tests know it.
fn name(response: &Response, role: Role, text: &str) {
    response.widget_info(|| WidgetInfo::labeled(role, true, text));
}
