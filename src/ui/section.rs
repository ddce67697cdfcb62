//! Sections of the inspector, and those that can be led to.

use eframe::egui::{self, CollapsingHeader, Ui};

use super::theme;

/// The section about what the figures rest on.
pub const CAUTIONS: &str = "Cautions";
/// The section about the decision rule.
pub const RULE: &str = "Decision rule and mandate";

/// A section that opens by a click on its title.
pub fn section(ui: &mut Ui, title: &str, open: bool, content: impl FnOnce(&mut Ui)) {
    section_of(ui, &mut None, title, title, open, content);
}

/// A section that can be led to: then it is open, at the top, and has the keyboard.
pub fn section_of(
    ui: &mut Ui,
    goto: &mut Option<&'static str>,
    name: &str,
    title: &str,
    open: bool,
    content: impl FnOnce(&mut Ui),
) {
    let asked = *goto == Some(name);
    let header = CollapsingHeader::new(theme::strong(title, theme::BODY)).id_salt(name).default_open(open);
    let shown = header.open(asked.then_some(true)).show(ui, content);
    if asked {
        *goto = None;
        shown.header_response.scroll_to_me(Some(egui::Align::TOP));
        shown.header_response.request_focus();
    }
}
