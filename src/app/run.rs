//! Carrying out commands.

use super::command::{Command, Named, Picked};
use super::notice::Weight;
use super::{App, Ask, Help, Place, Tab};
use crate::data::CountryId;
use crate::model::{Edit, Grouping, GroupingId, Role, Shift};

impl App {
    /// Carries out a command. What cannot be done is told as a notice and changes nothing.
    pub fn run(&mut self, command: Command) {
        match command {
            Command::Edit(edit) => self.edit(&edit),
            Command::Steps(edits) => edits.iter().for_each(|edit| self.edit_alone(edit)),
            Command::Do(named) => self.run_named(named),
            Command::Select(id) => self.session.grouping = id,
            Command::Pick(picked) => {
                if picked.on.is_some() {
                    self.session.grouping = picked.on;
                }
                self.session.picked = picked;
            }
            Command::SelectCall(call) => self.session.roll_call = call,
            Command::ShowHeaviest(id) => {
                self.session.grouping = Some(id);
                self.session.place = Place::Record;
                self.asks.push(Ask::ShowHeaviest);
            }
            Command::OpenPath(_) | Command::OpenExample(_) if self.history.is_edited() => {
                self.asks.push(Ask::Unsaved(Box::new(command)));
            }
            Command::OpenPath(path) => self.open_path(&path),
            Command::OpenExample(at) => self.open_example(at),
            Command::SaveTo(path) => self.save_to(&path),
            Command::SaveText(file) => self.asks.push(Ask::SaveText(file)),
            Command::WriteText(path, file) => self.write_text(&path, &file),
            Command::AddBody(at) => self.add_body(at),
            Command::ShowChart(id) => self.asks.push(Ask::ShowChart(id)),
            Command::Tell(text) => self.notices.tell(Weight::Info, text),
            Command::TellFault(text) => self.notices.tell(Weight::Error, text),
            Command::Dismiss(id) => self.notices.dismiss(id),
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
            Command::Recover(at) => self.recover(at),
            Command::Do(Named::New) => self.start_new(),
            Command::Do(Named::Open) => self.asks.push(Ask::OpenFile),
            Command::Do(Named::Quit) => self.asks.push(Ask::Close),
            other => self.run(other),
        }
    }

    fn edit(&mut self, edit: &Edit) {
        let gesture = Some(self.gesture);
        if let Err(refusal) = self.history.apply(edit, gesture) {
            let sentence = refusal.sentence(&self.engine.atlas);
            self.notices.tell(Weight::Warning, sentence);
        }
    }

    /// An edit that is a step of its own, whatever is held down.
    fn edit_alone(&mut self, edit: &Edit) {
        self.end_gesture();
        self.edit(edit);
        self.end_gesture();
    }

    fn run_named(&mut self, named: Named) {
        if !named.is_possible(self) {
            return;
        }
        match named {
            Named::New | Named::Quit if self.history.is_edited() => {
                self.asks.push(Ask::Unsaved(Box::new(Command::Do(named))));
            }
            Named::New => self.start_new(),
            Named::Quit => self.asks.push(Ask::Close),
            Named::Open => self.asks.push(Ask::OpenFile),
            Named::Save => match self.document.path.clone() {
                Some(path) => self.save_to(&path),
                None => self.asks.push(Ask::SaveFile(None)),
            },
            Named::SaveAs => self.asks.push(Ask::SaveFile(None)),
            Named::Undo => {
                self.history.undo();
                self.end_gesture();
            }
            Named::Redo => {
                self.history.redo();
                self.end_gesture();
            }
            Named::AddPicked | Named::MakeConvenor | Named::MakeMember | Named::MakeObserver => {
                self.place_picked(named.role());
            }
            Named::RemovePicked => self.remove_picked(),
            // Countries first: they are what keys act on.
            Named::ClearPicked if self.session.picked.countries.is_empty() => self.session.roll_call = None,
            Named::ClearPicked => self.session.picked = Picked::default(),
            Named::Palette => self.asks.push(Ask::Palette),
            Named::FindCountry => self.asks.push(Ask::FindCountry),
            Named::NextPane => self.asks.push(Ask::NextPane),
            Named::ShowBoard => self.session.place = Place::Board,
            Named::ShowRecord => self.session.place = Place::Record,
            Named::ShowPlots => self.asks.push(Ask::ShowTab(Tab::Plots)),
            Named::ShowInspector => self.asks.push(Ask::ShowTab(Tab::Inspector)),
            Named::ToggleTheme => self.asks.push(Ask::ToggleTheme),
            Named::SystemTheme => self.asks.push(Ask::SystemTheme),
            Named::ToggleContrast => self.asks.push(Ask::ToggleContrast),
            Named::ResetLayout => self.asks.push(Ask::ResetLayout),
            Named::Keys => self.asks.push(Ask::Help(Help::Keys)),
            Named::Methods => self.asks.push(Ask::Help(Help::Methods)),
            Named::Sources => self.asks.push(Ask::Help(Help::Sources)),
            Named::About => self.asks.push(Ask::Help(Help::About)),
            Named::ShowMoves => self.asks.push(Ask::ShowTab(Tab::Moves)),
            Named::ShowCompare => self.asks.push(Ask::ShowTab(Tab::Compare)),
            _ => self.run_on_board(named),
        }
    }

    fn run_on_board(&mut self, named: Named) {
        match named {
            Named::NewGrouping => self.new_grouping(&[]),
            Named::NewFromPicked => self.new_grouping(&self.session.picked.countries.clone()),
            Named::NextGrouping => self.step_selection(1),
            Named::PreviousGrouping => self.step_selection(-1),
            _ => {
                let Some(grouping) = self.selected().cloned() else { return };
                let at = self.workspace().position(grouping.id).unwrap_or(0);
                match named {
                    Named::Rename => {
                        // The name is edited on the card.
                        self.session.place = Place::Board;
                        self.asks.push(Ask::Rename(grouping.id));
                    }
                    Named::Duplicate => self.duplicate(&grouping, at),
                    Named::MoveUp => self.edit_alone(&Edit::Reorder(grouping.id, at.saturating_sub(1))),
                    Named::MoveDown => self.edit_alone(&Edit::Reorder(grouping.id, at + 1)),
                    Named::Delete => self.delete(&grouping, at),
                    _ => {}
                }
            }
        }
    }

    fn place_picked(&mut self, role: Option<Role>) {
        let Some(into) = self.session.grouping else { return };
        let Picked { on, countries } = self.session.picked.clone();
        // From another card, countries are copied: a move is a drag, or Cut by removing.
        let from = on.filter(|id| *id == into);
        self.edit_alone(&Edit::Place(Shift { countries, from, into, role }));
    }

    fn remove_picked(&mut self) {
        if let Some(id) = self.removal_target() {
            let countries = self.session.picked.countries.clone();
            self.edit_alone(&Edit::Remove(id, countries));
            self.session.picked = Picked::default();
        }
    }

    /// Puts a new grouping of countries at the end of the board and selects it.
    fn new_grouping(&mut self, countries: &[CountryId]) {
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
        self.session.grouping = Some(id);
    }

    fn duplicate(&mut self, grouping: &Grouping, at: usize) {
        let workspace = self.workspace();
        let copy = Grouping {
            id: workspace.free_id(),
            colour: workspace.free_colour(),
            name: workspace.free_name(&format!("{} copy", grouping.name)),
            ..grouping.clone()
        };
        self.add(copy, Some(at + 1));
    }

    fn delete(&mut self, grouping: &Grouping, at: usize) {
        self.edit_alone(&Edit::DeleteGrouping(grouping.id));
        let groupings = &self.workspace().groupings;
        self.session.grouping = groupings.get(at).or(groupings.last()).map(|next| next.id);
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

    fn step_selection(&mut self, by: isize) {
        let groupings = &self.workspace().groupings;
        let at = self.session.grouping.and_then(|id| self.workspace().position(id));
        let next = at.map_or(0, |at| (at.saturating_add_signed(by)).min(groupings.len().saturating_sub(1)));
        self.session.grouping = groupings.get(next).map(|grouping| grouping.id);
    }

    /// The edit that a drop of countries on a card would be.
    #[must_use]
    pub fn drop_edit(&self, picked: &Picked, into: GroupingId, role: Option<Role>, copy: bool) -> Edit {
        let from = picked.on.filter(|on| !copy || *on == into);
        Edit::Place(Shift { countries: picked.countries.clone(), from, into, role })
    }
}
