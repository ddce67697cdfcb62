//! A country in the inspector: every figure that the measures use, with year, unit and source.

use eframe::egui::{Grid, RichText, Ui, Vec2};

use super::theme;
use crate::app::App;
use crate::chart;
use crate::data::{CountryId, Provenance, Subject};

/// The figures of a country.
pub fn country_ui(ui: &mut Ui, app: &App, id: CountryId) {
    let Some(actor) = app.atlas().actor(id) else {
        ui.label(format!("{id} is not an actor that this program knows: it counts in no measure."));
        return;
    };
    let country = &app.atlas().countries[actor];
    ui.label(theme::strong(format!("{}  {}", country.flag(), country.name), theme::TITLE));
    let mut about = format!("{} · {} · {}", country.id, country.kind.words(), country.subregion);
    if !country.income_group.is_empty() {
        about = format!("{about} · {}", country.income_group.to_lowercase());
    }
    ui.label(RichText::new(about).small().weak());
    broker_ui(ui, app, actor);
    Grid::new("facts").num_columns(3).striped(true).spacing(Vec2::new(12.0, 3.0)).show(ui, |ui| {
        for subject in Subject::ALL {
            fact_ui(ui, app, subject, actor);
        }
        exposure_ui(ui, app, actor);
    });
    let bodies: Vec<&str> = app
        .atlas()
        .bodies
        .iter()
        .filter(|body| body.seats.iter().any(|seat| seat.code == country.id.as_str()))
        .map(|body| body.short.as_str())
        .collect();
    ui.label(RichText::new(format!("Seats in: {}", bodies.join(", "))).small().weak());
}

fn broker_ui(ui: &mut Ui, app: &App, actor: usize) {
    match (app.broker_parts(actor), app.broker(actor)) {
        (Some([small, equidistance, governance]), Some(score)) => {
            ui.horizontal(|ui| {
                ui.label(theme::strong(format!("{score:.2}"), theme::FIGURE));
                ui.label(RichText::new("honest-broker score, 0–1").weak());
            });
            ui.label(
                RichText::new(format!(
                    "small {small:.2} × mid-way between the poles {equidistance:.2} × governance {governance:.2}, cube root"
                ))
                .small()
                .weak(),
            );
        }
        _ => {
            ui.weak("No honest-broker score: a figure is missing, or the poles stand at the same point.");
        }
    }
}

fn fact_ui(ui: &mut Ui, app: &App, subject: Subject, actor: usize) {
    let fact = app.engine.facts.fact(subject, actor);
    let label = subject.label();
    ui.label(label);
    match fact.value {
        Some(value) => ui.label(format!("{} {}", chart::quantity(value), subject.unit())),
        None => ui.weak("no figure"),
    };
    let year = fact.year.map_or_else(String::new, |year| year.to_string());
    let how = match fact.provenance {
        Provenance::Published | Provenance::SecondSource => source_words(app, fact.indicator),
        Provenance::Derived => format!("product or sum, {}", source_words(app, fact.indicator)),
        other => other.flag().unwrap_or_default().to_owned(),
    };
    let words = if year.is_empty() { how } else { format!("{year}, {how}") };
    let response = ui.add(eframe::egui::Label::new(RichText::new(words).small().weak()).truncate());
    if let Some(indicator) = app.atlas().indicator(fact.indicator)
        && let Some(source) = app.atlas().source(&indicator.source)
    {
        response.on_hover_text(format!(
            "{}\n{}, {}\nEdition: {}\nLicence: {}",
            indicator.label,
            source.title,
            source.publisher,
            source.vintage,
            source.licence_words()
        ));
    }
    ui.end_row();
}

fn source_words(app: &App, indicator: &str) -> String {
    let source = app.atlas().indicator(indicator).and_then(|indicator| app.atlas().source(&indicator.source));
    source.map_or_else(String::new, |source| source.publisher.clone())
}

fn exposure_ui(ui: &mut Ui, app: &App, actor: usize) {
    let rival = app.workspace().assumptions.rival;
    ui.label(format!("trade with {}", app.atlas().name(rival)));
    let fact = app.engine.facts.fact(Subject::TradeWith(rival), actor);
    if let Some(value) = fact.value {
        ui.label(format!("{:.1} % of exports and imports", value * 100.0));
        let words = fact.provenance.flag().unwrap_or("CIA World Factbook");
        ui.label(RichText::new(words).small().weak());
    } else {
        ui.weak("no figure");
        ui.label("");
    }
    ui.end_row();
}
