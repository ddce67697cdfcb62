//! Carrying out commands.

use super::command::{Command, Picked};
use super::notice::Weight;
use super::table::Named;
use super::{App, Ask, Place, Tab};
use crate::chart;
use crate::data::CountryId;
use crate::model::{Edit, Grouping, GroupingId, Role, Shift, View};

impl App {
    /// Carries out a command. What cannot be done is told as a notice and changes nothing.
    pub fn run(&mut self, command: Command) {
        if self.waits_for_disk(&command) {
            self.put_off.push(command);
            return;
        }
        match command {
            Command::Edit(edit) => self.edit(&edit),
            Command::HalfTyped(edit) => {
                self.set_half_typed(Some(*edit));
                return;
            }
            Command::Steps(edits) => edits.iter().for_each(|edit| self.edit_alone(edit)),
            // First it is answered what becomes of a file that another program changed.
            Command::OpenPath(_) | Command::OpenExample(_) | Command::Do(Named::New | Named::Open | Named::Quit)
                if self.conflict.is_some() => {}
            Command::Do(named) => self.run_named(named),
            Command::Select(id) => self.session.view.selected = id,
            Command::Pick(picked) => {
                if picked.on.is_some() {
                    self.session.view.selected = picked.on;
                }
                self.session.picked = picked;
            }
            Command::ListShows(shows) => self.session.list = shows,
            Command::Presents(presents) => {
                self.session.presents = presents;
                self.session.live = None;
            }
            Command::AskLive(slide) => self.session.live = slide.map(|slide| std::sync::Arc::new(*slide)),
            Command::ChooseSlide(id) => self.session.slide = Some(id),
            Command::PutSlide(id, before) => self.put_slide(id, before),
            Command::Search(step) => self.search(step),
            Command::SelectCall(call) => self.session.roll_call = call,
            Command::ShowHeaviest(id) => {
                self.session.view.selected = Some(id);
                self.session.view.place = Place::Record;
                self.asks.push(Ask::ShowHeaviest);
            }
            Command::OpenPath(_) | Command::OpenExample(_) | Command::Restore(_) if self.history.is_edited() => {
                self.asks.push(Ask::Unsaved(Box::new(command)));
            }
            Command::Copy { what, text } => {
                self.asks.push(Ask::CopyText(text));
                self.notices.tell(Weight::Info, format!("{what} was copied."));
            }
            Command::Paste(text) => self.paste(&text),
            Command::CompareWith(path) => self.compare_with(&path),
            Command::OpenPath(path) => self.open_path(&path),
            Command::OpenExample(at) => self.open_example(at),
            Command::SaveTo(path) => self.save_to(&path),
            Command::LookAtFile => self.look_at_file(),
            Command::Reload => self.reload(),
            Command::Restore(at) => self.restore(at),
            Command::OpenEarlier(at) => self.open_earlier(at),
            Command::CompareEarlier(at) => self.compare_earlier(at),
            Command::ClearEarlier => self.clear_earlier(),
            Command::Overwrite => self.overwrite(),
            Command::KeepMine => self.keep_mine(),
            Command::Export(order) => self.begin_export(*order),
            Command::CopyPicture(chart) => self.copy_picture(chart),
            Command::SaveFileBeside(file) => self.asks.push(Ask::SaveFileBeside(file)),
            Command::WriteFileBeside(path, file) => self.write_beside(&path, &file),
            Command::AddBody(at) => self.add_body(at),
            Command::Look(view) => self.session.view = *view,
            Command::ShowSection(id, title) => {
                self.session.view.selected = Some(id);
                self.show_tab(Tab::Inspector);
                self.asks.push(Ask::ShowSection(title));
            }
            Command::ShowChart(id) => {
                self.session.view.set_open(id, true);
                self.show_tab(Tab::Plots);
                self.asks.push(Ask::ShowChart(id));
            }
            Command::Tell(text) => self.notices.tell(Weight::Info, text),
            Command::TellFault(text) => self.notices.tell(Weight::Error, text),
            Command::Dismiss(id) => self.notices.dismiss(id),
            Command::ReadNotices => self.notices.mark_read(),
            Command::Recover(_) if self.history.is_edited() => self.asks.push(Ask::Unsaved(Box::new(command))),
            Command::Recover(at) => self.recover(at),
            Command::DropRecovery(at) => self.drop_recovery(at),
            Command::Discard(command) => self.discard_and(*command),
        }
        self.refresh();
    }

    /// Goes on with a command although work is unsaved.
    fn discard_and(&mut self, command: Command) {
        match command {
            Command::OpenPath(path) => self.open_path(&path),
            Command::OpenExample(at) => self.open_example(at),
            Command::Restore(at) => self.restore(at),
            Command::Recover(at) => self.recover(at),
            Command::Do(Named::New) => self.start_new(),
            Command::Do(Named::Open) => self.asks.push(Ask::OpenFile),
            Command::Do(Named::Quit) => self.asks.push(Ask::Close),
            other => self.run(other),
        }
    }

    pub(super) fn edit(&mut self, edit: &Edit) {
        let shortened = edit.shortened();
        if let Some((_, what)) = &shortened {
            let words = format!(
                "{what} was too long for the screen and was cut: the end is missing. Undo (Ctrl+Z) takes it back."
            );
            self.notices.tell(Weight::Warning, words);
        }
        let edit = shortened.as_ref().map_or(edit, |(edit, _)| edit);
        let gesture = Some(self.gesture);
        let atlas = &self.engine.atlas;
        let label = edit.label_with(&|id| atlas.in_sentence(id));
        if let Err(refusal) = self.history.apply_as(edit, label, gesture) {
            let sentence = refusal.sentence(&self.engine.atlas);
            self.notices.tell(Weight::Warning, sentence);
        }
    }

    /// An edit that is a step of its own, whatever is held down.
    pub(super) fn edit_alone(&mut self, edit: &Edit) {
        self.end_gesture();
        self.edit(edit);
        self.end_gesture();
    }

    fn run_named(&mut self, named: Named) {
        match named.possible(self) {
            Ok(()) => named.run(self),
            // Esc with nothing to leave is no mistake.
            Err(_) if named == Named::ClearPicked => {}
            Err(why) => self.notices.tell(Weight::Info, format!("{}: {}", named.entry().label, why)),
        }
    }

    /// An empty board, once unsaved work is safe.
    pub(super) fn ask_new(&mut self) {
        if self.history.is_edited() {
            self.asks.push(Ask::Unsaved(Box::new(Command::Do(Named::New))));
        } else {
            self.start_new();
        }
    }

    /// The end, once unsaved work is safe.
    pub(super) fn ask_quit(&mut self) {
        let edited = self.history.is_edited();
        self.asks.push(if edited { Ask::Unsaved(Box::new(Command::Do(Named::Quit))) } else { Ask::Close });
    }

    /// Saves to the file of the document, or asks where.
    pub(super) fn save(&mut self) {
        match self.document.path.clone() {
            Some(path) => self.save_to(&path),
            None => self.asks.push(Ask::SaveFile(None)),
        }
    }

    pub(super) fn undo(&mut self) {
        self.notices.dismiss_news();
        self.history.undo();
        self.end_gesture();
    }

    pub(super) fn redo(&mut self) {
        self.notices.dismiss_news();
        self.history.redo();
        self.end_gesture();
    }

    /// Countries first: they are what keys act on.
    pub(super) fn clear_picked(&mut self) {
        if self.session.picked.countries.is_empty() {
            self.session.roll_call = None;
        } else {
            self.session.picked = Picked::default();
        }
    }

    pub(super) fn ask_country(&mut self) {
        self.session.view.panes.countries = true;
        self.asks.push(Ask::FindCountry);
    }

    /// Shows a tab of the right side, and the right side.
    pub(super) fn show_tab(&mut self, tab: Tab) {
        self.session.view.tab = tab;
        self.session.view.panes.live = true;
    }

    /// Leaves the middle alone, or brings both sides back.
    pub(super) fn toggle_sides(&mut self) {
        let panes = &mut self.session.view.panes;
        let any = panes.countries || panes.live;
        (panes.countries, panes.live) = (!any, !any);
    }

    /// Lays out the window as at first: charts, sides and their widths, tab.
    pub(super) fn reset_layout(&mut self) {
        let selected = self.session.view.selected;
        self.session.view = View { charts: chart::open_at_first(), selected, ..View::default() };
        self.asks.push(Ask::ResetWidths);
    }

    /// Where the selected grouping stands on the board.
    #[must_use]
    pub fn selected_position(&self) -> Option<usize> {
        self.workspace().position(self.session.view.selected?)
    }

    /// The name is edited on the card.
    pub(super) fn ask_name(&mut self) {
        let Some(id) = self.session.view.selected else { return };
        self.session.view.place = Place::Board;
        self.asks.push(Ask::Rename(id));
    }

    pub(super) fn move_by(&mut self, by: isize) {
        if let (Some(id), Some(at)) = (self.session.view.selected, self.selected_position()) {
            self.edit_alone(&Edit::Reorder(id, at.saturating_add_signed(by)));
        }
    }

    pub(super) fn place_picked(&mut self, role: Option<Role>) {
        let Some(into) = self.session.view.selected else { return };
        let Picked { on, countries } = self.acting();
        // From another card, countries are copied: a move is a drag, or Cut by removing.
        let from = on.filter(|id| *id == into);
        self.edit_alone(&Edit::Place(Shift { countries, from, into, role }));
    }

    pub(super) fn remove_picked(&mut self) {
        if let Some(id) = self.removal_target() {
            let countries = self.acting().countries;
            self.edit_alone(&Edit::Remove(id, countries));
            self.session.picked = Picked::default();
        }
    }

    /// Puts a new grouping of countries at the end of the board and selects it.
    pub(super) fn new_grouping(&mut self, countries: &[CountryId]) {
        let workspace = self.workspace();
        let name = workspace.free_name("New grouping");
        let mut grouping = Grouping::new(workspace.free_id(), name, workspace.free_colour());
        if let Some(like) = self.selected() {
            grouping.issue = like.issue;
        }
        grouping.seats = countries.iter().map(|id| crate::model::Seat::new(*id, Role::Member)).collect();
        self.add(grouping, None);
    }

    fn add(&mut self, grouping: Grouping, at: Option<usize>) {
        let id = grouping.id;
        self.edit_alone(&Edit::AddGrouping(Box::new(grouping), at));
        self.session.view.selected = Some(id);
    }

    pub(super) fn duplicate(&mut self) {
        let (Some(grouping), Some(at)) = (self.selected().cloned(), self.selected_position()) else { return };
        let workspace = self.workspace();
        let copy = Grouping {
            id: workspace.free_id(),
            colour: workspace.free_colour(),
            name: workspace.free_name(&format!("{} copy", grouping.name)),
            ..(*grouping).clone()
        };
        self.add(copy, Some(at + 1));
    }

    pub(super) fn delete(&mut self) {
        let (Some(grouping), Some(at)) = (self.selected().cloned(), self.selected_position()) else { return };
        self.edit_alone(&Edit::DeleteGrouping(grouping.id));
        let groupings = &self.workspace().groupings;
        self.session.view.selected = groupings.get(at).or(groupings.last()).map(|next| next.id);
        self.notices.tell(Weight::Info, format!("“{}” was deleted. Undo (Ctrl+Z) brings it back.", grouping.name));
    }

    fn add_body(&mut self, at: usize) {
        let engine = self.engine.clone();
        let Some(body) = engine.atlas.bodies.get(at) else { return };
        let workspace = self.workspace();
        let name = workspace.free_name(&body.short);
        let mut grouping = Grouping::new(workspace.free_id(), name, workspace.free_colour());
        if let Some(like) = self.selected() {
            grouping.issue = like.issue;
        }
        grouping.seat_body(body, &engine.atlas);
        self.add(grouping, None);
    }

    pub(super) fn step_selection(&mut self, by: isize) {
        let groupings = &self.workspace().groupings;
        let at = self.session.view.selected.and_then(|id| self.workspace().position(id));
        let next = at.map_or(0, |at| (at.saturating_add_signed(by)).min(groupings.len().saturating_sub(1)));
        self.session.view.selected = groupings.get(next).map(|grouping| grouping.id);
    }

    /// The edit that a drop of countries on a card would be.
    #[must_use]
    pub fn drop_edit(&self, picked: &Picked, into: GroupingId, role: Option<Role>, copy: bool) -> Edit {
        let from = picked.on.filter(|on| !copy || *on == into);
        Edit::Place(Shift { countries: picked.countries.clone(), from, into, role })
    }
}
