//! The search of the window: what is asked, how far it is, what was found.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Map, Value, json};

use super::cli::search::question;
use super::guard::guarded;
use super::notice::Weight;
use super::{App, Holding};
use crate::analysis::search::{self, Best, Bounds, Design, Found, Limits, Objective, Progress, Search};
use crate::analysis::{Engine, stability};
use crate::chart::{self, capital};
use crate::data::CountryId;
use crate::model::{Assumptions, Edit, Grouping, GroupingId, Role, Seat, Workspace};

/// Who may convene.
#[derive(Clone, Debug, PartialEq)]
pub enum Convening {
    /// Nobody.
    Nobody,
    /// Any state of fewer people, candidate or not.
    Small(f64),
    /// One of these, candidate or not.
    Listed(Vec<CountryId>),
}

/// Whose membership is weighed.
#[derive(Clone, Debug, PartialEq)]
pub struct Among {
    /// Whom, in words.
    pub words: String,
    /// These; `None` for every actor.
    pub countries: Option<Vec<CountryId>>,
}

/// What is asked; issue, rule, mandate and form are those of the selected grouping.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    /// Who may convene.
    pub convening: Convening,
    /// Candidates.
    pub among: Among,
    /// Who must be in.
    pub must: Vec<CountryId>,
    /// Who must not be in.
    pub never: Vec<CountryId>,
    /// The least and the greatest number of voting members, the convenor counted.
    pub size: [u32; 2],
    /// By what designs are compared: one to three.
    pub objectives: Vec<Objective>,
    /// What each design must keep.
    pub bounds: Bounds,
}

impl Default for Asking {
    fn default() -> Self {
        Self {
            convening: Convening::Small(25e6),
            among: Among { words: "all countries".to_owned(), countries: None },
            must: Vec::new(),
            never: Vec::new(),
            size: [2, 6],
            objectives: vec![Objective::Legitimacy, Objective::Deadlock],
            bounds: Bounds::default(),
        }
    }
}

/// Where a bound stands.
pub type BoundOf = fn(&mut Bounds) -> &mut Option<f64>;

/// Every bound with its name in files, and where it stands.
pub const BOUNDS: [(&str, BoundOf); 6] = [
    ("legitimacy_above", |bounds| &mut bounds.legitimacy_above),
    ("cost_below", |bounds| &mut bounds.cost_below),
    ("deadlock_below", |bounds| &mut bounds.deadlock_below),
    ("reach_above", |bounds| &mut bounds.reach_above),
    ("microlateral_above", |bounds| &mut bounds.microlateral_above),
    ("exclusion_below", |bounds| &mut bounds.exclusion_below),
];

impl Asking {
    /// What is missing from the question in any case.
    fn refused(&self) -> Option<&'static str> {
        if self.objectives.is_empty() {
            return Some("Choose at least one measure to compare designs by.");
        }
        let nobody = self.convening == Convening::Listed(Vec::new());
        nobody.then_some("Nobody may convene yet: add a country to the list.")
    }

    /// The question as `convenor search` takes it, complete in itself but for assumptions that it has no key for.
    #[must_use]
    pub fn file(&self, like: &Grouping, assumptions: &Assumptions) -> Value {
        let convenor = match &self.convening {
            Convening::Nobody => Value::Null,
            Convening::Small(people) => json!({ "population_below": people }),
            Convening::Listed(listed) => json!(listed),
        };
        let candidates = self.among.countries.as_ref().map_or_else(|| json!("all"), |countries| json!(countries));
        let mut copy = self.bounds;
        let bounds: Map<String, Value> =
            BOUNDS.iter().filter_map(|(name, of)| Some(((*name).to_owned(), json!((*of(&mut copy))?)))).collect();
        let objectives: Vec<&str> = self.objectives.iter().map(|objective| objective.measure().name).collect();
        json!({
            "issue": like.issue,
            "rule": like.rule,
            "questions": like.mandate.questions,
            "months": like.mandate.months,
            "form": like.form,
            "sponsor": assumptions.sponsor,
            "rival": assumptions.rival,
            "programme": assumptions.programme_of(like.issue),
            "half_life": assumptions.half_life,
            "related_weight": assumptions.related_weight,
            "convenor": convenor,
            "must": self.must,
            "never": self.never,
            "candidates": candidates,
            "size": self.size,
            "objectives": objectives,
            "bounds": bounds,
        })
    }
}

/// What can be done with a search.
#[derive(Clone, Debug, PartialEq)]
pub enum SearchStep {
    /// Asks something else.
    Ask(Box<Asking>),
    /// Searches.
    Run,
    /// Lets the search wait, or go on.
    Pause(bool),
    /// Ends the search and keeps what it found so far.
    Stop,
    /// Looks at a design of the front, by its place.
    Choose(usize),
    /// Makes the chosen design a grouping.
    Make,
}

/// What a search found.
#[derive(Debug)]
pub struct Answer {
    /// The question, as it stood.
    file: Value,
    assumptions: Arc<Assumptions>,
    like: Grouping,
    /// The question, as the engine takes it.
    pub search: Search,
    /// The front, and whether it is proven.
    pub found: Found,
    /// Designs drawn at random from all.
    pub cloud: Vec<Best>,
    /// Whether each design of the front holds together; empty where there are too many to tell.
    pub holds: Vec<Holding>,
}

/// A search under way.
#[derive(Debug)]
struct Running {
    progress: Arc<Progress>,
    designs: u128,
    answer: Arc<Mutex<Option<Result<Answer, String>>>>,
}

/// The search of the window.
#[derive(Debug, Default)]
pub struct Searching {
    /// What is asked.
    pub asking: Asking,
    /// The place of the design that is looked at.
    pub chosen: usize,
    /// What was found last.
    pub answer: Option<Arc<Answer>>,
    /// The question as it is asked now, kept while nothing changes: the window asks each frame.
    asked: Mutex<Option<Arc<Asked>>>,
    running: Option<Running>,
}

/// A question with what it was made from.
#[derive(Debug)]
struct Asked {
    asking: Asking,
    workspace: Arc<Workspace>,
    selected: Option<GroupingId>,
    file: Value,
    search: Result<(Search, u128), String>,
}

/// How far a search is.
#[derive(Clone, Debug, PartialEq)]
pub struct Far {
    /// Designs considered.
    pub considered: u64,
    /// Of how many.
    pub designs: u128,
    /// Whether it waits.
    pub is_paused: bool,
    /// The best so far on the first objective.
    pub best: Option<Design>,
}

impl Searching {
    /// How far the search is that is under way.
    #[must_use]
    pub fn far(&self) -> Option<Far> {
        let Running { progress, designs, .. } = self.running.as_ref()?;
        Some(Far {
            considered: progress.considered.load(std::sync::atomic::Ordering::Relaxed),
            designs: *designs,
            is_paused: progress.is_paused(),
            best: progress.best(),
        })
    }
}

/// Designs drawn for the picture; fewer under rules with weights, which take longer.
const CLOUD: [usize; 2] = [400, 40];
/// Of how many designs of a front it is told whether they hold.
const MOST_HELD: usize = 300;

fn answered(
    engine: &Engine,
    search: Search,
    (file, like): (Value, Grouping),
    assumptions: Arc<Assumptions>,
    progress: &Progress,
) -> Answer {
    let found = search::search(engine, &search, &Limits::of(&search), progress);
    // What follows is short, and wanted even where the search was ended.
    let anew = Progress::default();
    let cloud = search::cloud(engine, &search, CLOUD[usize::from(!search.is_counted())], 1, &anew);
    let most = if search.is_counted() { MOST_HELD } else { MOST_HELD / 10 };
    let holds = |best: &Best| {
        let case = search.case(&best.design);
        let found = stability::stability(engine, &case, &engine.settled(&case));
        Holding { exclusion_needed: found.exclusion_needed, first_to_leave: found.first_to_leave }
    };
    let holds = if found.front.len() > most { Vec::new() } else { found.front.iter().map(holds).collect() };
    Answer { file, assumptions, like, search, found, cloud, holds }
}

impl App {
    /// What a search takes issue, rule, mandate and form from.
    fn like(&self) -> Grouping {
        let like = self.selected().map_or_else(|| Grouping::new(GroupingId(0), "search", 0), |like| (**like).clone());
        Grouping { seats: Vec::new(), notes: String::new(), ..like }
    }

    fn asked(&self) -> Arc<Asked> {
        let (asking, workspace) = (&self.searching.asking, self.workspace());
        let selected = self.session.view.selected;
        let mut kept = self.searching.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = &*kept
            && kept.asking == *asking
            && kept.selected == selected
            && Arc::ptr_eq(&kept.workspace, workspace)
        {
            return kept.clone();
        }
        let like = self.like();
        let file = asking.file(&like, &workspace.assumptions);
        let search = match asking.refused() {
            Some(why) => Err(why.to_owned()),
            None => question(&self.engine, &file, (like, (*workspace.assumptions).clone()))
                .map(|search| {
                    let designs = search.designs();
                    (search, designs)
                })
                .map_err(|why| format!("{}.", capital(&why))),
        };
        let (asking, workspace) = (asking.clone(), workspace.clone());
        let asked = Arc::new(Asked { asking, workspace, selected, file, search });
        *kept = Some(asked.clone());
        asked
    }

    /// The question as `convenor search` takes it.
    #[must_use]
    pub fn search_text(&self) -> String {
        serde_json::to_string_pretty(&self.asked().file).unwrap_or_default()
    }

    /// How many designs the question is about.
    ///
    /// # Errors
    /// What contradicts itself, in a sentence.
    pub fn asked_designs(&self) -> Result<u128, String> {
        self.asked().search.as_ref().map(|(_, designs)| *designs).map_err(Clone::clone)
    }

    /// Whether the answer is to another question than the one that is asked now.
    #[must_use]
    pub fn is_search_old(&self) -> bool {
        let now = self.asked();
        self.searching.answer.as_ref().is_some_and(|answer| {
            let like = self.like();
            let same = answer.file == now.file && answer.like.own == like.own;
            !same || answer.assumptions != self.workspace().assumptions
        })
    }

    pub(super) fn search(&mut self, step: SearchStep) {
        match step {
            SearchStep::Ask(asking) => self.searching.asking = *asking,
            SearchStep::Run => self.run_search(),
            SearchStep::Pause(pause) => {
                if let Some(running) = &self.searching.running {
                    running.progress.pause(pause);
                }
            }
            SearchStep::Stop => {
                if let Some(running) = &self.searching.running {
                    running.progress.stop();
                }
            }
            SearchStep::Choose(at) => self.searching.chosen = at,
            SearchStep::Make => self.make_design(),
        }
    }

    /// Another document is there: what was found of the one before is not about it.
    pub(super) fn forget_search(&mut self) {
        if let Some(running) = std::mem::take(&mut self.searching).running {
            running.progress.stop();
        }
    }

    fn run_search(&mut self) {
        let asked = self.asked();
        let (search, designs) = match &asked.search {
            Ok((search, designs)) => (search.clone(), *designs),
            Err(why) => return self.notices.tell(Weight::Warning, why.clone()),
        };
        if let Some(running) = self.searching.running.take() {
            running.progress.stop();
        }
        let (progress, answer) = (Arc::new(Progress::default()), Arc::new(Mutex::new(None)));
        let (engine, wake) = (self.engine.clone(), self.wake.clone());
        let asked = (asked.file.clone(), self.like());
        let assumptions = self.workspace().assumptions.clone();
        let (told, seen) = (progress.clone(), answer.clone());
        let thread = std::thread::Builder::new().spawn(move || {
            // Threads of its own, and one core less than there are: what else is computed does not wait for them.
            let threads = std::thread::available_parallelism().map_or(1, usize::from).saturating_sub(1).max(1);
            let found = guarded(|| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
                let work = || answered(&engine, search, asked, assumptions, &told);
                pool.map(|pool| pool.install(work)).map_err(|error| error.to_string())
            });
            *seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(found.and_then(|found| found));
            wake();
        });
        match thread {
            Ok(_) => self.searching.running = Some(Running { progress, designs, answer }),
            Err(error) => {
                self.notices.tell(
                    Weight::Error,
                    format!("The search could not begin: {error}. Close other programs, then try again."),
                );
            }
        }
    }

    pub(super) fn poll_search(&mut self) {
        let Some(running) = &self.searching.running else { return };
        let Some(answer) = running.answer.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
        self.searching.running = None;
        match answer {
            Ok(answer) => {
                self.searching.chosen = 0;
                self.searching.answer = Some(Arc::new(answer));
            }
            Err(why) => self.notices.tell(Weight::Error, super::fault_words("What the search found", &why)),
        }
    }

    fn make_design(&mut self) {
        let Some(answer) = self.searching.answer.clone() else { return };
        let Some(best) = answer.found.front.get(self.searching.chosen) else { return };
        let id = |actor: usize| self.engine.atlas.countries[actor].id;
        let Design { members, convenor } = &best.design;
        let led = convenor.map(|actor| format!("Led by {}", self.engine.atlas.countries[actor].in_sentence()));
        let wanted = led.unwrap_or_else(|| chart::count_of(members.len(), "member", "members"));
        let seats = members
            .iter()
            .map(|actor| Seat::new(id(*actor), if Some(*actor) == *convenor { Role::Convenor } else { Role::Member }))
            .collect();
        let workspace = self.workspace();
        let grouping = Grouping {
            id: workspace.free_id(),
            colour: workspace.free_colour(),
            name: workspace.free_name(&wanted),
            seats,
            ..answer.like.clone()
        };
        let (made, name) = (grouping.id, grouping.name.clone());
        self.end_gesture();
        self.edit(&Edit::AddGrouping(Box::new(grouping), None));
        self.end_gesture();
        if self.workspace().grouping(made).is_some() {
            self.session.view.selected = Some(made);
            self.notices.tell(Weight::Info, format!("“{name}” is on the board. Ctrl+Z takes it back."));
        }
    }
}
