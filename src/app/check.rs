//! `convenor backtest`: does the vote table foresee what groups do?

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use super::cli::Failure;
use crate::analysis::backtest::{Backtest, Plan, Score, Scores, Targets, backtest};
use crate::chart::fixed;
use crate::data::{Atlas, RollCalls};

/// Checks predictions against a votes file.
///
/// # Errors
/// The file cannot be read or is no table of votes, or there is nothing to check.
pub fn run(atlas: &Atlas, path: &Path, plan: Plan) -> Result<Value, Failure> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure(format!("“{}” could not be read: {error}", path.display())))?;
    let calls = RollCalls::parse_wide(&name, &text).map_err(|complaint| Failure(complaint.to_string()))?;
    let found = backtest(atlas, &calls, plan).map_err(|error| Failure(format!("“{name}”: {error}")))?;
    Ok(report(&found, plan))
}

fn report(found: &Backtest, plan: Plan) -> Value {
    let mut value = targets(&found.model);
    value["baselines"] = json!({
        "independent": targets(&found.independent),
        "past_frequency": targets(&found.past_frequency),
    });
    value["about"] = json!({
        "groups": plan.groups,
        "seed": plan.seed,
        "actors": found.actors,
        "built_in_roll_calls": found.built_in_calls,
        "built_in_until": found.built_in_until,
        "judged_roll_calls": found.judged_calls,
        "left_out_coded_me": found.left_out,
        "also_built_in": found.repeated,
        "held_out": found.repeated == 0,
    });
    value
}

fn targets(targets: &Targets) -> Value {
    json!({ "unanimous_yes": scores(&targets.unanimous_yes), "no_objection": scores(&targets.no_objection) })
}

fn scores(scores: &Scores) -> Value {
    json!({ "without_convenor": score(&scores.without_convenor), "with_convenor": score(&scores.with_convenor) })
}

fn score(score: &Score) -> Value {
    json!({
        "correlation": score.correlation,
        "mean_absolute_error": score.mean_absolute_error,
        "groups": score.groups,
    })
}

/// The same as a table for people.
#[must_use]
pub fn table(found: &Value) -> String {
    let about = &found["about"];
    let mut text = format!(
        "{} random groups of 2 to 19 of {} members; predicted from {} roll calls up to {}, judged on {}.\n",
        about["groups"],
        about["actors"],
        about["built_in_roll_calls"],
        about["built_in_until"],
        about["judged_roll_calls"],
    );
    if about["held_out"] == false {
        let _ = writeln!(
            text,
            "Caution: {} of these are among the built-in ones; --until YEAR leaves later votes out.",
            about["also_built_in"],
        );
    }
    let _ = writeln!(text, "\n{:57}  {:>11}  {:>19}", "", "correlation", "mean absolute error");
    let ways = [
        ("model", found),
        ("independent", &found["baselines"]["independent"]),
        ("past frequency", &found["baselines"]["past_frequency"]),
    ];
    for (target, words) in [("unanimous_yes", "all present voted yes"), ("no_objection", "none voted no")] {
        for convenor in ["without_convenor", "with_convenor"] {
            for (way, value) in ways {
                let score = &value[target][convenor];
                let label = format!("{words}, {}: {way}", convenor.replace('_', " "));
                let figure = |key: &str| score[key].as_f64().map_or("none".to_owned(), |value| fixed(value, 3));
                let (correlation, error) = (figure("correlation"), figure("mean_absolute_error"));
                let _ = writeln!(text, "{label:57}  {correlation:>11}  {error:>19}");
            }
        }
    }
    text
}
