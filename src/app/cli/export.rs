//! `convenor export`: slides and briefings as files.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::{Failure, on_one_line};
use crate::analysis::Engine;
use crate::app::day::{is_day, today};
use crate::app::export::{Format, Made, Order, Which, export};
use crate::storage;

/// What is made from which workspace, and where it goes.
#[derive(Args, Debug)]
pub struct Options {
    /// The workspace.
    pub file: PathBuf,
    /// The format: html, pdf, pptx, svg, png, md or csv.
    #[arg(long, value_name = "FORMAT")]
    pub to: String,
    /// The file, or for several pictures the folder.
    #[arg(long, value_name = "PATH")]
    pub out: PathBuf,
    /// The slides in place of the briefing: `all`, or the number of one.
    #[arg(long, value_name = "all|N")]
    pub slides: Option<String>,
    /// One grouping alone, by its name.
    #[arg(long, value_name = "NAME")]
    pub grouping: Option<String>,
    /// One chart, by its id; for svg and png.
    #[arg(long, value_name = "ID")]
    pub chart: Option<String>,
    /// `light` or `dark`.
    #[arg(long, value_name = "THEME", default_value = "light")]
    pub theme: String,
    /// The day that stands on it, year-month-day; the day of export where it is not given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: Option<String>,
    /// Pixels a point of png: 1, 2 or 4.
    #[arg(long, value_name = "1|2|4", default_value_t = 2)]
    pub scale: u32,
    /// The pages of slides: `a4` or `16:9`.
    #[arg(long, value_name = "PAPER", default_value = "a4")]
    pub paper: String,
    /// Slides with the speaker notes below, in pdf.
    #[arg(long)]
    pub notes: bool,
}

/// Runs the task; what was written, in lines.
///
/// # Errors
/// The workspace cannot be opened, an option is not understood, or a file cannot be written.
pub fn run(engine: &Engine, options: &Options) -> Result<String, Failure> {
    let order = order(options)?;
    let opened = storage::open(&options.file, &engine.atlas).map_err(Failure::of)?;
    for repair in &opened.repairs {
        eprintln!("{}", on_one_line(&repair.to_string()));
    }
    let made = export(engine, &opened.workspace, &order).map_err(Failure::of)?;
    written(&made, &options.out, order.format.extension())
}

fn order(options: &Options) -> Result<Order, Failure> {
    let fail = |words: String| Failure(words);
    let format = Format::by_name(&options.to)
        .ok_or_else(|| fail(format!("“{}” is no format: choose html, pdf, pptx, svg, png, md or csv", options.to)))?;
    let slides = match options.slides.as_deref() {
        None => None,
        Some("all") => Some(Which::All),
        Some(number) => Some(Which::One(
            number
                .parse()
                .ok()
                .filter(|number| *number > 0)
                .ok_or_else(|| fail(format!("“--slides {number}” is neither “all” nor the number of a slide")))?,
        )),
    };
    let dark = match options.theme.as_str() {
        "light" => false,
        "dark" => true,
        other => return Err(fail(format!("“{other}” is no theme: choose light or dark"))),
    };
    let wide = match options.paper.as_str() {
        "a4" => false,
        "16:9" => true,
        other => return Err(fail(format!("“{other}” is no paper: choose a4 or 16:9"))),
    };
    if ![1, 2, 4].contains(&options.scale) {
        return Err(fail(format!("“--scale {}” is none of 1, 2 and 4", options.scale)));
    }
    let date = match &options.date {
        None => today(),
        Some(date) if is_day(date) => date.clone(),
        Some(date) => return Err(fail(format!("“{date}” is no day: write it as 2026-11-26"))),
    };
    #[expect(clippy::cast_precision_loss, reason = "1, 2 or 4")]
    let scale = options.scale as f32;
    Ok(Order {
        slides,
        grouping: options.grouping.clone(),
        chart: options.chart.clone(),
        dark,
        scale,
        wide,
        notes: options.notes,
        ..Order::new(format, date)
    })
}

/// One file, or several into a folder; each is written whole or not at all.
fn written(made: &Made, out: &Path, extension: &str) -> Result<String, Failure> {
    let mut told = String::new();
    if let [(_, bytes)] = made.files.as_slice() {
        storage::save_bytes(out, bytes).map_err(Failure::of)?;
        let _ = writeln!(told, "{}", out.display());
    } else {
        std::fs::create_dir_all(out)
            .map_err(|error| Failure(format!("“{}” is no folder and cannot be made one: {error}", out.display())))?;
        for (name, bytes) in &made.files {
            let path = out.join(format!("{name}.{extension}"));
            storage::save_bytes(&path, bytes).map_err(Failure::of)?;
            let _ = writeln!(told, "{}", path.display());
        }
    }
    if !made.replaced.is_empty() {
        let letters: String = made.replaced.iter().take(20).collect();
        eprintln!("The font does not have these letters, and others stand for them: {letters}");
    }
    Ok(told)
}
