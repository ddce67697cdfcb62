//! Commands: everything with a name or a key.
//!
//! One table, [`Named::ALL`] with [`Named::entry`], feeds the menu bar, the shortcuts and the list of keys.

use std::path::PathBuf;
use std::sync::Arc;

use super::App;
use crate::data::CountryId;
use crate::model::{Edit, GroupingId, Role};

/// What a panel asks for. Panels push commands; [`App::run`] carries them out at the end of the frame.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// A change to the workspace.
    Edit(Edit),
    /// Several changes in a row, each a step of its own.
    Steps(Vec<Edit>),
    /// A command of the table.
    Do(Named),
    /// Selects a grouping everywhere.
    Select(Option<GroupingId>),
    /// Picks countries, in the list or on a card.
    Pick(Picked),
    /// Selects a roll call of the record.
    SelectCall(Option<usize>),
    /// Shows the roll calls that weigh most in the deadlock risk of a grouping.
    ShowHeaviest(GroupingId),
    /// Opens a workspace from disk.
    OpenPath(PathBuf),
    /// Opens an example by its position.
    OpenExample(usize),
    /// Writes the workspace to a file, which it then belongs to.
    SaveTo(PathBuf),
    /// Asks where to save a text, such as a table.
    SaveText(TextFile),
    /// Writes a text to a file; the document stays what it is.
    WriteText(PathBuf, TextFile),
    /// Puts an organisation or a proposal on the board as a new grouping, by its position in the atlas.
    AddBody(usize),
    /// Opens a chart, by its name in the catalogue.
    ShowChart(&'static str),
    /// Tells that something was done.
    Tell(String),
    /// Tells that something could not be done by a fault of the program.
    TellFault(String),
    /// Forgets a notice.
    Dismiss(u64),
    /// Opens a recovery copy by its position; it remains unsaved.
    Recover(usize),
    /// Throws a recovery copy away.
    DropRecovery(usize),
    /// Goes on although work is unsaved.
    Discard(Box<Command>),
}

/// A text to be saved beside the document, such as a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextFile {
    /// What it is, in a sentence: “the table of all groupings”.
    pub what: String,
    /// The name that is suggested, without extension.
    pub name: String,
    /// The extension, without the dot.
    pub extension: &'static str,
    /// The text.
    pub text: Arc<str>,
}

/// The countries that are picked, and where.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picked {
    /// On which card; `None` is the list.
    pub on: Option<GroupingId>,
    /// In the order in which they were picked.
    pub countries: Vec<CountryId>,
}

/// The menus of the menu bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Menu {
    File,
    Edit,
    Grouping,
    View,
    Help,
}

impl Menu {
    /// All menus, in order.
    pub const ALL: [Self; 5] = [Self::File, Self::Edit, Self::Grouping, Self::View, Self::Help];

    /// The title.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Grouping => "Grouping",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

/// A command of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "`entry` puts each in words")]
pub enum Named {
    New,
    Open,
    Save,
    SaveAs,
    Quit,
    Undo,
    Redo,
    AddPicked,
    MakeConvenor,
    MakeMember,
    MakeObserver,
    RemovePicked,
    ClearPicked,
    NewGrouping,
    NewFromPicked,
    Rename,
    Duplicate,
    MoveUp,
    MoveDown,
    Delete,
    NextGrouping,
    PreviousGrouping,
    Palette,
    FindCountry,
    NextPane,
    ShowBoard,
    ShowRecord,
    ShowPlots,
    ShowInspector,
    ToggleTheme,
    SystemTheme,
    ToggleContrast,
    ResetLayout,
    Keys,
    Methods,
    Sources,
    About,
    ShowCompare,
    ShowMoves,
}

/// What the table says of a command.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// On the button; ends in “…” when it asks for more.
    pub label: &'static str,
    /// Where it stands.
    pub menu: Menu,
    /// Its keys, such as `Ctrl+Shift+Z`; the first is shown.
    pub keys: &'static [&'static str],
    /// Whether a line is drawn above it.
    pub starts_section: bool,
}

impl Named {
    /// All commands, in menu order.
    pub const ALL: [Self; 39] = [
        Self::New,
        Self::Open,
        Self::Save,
        Self::SaveAs,
        Self::Quit,
        Self::Undo,
        Self::Redo,
        Self::AddPicked,
        Self::MakeConvenor,
        Self::MakeMember,
        Self::MakeObserver,
        Self::RemovePicked,
        Self::ClearPicked,
        Self::NewGrouping,
        Self::NewFromPicked,
        Self::Rename,
        Self::Duplicate,
        Self::MoveUp,
        Self::MoveDown,
        Self::Delete,
        Self::NextGrouping,
        Self::PreviousGrouping,
        Self::Palette,
        Self::FindCountry,
        Self::NextPane,
        Self::ShowBoard,
        Self::ShowRecord,
        Self::ShowPlots,
        Self::ShowInspector,
        Self::ShowCompare,
        Self::ShowMoves,
        Self::ToggleTheme,
        Self::SystemTheme,
        Self::ToggleContrast,
        Self::ResetLayout,
        Self::Keys,
        Self::Methods,
        Self::Sources,
        Self::About,
    ];

    /// What the table says of the command.
    #[must_use]
    pub fn entry(self) -> Entry {
        let entry = |label, menu, keys| Entry { label, menu, keys, starts_section: self.starts_section() };
        match self {
            Self::New => entry("New", Menu::File, &["Ctrl+N"]),
            Self::Open => entry("Open…", Menu::File, &["Ctrl+O"]),
            Self::Save => entry("Save", Menu::File, &["Ctrl+S"]),
            Self::SaveAs => entry("Save as…", Menu::File, &["Ctrl+Shift+S"]),
            Self::Quit => entry("Quit", Menu::File, &["Ctrl+Q"]),
            Self::Undo => entry("Undo", Menu::Edit, &["Ctrl+Z"]),
            Self::Redo => entry("Redo", Menu::Edit, &["Ctrl+Shift+Z", "Ctrl+Y"]),
            Self::AddPicked => entry("Add to selected grouping", Menu::Edit, &["Ctrl+Enter"]),
            Self::MakeConvenor => entry("Make convenor", Menu::Edit, &["Ctrl+L"]),
            Self::MakeMember => entry("Make member", Menu::Edit, &["Ctrl+M"]),
            Self::MakeObserver => entry("Make observer", Menu::Edit, &["Ctrl+B"]),
            Self::RemovePicked => entry("Remove from grouping", Menu::Edit, &["Delete"]),
            Self::ClearPicked => entry("Clear selection", Menu::Edit, &["Escape"]),
            Self::NewGrouping => entry("New grouping", Menu::Grouping, &["Ctrl+G"]),
            Self::NewFromPicked => entry("New grouping from selection", Menu::Grouping, &["Ctrl+Shift+G"]),
            Self::Rename => entry("Rename…", Menu::Grouping, &["F2"]),
            Self::Duplicate => entry("Duplicate", Menu::Grouping, &["Ctrl+D"]),
            Self::MoveUp => entry("Move up", Menu::Grouping, &["Alt+Up"]),
            Self::MoveDown => entry("Move down", Menu::Grouping, &["Alt+Down"]),
            Self::Delete => entry("Delete", Menu::Grouping, &["Ctrl+Delete"]),
            Self::NextGrouping => entry("Select next", Menu::Grouping, &["Ctrl+PageDown"]),
            Self::PreviousGrouping => entry("Select previous", Menu::Grouping, &["Ctrl+PageUp"]),
            Self::Palette => entry("Find anything…", Menu::View, &["Ctrl+Shift+P", "Ctrl+K"]),
            Self::FindCountry => entry("Find a country", Menu::View, &["Ctrl+F"]),
            Self::NextPane => entry("Go to next pane", Menu::View, &["F6"]),
            Self::ShowBoard => entry("Show board", Menu::View, &["Alt+1"]),
            Self::ShowRecord => entry("Show record of roll calls", Menu::View, &["Alt+2"]),
            Self::ShowPlots => entry("Show plots", Menu::View, &["Ctrl+1"]),
            Self::ShowInspector => entry("Show inspector", Menu::View, &["Ctrl+2"]),
            Self::ToggleTheme => entry("Switch between light and dark", Menu::View, &["Ctrl+T"]),
            Self::SystemTheme => entry("Light or dark as the system", Menu::View, &[]),
            Self::ToggleContrast => entry("Higher contrast, or as usual", Menu::View, &["Ctrl+Shift+T"]),
            Self::ResetLayout => entry("Reset layout", Menu::View, &[]),
            Self::Keys => entry("Keys", Menu::Help, &["F1", "?"]),
            Self::Methods => entry("What the numbers mean", Menu::Help, &["Shift+F1"]),
            Self::Sources => entry("Sources and licences", Menu::Help, &[]),
            Self::About => entry("About Convenor", Menu::Help, &[]),
            Self::ShowMoves => entry("Next moves", Menu::View, &["Ctrl+4"]),
            Self::ShowCompare => entry("Compare groupings", Menu::View, &["Ctrl+3"]),
        }
    }

    fn starts_section(self) -> bool {
        matches!(
            self,
            Self::Save
                | Self::Quit
                | Self::AddPicked
                | Self::RemovePicked
                | Self::Rename
                | Self::MoveUp
                | Self::Delete
                | Self::NextGrouping
                | Self::ShowBoard
                | Self::ShowPlots
                | Self::ToggleTheme
                | Self::Sources
        )
    }

    /// Whether the command can do anything now.
    #[must_use]
    pub fn is_possible(self, app: &App) -> bool {
        let picked = !app.session.picked.countries.is_empty();
        let selected = app.selected().is_some();
        let position = app.selected().and_then(|grouping| app.workspace().position(grouping.id));
        match self {
            Self::Undo => app.history.undo_label().is_some(),
            Self::Redo => app.history.redo_label().is_some(),
            Self::AddPicked | Self::MakeConvenor | Self::MakeMember | Self::MakeObserver => picked && selected,
            Self::RemovePicked => picked && app.removal_target().is_some(),
            Self::NewFromPicked => picked,
            Self::ClearPicked => picked || app.session.roll_call.is_some(),
            Self::Rename | Self::Duplicate | Self::Delete => selected,
            Self::MoveUp => position.is_some_and(|at| at > 0),
            Self::MoveDown => position.is_some_and(|at| at + 1 < app.workspace().groupings.len()),
            Self::NextGrouping | Self::PreviousGrouping => !app.workspace().groupings.is_empty(),
            _ => true,
        }
    }

    /// The role that the command gives.
    #[must_use]
    pub fn role(self) -> Option<Role> {
        match self {
            Self::MakeConvenor => Some(Role::Convenor),
            Self::MakeMember => Some(Role::Member),
            Self::MakeObserver => Some(Role::Observer),
            _ => None,
        }
    }
}
