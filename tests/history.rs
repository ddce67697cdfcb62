//! Edits and their history, as laws that hold for any sequence.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::sync::{Arc, OnceLock};

use convenor::data::{Atlas, CountryId};
use convenor::model::{
    Assumptions, Basis, Criterion, CustomRule, DecisionRule, Edit, Form, Gesture, Grouping, GroupingId, History, Issue,
    Mandate, NamedRule, Refusal, Role, Seat, Share, Shift, Slide, SlideId, SlideKind, Workspace,
};
use convenor::storage;
use proptest::prelude::*;

fn atlas() -> &'static Atlas {
    static ATLAS: OnceLock<Atlas> = OnceLock::new();
    ATLAS.get_or_init(|| Atlas::embedded().unwrap())
}

/// Few enough that edits meet each other.
const COUNTRIES: [&str; 6] = ["NOR", "SWE", "CHL", "USA", "CHN", "KEN"];

fn country() -> impl Strategy<Value = CountryId> {
    prop::sample::select(COUNTRIES.to_vec()).prop_map(|code| code.parse().unwrap())
}

fn countries() -> impl Strategy<Value = Vec<CountryId>> {
    prop::sample::subsequence(COUNTRIES.to_vec(), 0..4)
        .prop_map(|codes| codes.into_iter().map(|code| code.parse().unwrap()).collect())
}

/// Groupings that may be there or not.
fn id() -> impl Strategy<Value = GroupingId> {
    (1..6_u32).prop_map(GroupingId)
}

fn role() -> impl Strategy<Value = Role> {
    prop::sample::select(vec![Role::Convenor, Role::Member, Role::Observer])
}

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["", "  ", "Nordic", " Nordic ", "T-12", "Ärger"]).prop_map(str::to_owned)
}

fn rule() -> impl Strategy<Value = DecisionRule> {
    let criterion = Criterion::new(Basis::Gdp, Share::Number(0.85));
    let custom = CustomRule { criteria: vec![criterion], ..CustomRule::default() };
    prop_oneof![
        prop::sample::select(NamedRule::ALL.to_vec()).prop_map(DecisionRule::Named),
        Just(DecisionRule::Custom(Box::new(custom))),
    ]
}

fn grouping() -> impl Strategy<Value = Grouping> {
    let seats = prop::collection::btree_map(country(), role(), 0..4);
    // A grouping that is put on the board has a name: only what is typed may lack one.
    let named = prop::sample::select(vec!["Nordic", "T-12", "Ärger"]).prop_map(str::to_owned);
    (id(), named, 0..3_u8, seats).prop_map(|(id, name, colour, seats)| {
        let mut grouping = Grouping::new(id, name, colour);
        grouping.seats = seats.into_iter().map(|(country, role)| Seat::new(country, role)).collect();
        grouping
    })
}

fn shift() -> impl Strategy<Value = Shift> {
    (countries(), prop::option::of(id()), id(), prop::option::of(role()))
        .prop_map(|(countries, from, into, role)| Shift { countries, from, into, role })
}

fn edit() -> impl Strategy<Value = Edit> {
    let mandate = (0..3_u32, prop::option::of(0..3_u32));
    let assumptions = (prop::sample::select(vec!["USA", "CHN"]), 0..3_u8).prop_map(|(sponsor, draws)| {
        let sponsor = sponsor.parse().unwrap();
        Box::new(Assumptions { sponsor, draws: 10 * (1 + u32::from(draws)), ..Assumptions::default() })
    });
    prop_oneof![
        1 => name().prop_map(Edit::SetTitle),
        1 => (grouping(), prop::option::of(0..6_usize)).prop_map(|(grouping, at)| Edit::AddGrouping(Box::new(grouping), at)),
        1 => id().prop_map(Edit::DeleteGrouping),
        1 => (id(), 0..6_usize).prop_map(|(id, to)| Edit::Reorder(id, to)),
        1 => (id(), name()).prop_map(|(id, name)| Edit::Rename(id, name)),
        4 => shift().prop_map(Edit::Place),
        2 => (id(), country()).prop_map(|(id, country)| Edit::Convene(id, country)),
        2 => (id(), countries()).prop_map(|(id, countries)| Edit::Remove(id, countries)),
        1 => (id(), prop::sample::select(Issue::ALL.to_vec())).prop_map(|(id, issue)| Edit::SetIssue(id, issue)),
        1 => (id(), rule()).prop_map(|(id, rule)| Edit::SetRule(id, Box::new(rule))),
        1 => (id(), mandate).prop_map(|(id, (questions, months))| Edit::SetMandate(id, Mandate { questions, months })),
        1 => (id(), prop::sample::select(vec![Form::AdHoc, Form::Light, Form::Standing]))
            .prop_map(|(id, form)| Edit::SetForm(id, form)),
        1 => (id(), name()).prop_map(|(id, notes)| Edit::SetNotes(id, notes)),
        1 => (id(), country(), prop::sample::select(vec![-1.0, 0.0, 0.3, 1.0, 1.5, f64::NAN]))
            .prop_map(|(id, country, backing)| Edit::SetBacking(id, country, backing)),
        1 => assumptions.prop_map(|assumptions| Edit::Assume(assumptions, "sponsor")),
        1 => name().prop_map(Edit::SetWorkspaceNotes),
        1 => (name(), name()).prop_map(|(organisation, handling)| Edit::SetHandling { organisation, handling }),
        2 => (slide(), prop::option::of(0..4_usize)).prop_map(|(slide, at)| Edit::AddSlide(Box::new(slide), at)),
        1 => (0..4_u32).prop_map(|id| Edit::DeleteSlide(SlideId(id))),
        1 => (0..4_u32, 0..4_usize).prop_map(|(id, to)| Edit::MoveSlide(SlideId(id), to)),
        1 => slide().prop_map(|slide| Edit::SetSlide(Box::new(slide), "words")),
        1 => grouping().prop_map(|grouping| Edit::Restore(vec![Arc::new(grouping)], Arc::new(Assumptions::default()))),
    ]
}

fn slide() -> impl Strategy<Value = Slide> {
    let kind = prop::sample::select(SlideKind::ALL.to_vec());
    (0..4_u32, kind, name(), prop::collection::vec(grouping(), 0..3)).prop_map(|(id, kind, title, groupings)| Slide {
        id: SlideId(id),
        kind,
        title,
        groupings: groupings.into_iter().map(Arc::new).collect(),
        ..Slide::default()
    })
}

fn workspace() -> impl Strategy<Value = Workspace> {
    prop::collection::vec(grouping(), 0..4).prop_map(|groupings| {
        let mut workspace = Workspace::new("Start");
        for grouping in groupings {
            let colour_is_free = workspace.groupings.iter().all(|other| other.colour != grouping.colour);
            if workspace.grouping(grouping.id).is_none() && colour_is_free {
                workspace.groupings.push(Arc::new(grouping));
            }
        }
        workspace
    })
}

#[derive(Clone, Debug)]
enum Act {
    Edit(Edit, Option<Gesture>),
    Undo,
    Redo,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => (edit(), prop::option::of(0..3_u64)).prop_map(|(edit, gesture)| Act::Edit(edit, gesture)),
        2 => Just(Act::Undo),
        1 => Just(Act::Redo),
    ]
}

/// What must hold of any board, whatever was done to it.
fn holds_together(workspace: &Workspace) {
    for (at, grouping) in workspace.groupings.iter().enumerate() {
        assert!(workspace.groupings[..at].iter().all(|other| other.id != grouping.id), "keys are unique");
        for (place, seat) in grouping.seats.iter().enumerate() {
            let before = &grouping.seats[..place];
            assert!(before.iter().all(|other| other.country != seat.country), "{} has one seat", seat.country);
            assert!(seat.backing > 0.0 && seat.backing <= 1.0, "backing of {}", seat.backing);
        }
    }
}

/// Applies an edit and checks what is true of any: whether the board changed.
fn apply(history: &mut History, edit: &Edit, gesture: Option<Gesture>) -> bool {
    let before = history.workspace().clone();
    let (steps, labels) =
        (history.len(), (history.undo_label().map(str::to_owned), history.redo_label().map(str::to_owned)));
    let checked = edit.check(&before);
    let done = history.apply(edit, gesture);
    let now = history.workspace();
    assert_eq!(done.is_ok(), checked.is_ok(), "what is checked while dragging is what happens on release");
    if let Ok(true) = done {
        assert_ne!(**now, *before);
        assert!(history.redo_label().is_none(), "what was undone is gone");
        holds_together(now);
        return true;
    }
    if let Err(Refusal::AlreadyThere(..) | Refusal::NothingToMove) = done {
        let mut would_be = (*before).clone();
        edit.apply(&mut would_be);
        assert_eq!(would_be, *before, "refused though there is something to do: {edit:?}");
    }
    // Refused, or nothing to do: nothing at all is different.
    assert!(Arc::ptr_eq(now, &before), "{edit:?}");
    assert_eq!(history.len(), steps);
    assert_eq!((history.undo_label().map(str::to_owned), history.redo_label().map(str::to_owned)), labels);
    false
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_any_edits_made_is_saved_and_opened_as_it_is(
        start in workspace(),
        acts in prop::collection::vec(act(), 0..25),
    ) {
        let mut history = History::new(start, true);
        for act in &acts {
            match act {
                Act::Edit(edit, gesture) => { let _ = history.apply(edit, *gesture); }
                Act::Undo => { history.undo(); }
                Act::Redo => { history.redo(); }
            }
            holds_together(history.workspace());
        }
        let text = storage::to_text(history.workspace()).unwrap();
        let opened = storage::parse(text.as_bytes(), "saved", atlas()).unwrap();
        prop_assert_eq!(opened.repairs.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
        prop_assert_eq!(&opened.workspace, &**history.workspace());
    }

    #[test]
    fn all_undone_is_the_start_and_all_redone_is_the_end(
        start in workspace(), edits in prop::collection::vec((edit(), prop::option::of(0..3_u64)), 1..40),
    ) {
        let mut history = History::new(start.clone(), true);
        for (edit, gesture) in &edits {
            apply(&mut history, edit, *gesture);
        }
        let (end, steps) = (history.workspace().clone(), history.len());
        prop_assert_eq!(history.is_edited(), *end != start);
        let mut labels = Vec::new();
        while let Some(label) = history.undo() {
            holds_together(history.workspace());
            labels.push(label);
        }
        prop_assert_eq!(&**history.workspace(), &start);
        prop_assert!(labels.len() == steps && history.is_empty() && !history.is_edited());
        prop_assert!(history.undo().is_none());
        let mut again = Vec::new();
        while let Some(label) = history.redo() {
            again.push(label);
        }
        labels.reverse();
        prop_assert_eq!(again, labels);
        prop_assert!(Arc::ptr_eq(history.workspace(), &end), "the very same");
        prop_assert_eq!(history.len(), steps);
    }

    #[test]
    fn undo_and_redo_in_any_order_walk_over_the_same_boards(
        start in workspace(), acts in prop::collection::vec(act(), 1..60),
    ) {
        let mut history = History::new(start, false);
        // The boards before and after each step, as a list with a place in it.
        let mut boards = vec![history.workspace().clone()];
        let mut at = 0;
        for act in &acts {
            match act {
                Act::Edit(edit, gesture) => {
                    let (steps, undone) = (history.len(), history.redo_label().is_some());
                    if !apply(&mut history, edit, *gesture) {
                        continue;
                    }
                    boards.truncate(at + 1);
                    prop_assert!(!undone || history.len() == steps + 1, "after an undo nothing is merged");
                    match history.len() {
                        // A step of its own.
                        now if now == steps + 1 => {
                            boards.push(history.workspace().clone());
                            at += 1;
                        }
                        // The gesture goes on.
                        now if now == steps => boards[at] = history.workspace().clone(),
                        // It came back to where it began.
                        now => {
                            prop_assert_eq!(now + 1, steps);
                            boards.pop();
                            at -= 1;
                        }
                    }
                }
                Act::Undo => {
                    prop_assert_eq!(history.undo().is_some(), at > 0);
                    at = at.saturating_sub(1);
                }
                Act::Redo => {
                    let there = at + 1 < boards.len();
                    prop_assert_eq!(history.redo().is_some(), there);
                    at += usize::from(there);
                }
            }
            prop_assert_eq!(history.workspace(), &boards[at]);
            prop_assert_eq!(history.len(), at);
        }
    }

    #[test]
    fn one_gesture_is_one_step(
        start in workspace(), before in prop::collection::vec(edit(), 0..4), held in prop::collection::vec(edit(), 1..12),
        after in prop::collection::vec(edit(), 0..4),
    ) {
        let mut history = History::new(start, true);
        for edit in &before {
            apply(&mut history, edit, None);
        }
        let (began, steps) = (history.workspace().clone(), history.len());
        for edit in &held {
            apply(&mut history, edit, Some(7));
        }
        let ended = history.workspace().clone();
        // A gesture that ends where it began is none.
        prop_assert_eq!(history.len(), steps + usize::from(ended != began));
        let with = history.len();
        for edit in &after {
            apply(&mut history, edit, Some(8));
        }
        while history.len() > with {
            history.undo();
        }
        if *history.workspace() == ended && ended != began {
            history.undo();
        }
        prop_assert_eq!(history.workspace(), &began);
        prop_assert_eq!(history.len(), steps);
    }
}

#[test]
fn no_more_steps_are_kept_than_said() {
    let mut history = History::new(Workspace::new("Start"), true);
    for number in 0..History::KEPT + 5 {
        assert!(history.apply(&Edit::SetTitle(format!("Title {number}")), None).unwrap());
    }
    assert_eq!(history.len(), History::KEPT);
    while history.undo().is_some() {}
    assert_eq!(history.workspace().title, "Title 4");
}
