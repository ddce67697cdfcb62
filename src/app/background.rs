//! What is computed while the user goes on: asked for, taken in, and how it stands.

use std::sync::atomic::AtomicBool;

use super::App;
use super::guard::fault_words;
use super::later::Wake;
use super::notice::Weight;
use super::worker::{Request, Worker};
use crate::analysis::uncertainty;

/// How the figures stand that are computed in the background.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Standing {
    /// Nobody computes any.
    Off,
    /// Every grouping on the board has its intervals, and its figures as finely as can be.
    UpToDate,
    /// Some are being computed; how far that is, 0 to 1, once it has taken long enough to be told.
    Updating(Option<f32>),
}

impl App {
    /// Computes intervals in the background from now on; `wake` is called when there is something new to show.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start_worker(&mut self, wake: Wake) -> std::io::Result<()> {
        self.worker = Some(Worker::start(self.engine.clone(), wake)?);
        self.results.live.changed = true;
        self.poll(false);
        Ok(())
    }

    /// Once a frame: takes what the worker has found, and asks for what is missing. While something is held down nothing
    /// new is asked, because the next frame would give it up again.
    pub fn poll(&mut self, held: bool) {
        self.held = held;
        self.poll_export();
        self.poll_save();
        self.poll_reading();
        self.poll_search();
        for (what, fault) in [
            ("What every change of a seat would do", self.moves.take_fault()),
            ("What some of the charts show", self.study.take_fault()),
            ("The track record by year", self.years.take_fault()),
            ("Who would join", self.joins.take_fault()),
            ("What a vote would bring", self.forecasts.take_fault()),
        ] {
            if let Some(why) = fault {
                self.notices.tell(Weight::Error, fault_words(what, &why));
            }
        }
        let Some(worker) = &self.worker else { return };
        for answer in worker.take() {
            if let Some(words) = self.results.accept(answer) {
                self.notices.tell(Weight::Error, words);
            }
        }
        if !self.results.live.changed {
            return;
        }
        match self.results.wanted() {
            Some(request) if !held => {
                worker.ask(request);
                self.results.live.changed = false;
            }
            // The case under way is no longer on the board.
            Some(_) => worker.cancel(),
            None => {
                worker.cancel();
                self.results.live.changed = false;
            }
        }
    }

    /// Computes what is missing at once, without a worker.
    pub fn compute_intervals(&mut self) {
        let never = AtomicBool::new(false);
        while let Some((case, units)) = self.results.unsettled().into_iter().next() {
            let report = self.engine.refined(&case, units, &never).map(Box::new);
            self.results.accept_refined(case, report);
        }
        let Some(Request { batches, draws, seed, .. }) = self.results.wanted() else { return };
        for batch in &batches {
            let found = uncertainty::run(&self.engine, batch, draws, seed, &never, &|_| ());
            self.results.accept_intervals((draws, seed), found.unwrap_or_default());
        }
    }

    /// How the figures stand that are computed in the background.
    #[must_use]
    pub fn standing(&self) -> Standing {
        match (&self.worker, self.results.live.lacks_any() || !self.results.unsettled().is_empty()) {
            (Some(worker), true) => Standing::Updating(worker.progress()),
            (None, true) => Standing::Off,
            (_, false) => Standing::UpToDate,
        }
    }
}
