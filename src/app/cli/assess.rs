//! `convenor assess`: every grouping of a workspace, with intervals and how they compare.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::answer::Answer;
use super::cases::Asked;
use super::failure::Failure;
use super::failure::on_one_line;
use super::fields::Fields;
use super::{intervals, json, table};
use crate::analysis::capture::{Capture, Largest, capture};
use crate::analysis::measures::{self, Measure};
use crate::analysis::stuck::stops_most;
use crate::analysis::track::{TrackRecord, Unity, track_record};
use crate::analysis::uncertainty::{Comparison, Intervals, Verdict, beats};
use crate::analysis::{Case, Engine, Report, edition, whatif};
use crate::chart;
use crate::data::CountryId;
use crate::model::{Grouping, StoredFigures, Workspace};
use crate::storage::{self, Opened};

/// How many drivers of each measure are listed.
const DRIVERS: usize = 5;

/// Which workspace, and in which form.
#[derive(Args, Debug)]
pub struct Options {
    /// The workspace.
    pub file: PathBuf,
    /// Print JSON, with track record, capture and drivers, instead of a table.
    #[arg(long)]
    pub json: bool,
}

/// How many groupings are compared each with each: the answer grows with the square.
const MOST: usize = 200;

/// Runs the task.
///
/// # Errors
/// The workspace cannot be opened.
pub fn run(engine: &Engine, options: &Options) -> Result<String, Failure> {
    let opened = storage::open(&options.file, &engine.atlas).map_err(Failure::of)?;
    let n = opened.workspace.groupings.len();
    if n > MOST {
        return Err(Failure(format!(
            "“{}” has {n} groupings: `assess` compares each with each, and takes at most {MOST}; split the workspace",
            options.file.display()
        )));
    }
    let found = assess(engine, &opened);
    if options.json { json::page(&found) } else { Ok(in_words(&found)) }
}

/// Whose no stops most.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StopsMost {
    /// The member.
    pub member: CountryId,
    /// How deadlock risk changes if it leaves, in points.
    pub change_if_it_leaves: f64,
}

/// What moves a measure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Driver {
    /// What it is, in words.
    pub driver: String,
    /// How closely the measure follows it, −1 to 1.
    pub rank_correlation: f64,
}

/// How often members agreed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Agreed {
    /// The share of roll calls on which all said yes.
    pub unanimous_yes: f64,
    /// The share on which nobody said no.
    pub no_objection: f64,
}

/// The track record of a grouping.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Track {
    /// How many roll calls there are.
    pub roll_calls: usize,
    /// On how many of them every member voted.
    pub every_member_voted: usize,
    /// What happened on those.
    pub observed: Agreed,
    /// What the vote table says.
    pub vote_table: Agreed,
    /// What the model alone says.
    pub model_alone: Agreed,
    /// The members that were never there.
    pub never_present: Vec<CountryId>,
}

/// The largest share of something, and who holds it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LargestShare {
    /// The share, 0 to 1.
    pub share: f64,
    /// Who holds it.
    pub held_by: Vec<CountryId>,
}

/// How a member stands to the rival.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Exposure {
    /// Its trade with the rival.
    pub exposure: Option<f64>,
    /// Whether the rival is below its fifth partner.
    pub below_fifth_partner: bool,
    /// How it votes with the rival.
    pub alignment: Option<f64>,
}

/// How far a rival, or the largest member, could capture a grouping.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Captured {
    /// The rival.
    pub rival: CountryId,
    /// Mean trade of members with the rival.
    pub mean_exposure: Option<f64>,
    /// How members vote with the rival, on the mean.
    pub mean_alignment: Option<f64>,
    /// The largest share of voting power.
    pub largest_power_share: Option<LargestShare>,
    /// The largest share of GDP.
    pub largest_gdp_share: Option<LargestShare>,
    /// By member.
    pub members: Fields<Exposure>,
}

/// All about a grouping.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assessed {
    /// Its measures with intervals.
    #[serde(flatten)]
    pub answer: Answer,
    /// Whose no stops most; null where no single departure lowers deadlock risk by a point.
    pub stops_most: Option<StopsMost>,
    /// What moves each measure most, strongest first; only what is beyond chance.
    pub drivers: Fields<Vec<Driver>>,
    /// How its members voted; null where that has no meaning.
    pub track_record: Option<Track>,
    /// How far it could be captured.
    pub capture: Captured,
}

/// Two groupings on a measure that both have.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Compared {
    /// The name of the first.
    pub first: String,
    /// The name of the second.
    pub second: String,
    /// Its place in the list: two may have the same name.
    pub first_at: usize,
    /// The place of the second.
    pub second_at: usize,
    /// The measure.
    pub measure: &'static str,
    /// The share of draws in which the first is better.
    pub first_better: f64,
    /// The share in which the second is.
    pub second_better: f64,
    /// The share in which they are equal.
    pub ties: f64,
    /// What may be said: `first`, `second`, `equal` or `not distinguishable`.
    pub verdict: &'static str,
}

/// The answer in the form of `convenor assess --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assessment {
    /// The title of the workspace.
    pub title: String,
    /// What was mended in its file.
    pub repairs: Vec<String>,
    /// What moved since the file was saved; not written where nothing did.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<String>,
    /// How many draws there are.
    pub draws: usize,
    /// The seed of the draws.
    pub seed: u64,
    /// Which share of the draws an interval holds.
    pub level: f64,
    /// In the order of the board.
    pub groupings: Vec<Assessed>,
    /// Every pair on every measure.
    pub comparisons: Vec<Compared>,
}

/// Everything about the groupings of a workspace, in the order of the board; with what was mended in its file.
#[must_use]
pub fn assess(engine: &Engine, opened: &Opened) -> Assessment {
    let workspace = &opened.workspace;
    let assumptions = &workspace.assumptions;
    let asked: Vec<Asked> = workspace
        .groupings
        .iter()
        .map(|grouping| Asked { name: grouping.name.clone(), case: Case::of(&engine.atlas, grouping, assumptions) })
        .collect();
    let cases: Vec<Case> = asked.iter().map(|asked| asked.case.clone()).collect();
    let found = intervals::of_cases(engine, &cases, assumptions);
    Assessment {
        title: workspace.title.clone(),
        repairs: opened.repairs.iter().map(ToString::to_string).collect(),
        moved: opened.as_saved.as_ref().map_or_else(Vec::new, |stored| moved(engine, workspace, stored)),
        draws: found.first().map_or(0, Intervals::draws),
        seed: assumptions.seed,
        level: intervals::LEVEL,
        groupings: asked.iter().zip(&found).map(|(asked, found)| grouping(engine, asked, found)).collect(),
        comparisons: comparisons(&asked, &found),
    }
}

/// What moved since figures were stored, a sentence each.
fn moved(engine: &Engine, workspace: &Workspace, stored: &StoredFigures) -> Vec<String> {
    let reports: Vec<Report> = workspace
        .groupings
        .iter()
        .map(|grouping| engine.report(&Case::of(&engine.atlas, grouping, &workspace.assumptions)))
        .collect();
    let report = |grouping: &Grouping| reports.get(workspace.position(grouping.id)?);
    chart::moved_words(stored, &edition::moved(workspace, stored, report))
}

fn grouping(engine: &Engine, asked: &Asked, found: &Intervals) -> Assessed {
    Assessed {
        answer: intervals::answer(engine, asked, found),
        stops_most: whose_no(engine, &asked.case),
        drivers: Fields::of_measures(|measure| drivers(engine, found, measure)),
        track_record: track_record(engine, &asked.case).ok().map(|found| track(engine, &found)),
        capture: captured(engine, &capture(engine, &asked.case)),
    }
}

fn whose_no(engine: &Engine, case: &Case) -> Option<StopsMost> {
    let now = whatif::Estimates::of(&engine.report(case));
    let (actor, change_if_it_leaves) = stops_most(&whatif::removals(engine, case), &now)?;
    Some(StopsMost { member: engine.atlas.countries[actor].id, change_if_it_leaves })
}

fn drivers(engine: &Engine, found: &Intervals, measure: &Measure) -> Vec<Driver> {
    found
        .sensitivity(measure)
        .into_iter()
        .filter(|sensitivity| sensitivity.correlation.abs() > found.noise())
        .take(DRIVERS)
        .map(|sensitivity| Driver {
            driver: sensitivity.driver.label(&engine.atlas),
            rank_correlation: sensitivity.correlation,
        })
        .collect()
}

fn comparisons(asked: &[Asked], found: &[Intervals]) -> Vec<Compared> {
    let mut list = Vec::new();
    for (at, first) in found.iter().enumerate() {
        for (other, second) in found.iter().enumerate().skip(at + 1) {
            for measure in measures::ALL {
                let Some(comparison) = beats(first, second, measure) else { continue };
                list.push(Compared {
                    first: asked[at].name.clone(),
                    second: asked[other].name.clone(),
                    first_at: at,
                    second_at: other,
                    measure: measure.name,
                    first_better: comparison.first,
                    second_better: comparison.second,
                    ties: comparison.ties,
                    verdict: verdict(comparison),
                });
            }
        }
    }
    list
}

const UNCLEAR: &str = "not distinguishable";

fn verdict(comparison: Comparison) -> &'static str {
    match comparison.verdict() {
        Verdict::First => "first",
        Verdict::Second => "second",
        Verdict::Equal => "equal",
        Verdict::NotDistinguishable => UNCLEAR,
    }
}

fn track(engine: &Engine, found: &TrackRecord) -> Track {
    let agreed = |unity: Unity| Agreed { unanimous_yes: unity.unanimous_yes, no_objection: unity.no_objection };
    Track {
        roll_calls: found.calls,
        every_member_voted: found.complete,
        observed: agreed(found.observed),
        vote_table: agreed(found.table),
        model_alone: agreed(found.model),
        never_present: ids(engine, &found.never_present),
    }
}

fn captured(engine: &Engine, found: &Capture) -> Captured {
    let largest = |largest: &Option<Largest>| {
        largest.as_ref().map(|largest| LargestShare { share: largest.share, held_by: ids(engine, &largest.holders) })
    };
    let members = found.members.iter().map(|member| {
        let exposure = Exposure {
            exposure: member.exposure,
            below_fifth_partner: member.below_fifth,
            alignment: member.alignment,
        };
        (engine.atlas.countries[member.actor].id.to_string(), exposure)
    });
    Captured {
        rival: found.rival,
        mean_exposure: found.mean_exposure,
        mean_alignment: found.mean_alignment,
        largest_power_share: largest(&found.largest_power),
        largest_gdp_share: largest(&found.largest_gdp),
        members: Fields(members.collect()),
    }
}

fn ids(engine: &Engine, actors: &[usize]) -> Vec<CountryId> {
    actors.iter().map(|actor| engine.atlas.countries[*actor].id).collect()
}

/// The same as a table for people.
#[must_use]
pub fn in_words(found: &Assessment) -> String {
    let mut text = String::new();
    for repair in found.repairs.iter().chain(&found.moved) {
        let _ = writeln!(text, "{}", on_one_line(repair));
    }
    text += &table::of_intervals(&found.groupings.iter().map(|of| &of.answer).collect::<Vec<_>>());
    let _ = writeln!(
        text,
        "Estimates, not forecasts. In brackets: 90 % of {} draws. Cost to the sponsor: going alone = 100; *: it stays out.",
        found.draws
    );
    for grouping in &found.groupings {
        if let Some(StopsMost { member, change_if_it_leaves }) = &grouping.stops_most {
            let _ = writeln!(
                text,
                "{}: most is stopped by the no of {member}, {change_if_it_leaves:.0} if it leaves.",
                on_one_line(&grouping.answer.name)
            );
        }
    }
    let unclear: Vec<String> = found
        .comparisons
        .iter()
        .filter(|pair| pair.verdict == UNCLEAR)
        .map(|pair| format!("  {} and {} on {}", on_one_line(&pair.first), on_one_line(&pair.second), pair.measure))
        .collect();
    if !unclear.is_empty() {
        let _ = writeln!(text, "\nNot distinguishable (fewer than 95 % of the draws agree):\n{}", unclear.join("\n"));
    }
    text
}
