//! `convenor search` and `convenor merge`: which coalitions do best.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::cases::{Fault, Reader, fault};
use super::failure::{Failure, on_one_line};
use super::fields::Fields;
use super::{json as write_json, open};
use crate::analysis::search::{Best, Bounds, Design, Found, Front, Limits, Objective, Progress, Search, key, search};
use crate::analysis::{Case, Engine};
use crate::chart::fixed;
use crate::data::{CountryId, Subject};
use crate::model::{Assumptions, Grouping, GroupingId};
use crate::storage;

/// What is searched for, and how far.
#[derive(Args, Debug)]
pub struct Options {
    /// A JSON file with the question.
    pub file: PathBuf,
    /// Print JSON instead of a table.
    #[arg(long)]
    pub json: bool,
    /// Consider at most so many designs; beyond, the answer is the best found, and not proven.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub designs: Option<u64>,
    /// Search one part of several, such as 2/8; `merge` puts them together.
    #[arg(long, value_name = "I/N")]
    pub part: Option<String>,
    /// The seed, where not every design can be considered.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// A workspace whose assumptions are taken.
    #[arg(long, value_name = "FILE")]
    pub workspace: Option<PathBuf>,
    /// The grouping of the workspace whose issue, rule, mandate and form are taken where the question has none.
    #[arg(long, value_name = "NAME", requires = "workspace")]
    pub grouping: Option<String>,
}

/// Answers of parts that are to be put together.
#[derive(Args, Debug)]
pub struct MergeOptions {
    /// Answers of `convenor search --json --part I/N`.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
}

/// A question as it was asked.
#[derive(Debug)]
pub struct Asked {
    /// Its name.
    pub name: String,
    /// The question as it stands in the file.
    pub text: Value,
    /// What to search for.
    pub search: Search,
}

const KEYS: [&str; 19] = [
    "name",
    "issue",
    "own_questions",
    "rule",
    "questions",
    "months",
    "form",
    "sponsor",
    "rival",
    "programme",
    "half_life",
    "related_weight",
    "convenor",
    "must",
    "never",
    "candidates",
    "size",
    "objectives",
    "bounds",
];

/// Runs a search.
///
/// # Errors
/// The file cannot be read, or the question is not understood or contradicts itself.
pub fn run(engine: &Engine, options: &Options) -> Result<String, Failure> {
    let text = storage::read_text(&options.file).map_err(Failure::of)?;
    let path = options.file.display();
    let value: Value =
        serde_json::from_str(&text).map_err(|error| Failure(format!("“{path}” is not valid JSON: {error}")))?;
    if let Some(twice) = storage::repeated_keys(text.as_bytes()).first() {
        return Err(Failure(format!("“{path}”: “{twice}” is given twice")));
    }
    let like = match &options.workspace {
        None => None,
        Some(path) => {
            let workspace = open::workspace(engine, path)?;
            let grouping = match &options.grouping {
                Some(name) => open::named(&workspace, path, name)?.clone(),
                None => Grouping::new(GroupingId(1), "search", 0),
            };
            Some((grouping, (*workspace.assumptions).clone()))
        }
    };
    let asked = parse(engine, &value, like).map_err(|error| Failure(format!("“{path}”, {error}")))?;
    let mut limits = Limits { seed: options.seed, ..Limits::of(&asked.search) };
    limits.designs = options.designs.unwrap_or(limits.designs);
    if let Some(part) = &options.part {
        limits.part = read_part(part)?;
    }
    let answer = answered(engine, &asked, &limits);
    if options.json { write_json::page(&answer) } else { Ok(table(&answer)) }
}

fn read_part(text: &str) -> Result<[usize; 2], Failure> {
    let read = || {
        let (part, of) = text.split_once('/')?;
        let (part, of): (usize, usize) = (part.trim().parse().ok()?, of.trim().parse().ok()?);
        (1..=of).contains(&part).then_some([part - 1, of])
    };
    read().ok_or_else(|| Failure(format!("--part “{text}”: such as 2/8 is expected, the second of eight")))
}

/// Reads a question. `like`: a grouping and assumptions from which it takes what it does not say.
///
/// # Errors
/// Names the key and what is wrong with it.
pub fn parse(engine: &Engine, value: &Value, like: Option<(Grouping, Assumptions)>) -> Result<Asked, Failure> {
    read(engine, value, like).map_err(|(key, message)| match key.as_str() {
        "" => Failure(message),
        key => Failure(format!("key “{key}”: {message}")),
    })
}

/// The same, with what is wrong in words that name no key.
///
/// # Errors
/// What is wrong.
pub fn question(engine: &Engine, value: &Value, like: (Grouping, Assumptions)) -> Result<Search, String> {
    read(engine, value, Some(like)).map(|asked| asked.search).map_err(|(_, message)| message)
}

fn read(engine: &Engine, value: &Value, like: Option<(Grouping, Assumptions)>) -> Result<Asked, Fault> {
    let Value::Object(fields) = value else { return fault("", "a search is an object") };
    if let Some(unknown) = fields.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return fault(unknown, format!("unknown key; known are {}", KEYS.join(", ")));
    }
    let reader = Reader { engine, fields };
    let (mut grouping, mut assumptions) =
        like.unwrap_or_else(|| (Grouping::new(GroupingId(1), "search", 0), Assumptions::default()));
    reader.design(&mut grouping, &mut assumptions)?;
    let number = |id: CountryId| engine.atlas.actor(id);
    let numbers = |key: &str| -> Result<Vec<usize>, Fault> {
        let mut found: Vec<usize> = reader.actors(key)?.into_iter().filter_map(number).collect();
        found.sort_unstable();
        Ok(found)
    };
    let (must, never) = (numbers("must")?, numbers("never")?);
    let id = |actor: usize| engine.atlas.countries[actor].id;
    if let Some(both) = must.iter().find(|actor| never.contains(actor)) {
        return fault("must", format!("{} must be in and must never be in", id(*both)));
    }
    let mut candidates = match fields.get("candidates") {
        None => (0..engine.atlas.countries.len()).collect(),
        Some(Value::String(all)) if all == "all" => (0..engine.atlas.countries.len()).collect(),
        Some(Value::Array(_)) => numbers("candidates")?,
        Some(_) => return fault("candidates", "a list of country codes or “all” is expected"),
    };
    candidates.retain(|actor| !never.contains(actor));
    let own = reader.own()?;
    let base = Case::of(&engine.atlas, &Grouping { seats: Vec::new(), ..grouping }, &assumptions);
    let base = Case { own: own.or(base.own.clone()), ..base };
    let search = Search {
        convenors: convenors(&reader, &base, &never)?,
        base,
        must,
        candidates,
        size: size(&reader)?,
        objectives: objectives(fields)?,
        bounds: bounds(fields)?,
    };
    if search.designs() == 0 {
        let [least, most] = search.size;
        let words = format!(
            "no design has between {least} and {most} members with all that must be in, the convenor counted, out of {} \
             candidates",
            search.candidates.len()
        );
        return fault("size", words);
    }
    Ok(Asked { name: reader.name()?.unwrap_or_else(|| "search".to_owned()), text: value.clone(), search })
}

fn convenors(reader: &Reader<'_>, base: &Case, never: &[usize]) -> Result<Vec<Option<usize>>, Fault> {
    const KEY: &str = "convenor";
    let engine = reader.engine;
    let listed = |list: &[Value]| -> Result<Vec<Option<usize>>, Fault> {
        let mut found = Vec::new();
        for value in list {
            let id = reader.known(KEY, value)?;
            let actor = engine.atlas.actor(id);
            if actor.is_some_and(|actor| never.contains(&actor)) {
                return fault(KEY, format!("{id} may not convene: it is among “never”"));
            }
            if found.contains(&actor) {
                return fault(KEY, format!("{id} is listed twice"));
            }
            found.push(actor);
        }
        found.sort_unstable();
        if found.is_empty() { fault(KEY, "nobody may convene: name somebody, or null for none") } else { Ok(found) }
    };
    match reader.fields.get(KEY) {
        None | Some(Value::Null) => Ok(vec![None]),
        Some(Value::Array(list)) => listed(list),
        Some(one @ Value::String(_)) => listed(std::slice::from_ref(one)),
        Some(Value::Object(of)) => {
            let below = of.get("population_below").and_then(Value::as_f64).filter(|_| of.len() == 1);
            let Some(below) = below else {
                return fault(KEY, "such as {\"population_below\": 25000000} is expected");
            };
            let facts = engine.facts_of(base);
            let is_small = |actor: &usize| {
                facts.value(Subject::Population, *actor).is_some_and(|people| people < below) && !never.contains(actor)
            };
            let found: Vec<Option<usize>> = (0..engine.atlas.countries.len()).filter(is_small).map(Some).collect();
            if found.is_empty() {
                return fault(KEY, format!("nobody may convene: no state has fewer than {below} people"));
            }
            Ok(found)
        }
        Some(_) => fault(KEY, "a country code, a list of them, {\"population_below\": …} or null is expected"),
    }
}

fn size(reader: &Reader<'_>) -> Result<[usize; 2], Fault> {
    let Some(Value::Array(pair)) = reader.fields.get("size") else {
        return fault("size", "the least and the greatest number of voting members, such as [3, 6]");
    };
    let [least, most] = &pair[..] else { return fault("size", "two numbers are expected, such as [3, 6]") };
    let (least, most) = (Reader::whole("size", least)? as usize, Reader::whole("size", most)? as usize);
    if least > most {
        return fault("size", format!("from {least} to {most} is no range: the first must be the smaller"));
    }
    Ok([least, most.min(reader.engine.atlas.countries.len())])
}

fn objectives(fields: &Map<String, Value>) -> Result<Vec<Objective>, Fault> {
    const KEY: &str = "objectives";
    let names = || Objective::ALL.map(|objective| objective.measure().name).join(", ");
    let list = match fields.get(KEY) {
        None => return Ok(vec![Objective::Legitimacy, Objective::Deadlock]),
        Some(Value::Array(list)) if (1..=3).contains(&list.len()) => list,
        Some(_) => return fault(KEY, format!("one to three of {} are expected", names())),
    };
    let mut found = Vec::new();
    for value in list {
        let Some(objective) = value.as_str().and_then(Objective::from_name) else {
            return fault(KEY, format!("{value} is none of {}", names()));
        };
        if found.contains(&objective) {
            return fault(KEY, format!("{value} is listed twice"));
        }
        found.push(objective);
    }
    Ok(found)
}

fn bounds(fields: &Map<String, Value>) -> Result<Bounds, Fault> {
    let mut bounds = Bounds::default();
    let of = match fields.get("bounds") {
        None => return Ok(bounds),
        Some(Value::Object(of)) => of,
        Some(_) => return fault("bounds", "an object such as {\"deadlock_below\": 40} is expected"),
    };
    for (name, value) in of {
        let key = format!("bounds.{name}");
        let place = match name.as_str() {
            "deadlock_below" => &mut bounds.deadlock_below,
            "reach_above" => &mut bounds.reach_above,
            "legitimacy_above" => &mut bounds.legitimacy_above,
            "cost_below" => &mut bounds.cost_below,
            "microlateral_above" => &mut bounds.microlateral_above,
            "exclusion_below" => &mut bounds.exclusion_below,
            _ => {
                let known =
                    "deadlock_below, reach_above, legitimacy_above, cost_below, microlateral_above, exclusion_below";
                return fault(&key, format!("unknown key; known are {known}"));
            }
        };
        match value.as_f64().filter(|number| number.is_finite()) {
            Some(number) => *place = Some(number),
            None => return fault(&key, format!("{value} is not a number")),
        }
    }
    Ok(bounds)
}

/// A design of the front.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// All voting members by code.
    pub members: Vec<CountryId>,
    /// Who convenes.
    pub convenor: Option<CountryId>,
    /// The measures; null where one has no meaning.
    #[serde(flatten)]
    pub measures: Fields<Option<f64>>,
}

/// How many there are: JSON has no whole numbers beyond 64 bits, so that more are told as a decimal number.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Count {
    /// So many.
    Exact(u64),
    /// About so many, or more.
    About(f64),
}

impl Count {
    fn of(designs: u128) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "told as about so many")]
        u64::try_from(designs).map_or_else(|_| Self::About(designs as f64), Self::Exact)
    }

    fn words(self) -> String {
        match self {
            Self::Exact(designs) => designs.to_string(),
            Self::About(designs) => format!("about {designs:.1e}"),
        }
    }
}

/// The answer in the form of `convenor search --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The name of the question.
    pub name: String,
    /// Whether every design (of the part) was considered, or excluded by a proven bound; if not, this is the best found.
    pub exact: bool,
    /// Designs considered, or excluded by a proven bound.
    pub considered: u64,
    /// How many designs there are in all.
    pub designs: Count,
    /// Which part of how many.
    pub part: String,
    /// What designs are compared by.
    pub objectives: Vec<&'static str>,
    /// Those that no other beats, best on the first objective first.
    pub front: Vec<Row>,
    /// The question.
    pub asked: Value,
}

/// Searches, and says what was found.
#[must_use]
pub fn answered(engine: &Engine, asked: &Asked, limits: &Limits) -> Answer {
    let found: Found = search(engine, &asked.search, limits, &Progress::default());
    let id = |actor: usize| engine.atlas.countries[actor].id;
    let row = |best: Best| {
        let Design { members, convenor } = best.design;
        let values = Objective::ALL.into_iter().zip(best.values);
        Row {
            members: members.into_iter().map(id).collect(),
            convenor: convenor.map(id),
            measures: Fields(
                values.map(|(objective, value)| (objective.measure().name.to_owned(), value.ok())).collect(),
            ),
        }
    };
    let [part, of] = limits.part;
    Answer {
        name: asked.name.clone(),
        exact: found.exact,
        considered: found.considered,
        designs: Count::of(found.designs),
        part: format!("{}/{of}", part + 1),
        objectives: asked.search.objectives.iter().map(|objective| objective.measure().name).collect(),
        front: found.front.into_iter().map(row).collect(),
        asked: asked.text.clone(),
    }
}

/// A table for people.
#[must_use]
pub fn table(answer: &Answer) -> String {
    let (name, considered, designs) = (on_one_line(&answer.name), answer.considered, answer.designs.words());
    let mut text = format!("{name}: {considered} of {designs} designs considered");
    text.push_str(match (answer.exact, answer.part.ends_with("/1")) {
        (true, true) => ", all of them: no other design beats these.\n",
        (true, false) => ", all of this part: no other design of it beats these.\n",
        (false, _) => ": the best found, not proven.\n",
    });
    if answer.front.is_empty() {
        text.push_str("No design keeps the bounds.\n");
        return text;
    }
    for objective in Objective::ALL {
        let _ = write!(text, "{:>18}", objective.measure().label);
    }
    text.push_str("  convenor  members\n");
    for row in &answer.front {
        for (_, value) in &row.measures.0 {
            let _ = write!(text, "{:>18}", value.map_or_else(|| "not defined".to_owned(), |value| fixed(value, 2)));
        }
        let members: Vec<String> = row.members.iter().map(ToString::to_string).collect();
        let convenor = row.convenor.map_or_else(|| "–".to_owned(), |id| id.to_string());
        let _ = writeln!(text, "  {convenor:8}  {}", members.join(" "));
    }
    text + "Estimates, not forecasts.\n"
}

/// Puts answers of parts together.
///
/// # Errors
/// A file cannot be read, is no answer of a search, answers another question, or is there twice.
pub fn merge(options: &MergeOptions) -> Result<String, Failure> {
    let mut parts = Vec::with_capacity(options.files.len());
    for path in &options.files {
        let text = storage::read_text(path).map_err(Failure::of)?;
        let value = serde_json::from_str(&text)
            .map_err(|error| Failure(format!("“{}” is not valid JSON: {error}", path.display())))?;
        parts.push((path.display().to_string(), value));
    }
    write_json::page(&merged(&parts)?)
}

/// The answer that those of parts come to, each with the name of its file.
///
/// # Errors
/// As [`merge`].
pub fn merged(parts: &[(String, Value)]) -> Result<Value, Failure> {
    let Some((_, first)) = parts.first() else { return Err(Failure("nothing to merge".to_owned())) };
    let no_answer = |name: &str, key: &str| {
        Failure(format!(
            "“{name}” is no answer of “convenor search --json”: “{key}” is missing or not what it should be"
        ))
    };
    let mut front = Front::default();
    let mut rows: Vec<(Design, Value)> = Vec::new();
    let (mut considered, mut all_exact, mut seen) = (0_u64, true, Vec::new());
    let mut of_all = 1;
    for (name, part) in parts {
        for key in ["asked", "designs", "objectives", "name"] {
            if part.get(key).is_none() {
                return Err(no_answer(name, key));
            }
            if part[key] != first[key] {
                return Err(Failure(format!("“{name}” answers another question: “{key}” differs")));
            }
        }
        let label = part["part"].as_str().ok_or_else(|| no_answer(name, "part"))?;
        let [at, of] = read_part(label)?;
        if seen.contains(&at) {
            return Err(Failure(format!("part {label} is there twice; “{name}” is the second")));
        }
        if !seen.is_empty() && of != of_all {
            return Err(Failure(format!("“{name}” is part {label}: the others are parts of {of_all}")));
        }
        of_all = of;
        seen.push(at);
        considered += part["considered"].as_u64().ok_or_else(|| no_answer(name, "considered"))?;
        all_exact &= part["exact"].as_bool().ok_or_else(|| no_answer(name, "exact"))?;
        for row in part["front"].as_array().ok_or_else(|| no_answer(name, "front"))? {
            let read = read_row(row, &part["objectives"]).ok_or_else(|| no_answer(name, "front"))?;
            let (keys, codes) = read;
            // Codes in order stand for numbers in order.
            let place = |code: &String| code.bytes().fold(0_usize, |number, byte| number * 256 + usize::from(byte));
            let design = Design {
                members: codes.iter().map(place).collect(),
                convenor: row["convenor"].as_str().map(|code| place(&code.to_owned())),
            };
            rows.push((design.clone(), row.clone()));
            if let Some(design) = front.accepts(&keys, || design) {
                front.insert(keys, design);
            }
        }
    }
    let missing: Vec<String> =
        (0..of_all).filter(|at| !seen.contains(at)).map(|at| format!("{}/{of_all}", at + 1)).collect();
    let row = |design: Design| rows.iter().find(|(of, _)| *of == design).map(|(_, row)| row.clone());
    let front: Vec<Value> = front.into_designs().into_iter().filter_map(row).collect();
    let mut merged = json!({
        "name": first["name"], "exact": all_exact && missing.is_empty(), "considered": considered,
        "designs": first["designs"], "part": "1/1", "objectives": first["objectives"], "front": front,
        "asked": first["asked"],
    });
    if !missing.is_empty() {
        merged["missing"] = json!(missing);
        merged["part"] = json!("some");
    }
    Ok(merged)
}

fn read_row(row: &Value, objectives: &Value) -> Option<(Vec<i64>, Vec<String>)> {
    let keys = objectives.as_array()?.iter().map(|name| {
        let objective = Objective::from_name(name.as_str()?)?;
        Some(key(objective.more(row.get(objective.measure().name)?.as_f64()?)))
    });
    let codes = row.get("members")?.as_array()?.iter().map(|code| code.as_str().map(str::to_owned));
    Some((keys.collect::<Option<_>>()?, codes.collect::<Option<_>>()?))
}
