//! The cost of one frame: 20 groupings, 200 chips, six charts open, then all; then the record. `cargo bench --bench frame`
//!
//! Runs the user interface and the tessellation without a window and prints mean and 99th percentile, with the pointer
//! at rest, with the pointer moving, and with a country carried over a card.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use convenor::analysis::Engine;
use convenor::app::export::{Format, Order, Which, export};
use convenor::app::{App, Command, Named};
use convenor::model::{Grouping, Issue, Role, Seat, Workspace};
use convenor::ui::Shell;
use eframe::App as _;
use eframe::egui::{self, Event, Modifiers, PointerButton, RawInput, Rect, pos2, vec2};

const FRAMES: usize = 600;

/// Twenty groupings of ten, every actor that has a seat in the Assembly in turn.
fn workspace(engine: &Engine) -> Workspace {
    let mut workspace = Workspace::new("Bench");
    let members: Vec<_> =
        engine.atlas.countries.iter().filter(|country| country.is_un_member()).map(|country| country.id).collect();
    for n in 0..20_usize {
        let mut grouping = Grouping::new(workspace.free_id(), format!("Grouping {n}"), u8::try_from(n).unwrap());
        grouping.issue = Issue::ALL[n % Issue::ALL.len()];
        grouping.seats = (0..10).map(|at| Seat::new(members[(n * 10 + at) % members.len()], Role::Member)).collect();
        workspace.groupings.push(Arc::new(grouping));
    }
    workspace
}

struct Window {
    ctx: egui::Context,
    shell: Shell,
    frame: eframe::Frame,
    time: f64,
}

impl Window {
    fn new(engine: &Arc<Engine>, charts: usize) -> Self {
        let ctx = egui::Context::default();
        let app = App::new(engine.clone(), workspace(engine));
        let mut shell = Shell::new(&ctx, app);
        for (at, kind) in convenor::chart::CATALOGUE.iter().enumerate() {
            shell.app.session.view.set_open(kind.id, at < charts);
        }
        Self { ctx, shell, frame: eframe::Frame::_new_kittest(), time: 0.0 }
    }

    /// One frame; the time of the user interface and of the tessellation.
    fn frame(&mut self, events: Vec<Event>) -> (Duration, Duration, bool) {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1920.0, 1080.0))),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let start = Instant::now();
        let (shell, frame) = (&mut self.shell, &mut self.frame);
        let mut output = self.ctx.run_ui(input, |ui| shell.ui(ui, frame));
        let ui = start.elapsed();
        let start = Instant::now();
        let meshes = self.ctx.tessellate(std::mem::take(&mut output.shapes), output.pixels_per_point);
        let tessellation = start.elapsed();
        assert!(!meshes.is_empty());
        let again = output.viewport_output.values().any(|viewport| viewport.repaint_delay.is_zero());
        output.textures_delta.clear();
        (ui, tessellation, again)
    }
}

fn report(name: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    #[expect(clippy::cast_precision_loss, reason = "a number of frames")]
    let mean = times.iter().sum::<f64>() / times.len() as f64;
    println!("{name:44} mean {mean:6.2} ms   p99 {:6.2} ms", times[times.len() * 99 / 100]);
}

fn measure(name: &str, window: &mut Window, events: impl Fn(usize) -> Vec<Event>) {
    let mut ui = Vec::with_capacity(FRAMES);
    let mut all = Vec::with_capacity(FRAMES);
    for n in 0..FRAMES {
        let (own, tessellation, _) = window.frame(events(n));
        ui.push(own.as_secs_f64() * 1e3);
        all.push((own + tessellation).as_secs_f64() * 1e3);
    }
    report(&format!("{name}, user interface"), ui);
    report(&format!("{name}, with tessellation"), all);
}

fn main() {
    let engine = Arc::new(Engine::embedded().unwrap());
    for charts in [6, convenor::chart::CATALOGUE.len()] {
        println!("{charts} charts open");
        run(Window::new(&engine, charts));
    }
    println!("twelve slides");
    run_slides(&engine);
    println!("the record of 905 roll calls, 6 charts open");
    run_record(Window::new(&engine, 6));
}

/// A slide captured, slides presented with each change on its way, a briefing and twelve slides written.
fn run_slides(engine: &Arc<Engine>) {
    let mut window = Window::new(engine, 6);
    window.shell.app.compute_intervals();
    let mut captured = Vec::new();
    for n in 0..12_usize {
        let id = window.shell.app.workspace().groupings[n].id;
        window.shell.app.run(Command::Select(Some(id)));
        window.shell.app.compute_intervals();
        let start = Instant::now();
        window.shell.app.run(Command::Do(Named::Capture));
        captured.push(start.elapsed().as_secs_f64() * 1e3);
    }
    report("a slide captured", captured);
    window.shell.app.run(Command::Do(Named::Present));
    for _ in 0..20 {
        window.frame(Vec::new());
    }
    // Twenty frames are on the way from a slide to the next, 60 a second; then it goes on, and back from the last.
    let key = |n: usize| {
        let key = if n.is_multiple_of(40) {
            Some(if (n / 440).is_multiple_of(2) { egui::Key::Space } else { egui::Key::Home })
        } else {
            None
        };
        let press =
            |key| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
        key.map(press).into_iter().collect()
    };
    measure("slides presented, one after another", &mut window, key);
    let workspace = window.shell.app.workspace().clone();
    for (what, order) in [
        ("twelve slides as PDF", Order { slides: Some(Which::All), ..Order::new(Format::Pdf, "2026-11-26") }),
        ("twelve slides for PowerPoint", Order::new(Format::Pptx, "2026-11-26")),
        ("briefing of twenty groupings as HTML", Order::new(Format::Html, "2026-11-26")),
        ("briefing of twenty groupings as PDF", Order::new(Format::Pdf, "2026-11-26")),
    ] {
        let times = (0..5).map(|_| {
            let start = Instant::now();
            export(engine, &workspace, &order).unwrap();
            start.elapsed().as_secs_f64() * 1e3
        });
        report(what, times.collect());
    }
}

/// The record in place of the board: at rest, with the pointer over rows, scrolled by the wheel, with a country carried over the
/// strip.
fn run_record(mut window: Window) {
    window.shell.app.run(Command::Do(Named::ShowRecord));
    for _ in 0..20 {
        window.frame(Vec::new());
    }
    measure("pointer at rest", &mut window, |_| Vec::new());
    measure("pointer moving", &mut window, moving([500.0, 300.0], [200, 600]));
    let wheel = |n: usize| {
        let delta = vec2(0.0, if n % 300 < 150 { -120.0 } else { 120.0 });
        vec![Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta,
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        }]
    };
    measure("scrolled by the wheel", &mut window, wheel);
    carry("a country carried over the strip", &mut window, [330.0, 70.0], [300, 60]);
}

/// The pointer over an area, from its upper left corner on, another place in every frame.
#[expect(clippy::cast_precision_loss, reason = "a number of frames")]
fn moving(corner: [f32; 2], size: [usize; 2]) -> impl Fn(usize) -> Vec<Event> {
    move |n| vec![Event::PointerMoved(pos2(corner[0] + (n % size[0]) as f32, corner[1] + (n % size[1]) as f32))]
}

/// A country taken from the list, over an area, and let go.
fn carry(what: &str, window: &mut Window, corner: [f32; 2], size: [usize; 2]) {
    let press = |pressed| Event::PointerButton {
        pos: pos2(100.0, 300.0),
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    window.frame(vec![Event::PointerMoved(pos2(100.0, 300.0))]);
    window.frame(vec![press(true)]);
    measure(what, window, moving(corner, size));
    window.frame(vec![press(false)]);
}

fn run(mut window: Window) {
    for _ in 0..20 {
        window.frame(Vec::new());
    }
    measure("pointer at rest", &mut window, |_| Vec::new());
    measure("pointer moving", &mut window, moving([300.0, 200.0], [500, 400]));
    carry("a country carried over cards", &mut window, [330.0, 110.0], [400, 160]);
    for _ in 0..40 {
        window.frame(Vec::new());
    }
    let asked = (0..60).filter(|_| window.frame(Vec::new()).2).count();
    println!("idle: {asked} of 60 frames asked for another");
}
