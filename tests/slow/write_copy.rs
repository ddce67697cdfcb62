//! Writes recovery copies, one after the other, and says what became of each: what `autosave_faults.sh` disturbs.
//! usage: write_copy FOLDER TITLE…

use std::io::Write as _;
use std::path::Path;

use convenor::model::Workspace;
use convenor::storage::autosave::Autosave;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else { return };
    let mut autosave = Autosave::new(&folder);
    for title in arguments {
        let workspace = Workspace { notes: "Some text. ".repeat(400), ..Workspace::new(title.clone()) };
        // As the thread that keeps copies does: a panic of the standard library, which asserts that folders can be closed, ends nothing.
        let write = || autosave.write(&workspace, Some(Path::new("/somewhere/a.convenor")));
        let said = match std::panic::catch_unwind(std::panic::AssertUnwindSafe(write)) {
            Ok(Ok(())) => format!("kept {title}\n"),
            Ok(Err(error)) => format!("not kept {title}: {error}\n"),
            Err(_) => format!("not kept {title}: a fault\n"),
        };
        let _ = std::io::stdout().write_all(said.as_bytes());
    }
    // As after a kill: the copy stays.
    std::process::exit(0);
}
