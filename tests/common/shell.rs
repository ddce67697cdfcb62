//! A window around a program, drawn without a display.

use convenor::app::{App, Command, Place};
use convenor::storage::examples;
use convenor::ui::Shell;
use egui_kittest::Harness;

use super::engine::engine;
use super::raster;

/// The example about technology, its first grouping, the T-12, selected, at a place.
pub fn techno_democracies(place: Place) -> App {
    let example = examples::ALL.iter().find(|example| example.title == "Techno-democracies").unwrap();
    let mut app = App::new(engine().clone(), example.open(&engine().atlas).unwrap());
    app.run(Command::Select(Some(app.workspace().groupings[0].id)));
    app.session.view.place = place;
    app
}

/// A window of a size in points.
pub fn window(app: App, size: [f32; 2]) -> Harness<'static, Shell> {
    let mut harness = Harness::builder()
        .with_size(size)
        .with_max_steps(16)
        .renderer(raster::Raster::default())
        .build_eframe(move |cc| Shell::new(&cc.egui_ctx, app));
    harness.run_ok();
    harness
}
