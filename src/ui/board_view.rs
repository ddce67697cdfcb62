//! What board and cards keep between frames.

use std::collections::HashMap;

use eframe::egui;

use crate::app::{App, Command};
use crate::model::{Edit, GroupingId};

/// What the board keeps between frames.
#[derive(Debug, Default)]
pub struct BoardView {
    /// The grouping whose name is being edited, and the text so far.
    pub renaming: Option<(GroupingId, String)>,
    /// Whether the name field has had the keyboard yet.
    pub rename_started: bool,
    /// By grouping: the search text of a card with many members.
    pub searches: HashMap<GroupingId, String>,
    /// The grouping to scroll to, once.
    pub scroll_to: Option<GroupingId>,
    /// The title of the selected card, for going from pane to pane.
    pub title_id: Option<egui::Id>,
    /// What is shown as selected; a change scrolls.
    pub last_selected: Option<GroupingId>,
}

impl BoardView {
    /// Takes a name that is being typed as it stands, as leaving its field does.
    pub fn finish_name(&mut self, app: &mut App) {
        let Some((id, text)) = self.renaming.take() else { return };
        if app.workspace().grouping(id).is_some_and(|grouping| grouping.name != text) {
            app.run(Command::Edit(Edit::Rename(id, text)));
        }
    }
}

/// Whether a command takes a name that is being typed as it stands.
#[must_use]
pub fn ends_name(command: &Command) -> bool {
    matches!(command, Command::Do(_) | Command::OpenPath(_) | Command::OpenExample(_))
}
