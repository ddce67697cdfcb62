//! Filters: region, organisation, range of an indicator.

use eframe::egui::{self, ComboBox, DragValue, RichText, Ui};

use super::super::name;
use super::TrayView;
use crate::app::App;
use crate::chart;

pub(super) fn filters_ui(ui: &mut Ui, app: &App, view: &mut TrayView) {
    let atlas = app.atlas();
    ui.checkbox(&mut view.only_members, "in the selected grouping");
    egui::Grid::new("filters").num_columns(2).show(ui, |ui| {
        ui.label("Region");
        let any = "anywhere";
        let shown = ComboBox::from_id_salt("region")
            .width(150.0)
            .selected_text(view.region.as_deref().unwrap_or(any))
            .show_ui(ui, |ui| {
                ui.selectable_value(&mut view.region, None, any);
                for region in &app.engine.facts.region_names {
                    ui.selectable_value(&mut view.region, Some(region.clone()), region);
                }
            });
        name(&shown.response, egui::Role::ComboBox, "Region");
        ui.end_row();
        ui.label("Member of");
        let chosen = view.body.map_or("anything", |at| atlas.bodies[at].short.as_str());
        let shown = ComboBox::from_id_salt("body").width(150.0).selected_text(chosen).show_ui(ui, |ui| {
            ui.selectable_value(&mut view.body, None, "anything");
            for (at, body) in atlas.bodies.iter().enumerate() {
                ui.selectable_value(&mut view.body, Some(at), &body.short);
            }
        });
        name(&shown.response, egui::Role::ComboBox, "Member of");
        ui.end_row();
        ui.label("Figure");
        let chosen = view.range.map_or("any", |(at, ..)| atlas.indicators[at].label.as_str());
        let combo = ComboBox::from_id_salt("indicator").width(150.0).selected_text(chosen).truncate();
        let shown = combo.show_ui(ui, |ui| {
            if ui.selectable_label(view.range.is_none(), "any").clicked() {
                view.range = None;
            }
            for (at, indicator) in atlas.indicators.iter().enumerate() {
                let is_chosen = view.range.is_some_and(|(chosen, ..)| chosen == at);
                if ui.selectable_label(is_chosen, &indicator.label).clicked() {
                    let values = || indicator.figures.iter().flatten().map(|figure| figure.value);
                    let (low, high) =
                        (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
                    view.range = Some((at, low, high));
                }
            }
        });
        name(&shown.response, egui::Role::ComboBox, "Figure");
        ui.end_row();
        if let Some((at, low, high)) = &mut view.range {
            ui.label("from, to");
            ui.horizontal(|ui| {
                let step = (*high - *low).abs().max(1e-6) / 200.0;
                let field = ui.add(
                    DragValue::new(low)
                        .speed(step)
                        .custom_formatter(|value, _| chart::quantity(value))
                        .custom_parser(chart::parse_quantity),
                );
                name(&field, egui::Role::SpinButton, "from");
                let field = ui.add(
                    DragValue::new(high)
                        .speed(step)
                        .custom_formatter(|value, _| chart::quantity(value))
                        .custom_parser(chart::parse_quantity),
                );
                name(&field, egui::Role::SpinButton, "to");
            });
            ui.end_row();
            ui.label("");
            ui.label(RichText::new(&atlas.indicators[*at].unit).small().weak());
            ui.end_row();
        }
    });
    if view.is_filtered() && ui.button("Clear filters").clicked() {
        view.region = None;
        view.only_members = false;
        view.body = None;
        view.range = None;
    }
}
