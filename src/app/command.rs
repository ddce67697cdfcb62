//! What panels ask for.

use std::path::PathBuf;
use std::sync::Arc;

use super::ListShows;
use super::export::Order;
use super::searching::SearchStep;
use super::table::Named;
use crate::data::CountryId;
use crate::model::{Edit, GroupingId, Slide, SlideId, View};

/// What a panel asks for. Panels push commands; [`App::run`](super::App::run) carries them out at the end of the frame.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// A change to the workspace.
    Edit(Edit),
    /// A change that is being typed and does not count yet: recovery copies hold it.
    HalfTyped(Box<Edit>),
    /// Opens an earlier version in a second window, as a copy.
    OpenEarlier(usize),
    /// Several changes in a row, each a step of its own.
    Steps(Vec<Edit>),
    /// A command of the table.
    Do(Named),
    /// Selects a grouping everywhere.
    Select(Option<GroupingId>),
    /// Looks at the workspace in another way.
    Look(Box<View>),
    /// Picks countries, in the list or on a card.
    Pick(Picked),
    /// What the list shows of the picked countries, and where the keyboard is in it.
    ListShows(ListShows),
    /// Slides are presented, or no longer.
    Presents(bool),
    /// A question is asked while presenting, or no longer.
    AskLive(Option<Box<Slide>>),
    /// Chooses a slide.
    ChooseSlide(SlideId),
    /// Puts a slide before the one that stands at a position.
    PutSlide(SlideId, usize),
    /// Asks, runs or ends a search, or takes what it found.
    Search(SearchStep),
    /// Selects a roll call of the record.
    SelectCall(Option<usize>),
    /// Shows the roll calls that weigh most in the deadlock risk of a grouping.
    ShowHeaviest(GroupingId),
    /// Puts a text on the clipboard, and says that it did.
    Copy {
        /// What it is, to begin a sentence: “The table of all groupings”.
        what: String,
        /// The text.
        text: String,
    },
    /// Takes groupings, or a list of countries, from a text.
    Paste(String),
    /// Tells what differs from a workspace on disk.
    CompareWith(PathBuf),
    /// Opens a workspace from disk.
    OpenPath(PathBuf),
    /// Opens an example by its position.
    OpenExample(usize),
    /// Writes the workspace to a file, which it then belongs to.
    SaveTo(PathBuf),
    /// Looks whether another program changed the file.
    LookAtFile,
    /// Takes the file that another program changed in place of what the window shows.
    Reload,
    /// Saves over what another program wrote.
    Overwrite,
    /// Puts an earlier version, by its place in the list, in place of what the window shows.
    Restore(usize),
    /// Tells what differs from an earlier version.
    CompareEarlier(usize),
    /// Removes the earlier versions of the file.
    ClearEarlier,
    /// Leaves the changed file and what the window shows as they are.
    KeepMine,
    /// Makes slides, pictures or a briefing, and asks where to save them.
    Export(Box<Order>),
    /// Puts a chart, by its id, or the chosen slide on the clipboard as a picture.
    CopyPicture(Option<&'static str>),
    /// Asks where to save a file beside the document, such as a table.
    SaveFileBeside(SideFile),
    /// Writes a file beside the document, which stays what it is.
    WriteFileBeside(PathBuf, SideFile),
    /// Puts an organisation or a proposal on the board as a new grouping, by its position in the atlas.
    AddBody(usize),
    /// Opens a chart, by its name in the catalogue.
    ShowChart(&'static str),
    /// Shows a section of the inspector, by its title.
    ShowSection(GroupingId, &'static str),
    /// Tells that something was done.
    Tell(String),
    /// Tells that something could not be done by a fault of the program.
    TellFault(String),
    /// Shows a notice no longer.
    Dismiss(u64),
    /// All that was told has been read.
    ReadNotices,
    /// Opens a recovery copy by its position; it remains unsaved.
    Recover(usize),
    /// Throws a recovery copy away.
    DropRecovery(usize),
    /// Goes on although work is unsaved.
    Discard(Box<Command>),
}

/// Files to be saved beside the document, such as a table, a picture, or slides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideFile {
    /// What it is, in a sentence: “the table of all groupings”.
    pub what: String,
    /// The name that is suggested, without extension.
    pub name: String,
    /// The extension, without the dot.
    pub extension: &'static str,
    /// The bytes; several go into a folder, each under its own name.
    pub files: Arc<Vec<(String, Vec<u8>)>>,
}

impl SideFile {
    /// A text.
    #[must_use]
    pub fn text(
        what: impl Into<String>,
        name: impl Into<String>,
        extension: &'static str,
        text: impl Into<String>,
    ) -> Self {
        let files = Arc::new(vec![(String::new(), text.into().into_bytes())]);
        Self { what: what.into(), name: name.into(), extension, files }
    }

    /// The text of a file that is one.
    #[must_use]
    pub fn as_text(&self) -> String {
        self.files.first().map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
    }

    /// The same with the mark by which spreadsheets know that a text is UTF-8.
    #[must_use]
    pub fn with_mark(self) -> Self {
        let text = format!("\u{feff}{}", self.as_text());
        Self::text(self.what, self.name, self.extension, text)
    }
}

/// The countries that are picked, and where.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picked {
    /// On which card; `None` is the list.
    pub on: Option<GroupingId>,
    /// In the order in which they were picked.
    pub countries: Vec<CountryId>,
}
