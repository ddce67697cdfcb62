//! Groupings on the clipboard: a text that people read, and that another window pastes.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

use super::notice::Weight;
use super::{App, Ask};
use crate::chart::{self, assumption_differences};
use crate::data::CountryId;
use crate::model::{Edit, Grouping, Question, QuestionId, Role, Seat, Workspace};
use crate::storage::{self, FORMAT};

impl App {
    /// Puts the selected grouping on the clipboard.
    pub(super) fn copy_grouping(&mut self) {
        let Some(grouping) = self.selected().cloned() else { return };
        match self.clipboard_text(&grouping) {
            Ok(text) => {
                self.asks.push(Ask::CopyText(text));
                let words = format!("“{}” was copied. Ctrl+V pastes it, here or in another window.", grouping.name);
                self.notices.tell(Weight::Info, words);
            }
            Err(error) => {
                let words = format!("“{}” could not be copied: {error}.", grouping.name);
                self.notices.tell(Weight::Error, words);
            }
        }
    }

    /// A grouping in words, then as a workspace of its own with the assumptions behind its figures.
    fn clipboard_text(&self, grouping: &Arc<Grouping>) -> Result<String, serde_json::Error> {
        let mut text = format!("{}\n", grouping.name);
        for (role, title) in [(Role::Convenor, "Convenor"), (Role::Member, "Members"), (Role::Observer, "Observers")] {
            let names: Vec<String> = grouping.with_role(role).map(|id| self.atlas().name(id)).collect();
            if !names.is_empty() {
                let _ = writeln!(text, "{title}: {}", names.join(", "));
            }
        }
        let _ = writeln!(
            text,
            "{} · {} · {} · {}\n",
            grouping.issue_words(),
            grouping.rule.words(),
            grouping.mandate.words(),
            grouping.form.words()
        );
        let workspace = Workspace {
            title: grouping.name.clone(),
            assumptions: self.workspace().assumptions.clone(),
            groupings: vec![grouping.clone()],
            ..Workspace::default()
        };
        text.push_str(&storage::to_text(&workspace)?);
        Ok(text)
    }

    /// Takes groupings, or a list of countries, from a text; what it was and what was not understood is told.
    pub(super) fn paste(&mut self, text: &str) {
        if let Some(json) = json_of(text) {
            self.paste_groupings(json);
        } else if let Some(listed) = self.atlas().names.list(text).filter(|listed| !listed.found.is_empty()) {
            let mut left_out = listed.not_understood.clone();
            left_out.extend(listed.uncertain.iter().map(|(text, _)| text.clone()));
            self.paste_list(&listed.found, &left_out);
        } else {
            let words = "The clipboard holds neither a grouping nor a list of countries: copy a grouping with Ctrl+C, or names \
                         parted by commas.";
            self.notices.tell(Weight::Warning, words);
        }
    }

    fn paste_groupings(&mut self, json: &str) {
        let opened = match storage::parse(json.as_bytes(), "the clipboard", &self.engine.atlas) {
            Ok(opened) => opened,
            Err(error) => {
                self.notices.tell(Weight::Error, error.to_string());
                return;
            }
        };
        for repair in &opened.repairs {
            self.notices.tell(Weight::Warning, repair.to_string());
        }
        let names: Vec<String> =
            opened.workspace.groupings.iter().map(|grouping| format!("“{}”", grouping.name)).collect();
        if names.is_empty() {
            self.notices.tell(Weight::Warning, "The clipboard holds a workspace without groupings.");
            return;
        }
        self.end_gesture();
        let questions = self.take_questions(&opened.workspace);
        for grouping in &opened.workspace.groupings {
            let mut grouping = (**grouping).clone();
            for id in &mut grouping.own.questions {
                *id = questions.get(id).copied().unwrap_or(*id);
            }
            grouping.own.questions.retain(|id| self.workspace().assumptions.question(*id).is_some());
            self.add_pasted(grouping);
        }
        self.end_gesture();
        self.notices.tell(Weight::Info, format!("Pasted {}.", names.join(", ")));
        let other = assumption_differences(&opened.workspace.assumptions, &self.workspace().assumptions, self.atlas());
        if !other.is_empty() {
            let words = format!(
                "The figures of what was pasted may change here: it rested on other assumptions. {}",
                other.join(" ")
            );
            self.notices.tell(Weight::Warning, words);
        }
    }

    /// Takes over the questions that groupings from elsewhere are about, where they are not here already; under which key each
    /// stands here.
    fn take_questions(&mut self, from: &Workspace) -> HashMap<QuestionId, QuestionId> {
        let mut keys = HashMap::new();
        for id in from.groupings.iter().flat_map(|grouping| &grouping.own.questions) {
            let Some(question) = from.assumptions.question(*id).filter(|_| !keys.contains_key(id)) else { continue };
            let here = &self.workspace().assumptions;
            if here.question(*id) != Some(question) {
                let new = Question { id: here.free_question_id(), ..(**question).clone() };
                keys.insert(*id, new.id);
                self.edit(&Edit::AddQuestion(Box::new(new), None));
            }
        }
        keys
    }

    fn paste_list(&mut self, found: &[CountryId], left_out: &[String]) {
        let mut grouping = Grouping::new(self.workspace().free_id(), "Pasted list", 0);
        if let Some(like) = self.selected() {
            grouping.issue = like.issue;
        }
        grouping.seats = found.iter().map(|id| Seat::new(*id, Role::Member)).collect();
        self.end_gesture();
        self.add_pasted(grouping);
        self.end_gesture();
        let members = chart::count_of(found.len(), "country", "countries");
        self.notices.tell(Weight::Info, format!("Pasted a list of {members} as a new grouping."));
        if !left_out.is_empty() {
            let quoted: Vec<String> = left_out.iter().map(|text| format!("“{text}”")).collect();
            self.notices.tell(Weight::Warning, format!("Not understood and left out: {}.", quoted.join(", ")));
        }
    }

    /// Adds a grouping with a key, a name and a colour of its own, as a part of the gesture under way.
    fn add_pasted(&mut self, mut grouping: Grouping) {
        let workspace = self.workspace();
        grouping.id = workspace.free_id();
        grouping.colour = workspace.free_colour();
        grouping.name = workspace.free_name(&grouping.name);
        let id = grouping.id;
        self.edit(&Edit::AddGrouping(Box::new(grouping), None));
        self.session.view.selected = Some(id);
    }
}

/// The workspace in a text, if there is one.
fn json_of(text: &str) -> Option<&str> {
    if !text.contains(FORMAT) {
        return None;
    }
    let (from, to) = (text.find('{')?, text.rfind('}')?);
    text.get(from..=to)
}
