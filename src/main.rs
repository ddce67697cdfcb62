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
        None => ExitCode::SUCCESS,
    }
}
