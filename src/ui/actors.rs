//! Choosing an actor: sponsor, rival, poles.

use eframe::egui::{self, ComboBox, Ui, WidgetInfo};

use crate::app::App;
use crate::data::CountryId;

/// A combo box over actors, used for sponsor, rival and poles.
pub fn actor_combo(ui: &mut Ui, app: &App, salt: &str, chosen: CountryId) -> Option<CountryId> {
    let mut picked = None;
    let name = |id: CountryId| {
        app.atlas().country(id).map_or_else(|| id.to_string(), |country| format!("{} {}", country.flag(), country.name))
    };
    let combo = ComboBox::from_id_salt(salt).selected_text(name(chosen)).width(170.0).show_ui(ui, |ui| {
        for country in &app.atlas().countries {
            if ui.selectable_label(country.id == chosen, name(country.id)).clicked() {
                picked = Some(country.id);
            }
        }
    });
    combo.response.widget_info(|| {
        WidgetInfo::labeled(egui::Role::ComboBox, true, format!("{salt}: {}", app.atlas().name(chosen)))
    });
    picked.filter(|id| *id != chosen)
}
