//! One thread in the background that refines figures and computes intervals: the newest request wins, the one under way is
//! given up.

use std::fmt;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::guard::guarded;
use super::later::Wake;
use crate::analysis::uncertainty::{self, Intervals};
use crate::analysis::{Case, Engine, Report};

/// How long a computation may take without saying how far it is.
pub const QUIET: Duration = Duration::from_millis(500);
/// How often progress is told at most.
const EVERY: Duration = Duration::from_millis(120);

/// Cases whose figures are to be refined, and cases whose intervals are wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Cases whose decision weights are to be resolved more finely than in so many units; they come first.
    pub refine: Vec<(Case, u32)>,
    /// The cases in batches, the most urgent first; the answer to a batch comes as soon as it is there.
    pub batches: Vec<Vec<Case>>,
    /// How many draws.
    pub draws: u32,
    /// The seed of the draws.
    pub seed: u64,
}

/// An answer, as soon as it is there.
#[derive(Debug)]
pub enum Answer {
    /// That of a case with weights more finely resolved; `None` if that is out of reach.
    Refined(Box<Case>, Option<Box<Report>>),
    /// The intervals of a batch.
    Intervals {
        /// How many draws were asked for.
        draws: u32,
        /// The seed of the draws.
        seed: u64,
        /// In the order of the batch.
        intervals: Vec<Intervals>,
    },
    /// None, because the program failed on a case.
    Failed {
        /// The case.
        case: Box<Case>,
        /// Whether it was to be refined; if not, its intervals were to be computed.
        refining: bool,
        /// What is known of the fault.
        why: String,
    },
}

#[derive(Default)]
struct State {
    next: Option<Request>,
    cancel: Arc<AtomicBool>,
    since: Option<Instant>,
    share: f32,
    told: Option<Instant>,
    answers: Vec<Answer>,
    stop: bool,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    bell: Condvar,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes how far the work is; whether that is worth a new frame.
    fn tell(&self, cancel: &Arc<AtomicBool>, share: f32) -> bool {
        let mut state = self.state();
        if cancel.load(Ordering::Relaxed) || !Arc::ptr_eq(&state.cancel, cancel) {
            return false;
        }
        state.share = state.share.max(share);
        let due = state.since.is_some_and(|since| since.elapsed() >= QUIET)
            && state.told.is_none_or(|told| told.elapsed() >= EVERY);
        if due {
            state.told = Some(Instant::now());
        }
        due
    }
}

/// The thread. It ends when this is dropped.
pub struct Worker {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl fmt::Debug for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Worker").field("busy", &self.is_busy()).finish_non_exhaustive()
    }
}

impl Worker {
    /// Starts the thread; it sleeps until something is asked.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(engine: Arc<Engine>, wake: Wake) -> io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let theirs = shared.clone();
        let thread =
            std::thread::Builder::new().name("intervals".to_owned()).spawn(move || work(&theirs, &engine, &wake))?;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// Asks; what is under way is given up.
    pub fn ask(&self, request: Request) {
        let mut state = self.shared.state();
        state.cancel.store(true, Ordering::Relaxed);
        state.next = Some(request);
        state.since = Some(Instant::now());
        state.share = 0.0;
        state.told = None;
        self.shared.bell.notify_all();
    }

    /// Gives up what is under way and what is asked.
    pub fn cancel(&self) {
        let mut state = self.shared.state();
        state.cancel.store(true, Ordering::Relaxed);
        state.next = None;
        state.since = None;
    }

    /// The answers since the last call, oldest first.
    #[must_use]
    pub fn take(&self) -> Vec<Answer> {
        std::mem::take(&mut self.shared.state().answers)
    }

    /// Whether something is asked or under way.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.shared.state().since.is_some()
    }

    /// The share of the work done, 0 to 1, once it has taken longer than [`QUIET`].
    #[must_use]
    pub fn progress(&self) -> Option<f32> {
        let state = self.shared.state();
        state.since.filter(|since| since.elapsed() >= QUIET).map(|_| state.share)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        {
            let mut state = self.shared.state();
            state.stop = true;
            state.cancel.store(true, Ordering::Relaxed);
            self.shared.bell.notify_all();
        }
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has nothing left to say.
            let _ = thread.join();
        }
    }
}

fn work(shared: &Arc<Shared>, engine: &Engine, wake: &Wake) {
    while let Some((request, cancel)) = next(shared) {
        compute(shared, engine, wake, &request, &cancel);
        let mut state = shared.state();
        if Arc::ptr_eq(&state.cancel, &cancel) && state.next.is_none() {
            state.since = None;
        }
        drop(state);
        wake();
    }
}

/// Sleeps until something is asked; `None` at the end of the program.
fn next(shared: &Shared) -> Option<(Request, Arc<AtomicBool>)> {
    let mut state = shared.state();
    loop {
        if state.stop {
            return None;
        }
        if let Some(request) = state.next.take() {
            let cancel = Arc::new(AtomicBool::new(false));
            state.cancel = cancel.clone();
            return Some((request, cancel));
        }
        state = shared.bell.wait(state).unwrap_or_else(PoisonError::into_inner);
    }
}

/// Large cases take longer: about as much longer as they have members.
#[expect(clippy::cast_precision_loss, reason = "a share of the work, for people")]
fn weight<'a>(cases: impl IntoIterator<Item = &'a Case>) -> f32 {
    cases.into_iter().map(|case| case.voters.len() + 4).sum::<usize>() as f32
}

fn compute(shared: &Arc<Shared>, engine: &Engine, wake: &Wake, request: &Request, cancel: &Arc<AtomicBool>) {
    let refined = weight(request.refine.iter().map(|(case, _)| case));
    let all = (refined + weight(request.batches.iter().flatten())).max(1.0);
    let mut before = 0.0;
    let tell = |done: f32| {
        if shared.tell(cancel, done / all) {
            wake();
        }
    };
    let answer = |answer: Answer| {
        shared.state().answers.push(answer);
        wake();
    };
    for (case, units) in &request.refine {
        tell(before);
        let mut units = Some(*units);
        while let Some(coarse) = units {
            let report = guarded(|| engine.refined(case, coarse, cancel));
            if cancel.load(Ordering::Relaxed) {
                return;
            }
            units = report.as_ref().ok().and_then(Option::as_ref).and_then(Report::unsettled);
            answer(match report {
                Ok(report) => Answer::Refined(Box::new(case.clone()), report.map(Box::new)),
                Err(why) => Answer::Failed { case: Box::new(case.clone()), refining: true, why },
            });
        }
        before += weight([case]);
    }
    for batch in request.batches.iter().filter(|batch| !batch.is_empty()) {
        let own = weight(batch);
        let progress = |share: f32| tell(before + own * share);
        if draw(engine, request, batch, cancel, &progress, &answer).is_none() {
            return;
        }
        before += own;
    }
}

/// The intervals of a batch; where the program fails on it, of each case alone. `None` if `cancel` was set before the end.
fn draw(
    engine: &Engine,
    request: &Request,
    batch: &[Case],
    cancel: &Arc<AtomicBool>,
    progress: &(dyn Fn(f32) + Sync),
    answer: &dyn Fn(Answer),
) -> Option<()> {
    let (draws, seed) = (request.draws, request.seed);
    match guarded(|| uncertainty::run(engine, batch, draws, seed, cancel, &|share| progress(share))) {
        Ok(intervals) => answer(Answer::Intervals { draws, seed, intervals: intervals? }),
        Err(_) if cancel.load(Ordering::Relaxed) => return None,
        Err(why) => match batch {
            [case] => answer(Answer::Failed { case: Box::new(case.clone()), refining: false, why }),
            many => {
                for case in many {
                    draw(engine, request, std::slice::from_ref(case), cancel, progress, answer)?;
                }
            }
        },
    }
    Some(())
}
