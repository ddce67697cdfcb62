//! Recovery copies are written on a thread of their own: always the newest state, at most four times a second.

use std::fmt::Display;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{JoinHandle, sleep};
use std::time::Duration;

use super::Wake;
use super::guard::guarded;
use crate::model::Workspace;
use crate::storage::autosave::Autosave;

/// How long it rests after a copy.
const REST: Duration = Duration::from_millis(250);
/// How long it rests after a copy that could not be written.
const REST_AFTER_FAULT: Duration = Duration::from_secs(1);

/// The state that is to be kept.
#[derive(Clone, Debug)]
pub(super) struct Job {
    /// The document.
    pub workspace: Arc<Workspace>,
    /// The file that it belongs to.
    pub origin: Option<PathBuf>,
    /// Whether it differs from that file: if not, the copy goes.
    pub edited: bool,
}

/// What became of the newest job that was tried.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    /// The job.
    pub job: Job,
    /// Why it could not be done.
    pub fault: Option<String>,
}

#[derive(Debug, Default)]
struct State {
    wanted: Option<Job>,
    outcome: Option<Outcome>,
    busy: bool,
    /// Whether somebody waits: then there is no rest.
    hurry: bool,
    ends: bool,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    change: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The thread that writes recovery copies.
#[derive(Debug)]
pub(super) struct Keeper {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
    /// What writes where the system gives no thread.
    own: Option<Autosave>,
}

impl Keeper {
    /// Begins; nothing is written before there is something to keep. `wake` is called after every copy.
    pub fn new(folder: PathBuf, wake: Wake) -> Self {
        let shared = Arc::new(Shared::default());
        let (of_thread, in_folder) = (shared.clone(), folder.clone());
        let work = move || work(&of_thread, Autosave::new(in_folder), &wake);
        let thread = std::thread::Builder::new().name("recovery copy".to_owned()).spawn(work).ok();
        let own = if thread.is_none() { Some(Autosave::new(folder)) } else { None };
        Self { shared, thread, own }
    }

    /// Keeps a state, soon: one that waits still is passed over.
    pub fn keep(&mut self, job: Job) {
        if let Some(own) = &mut self.own {
            let fault = done(own, &job);
            self.shared.lock().outcome = Some(Outcome { job, fault });
            return;
        }
        self.shared.lock().wanted = Some(job);
        self.shared.change.notify_all();
    }

    /// What became of the newest job, once.
    pub fn outcome(&self) -> Option<Outcome> {
        self.shared.lock().outcome.take()
    }

    /// Keeps a state at once, and waits for it.
    pub fn keep_now(&mut self, job: Job) -> Option<Outcome> {
        self.keep(job);
        let mut state = self.shared.lock();
        state.hurry = true;
        self.shared.change.notify_all();
        let is_alive = |keeper: &Self| keeper.thread.as_ref().is_some_and(|thread| !thread.is_finished());
        while (state.wanted.is_some() || state.busy) && is_alive(self) {
            let waited = self.shared.change.wait_timeout(state, Duration::from_millis(50));
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        state.hurry = false;
        state.outcome.take()
    }
}

impl Drop for Keeper {
    /// What waits still is written first.
    fn drop(&mut self) {
        self.shared.lock().ends = true;
        self.shared.change.notify_all();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn work(shared: &Shared, mut autosave: Autosave, wake: &Wake) {
    loop {
        let mut state = shared.lock();
        let job = loop {
            if let Some(job) = state.wanted.take() {
                break job;
            }
            if state.ends {
                return;
            }
            state = shared.change.wait(state).unwrap_or_else(PoisonError::into_inner);
        };
        state.busy = true;
        drop(state);
        let fault = done(&mut autosave, &job);
        let mut rest = if fault.is_some() { REST_AFTER_FAULT } else { REST };
        let mut state = shared.lock();
        state.busy = false;
        state.outcome = Some(Outcome { job, fault });
        drop(state);
        shared.change.notify_all();
        wake();
        while !rest.is_zero() {
            let step = rest.min(Duration::from_millis(25));
            sleep(step);
            rest = rest.saturating_sub(step);
            let state = shared.lock();
            if state.hurry || state.ends {
                break;
            }
        }
    }
}

/// Writes the copy, or removes it; why that could not be done. A fault of the program does not end the thread: the next copy is tried.
fn done(autosave: &mut Autosave, job: &Job) -> Option<String> {
    let no_copy = |error: &dyn Display| {
        format!("There is no recovery copy of the newest changes, so save the workspace yourself: {error}")
    };
    let why = guarded(|| {
        if job.edited {
            let why = autosave.write(&job.workspace, job.origin.as_deref()).err();
            why.map(|error| no_copy(&error))
        } else {
            autosave.clear().err().map(|error| format!("The recovery copy could not be removed: {error}."))
        }
    });
    why.unwrap_or_else(|fault| Some(no_copy(&format_args!("a fault of this program ({fault})."))))
}
