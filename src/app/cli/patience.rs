//! What takes longer than a second says so on a terminal, and goes without a trace.

use std::io::{IsTerminal as _, Write as _};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// While it lives, the terminal is told every second that the program works.
pub struct Patience(Option<(Sender<()>, JoinHandle<()>)>);

impl Patience {
    /// Begins; where errors go to a file or another program, nothing is said.
    #[must_use]
    pub fn begin() -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(None);
        }
        let (end, ended) = channel::<()>();
        let began = Instant::now();
        let tell = move || {
            let mut told = false;
            while ended.recv_timeout(Duration::from_secs(1)) == Err(RecvTimeoutError::Timeout) {
                told = true;
                let _ = write!(std::io::stderr(), "\r{}", words(began.elapsed().as_secs()));
            }
            if told {
                let _ = write!(std::io::stderr(), "\r{:60}\r", "");
            }
        };
        let thread = std::thread::Builder::new().name("patience".to_owned()).spawn(tell);
        Self(thread.ok().map(|thread| (end, thread)))
    }
}

impl Drop for Patience {
    fn drop(&mut self) {
        if let Some((end, thread)) = self.0.take() {
            drop(end);
            let _ = thread.join();
        }
    }
}

fn words(seconds: u64) -> String {
    format!("convenor: working, {seconds} s; Ctrl+C ends it ")
}
