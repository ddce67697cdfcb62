//! Choosing an actor: sponsor, rival, poles.

use eframe::egui::{self, ComboBox, Key, Modifiers, ScrollArea, Ui};

use super::field::{Field, Written};
use super::name;
use crate::app::App;
use crate::data::{Country, CountryId};

/// Of the list, whatever the search finds.
const HEIGHT: f32 = 370.0;

/// A list of actors by name with a field to search it, used for sponsor, rival and poles.
pub fn actor_combo(ui: &mut Ui, app: &App, salt: &str, chosen: CountryId) -> Option<CountryId> {
    actor_combo_of(ui, app, salt, chosen, 170.0)
}

/// The same with a button of some width.
pub fn actor_combo_of(ui: &mut Ui, app: &App, salt: &str, chosen: CountryId, width: f32) -> Option<CountryId> {
    let mut picked = None;
    let label = |country: &Country| format!("{} {}", country.flag(), country.name);
    let shown = app.atlas().country(chosen).map_or_else(|| chosen.to_string(), label);
    let typed = egui::Id::unique(("actor search", salt));
    let combo = ComboBox::from_id_salt(salt).selected_text(shown).width(width).height(HEIGHT + 8.0).truncate();
    let combo = combo.close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside).show_ui(ui, |ui| {
        ui.set_min_height(HEIGHT);
        let before: Option<String> = ui.data(|data| data.get_temp(typed));
        let is_new = before.is_none();
        let mut text = before.unwrap_or_default();
        let escaped = text.is_empty() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        let name = format!("{salt}: search");
        let field = Field { salt: "actor search", hint: "Search", name: &name, width: 190.0 };
        let Written { response: field, entered } = field.ui(ui, &mut text, false);
        // Also when the button that opened the list still has it.
        if is_new || ui.memory(|memory| memory.focused().is_none()) {
            field.request_focus();
        }
        let hits = app.atlas().names.ranked(&text);
        let found: Vec<&Country> = hits.iter().map(|hit| &app.atlas().countries[hit.actor]).collect();
        let is_typed = !text.trim().is_empty();
        ui.data_mut(|data| data.insert_temp(typed, text));
        if entered && is_typed {
            picked = found.first().map(|country| country.id);
        }
        ScrollArea::vertical().max_height(HEIGHT - 40.0).show(ui, |ui| {
            for country in &found {
                if ui.selectable_label(country.id == chosen, label(country)).clicked() {
                    picked = Some(country.id);
                }
            }
            if found.is_empty() {
                ui.weak("No country has that name.");
            }
        });
        if picked.is_some() || escaped {
            ui.close();
        }
        escaped
    });
    if picked.is_some() || combo.inner.is_none() {
        ui.data_mut(|data| data.remove::<String>(typed));
    }
    name(&combo.response, egui::Role::ComboBox, &format!("{salt}: {}", app.atlas().name(chosen)));
    if picked.is_some() || combo.inner == Some(true) {
        combo.response.request_focus();
    }
    picked.filter(|id| *id != chosen)
}
