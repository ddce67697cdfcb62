//! An hour, or two minutes, of anything in any order: memory stays flat, and nothing panics.
//!
//! `CONVENOR_SOAK=3600 cargo test --release --test soak -- --ignored --nocapture`; `CONVENOR_SEED` repeats a run.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "common/engine.rs"]
mod engine;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use convenor::app::export::{Format, Order};
use convenor::app::{App, Ask, Command, Named};
use convenor::data::CountryId;
use convenor::model::{DecisionRule, Edit, Form, Grouping, GroupingId, Issue, Mandate, NamedRule, Role, Shift};
use convenor::storage::examples;
use engine::engine;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, SeedableRng as _};

/// How much memory the program has, in MB.
fn memory() -> f64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0 kB");
    line.trim().trim_end_matches(" kB").trim().parse::<f64>().unwrap_or(0.0) / 1024.0
}

struct Hand {
    random: ChaCha8Rng,
    countries: Vec<CountryId>,
}

impl Hand {
    fn below(&mut self, n: usize) -> usize {
        self.random.random_range(0..n.max(1))
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> Option<T> {
        if of.is_empty() { None } else { Some(of[self.below(of.len())].clone()) }
    }

    fn country(&mut self) -> CountryId {
        let at = self.below(self.countries.len());
        self.countries[at]
    }

    fn grouping(&mut self, app: &App) -> Option<Arc<Grouping>> {
        self.one(&app.workspace().groupings)
    }

    fn role(&mut self) -> Option<Role> {
        self.one(&[Some(Role::Convenor), Some(Role::Member), Some(Role::Observer), None]).flatten()
    }

    fn text(&mut self) -> String {
        let words = ["Nordic", "T-12", "=1+1", "ünter \u{202e} allem", "", " ", "A\nB", "\u{1f1f3}\u{1f1f4}"];
        let n = self.below(3) + 1;
        (0..n).map(|_| self.one(&words).unwrap()).collect::<Vec<_>>().join(" ")
    }

    /// Something to do.
    fn command(&mut self, app: &App, folder: &Path) -> Command {
        let named = || Command::Do(Named::NewGrouping);
        let Some(grouping) = self.grouping(app) else {
            let at = self.below(examples::ALL.len());
            return if self.below(2) == 0 { named() } else { Command::Discard(Box::new(Command::OpenExample(at))) };
        };
        let id: GroupingId = grouping.id;
        let full = app.workspace().groupings.len() > 10;
        if app.workspace().slides.len() > 12 {
            return Command::Edit(Edit::DeleteSlide(app.workspace().slides[0].id));
        }
        match self.below(34) {
            0..=6 => {
                let countries = (0..=self.below(4)).map(|_| self.country()).collect();
                Command::Edit(Edit::Place(Shift { countries, from: None, into: id, role: self.role() }))
            }
            7..=9 => {
                let seats: Vec<CountryId> = grouping.seats.iter().map(|seat| seat.country).collect();
                let gone = self.one(&seats).unwrap_or_else(|| self.country());
                Command::Edit(Edit::Remove(id, vec![gone]))
            }
            10 => Command::Edit(Edit::SetIssue(id, self.one(&Issue::ALL).unwrap())),
            11 => Command::Edit(Edit::SetRule(id, Box::new(DecisionRule::Named(self.one(&NamedRule::ALL).unwrap())))),
            12 => {
                let questions = u32::try_from(self.below(6)).unwrap();
                Command::Edit(Edit::SetMandate(
                    id,
                    Mandate { questions, months: self.one(&[None, Some(12), Some(60)]).unwrap() },
                ))
            }
            13 => Command::Edit(Edit::SetForm(id, self.one(&[Form::AdHoc, Form::Light, Form::Standing]).unwrap())),
            14 => Command::Edit(Edit::Rename(id, self.text())),
            15 => Command::Edit(Edit::SetNotes(id, self.text())),
            16 => {
                let who = self.country();
                Command::Edit(Edit::Convene(id, who))
            }
            17 => {
                let who = self.country();
                Command::Edit(Edit::SetBacking(id, who, self.random.random_range(-0.2..1.2)))
            }
            18 if !full => named(),
            18 | 19 => Command::Edit(Edit::DeleteGrouping(id)),
            20 | 21 => Command::Do(Named::Undo),
            22 => Command::Do(Named::Redo),
            23 => Command::Select(Some(id)),
            24 if !full => Command::AddBody(self.below(app.atlas().bodies.len())),
            24 | 25 => Command::Do(self.one(&Named::ALL).filter(|named| *named != Named::Quit).unwrap_or(Named::Undo)),
            26 => Command::SaveTo(folder.join(format!("{}.convenor", self.below(3)))),
            27 => Command::OpenPath(folder.join(format!("{}.convenor", self.below(4)))),
            28 => Command::LookAtFile,
            29 => Command::Paste(self.text()),
            30 => Command::Edit(Edit::SetTitle(self.text())),
            31 => {
                let mut assumptions = (*app.workspace().assumptions).clone();
                assumptions.half_life = self.random.random_range(0.5..5.0);
                assumptions.draws = 40;
                Command::Edit(Edit::Assume(Box::new(assumptions), "half-life"))
            }
            32 if self.below(20) == 0 => {
                let format = self.one(&[Format::Html, Format::Markdown, Format::Csv]).unwrap();
                Command::Export(Box::new(Order::new(format, "2026-01-01")))
            }
            _ => Command::Reload,
        }
    }
}

/// What the screen would answer.
fn answer(app: &mut App) {
    for ask in std::mem::take(&mut app.asks) {
        if let Ask::Unsaved(command) = ask {
            app.run(Command::Discard(command));
        }
    }
    if app.conflict().is_some() {
        app.run(Command::KeepMine);
    }
    if app.notices.list().len() > 8 {
        app.notices.dismiss_all();
    }
}

#[test]
#[ignore = "takes minutes: .ci/run and tests/slow/soak.sh run it"]
fn anything_in_any_order_keeps_memory_flat_and_never_panics() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seconds = number("CONVENOR_SOAK").unwrap_or(120);
    let seed = number("CONVENOR_SEED").unwrap_or(20_261_127);
    let folder = tempfile::tempdir().unwrap();
    let mut app = App::new(engine().clone(), examples::ALL[0].open(&engine().atlas).unwrap());
    app.start_worker(Arc::new(|| {})).unwrap();
    app.never_wait();
    app.use_autosave(folder.path().join("recovery"));
    app.use_recent_list(folder.path().join("recent.json"));
    app.use_versions(folder.path().join("versions"));
    let countries = engine().atlas.countries.iter().map(|country| country.id).collect();
    let mut hand = Hand { random: ChaCha8Rng::seed_from_u64(seed), countries };
    let started = Instant::now();
    let length = Duration::from_secs(seconds);
    // Caches fill in the first third.
    let (mut warm, mut most) = (None, 0.0_f64);
    let (mut steps, mut slowest) = (0_u64, (Duration::ZERO, String::new()));
    let (mut looked, mut told) = (Instant::now(), Instant::now());
    while started.elapsed() < length {
        let command = hand.command(&app, folder.path());
        let words = format!("{command:?}");
        let began = Instant::now();
        app.run(command);
        answer(&mut app);
        app.poll(false);
        app.keep_copy();
        let took = began.elapsed();
        if took > slowest.0 {
            slowest = (took, words.chars().take(120).collect());
        }
        steps += 1;
        if told.elapsed() > length / 20 {
            told = Instant::now();
            println!("after {} s: {:.0} MB", started.elapsed().as_secs(), memory());
        }
        if looked.elapsed() > Duration::from_millis(500) {
            looked = Instant::now();
            if started.elapsed() > length / 3 {
                // The largest of some seconds: what comes and goes is no leak.
                if started.elapsed() < length / 2 || warm.is_none() {
                    warm = Some(warm.map_or(memory(), |known: f64| known.max(memory())));
                } else {
                    most = most.max(memory());
                }
            }
        }
    }
    let warm = warm.unwrap_or_else(memory);
    println!(
        "{steps} commands in {seconds} s, seed {seed}: memory {warm:.0} MB after half, at most {most:.0} MB then; slowest {:.0} ms: {}",
        slowest.0.as_secs_f64() * 1000.0,
        slowest.1
    );
    assert!(steps > 100);
    // In a few minutes what is kept for later still fills, by one large grouping at a time: only then it has to stay where it is.
    let bound = if seconds < 1800 { 600.0 } else { warm * 1.1 + 8.0 };
    assert!(most <= bound, "memory grew from {warm:.0} to {most:.0} MB");
}
