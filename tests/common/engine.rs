//! The engine on the built-in tables, read once for all tests of a file.

use std::sync::{Arc, OnceLock};

use convenor::analysis::Engine;

pub fn engine() -> &'static Arc<Engine> {
    static ENGINE: OnceLock<Arc<Engine>> = OnceLock::new();
    ENGINE.get_or_init(|| Arc::new(Engine::embedded().unwrap()))
}
