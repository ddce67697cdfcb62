//! Should the program fail in itself: a report of where, without anything of the user's, and a word on what is safe.

use std::fs;
use std::panic::{PanicHookInfo, set_hook, take_hook};
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// How many reports are kept.
const MOST: usize = 20;

/// Where reports are kept; `None` where the system names no home.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    let dirs = ProjectDirs::from("org", "convenor", "Convenor")?;
    Some(dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).join("reports"))
}

/// From now on, a panic writes a report into a folder and says where, beside what it says anyway.
pub fn install(folder: PathBuf) {
    let before = take_hook();
    set_hook(Box::new(move |info| {
        before(info);
        let thread = std::thread::current();
        let text = text(thread.name().unwrap_or("without a name"), info);
        match write(&folder, &text) {
            Ok(path) => eprintln!(
                "convenor: this is a fault of the program. A report without anything of yours is in {}; unsaved work is offered at \
                 the next start.",
                path.display()
            ),
            Err(error) => {
                eprintln!("convenor: this is a fault of the program, and no report could be written: {error}");
            }
        }
    }));
}

/// What stands in a report: where it happened, in which thread, in which version on which system. The message itself may quote a name
/// or a path, and is left out.
fn text(thread: &str, info: &PanicHookInfo<'_>) -> String {
    let place = info.location().map_or_else(
        || "an unknown place".to_owned(),
        |at| {
            let file = Path::new(at.file()).file_name().unwrap_or_default().to_string_lossy();
            format!("{file}, line {}, column {}", at.line(), at.column())
        },
    );
    let home = directories::UserDirs::new().map(|dirs| dirs.home_dir().display().to_string());
    let text = format!(
        "Convenor {} failed at {place}\nthread: {thread}\nsystem: {} {}\n{}\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        std::backtrace::Backtrace::force_capture()
    );
    // The program may have been built at home.
    match home.filter(|home| home.len() > 1) {
        Some(home) => text.replace(&home, "~"),
        None => text,
    }
}

/// Writes a report; the oldest go. Every file has a name of its own, also where two threads fail at once.
fn write(folder: &Path, text: &str) -> std::io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let mut known: Vec<PathBuf> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    known.sort();
    for old in known.iter().take((known.len() + 1).saturating_sub(MOST)) {
        let _ = fs::remove_file(old);
    }
    let now = chrono::Local::now().format("%Y-%m-%d %H-%M-%S%.6f");
    let path = folder.join(format!("{now} {}.txt", std::process::id()));
    fs::write(&path, text)?;
    Ok(path)
}
