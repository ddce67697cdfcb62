//! `convenor suggest`: a few changes of seats towards a target.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use clap::Args;
use serde::Serialize;

use super::cases::Asked;
use super::failure::Failure;
use super::rows::{Changed, Figures, NOTE, changed, figures, heading, line, sponsor_note};
use super::{answer, json, open};
use crate::analysis::Engine;
use crate::analysis::suggest::{self, Suggestion, Target};
use crate::chart::fixed;
use crate::data::CountryId;

/// Which grouping, towards what, and in which form.
#[derive(Args, Debug)]
pub struct Options {
    /// The workspace.
    pub file: PathBuf,
    /// The name of the grouping.
    #[arg(long, value_name = "NAME")]
    pub grouping: String,
    /// Deadlock risk below this, per cent.
    #[arg(long, value_name = "X", allow_negative_numbers = true)]
    pub deadlock_below: Option<f64>,
    /// Reach above this, per cent.
    #[arg(long, value_name = "Y", allow_negative_numbers = true)]
    pub reach_above: Option<f64>,
    /// Legitimacy above this, 0 to 100.
    #[arg(long, value_name = "Z", allow_negative_numbers = true)]
    pub legitimacy_above: Option<f64>,
    /// Countries whose seats stay as they are: codes such as NOR, with commas between.
    #[arg(long, value_name = "ISO3", value_delimiter = ',')]
    pub lock: Vec<String>,
    /// Print JSON instead of a table.
    #[arg(long)]
    pub json: bool,
}

/// Runs the task.
///
/// # Errors
/// One sentence that names the thing and the cure.
pub fn run(engine: &Engine, options: &Options) -> Result<String, Failure> {
    let Options { deadlock_below, reach_above, legitimacy_above, .. } = *options;
    let target = Target { deadlock_below, reach_above, legitimacy_above };
    let (asked, found) = suggested(engine, &options.file, &options.grouping, &target, &options.lock)?;
    if options.json {
        json::page(&suggestion(engine, &asked, &target, &found))
    } else {
        Ok(suggestion_table(engine, &asked, &found))
    }
}

/// The actors named on the command line.
///
/// # Errors
/// A code is not a country code, or not an actor.
pub fn actors(engine: &Engine, codes: &[String]) -> Result<Vec<usize>, Failure> {
    let actor = |code: &String| {
        let id: CountryId = code.parse().map_err(|error| Failure(format!("--lock: {error}")))?;
        let unknown = || Failure(format!("--lock: {id} is not an actor; `convenor data` lists them"));
        engine.atlas.actor(id).ok_or_else(unknown)
    };
    codes.iter().map(actor).collect()
}

/// Checks the aims of a suggestion.
///
/// # Errors
/// There is none, or one is out of its range.
pub fn check_target(target: &Target) -> Result<(), Failure> {
    if target.is_empty() {
        return Err(Failure(
            "Nothing to aim at: give --deadlock-below, --reach-above or --legitimacy-above, each 0 to 100".to_owned(),
        ));
    }
    let aims = [
        ("--deadlock-below", target.deadlock_below),
        ("--reach-above", target.reach_above),
        ("--legitimacy-above", target.legitimacy_above),
    ];
    for (name, aim) in aims {
        if let Some(aim) = aim.filter(|aim| !(0.0..=100.0).contains(aim)) {
            return Err(Failure(format!("{name}: {aim} is not between 0 and 100")));
        }
    }
    Ok(())
}

/// A step of a suggestion.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// The change, and what it brings.
    #[serde(flatten)]
    pub changed: Changed,
    /// How many points are missing after it.
    pub shortfall: f64,
    /// In words.
    pub words: String,
}

/// What was aimed at, each 0 to 100.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Aims {
    pub deadlock_below: Option<f64>,
    pub reach_above: Option<f64>,
    pub legitimacy_above: Option<f64>,
}

/// The suggestion in the form of `convenor suggest --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Suggested {
    /// The name of the grouping.
    pub grouping: String,
    /// Who pays.
    pub sponsor: CountryId,
    /// Whether the sponsor does not vote.
    pub stays_out: bool,
    /// What was aimed at.
    pub target: Aims,
    /// The measures as they are.
    pub now: Figures,
    /// How many points are missing.
    pub shortfall: f64,
    /// The steps.
    pub steps: Vec<Step>,
    /// Whether the target is met after them.
    pub met: bool,
    /// Whether it is proven that no fewer changes meet the target.
    pub proven_fewest: bool,
    /// All of up to so many changes were tried.
    pub tried_all_of: usize,
}

/// The suggestion as an answer.
#[must_use]
pub fn suggestion(engine: &Engine, asked: &Asked, target: &Target, found: &Suggestion) -> Suggested {
    let mut before = found.start;
    let mut steps = Vec::with_capacity(found.steps.len());
    for step in &found.steps {
        steps.push(Step {
            changed: changed(engine, step.change, &step.estimates, &before),
            shortfall: step.shortfall,
            words: step.change.words(&engine.atlas),
        });
        before = step.estimates;
    }
    Suggested {
        grouping: asked.name.clone(),
        sponsor: asked.case.settings.sponsor,
        stays_out: answer::stays_out(engine, &asked.case),
        target: Aims {
            deadlock_below: target.deadlock_below,
            reach_above: target.reach_above,
            legitimacy_above: target.legitimacy_above,
        },
        now: figures(&found.start),
        shortfall: found.shortfall,
        steps,
        met: found.met,
        proven_fewest: found.is_fewest(),
        tried_all_of: found.tried,
    }
}

/// The suggestion for people: every step with the measures after it.
#[must_use]
pub fn suggestion_table(engine: &Engine, asked: &Asked, found: &Suggestion) -> String {
    let mut text = heading(&format!("{} as it is", asked.name), &found.start);
    let (mut before, mut case) = (found.start, asked.case.clone());
    for (at, step) in found.steps.iter().enumerate() {
        let mut words = format!("{}. {}", at + 1, step.change.words(&engine.atlas));
        case = step.change.applied(&case).unwrap_or(case);
        if answer::stays_out(engine, &case) {
            words.push('*');
        }
        text.push_str(&line(&words, &step.estimates, Some(&before)));
        before = step.estimates;
    }
    let shortfall = found.steps.last().map_or(found.shortfall, |step| step.shortfall);
    let _ = match (found.met, found.steps.is_empty()) {
        (true, true) => writeln!(text, "\nThe target is met already."),
        (true, false) => writeln!(text, "\nThe target is met."),
        (false, _) => {
            let why = if found.steps.len() >= suggest::MOST_MOVES {
                format!("and {} moves are the most that are suggested", suggest::MOST_MOVES)
            } else {
                "and no further move helps noticeably".to_owned()
            };
            writeln!(text, "\nThe target is not met: {} points are missing, {why}.", fixed(shortfall, 1))
        }
    };
    if let Some(proof) = found.proof_words() {
        let _ = writeln!(text, "{proof}");
    }
    text + &sponsor_note(engine, &asked.case) + NOTE
}

/// What is suggested for a grouping of a file.
///
/// # Errors
/// One sentence that names the thing and the cure.
pub fn suggested(
    engine: &Engine,
    path: &Path,
    name: &str,
    target: &Target,
    lock: &[String],
) -> Result<(Asked, Suggestion), Failure> {
    check_target(target)?;
    let locked = actors(engine, lock)?;
    let asked = open::grouping(engine, path, name)?;
    let found = suggest::suggest(engine, &asked.case, target, &locked);
    let never = AtomicBool::new(false);
    let proven = suggest::proven_until(engine, &asked.case, target, &locked, &found, &never);
    Ok((asked, proven.unwrap_or(found)))
}
