//! Starts the window or runs the command line.

use std::process::ExitCode;

use clap::Parser as _;
use convenor::app::cli::{self, Arguments};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match arguments.command {
        Some(task) => match cli::run(&task) {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => {
                eprintln!("convenor: {failure}");
                ExitCode::FAILURE
            }
        },
        None => window(arguments.file, arguments.copy),
    }
}

#[cfg(feature = "gui")]
fn window(file: Option<std::path::PathBuf>, as_copy: bool) -> ExitCode {
    match convenor::ui::run(file, as_copy) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("convenor: {error}\nThe command line works without one: convenor --help");
            ExitCode::FAILURE
        }
    }
}

#[cfg(not(feature = "gui"))]
fn window(_: Option<std::path::PathBuf>, _: bool) -> ExitCode {
    eprintln!("convenor: this build has no window; see convenor --help");
    ExitCode::FAILURE
}
