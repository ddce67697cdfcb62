//! Filters: region, organisation, range of an indicator.

use eframe::egui::{self, RichText, Ui};

use super::super::choose::{Place, choose, option};
use super::super::number::Number;
use super::TrayView;
use crate::app::App;
use crate::chart;

pub(super) fn filters_ui(ui: &mut Ui, app: &App, view: &mut TrayView) {
    let atlas = app.atlas();
    ui.checkbox(&mut view.only_members, "in the selected grouping");
    egui::Grid::new("filters").num_columns(2).show(ui, |ui| {
        ui.label("Region");
        let regions = app.engine.facts.region_names.iter().map(|region| option(Some(region.clone()), region));
        let options = std::iter::once(option(None, "anywhere")).chain(regions);
        let shown = view.region.clone().unwrap_or_else(|| "anywhere".to_owned());
        let place = Place { salt: "region", name: "Region", width: 150.0 };
        if let Some(region) = choose(ui, &place, shown, Some(&view.region), options) {
            view.region = region;
        }
        ui.end_row();
        ui.label("Member of");
        let bodies = atlas.bodies.iter().enumerate().map(|(at, body)| option(Some(at), &body.short));
        let options = std::iter::once(option(None, "anything")).chain(bodies);
        let shown = view.body.map_or("anything", |at| atlas.bodies[at].short.as_str());
        let place = Place { salt: "body", name: "Member of", width: 150.0 };
        if let Some(body) = choose(ui, &place, shown, Some(&view.body), options) {
            view.body = body;
        }
        ui.end_row();
        ui.label("Figure");
        let figures = atlas.indicators.iter().enumerate().map(|(at, indicator)| option(Some(at), &indicator.label));
        let options = std::iter::once(option(None, "any")).chain(figures);
        let now = view.range.map(|(at, ..)| at);
        let shown = now.map_or("any", |at| atlas.indicators[at].label.as_str());
        let place = Place { salt: "indicator", name: "Figure", width: 150.0 };
        if let Some(chosen) = choose(ui, &place, shown, Some(&now), options) {
            view.range = chosen.map(|at| {
                let values = || atlas.indicators[at].figures.iter().flatten().map(|figure| figure.value);
                let (low, high) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
                (at, low, high)
            });
        }
        ui.end_row();
        if let Some((at, low, high)) = &mut view.range {
            ui.label("from, to");
            ui.horizontal(|ui| {
                let step = (*high - *low).abs().max(1e-6) / 200.0;
                for (limit, words) in [(low, "from"), (high, "to")] {
                    // Large figures are dragged by a share of themselves, so that small ones are within reach.
                    let step = if *limit >= 1e4 { *limit / 100.0 } else { step };
                    let field = Number { name: words, speed: step, words: Some(chart::quantity), ..Number::default() };
                    if let Some(next) = field.ui(ui, *limit) {
                        *limit = next;
                    }
                }
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
