//! Everything that can be done to a workspace, checked before it is done.

use std::sync::Arc;

use super::{
    Assumptions, DecisionRule, Form, Grouping, GroupingId, Issue, Mandate, Own, Question, QuestionId, Role, Seat,
    Slide, SlideId, Workspace,
};
use crate::data::{Atlas, CountryId};

/// Where countries go, and in which role.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// The countries, in order; a drag carries the whole selection.
    pub countries: Vec<CountryId>,
    /// The grouping they leave; `None` when they come from the list or are copied.
    pub from: Option<GroupingId>,
    /// The grouping they enter.
    pub into: GroupingId,
    /// Their role there; `None` keeps the role of those already in, and makes the others members.
    pub role: Option<Role>,
}

/// How many letters a name or a title has at most: more, no screen could bear.
pub const MOST_LETTERS: usize = 200;
/// How many letters the statement of a slide, an organisation or a handling mark has at most.
pub const MOST_STATED: usize = 600;

/// A text of at most so many letters: its beginning, and “…” where something is missing; `None` where it is short enough.
///
/// ```
/// use convenor::model::cut;
///
/// assert_eq!(cut("Twelve", 6), None);
/// assert_eq!(cut("Twelve and more", 7).as_deref(), Some("Twelve…"));
/// ```
#[must_use]
pub fn cut(text: &str, most: usize) -> Option<String> {
    text.char_indices().nth(most)?;
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    Some(format!("{}…", kept.trim_end()))
}

/// A change to the workspace: one that is undone and saved.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Changes the title.
    SetTitle(String),
    /// Changes the notes of the workspace.
    SetWorkspaceNotes(String),
    /// Puts a grouping on the board, at the end or before a position; key and colour must be free.
    AddGrouping(Box<Grouping>, Option<usize>),
    /// Takes a grouping off the board.
    DeleteGrouping(GroupingId),
    /// Moves a grouping to a position on the board.
    Reorder(GroupingId, usize),
    /// Changes the name.
    Rename(GroupingId, String),
    /// Brings countries into a grouping, or changes their role.
    Place(Shift),
    /// Lets one member convene instead of all others that do.
    Convene(GroupingId, CountryId),
    /// Takes countries out of a grouping.
    Remove(GroupingId, Vec<CountryId>),
    /// Changes the issue.
    SetIssue(GroupingId, Issue),
    /// Changes which questions of the user's own it is about.
    SetOwn(GroupingId, Own),
    /// Adds a question of the user's own, whose key must be free, and lets a grouping be about it.
    AddQuestion(Box<Question>, Option<GroupingId>),
    /// Takes a question of the user's own out, also of the groupings that are about it.
    DeleteQuestion(QuestionId),
    /// Changes the decision rule.
    SetRule(GroupingId, Box<DecisionRule>),
    /// Changes the mandate.
    SetMandate(GroupingId, Mandate),
    /// Changes the form.
    SetForm(GroupingId, Form),
    /// Changes the notes.
    SetNotes(GroupingId, String),
    /// Changes the domestic backing of a member.
    SetBacking(GroupingId, CountryId, f64),
    /// Changes the assumptions; the words say which.
    Assume(Box<Assumptions>, &'static str),
    /// Puts a slide at a position, or at the end; its key must be free.
    AddSlide(Box<Slide>, Option<usize>),
    /// Takes a slide out.
    DeleteSlide(SlideId),
    /// Moves a slide to a position.
    MoveSlide(SlideId, usize),
    /// Changes a slide, the one with its key; the words say what.
    SetSlide(Box<Slide>, &'static str),
    /// Puts groupings, as they were once, back in place of those with their keys, or at the end, and assumptions.
    Restore(Vec<Arc<Grouping>>, Arc<Assumptions>),
    /// Changes whose work it is, and how it is to be handled.
    SetHandling {
        /// The organisation.
        organisation: String,
        /// The handling mark.
        handling: String,
    },
}

/// Why an edit is not possible.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// The grouping is no longer there.
    NoGrouping,
    /// All of the countries are there in that role already.
    AlreadyThere(Vec<CountryId>, Role, String),
    /// None of the countries is in the grouping.
    NotThere(Vec<CountryId>, String),
    /// Nothing was carried.
    NothingToMove,
    /// A name must have at least one letter.
    EmptyName,
    /// A number is out of its range.
    OutOfRange(&'static str),
    /// The slide is no longer there.
    NoSlide,
    /// Key or colour is taken.
    Taken,
}

impl Refusal {
    /// One sentence for the user: the thing and the cure.
    #[must_use]
    pub fn sentence(&self, atlas: &Atlas) -> String {
        match self {
            Self::NoGrouping => "This grouping is no longer on the board.".to_owned(),
            Self::AlreadyThere(countries, role, name) => {
                let (who, verb) = names(atlas, countries);
                let article = match (role, countries.len()) {
                    (role, 1) => format!("a {}", role.word()).replace("a observer", "an observer"),
                    (role, _) => format!("{}s", role.word()),
                };
                format!("{who} {verb} already {article} of {name}.")
            }
            Self::NotThere(countries, name) => {
                let (who, verb) = names(atlas, countries);
                format!("{who} {verb} not in {name}.")
            }
            Self::NothingToMove => "Nothing is selected: choose a country first.".to_owned(),
            Self::EmptyName => "A name needs at least one letter.".to_owned(),
            Self::OutOfRange(range) => format!("Not possible: {range}."),
            Self::NoSlide => "This slide is no longer there.".to_owned(),
            Self::Taken => "A grouping with that key is on the board already.".to_owned(),
        }
    }
}

/// “Norway”, “Norway and Chile”, “Norway, Chile and 3 more”, with “is” or “are”.
fn names(atlas: &Atlas, countries: &[CountryId]) -> (String, &'static str) {
    match countries {
        [] => ("Nobody".to_owned(), "is"),
        [one] => (atlas.name(*one), "is"),
        [one, two] => (format!("{} and {}", atlas.name(*one), atlas.name(*two)), "are"),
        [one, two, rest @ ..] => (format!("{}, {} and {} more", atlas.name(*one), atlas.name(*two), rest.len()), "are"),
    }
}

impl Edit {
    /// What the step is called, after “Undo”, with the codes of countries.
    #[must_use]
    pub fn label(&self) -> String {
        self.label_with(&|id| id.to_string())
    }

    /// What the step is called in the Edit menu, after “Undo”; `name` gives the names of countries as they stand in a sentence.
    #[must_use]
    pub fn label_with(&self, name: &dyn Fn(CountryId) -> String) -> String {
        match self {
            Self::SetTitle(_) => "change of title".to_owned(),
            Self::SetWorkspaceNotes(_) => "change of the workspace’s notes".to_owned(),
            Self::AddGrouping(grouping, _) => format!("new grouping {}", grouping.name),
            Self::DeleteGrouping(_) => "deletion of a grouping".to_owned(),
            Self::Reorder(..) => "change of order".to_owned(),
            Self::Rename(_, name) => format!("renaming to {name}"),
            Self::Place(shift) => match (shift.countries.as_slice(), shift.from) {
                ([one], None) => format!("placing of {}", name(*one)),
                ([one], Some(_)) => format!("move of {}", name(*one)),
                (many, None) => format!("placing of {} countries", many.len()),
                (many, Some(_)) => format!("move of {} countries", many.len()),
            },
            Self::Convene(_, country) => format!("convening by {}", name(*country)),
            Self::Remove(_, countries) => match countries.as_slice() {
                [one] => format!("removal of {}", name(*one)),
                many => format!("removal of {} countries", many.len()),
            },
            Self::SetIssue(..) => "change of issue".to_owned(),
            Self::AddQuestion(..) => "new question".to_owned(),
            Self::DeleteQuestion(_) => "deletion of a question".to_owned(),
            Self::SetOwn(..) => "change of the questions of your own".to_owned(),
            Self::SetRule(..) => "change of rule".to_owned(),
            Self::SetMandate(..) => "change of mandate".to_owned(),
            Self::SetForm(..) => "change of form".to_owned(),
            Self::SetNotes(..) => "change of notes".to_owned(),
            Self::SetBacking(_, country, _) => format!("change of the backing of {}", name(*country)),
            Self::Assume(_, what) | Self::SetSlide(_, what) => format!("change of {what}"),
            Self::AddSlide(..) => "new slide".to_owned(),
            Self::DeleteSlide(_) => "deletion of a slide".to_owned(),
            Self::MoveSlide(..) => "change of the order of slides".to_owned(),
            Self::Restore(..) => "return to a slide".to_owned(),
            Self::SetHandling { .. } => "change of organisation and handling".to_owned(),
        }
    }

    /// The edit with names and titles that a screen can bear, and what was cut; `None` where nothing is too long.
    #[must_use]
    pub fn shortened(&self) -> Option<(Self, &'static str)> {
        match self {
            Self::SetTitle(title) => cut(title, MOST_LETTERS).map(|title| (Self::SetTitle(title), "The title")),
            Self::Rename(id, name) => cut(name, MOST_LETTERS).map(|name| (Self::Rename(*id, name), "The name")),
            Self::AddGrouping(grouping, at) => cut(&grouping.name, MOST_LETTERS).map(|name| {
                let grouping = Grouping { name, ..(**grouping).clone() };
                (Self::AddGrouping(Box::new(grouping), *at), "The name")
            }),
            Self::SetSlide(slide, what) => cut(&slide.title, MOST_STATED).map(|title| {
                let slide = Slide { title, ..(**slide).clone() };
                (Self::SetSlide(Box::new(slide), what), "The statement")
            }),
            Self::Assume(assumptions, what) => {
                let mut assumptions = (**assumptions).clone();
                let mut is_cut = false;
                for text in assumptions.questions.iter_mut().flat_map(|of| Arc::make_mut(of).texts_mut()) {
                    if let Some(short) = cut(text, MOST_STATED) {
                        *text = short;
                        is_cut = true;
                    }
                }
                if !is_cut {
                    return None;
                }
                Some((Self::Assume(Box::new(assumptions), what), "A text of the whip sheet"))
            }
            Self::SetHandling { organisation, handling } => {
                let both = [organisation, handling].map(|text| cut(text, MOST_STATED));
                if both == [None, None] {
                    return None;
                }
                let [organisation, handling] = [(organisation, &both[0]), (handling, &both[1])]
                    .map(|(text, cut)| cut.as_ref().unwrap_or(text).clone());
                Some((Self::SetHandling { organisation, handling }, "The mark"))
            }
            _ => None,
        }
    }

    /// Whether the edit is possible; asked while dragging, before anything is released.
    ///
    /// # Errors
    /// The reason why not.
    pub fn check(&self, workspace: &Workspace) -> Result<(), Refusal> {
        let grouping = |id: &GroupingId| workspace.grouping(*id).ok_or(Refusal::NoGrouping);
        match self {
            Self::SetTitle(title) => check_name(title),
            Self::AddGrouping(new, _) => {
                check_name(&new.name)?;
                let has = |colour: u8| workspace.groupings.iter().any(|other| other.colour == colour);
                // Beyond 256 groupings colours come round.
                let is_taken = has(new.colour) && !has(workspace.free_colour());
                if is_taken || workspace.grouping(new.id).is_some() { Err(Refusal::Taken) } else { Ok(()) }
            }
            Self::Rename(id, name) => {
                grouping(id)?;
                check_name(name)
            }
            Self::Place(shift) => check_shift(shift, workspace),
            Self::Remove(id, countries) => check_there(grouping(id)?, countries),
            Self::Convene(id, country) => {
                let grouping = grouping(id)?;
                check_there(grouping, &[*country])?;
                let alone = grouping.with_role(Role::Convenor).eq([*country]);
                if alone {
                    Err(Refusal::AlreadyThere(vec![*country], Role::Convenor, grouping.name.clone()))
                } else {
                    Ok(())
                }
            }
            Self::SetMandate(id, mandate) => {
                grouping(id)?;
                if mandate.questions == 0 {
                    return Err(Refusal::OutOfRange("a mandate has at least one question"));
                }
                if mandate.months == Some(0) {
                    return Err(Refusal::OutOfRange("a mandate lasts at least one month"));
                }
                Ok(())
            }
            Self::SetBacking(id, country, backing) => {
                check_there(grouping(id)?, &[*country])?;
                if *backing > 0.0 && *backing <= 1.0 {
                    Ok(())
                } else {
                    Err(Refusal::OutOfRange("backing is above 0 and at most 100 %"))
                }
            }
            Self::DeleteGrouping(id)
            | Self::Reorder(id, _)
            | Self::SetIssue(id, _)
            | Self::SetOwn(id, _)
            | Self::SetRule(id, _)
            | Self::SetForm(id, _)
            | Self::SetNotes(id, _) => grouping(id).map(|_| ()),
            Self::AddSlide(slide, _) if workspace.slide(slide.id).is_some() => Err(Refusal::Taken),
            Self::DeleteSlide(id) | Self::MoveSlide(id, _) => slide_there(workspace, *id),
            Self::SetSlide(slide, _) => slide_there(workspace, slide.id),
            Self::AddQuestion(question, _) if workspace.assumptions.question(question.id).is_some() => {
                Err(Refusal::Taken)
            }
            Self::Assume(..)
            | Self::AddQuestion(..)
            | Self::DeleteQuestion(_)
            | Self::SetWorkspaceNotes(_)
            | Self::AddSlide(..)
            | Self::Restore(..)
            | Self::SetHandling { .. } => Ok(()),
        }
    }

    /// Does it. Call only after [`Edit::check`]. What is about groupings or countries that are not there changes nothing.
    pub fn apply(&self, workspace: &mut Workspace) {
        match self {
            Self::SetTitle(title) => title.trim().clone_into(&mut workspace.title),
            Self::SetWorkspaceNotes(notes) => workspace.notes.clone_from(notes),
            Self::AddGrouping(grouping, at) => {
                let at = at.unwrap_or(usize::MAX).min(workspace.groupings.len());
                workspace.groupings.insert(at, Arc::new((**grouping).clone()));
            }
            Self::DeleteGrouping(id) => workspace.groupings.retain(|grouping| grouping.id != *id),
            Self::Reorder(id, to) => {
                if let Some(from) = workspace.position(*id) {
                    let grouping = workspace.groupings.remove(from);
                    workspace.groupings.insert((*to).min(workspace.groupings.len()), grouping);
                }
            }
            Self::Place(shift) => apply_shift(shift, workspace),
            Self::Assume(assumptions, _) => workspace.assumptions = Arc::new((**assumptions).clone()),
            Self::AddQuestion(question, about) => {
                Arc::make_mut(&mut workspace.assumptions).questions.push(Arc::new((**question).clone()));
                if let Some(grouping) = about.and_then(|id| workspace.grouping_mut(id)) {
                    grouping.own.questions.push(question.id);
                }
            }
            Self::DeleteQuestion(id) => {
                Arc::make_mut(&mut workspace.assumptions).questions.retain(|question| question.id != *id);
                // Another question may get its key: no grouping is to be about that one by mistake.
                for grouping in workspace.groupings.iter_mut().filter(|grouping| grouping.own.questions.contains(id)) {
                    let own = &mut Arc::make_mut(grouping).own;
                    own.questions.retain(|other| other != id);
                    own.alone &= !own.questions.is_empty();
                }
            }
            Self::AddSlide(slide, at) => {
                let at = at.unwrap_or(usize::MAX).min(workspace.slides.len());
                workspace.slides.insert(at, Arc::new((**slide).clone()));
            }
            Self::DeleteSlide(id) => workspace.slides.retain(|slide| slide.id != *id),
            Self::MoveSlide(id, to) => {
                if let Some(from) = workspace.slides.iter().position(|slide| slide.id == *id) {
                    let slide = workspace.slides.remove(from);
                    workspace.slides.insert((*to).min(workspace.slides.len()), slide);
                }
            }
            Self::SetSlide(slide, _) => {
                if let Some(old) = workspace.slides.iter_mut().find(|old| old.id == slide.id) {
                    *old = Arc::new((**slide).clone());
                }
            }
            Self::Restore(groupings, assumptions) => {
                let before = std::mem::replace(&mut workspace.assumptions, assumptions.clone());
                // Questions that came after the slide stay: what was written on them is not lost.
                let later: Vec<_> =
                    before.questions.iter().filter(|of| assumptions.question(of.id).is_none()).cloned().collect();
                if !later.is_empty() {
                    Arc::make_mut(&mut workspace.assumptions).questions.extend(later);
                }
                for grouping in groupings {
                    let mut grouping = grouping.clone();
                    // Meanwhile another may have its colour and letter.
                    let others = workspace.groupings.iter().filter(|other| other.id != grouping.id);
                    if others.into_iter().any(|other| other.colour == grouping.colour) {
                        let free = workspace.free_colour();
                        Arc::make_mut(&mut grouping).colour = free;
                    }
                    match workspace.position(grouping.id) {
                        Some(at) => workspace.groupings[at] = grouping,
                        None => workspace.groupings.push(grouping),
                    }
                }
            }
            Self::SetHandling { organisation, handling } => {
                workspace.organisation.clone_from(organisation);
                workspace.handling.clone_from(handling);
            }
            Self::Rename(id, _)
            | Self::Convene(id, _)
            | Self::Remove(id, _)
            | Self::SetIssue(id, _)
            | Self::SetOwn(id, _)
            | Self::SetRule(id, _)
            | Self::SetMandate(id, _)
            | Self::SetForm(id, _)
            | Self::SetNotes(id, _)
            | Self::SetBacking(id, ..) => {
                if let Some(grouping) = workspace.grouping_mut(*id) {
                    self.apply_to(grouping);
                }
            }
        }
    }

    fn apply_to(&self, grouping: &mut Grouping) {
        match self {
            Self::Rename(_, name) => name.trim().clone_into(&mut grouping.name),
            Self::Remove(_, countries) => grouping.seats.retain(|seat| !countries.contains(&seat.country)),
            // Where it is not in, nobody takes its place.
            Self::Convene(_, country) if grouping.seat(*country).is_some() => {
                for seat in &mut grouping.seats {
                    if seat.country == *country {
                        seat.role = Role::Convenor;
                    } else if seat.role == Role::Convenor {
                        seat.role = Role::Member;
                    }
                }
            }
            Self::SetIssue(_, issue) => grouping.issue = *issue,
            Self::SetOwn(_, own) => grouping.own.clone_from(own),
            Self::SetRule(_, rule) => grouping.rule = (**rule).clone(),
            Self::SetMandate(_, mandate) => grouping.mandate = *mandate,
            Self::SetForm(_, form) => grouping.form = *form,
            Self::SetNotes(_, notes) => grouping.notes.clone_from(notes),
            Self::SetBacking(_, country, backing) => {
                if let Some(seat) = grouping.seat_mut(*country) {
                    seat.backing = *backing;
                }
            }
            _ => {}
        }
    }
}

fn check_name(name: &str) -> Result<(), Refusal> {
    if name.trim().is_empty() { Err(Refusal::EmptyName) } else { Ok(()) }
}

fn slide_there(workspace: &Workspace, id: SlideId) -> Result<(), Refusal> {
    workspace.slide(id).map(|_| ()).ok_or(Refusal::NoSlide)
}

fn check_there(grouping: &Grouping, countries: &[CountryId]) -> Result<(), Refusal> {
    if countries.is_empty() {
        Err(Refusal::NothingToMove)
    } else if countries.iter().any(|country| grouping.seat(*country).is_some()) {
        Ok(())
    } else {
        Err(Refusal::NotThere(countries.to_vec(), grouping.name.clone()))
    }
}

fn check_shift(shift: &Shift, workspace: &Workspace) -> Result<(), Refusal> {
    let into = workspace.grouping(shift.into).ok_or(Refusal::NoGrouping)?;
    if let Some(from) = shift.from {
        check_there(workspace.grouping(from).ok_or(Refusal::NoGrouping)?, &shift.countries)?;
    }
    if shift.countries.is_empty() {
        return Err(Refusal::NothingToMove);
    }
    let leaves = shift.from.is_some_and(|from| from != shift.into);
    let changes = |country: &CountryId| match into.seat(*country) {
        None => true,
        Some(seat) => leaves || shift.role.is_some_and(|role| role != seat.role),
    };
    if shift.countries.iter().any(changes) {
        return Ok(());
    }
    let role = into.seat(shift.countries[0]).map_or(Role::Member, |seat| seat.role);
    Err(Refusal::AlreadyThere(shift.countries.clone(), role, into.name.clone()))
}

fn apply_shift(shift: &Shift, workspace: &mut Workspace) {
    let leaves = shift.from.filter(|from| *from != shift.into);
    let mut carried: Vec<Seat> = Vec::new();
    if let Some(from) = leaves.and_then(|from| workspace.grouping_mut(from)) {
        let (leaving, staying) =
            std::mem::take(&mut from.seats).into_iter().partition(|seat| shift.countries.contains(&seat.country));
        from.seats = staying;
        carried = leaving;
    }
    let Some(into) = workspace.grouping_mut(shift.into) else { return };
    for country in &shift.countries {
        if let Some(seat) = into.seat_mut(*country) {
            seat.role = shift.role.unwrap_or(seat.role);
        } else {
            let mut seat = carried
                .iter()
                .find(|seat| seat.country == *country)
                .cloned()
                .unwrap_or_else(|| Seat::new(*country, Role::Member));
            seat.role = shift.role.unwrap_or(Role::Member);
            into.seats.push(seat);
        }
    }
}
