//! The program without a screen.

mod background;
mod board;
pub mod cli;
mod clipboard;
mod command;
pub mod day;
mod disk;
mod earlier;
mod elsewhere;
pub mod export;
mod files;
mod guard;
mod holding;
mod keeper;
mod kept;
pub mod later;
mod leave;
pub mod live;
mod notice;
mod reading;
pub mod report;
mod results;
mod run;
pub mod searching;
#[cfg(test)]
mod sixth;
pub mod slides;
mod stage;
mod table;
pub mod worker;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

pub use background::Standing;
pub use board::{Beside, Board, Evaluated};
pub use command::{Command, Picked, SideFile};
pub use earlier::Earlier;
pub use elsewhere::Conflict;
pub use guard::{FAULT, fault_words};
pub use holding::Holding;
use kept::Kept;
pub use later::{Later, Wake};
pub use live::{Known, Shown};
pub use notice::{Notice, Notices, Weight};
pub use results::Results;
pub use stage::{Setting, Staged};
pub use table::{Entry, Named};

pub use crate::model::{Place, Tab, visible};

use crate::analysis::forecast::Forecast;
use crate::analysis::measures::Broker;
use crate::analysis::stuck::stops_most;
use crate::analysis::view::View as Reader;
use crate::analysis::years::{Years, by_year};
use crate::analysis::{Case, Defined, Engine, OwnQuestion, Report, whatif};
use crate::chart::{self, Study};
use crate::data::{Atlas, CountryId};
use crate::model::{Basis, Edit, Gesture, Grouping, GroupingId, History, Role, Shift, Slide, SlideId, View, Workspace};
use crate::storage::Seen;
use crate::storage::autosave::Found;
use crate::storage::holds::Hold;

/// What is shown and selected: not part of the document, not undone, not saved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    /// What of the workspace is looked at; its selected grouping is the one that inspector, what-if and commands are about.
    pub view: View,
    /// The countries that are picked; commands are about those of them that are seen: [`App::acting`].
    pub picked: Picked,
    /// What the list of countries shows of them.
    pub list: ListShows,
    /// The roll call of the record that the inspector tells about, by its number in the table.
    pub roll_call: Option<usize>,
    /// The chosen slide.
    pub slide: Option<SlideId>,
    /// Whether slides are being presented.
    pub presents: bool,
    /// A question that is asked while presenting: a slide that is none of the workspace.
    pub live: Option<Arc<Slide>>,
}

/// What the list of countries shows of the picked ones, and where the keyboard is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListShows {
    /// Those picked in the list that search and filters hide.
    pub hidden: Vec<CountryId>,
    /// The row that has the keyboard.
    pub row: Option<CountryId>,
}

/// What only the screen can do; the shell takes these and answers with commands.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// Choose a file to open.
    OpenFile,
    /// Choose where to save; then go on with a command, if any.
    SaveFile(Option<Box<Command>>),
    /// Choose where to save a text.
    SaveFileBeside(SideFile),
    /// Unsaved work would be lost by the command: save, don't save, or keep working.
    Unsaved(Box<Command>),
    /// Edit the name of the grouping in place.
    Rename(GroupingId),
    /// Open a file in a second window, as a copy that belongs to no file.
    OpenBeside(PathBuf),
    /// Put a text on the clipboard.
    CopyText(String),
    /// Put a picture on the clipboard.
    CopyPicture(export::Picture),
    /// Ask what is to be exported, and how.
    Export,
    /// Ask for what is on the clipboard; it arrives as [`Command::Paste`].
    Paste,
    /// Show the slides on the whole screen, from one on, by its position.
    Present(usize),
    /// Choose a workspace to compare with.
    CompareWith,
    /// Show title and notes of the workspace.
    Describe,
    /// Open a section of the inspector, bring it into view and put the keyboard on it.
    ShowSection(&'static str),
    /// Put the keyboard on the search field of the list.
    FindCountry,
    /// Find a command, a country or a grouping.
    Palette,
    /// Put the keyboard on the next pane, or the one before.
    Pane {
        /// Whether the one before is meant.
        back: bool,
    },
    /// Bring a chart into view, by its name in the catalogue.
    ShowChart(&'static str),
    /// Sort the record by weight, all of it, heaviest first.
    ShowHeaviest,
    /// Switch between light and dark.
    ToggleTheme,
    /// Light or dark as the system has it.
    SystemTheme,
    /// Switch between contrast as usual and higher.
    ToggleContrast,
    /// Let nothing move by itself, or let it again.
    ToggleMotion,
    /// Give the panes the widths that they have at first.
    ResetWidths,
    /// Show a page of help.
    Help(Help),
    /// Close the window.
    Close,
}

/// The menus of the menu bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Menu {
    File,
    Edit,
    Grouping,
    Slides,
    View,
    Help,
}

impl Menu {
    /// All menus, in order.
    pub const ALL: [Self; 6] = [Self::File, Self::Edit, Self::Grouping, Self::Slides, Self::View, Self::Help];

    /// The title.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Grouping => "Grouping",
            Self::Slides => "Slides",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

/// Whether a command can do anything now; if not, why, in a sentence.
pub type Possible = Result<(), &'static str>;

/// The pages of help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Help {
    /// The list of keys.
    Keys,
    /// What the numbers mean.
    Methods,
    /// What was told since the program started.
    Notices,
    /// Earlier versions of the file.
    Earlier,
    /// What differs from another workspace.
    Differences,
    /// Sources and licences.
    Sources,
    /// About the program.
    About,
}

/// The file that the document belongs to.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Where it was opened from or saved to; `None` for a new document or an example.
    pub path: Option<PathBuf>,
    /// What it held when it was opened or saved.
    pub seen: Option<Seen>,
}

/// The program: the document, its history, what is selected, and the answers.
pub struct App {
    /// What all answers are computed with.
    pub engine: Arc<Engine>,
    /// The document and its past.
    pub history: History,
    /// The file of the document.
    pub document: Document,
    /// What is selected.
    pub session: Session,
    /// The answers.
    pub results: Results,
    /// What there is to tell.
    pub notices: Notices,
    /// Files that were opened or saved lately, newest first.
    pub recent: Vec<PathBuf>,
    /// What differs from the workspace that was last compared with: its name, and the sentences.
    pub compared: Option<(String, Vec<String>)>,
    /// Requests to the shell, taken each frame.
    pub asks: Vec<Ask>,
    /// Work of sessions that did not end well, to be offered.
    pub found: Vec<Found>,
    /// Where the list of recent files is kept; `None` keeps none.
    pub recent_file: Option<PathBuf>,
    conflict: Option<Conflict>,
    /// The state of the file against which the window’s was kept.
    kept_against: Option<Seen>,
    /// Where recovery copies are kept; `None` keeps none.
    copies: Option<PathBuf>,
    keeper: Option<keeper::Keeper>,
    /// Where earlier versions are kept; `None` keeps none.
    versions: Option<PathBuf>,
    earlier: Vec<Earlier>,
    /// What the recovery copy is asked to hold.
    asked_copy: Option<(Arc<Workspace>, bool)>,
    /// What the recovery copy holds.
    copied: Option<Arc<Workspace>>,
    half_typed: Option<files::HalfTyped>,
    /// Where it is noted which files are open; `None` notes none.
    holds: Option<PathBuf>,
    /// The note on the document's file.
    hold: Option<Hold>,
    /// Why the last recovery copy could not be written.
    copy_fault: Option<String>,
    /// Every possible change of one seat of the selected grouping.
    moves: Later<Case, Vec<whatif::Row>>,
    /// Whose no stops most, by case.
    stuck: Mutex<Kept<Case, Option<(usize, f64)>>>,
    /// What outsiders of the selected grouping would gain by joining.
    joins: Later<Case, HashMap<usize, f64>>,
    /// What a vote on a question of the user's own would bring.
    forecasts: Later<(Case, OwnQuestion), Defined<Forecast>>,
    /// Whether groupings hold together, by case.
    holding: Mutex<Kept<Case, Holding>>,
    /// What charts of the selected grouping need beyond its report, where that takes a while.
    study: Later<Case, Study>,
    /// The track record by year of the selected grouping.
    years: Later<(Case, u32, u64), Defined<Years>>,
    /// The search of the window.
    pub searching: searching::Searching,
    wake: Wake,
    gesture: Gesture,
    /// Whether something is held down: then nothing new is asked that takes a while.
    held: bool,
    /// How many documents were put in place of another.
    opened: u64,
    worker: Option<worker::Worker>,
    exporting: Option<leave::Exporting>,
    saving: Option<disk::Saving>,
    reading: Option<reading::Reading>,
    /// What waits until it is known whether the document was saved, or another opened.
    put_off: Vec<Command>,
    /// How long a command waits for the disk.
    patience: Duration,
}

impl App {
    /// The program with a document. It is counted as saved: nothing is lost when it is closed at once.
    #[must_use]
    pub fn new(engine: Arc<Engine>, workspace: Workspace) -> Self {
        let mut app = Self {
            engine,
            history: History::new(workspace, true),
            document: Document::default(),
            session: Session::default(),
            results: Results::default(),
            notices: Notices::default(),
            recent: Vec::new(),
            asks: Vec::new(),
            compared: None,
            recent_file: None,
            found: Vec::new(),
            conflict: None,
            kept_against: None,
            copies: None,
            keeper: None,
            versions: None,
            earlier: Vec::new(),
            asked_copy: None,
            copied: None,
            half_typed: None,
            holds: None,
            hold: None,
            copy_fault: None,
            moves: Later::default(),
            stuck: Mutex::default(),
            joins: Later::default(),
            forecasts: Later::default(),
            holding: Mutex::default(),
            study: Later::default(),
            years: Later::default(),
            searching: searching::Searching::default(),
            wake: Arc::new(|| {}),
            gesture: 0,
            held: false,
            opened: 0,
            worker: None,
            exporting: None,
            saving: None,
            reading: None,
            put_off: Vec::new(),
            patience: Duration::MAX,
        };
        app.session.view = View { charts: chart::open_at_first(), ..View::default() };
        app.session.view.selected = app.workspace().groupings.first().map(|grouping| grouping.id);
        app.refresh();
        app
    }

    /// What is known about the world.
    #[must_use]
    pub fn atlas(&self) -> &Atlas {
        &self.engine.atlas
    }

    /// The document.
    #[must_use]
    pub fn workspace(&self) -> &Arc<Workspace> {
        self.history.workspace()
    }

    /// A number that is another one for every document that was opened: groupings of two documents may have the same number.
    #[must_use]
    pub fn document_number(&self) -> u64 {
        self.opened
    }

    /// The selected grouping.
    #[must_use]
    pub fn selected(&self) -> Option<&Arc<Grouping>> {
        self.workspace().grouping(self.session.view.selected?)
    }

    /// The countries that commands act on: those picked that are seen; where none is, the row of the list that has the keyboard.
    #[must_use]
    pub fn acting(&self) -> Picked {
        let Picked { on, countries } = &self.session.picked;
        if on.is_some() {
            return self.session.picked.clone();
        }
        let hidden = &self.session.list.hidden;
        let seen: Vec<CountryId> = countries.iter().copied().filter(|id| !hidden.contains(id)).collect();
        let countries = if seen.is_empty() { self.session.list.row.into_iter().collect() } else { seen };
        Picked { on: None, countries }
    }

    /// The grouping that a removal would take the picked countries out of.
    #[must_use]
    pub fn removal_target(&self) -> Option<GroupingId> {
        let acting = self.acting();
        let id = acting.on.or(self.session.view.selected)?;
        let grouping = self.workspace().grouping(id)?;
        let there = |country: &_| grouping.seat(*country).is_some();
        acting.countries.iter().any(there).then_some(id)
    }

    /// What the report of a grouping would be after an edit; `None` if the edit is refused or the grouping goes.
    #[must_use]
    pub fn preview(&self, edit: &Edit, id: GroupingId) -> Option<Arc<Report>> {
        edit.check(self.workspace()).ok()?;
        let mut after = (**self.workspace()).clone();
        edit.apply(&mut after);
        let case = Case::of(self.atlas(), after.grouping(id)?, &after.assumptions);
        Some(self.results.report(&self.engine, &case))
    }

    /// The title to show for the window: document, and whether it differs from the disk.
    #[must_use]
    pub fn title(&self) -> String {
        let edited = if self.history.is_edited() { " · edited" } else { "" };
        format!("{}{edited}", visible(&self.workspace().title))
    }

    /// Says how to wake the screen when an answer that took a while is there.
    pub fn set_wake(&mut self, wake: Wake) {
        self.wake = wake;
    }

    /// How to wake the screen.
    #[must_use]
    pub fn wake(&self) -> Wake {
        self.wake.clone()
    }

    /// What follows from every possible change of one seat of the selected grouping; `None` while that is computed.
    ///
    /// Rules on few members are answered at once, others on a thread.
    #[must_use]
    pub fn moves(&self) -> Option<Arc<Vec<whatif::Row>>> {
        let case = self.selected_case()?;
        if Self::is_quick(case) {
            return Some(self.moves.now(case, || whatif::all(&self.engine, case)));
        }
        if self.held {
            return self.moves.get(case);
        }
        let (engine, asked) = (self.engine.clone(), case.clone());
        self.moves.ask(case, &self.wake, move |cancel| whatif::all_until(&engine, &asked, cancel))
    }

    /// Whose no stops most in a grouping; `None` while that is not known: for rules that take a while only that of the selected
    /// grouping is computed.
    #[must_use]
    pub fn stops_most(&self, evaluated: &Evaluated) -> Option<Option<(usize, f64)>> {
        const KEPT: usize = 400;
        let case = &evaluated.case;
        if evaluated.report.deadlock.is_err() {
            return None;
        }
        let mut kept = self.stuck.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept.get(case) {
            return Some(known);
        }
        let now = whatif::Estimates::of(&evaluated.report);
        let found = if Self::is_quick(case) {
            stops_most(&whatif::removals(&self.engine, case), &now)
        } else if self.selected_case() == Some(case) {
            stops_most(&self.moves()?, &now)
        } else {
            return None;
        };
        kept.insert(case.clone(), found);
        kept.forget_oldest(KEPT, &HashSet::new());
        Some(found)
    }

    /// What charts of the selected grouping need beyond its report; `None` while that is computed. For rules on few members it is
    /// computed piece by piece as it is looked at, for others on a thread.
    #[must_use]
    pub fn study(&self) -> Option<Arc<Study>> {
        let case = self.selected_case()?;
        if Self::is_quick(case) {
            return Some(self.study.now(case, || Study::new(case.clone())));
        }
        if self.held {
            return self.study.get(case);
        }
        let (engine, new) = (self.engine.clone(), Study::new(case.clone()));
        self.study.ask(case, &self.wake, move |cancel| new.complete(&engine, cancel))
    }

    /// The track record by year of the selected grouping, computed in the background; `None` until it is there.
    #[must_use]
    pub fn years(&self) -> Option<Arc<Defined<Years>>> {
        let key = self.years_key()?;
        if self.held {
            return self.years.get(&key);
        }
        let engine = self.engine.clone();
        let (asked, draws, seed) = key.clone();
        self.years.ask(&key, &self.wake, move |cancel| by_year(&engine, &asked, draws, seed, cancel))
    }

    /// Whether there is no track record by year of the selected grouping because the program failed on it, which a notice tells.
    #[must_use]
    pub fn has_no_years(&self) -> bool {
        self.years_key().is_some_and(|key| self.years.has_failed(&key))
    }

    /// The case with the number of draws and the seed.
    fn years_key(&self) -> Option<(Case, u32, u64)> {
        let assumptions = &self.workspace().assumptions;
        Some((self.selected_case()?.clone(), assumptions.draws, assumptions.seed))
    }

    /// Whether there is no what-if of the selected grouping because the program failed on it, which a notice tells.
    #[must_use]
    pub fn has_no_moves(&self) -> bool {
        self.selected_case().is_some_and(|case| self.moves.has_failed(case))
    }

    /// Whether there is no study of the selected grouping because the program failed on it, which a notice tells.
    #[must_use]
    pub fn has_no_study(&self) -> bool {
        self.selected_case().is_some_and(|case| self.study.has_failed(case))
    }

    fn selected_case(&self) -> Option<&Case> {
        Some(&self.results.of(self.session.view.selected?)?.case)
    }

    /// Whether what a case is asked is answered within a frame.
    pub(super) fn is_quick(case: &Case) -> bool {
        const FEW: usize = 40;
        let on_members = case.rule.full.criteria.iter().all(|criterion| criterion.basis == Basis::Members);
        on_members && case.voters.len() <= FEW
    }

    /// The edit that a move of the selected grouping is.
    #[must_use]
    pub fn edit_of(&self, change: whatif::Move) -> Option<Edit> {
        use whatif::Move;
        let into = self.session.view.selected?;
        let country = self.atlas().countries[change.actor()].id;
        let place = |role| Edit::Place(Shift { countries: vec![country], from: None, into, role: Some(role) });
        Some(match change {
            Move::AddMember(_) => place(Role::Member),
            Move::AddConvenor(_) => place(Role::Convenor),
            Move::Remove(_) => Edit::Remove(into, vec![country]),
            Move::Convene(_) => Edit::Convene(into, country),
        })
    }

    /// The honest-broker score of an actor under the workspace's assumptions, 0 to 1; `None` without its figures.
    #[must_use]
    pub fn broker(&self, actor: usize) -> Option<f64> {
        self.as_broker()?.score(&Reader::silent(&self.engine.facts), actor)
    }

    /// The three factors of that score: small, equidistance, governance, each 0 to 1.
    #[must_use]
    pub fn broker_parts(&self, actor: usize) -> Option<[f64; 3]> {
        self.as_broker()?.parts(&Reader::silent(&self.engine.facts), actor)
    }

    fn as_broker(&self) -> Option<Broker> {
        let assumptions = &self.workspace().assumptions;
        let poles = [self.atlas().actor(assumptions.poles[0])?, self.atlas().actor(assumptions.poles[1])?];
        Some(Broker { poles, half: assumptions.small_population, steepness: assumptions.equidistance_steepness })
    }

    /// Ends the gesture under way: edits after this make a new step.
    pub fn end_gesture(&mut self) {
        self.gesture += 1;
    }

    fn refresh(&mut self) {
        let workspace = self.workspace().clone();
        if let Some(id) = self.session.view.selected
            && workspace.grouping(id).is_none()
        {
            self.session.view.selected = workspace.groupings.first().map(|grouping| grouping.id);
        }
        if self.session.picked.on.is_some_and(|id| workspace.grouping(id).is_none()) {
            self.session.picked = Picked::default();
        }
        let looks = self.session.presents || self.session.view.place == Place::Slides;
        let mut slides = if looks { self.shown_slides() } else { Vec::new() };
        slides.extend(self.session.live.iter().cloned());
        self.results.refresh(&self.engine, &workspace, self.session.view.selected, &slides);
    }
}
