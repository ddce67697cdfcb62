//! Answers that may take a while: computed on a thread of their own, the latest question wins.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::guard::guarded;

/// Called from a thread when an answer is there, so that the screen asks again.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// One question at a time with its latest answer.
pub struct Later<K, V> {
    state: Arc<Mutex<State<K, V>>>,
}

struct State<K, V> {
    answer: Option<(K, Arc<V>)>,
    /// What is being computed, and how to give it up.
    asked: Option<(K, Arc<AtomicBool>)>,
    /// The latest question, if computing its answer failed by a fault of the program.
    failed: Option<K>,
    /// What is known of that fault, until it is told.
    fault: Option<String>,
}

impl<K, V> Default for Later<K, V> {
    fn default() -> Self {
        Self { state: Arc::new(Mutex::new(State { answer: None, asked: None, failed: None, fault: None })) }
    }
}

impl<K: Clone + PartialEq + Send + 'static, V: Send + Sync + 'static> Later<K, V> {
    fn state(&self) -> MutexGuard<'_, State<K, V>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer to a question, if it is there.
    #[must_use]
    pub fn get(&self, key: &K) -> Option<Arc<V>> {
        let state = self.state();
        state.answer.as_ref().filter(|(of, _)| of == key).map(|(_, answer)| answer.clone())
    }

    /// Whether there is no answer to a question because the program failed on it.
    #[must_use]
    pub fn has_failed(&self, key: &K) -> bool {
        self.state().failed.as_ref() == Some(key)
    }

    /// What is known of a fault of the program, once.
    #[must_use]
    pub fn take_fault(&self) -> Option<String> {
        self.state().fault.take()
    }

    /// Computes the answer at once and keeps it.
    pub fn now(&self, key: &K, compute: impl FnOnce() -> V) -> Arc<V> {
        if let Some(answer) = self.get(key) {
            return answer;
        }
        let answer = Arc::new(compute());
        self.state().answer = Some((key.clone(), answer.clone()));
        answer
    }

    /// The answer if it is there; otherwise starts computing it, unless that is under way, and wakes the screen. What is
    /// under way for another question is given up: `compute` is told by its argument, and answers `None` then. A question on
    /// which the program failed is not asked again before another one.
    #[must_use]
    pub fn ask(
        &self,
        key: &K,
        wake: &Wake,
        compute: impl FnOnce(&AtomicBool) -> Option<V> + Send + 'static,
    ) -> Option<Arc<V>> {
        if let Some(answer) = self.get(key) {
            return Some(answer);
        }
        let mut state = self.state();
        if state.failed.as_ref() == Some(key) {
            return None;
        }
        if let Some((asked, cancel)) = &state.asked {
            if asked == key {
                return None;
            }
            cancel.store(true, Ordering::Relaxed);
        }
        let cancel = Arc::new(AtomicBool::new(false));
        state.asked = Some((key.clone(), cancel.clone()));
        state.failed = None;
        drop(state);
        let (shared, asked, wake) = (self.state.clone(), key.clone(), wake.clone());
        let thread = std::thread::Builder::new().spawn(move || {
            let (state, key) = (shared, asked);
            let answer = guarded(|| compute(&cancel));
            let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
            // A newer question may have been asked meanwhile: then this answer comes too late.
            if state.asked.as_ref().is_some_and(|(_, latest)| Arc::ptr_eq(latest, &cancel)) {
                state.asked = None;
                match answer {
                    Ok(Some(answer)) => state.answer = Some((key, Arc::new(answer))),
                    Ok(None) => {}
                    Err(why) => (state.failed, state.fault) = (Some(key), Some(why)),
                }
            }
            drop(state);
            wake();
        });
        if let Err(error) = thread {
            let mut state = self.state();
            state.asked = None;
            (state.failed, state.fault) = (Some(key.clone()), Some(error.to_string()));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    #[test]
    fn the_latest_question_wins() {
        let later: Later<u32, u32> = Later::default();
        let (send, woken) = channel();
        let send = Mutex::new(send);
        let wake: Wake = Arc::new(move || {
            let _ = send.lock().unwrap_or_else(PoisonError::into_inner).send(());
        });
        let (release, gate) = channel::<()>();
        let (tell, told) = channel();
        assert!(
            later
                .ask(&1, &wake, move |cancel| {
                    let _ = gate.recv();
                    let _ = tell.send(cancel.load(Ordering::Relaxed));
                    Some(10)
                })
                .is_none()
        );
        assert!(later.ask(&2, &wake, |_| Some(20)).is_none());
        assert!(woken.recv_timeout(Duration::from_secs(5)).is_ok());
        assert_eq!(later.get(&2).as_deref(), Some(&20));
        assert!(release.send(()).is_ok());
        assert!(woken.recv_timeout(Duration::from_secs(5)).is_ok());
        assert_eq!(told.try_recv(), Ok(true), "it is told that nobody waits any more");
        assert_eq!(later.get(&2).as_deref(), Some(&20), "the answer that came too late is dropped");
        assert!(later.get(&1).is_none());
        assert_eq!(*later.now(&3, || 30), 30);
    }

    #[test]
    #[allow(clippy::panic)]
    fn a_fault_is_told_once_and_the_next_question_is_answered() {
        let later: Later<u32, u32> = Later::default();
        let (send, woken) = channel();
        let send = Mutex::new(send);
        let wake: Wake = Arc::new(move || {
            let _ = send.lock().unwrap_or_else(PoisonError::into_inner).send(());
        });
        let wait = || assert!(woken.recv_timeout(Duration::from_secs(5)).is_ok(), "the screen is woken");
        assert!(later.ask(&1, &wake, |_| panic!("one does not go")).is_none());
        wait();
        assert!(later.has_failed(&1) && !later.has_failed(&2));
        assert_eq!((later.take_fault().as_deref(), later.take_fault()), (Some("one does not go"), None));
        // Asked again each frame it is not computed each frame.
        assert!(later.ask(&1, &wake, |_| Some(10)).is_none() && later.has_failed(&1));
        assert!(later.ask(&2, &wake, |_| Some(20)).is_none());
        wait();
        assert_eq!(later.get(&2).as_deref(), Some(&20));
        // After another question the first may be tried again.
        assert!(later.ask(&1, &wake, |_| Some(10)).is_none());
        wait();
        assert_eq!(later.get(&1).as_deref(), Some(&10));
    }
}
