//! Slides: captured, changed, and gone back to.

use std::sync::Arc;

use super::notice::Weight;
use super::stage::Staged;
use super::{App, Place, Tab};
use crate::analysis::Baseline;
use crate::chart::slide::data_date;
use crate::model::{Edit, Grouping, Slide, SlideId, SlideKind, Workspace};

impl App {
    /// The slide that is chosen.
    #[must_use]
    pub fn slide(&self) -> Option<&Arc<Slide>> {
        let slides = &self.workspace().slides;
        self.session.slide.and_then(|id| self.workspace().slide(id)).or(slides.first())
    }

    /// Where the chosen slide stands.
    #[must_use]
    pub fn slide_position(&self) -> Option<usize> {
        let id = self.slide()?.id;
        self.workspace().slides.iter().position(|slide| slide.id == id)
    }

    /// Where the chosen slide stands among those that are shown.
    #[must_use]
    pub fn shown_slide_position(&self) -> usize {
        let chosen = self.session.slide;
        self.shown_slides().iter().position(|slide| Some(slide.id) == chosen).unwrap_or(0)
    }

    /// The slides that are shown: those of the workspace, or where there is none, one a grouping.
    #[must_use]
    pub fn shown_slides(&self) -> Vec<Arc<Slide>> {
        shown_slides(self.workspace())
    }

    /// Which kind a capture is, from what is looked at.
    fn kind_in_view(&self) -> SlideKind {
        let view = &self.session.view;
        let many = self.workspace().groupings.len() > 1;
        match (view.place, view.tab) {
            _ if self.selected().is_none() => SlideKind::Text,
            (Place::Record, _) => SlideKind::Record,
            (_, Tab::Compare) if many => SlideKind::Compare,
            _ => SlideKind::One,
        }
    }

    /// Captures what is looked at as a slide, behind the chosen one.
    pub(super) fn capture(&mut self) {
        self.capture_as(self.kind_in_view());
    }

    /// Captures a slide of a kind.
    pub(super) fn capture_as(&mut self, kind: SlideKind) {
        let id = self.workspace().free_slide_id();
        // A venue at first; taken off by the user it stays off.
        let beside = !matches!(kind, SlideKind::Text | SlideKind::Change);
        let baseline = if beside { Baseline::G20.code().to_owned() } else { String::new() };
        let slide = self.captured(Slide { id, kind, baseline, ..Slide::default() });
        let at = self.slide_position().map(|at| at + 1);
        self.edit_alone(&Edit::AddSlide(Box::new(slide), at));
        self.session.slide = Some(id);
        let n = self.workspace().slides.len();
        self.notices.tell(Weight::Info, format!("Captured as slide {} of {n}.", at.map_or(n, |at| at + 1)));
    }

    /// A slide with the state of now in place of what it held.
    fn captured(&self, mut slide: Slide) -> Slide {
        let workspace = self.workspace();
        // What a slide is about already, else what is selected.
        let about = slide.main().and_then(|main| workspace.grouping(main.id).cloned());
        let selected = about.or_else(|| self.selected().cloned()).or_else(|| workspace.groupings.first().cloned());
        slide.groupings = match slide.kind {
            SlideKind::Text => Vec::new(),
            SlideKind::One | SlideKind::Record => selected.into_iter().collect(),
            SlideKind::Chart => workspace.groupings.clone(),
            SlideKind::Compare => self.side_by_side(&slide),
            SlideKind::Change => self.before_and_after(selected),
        };
        slide.assumptions = workspace.assumptions.clone();
        slide.view = self.session.view.clone();
        if let (SlideKind::One | SlideKind::Record | SlideKind::Change, Some(last)) =
            (slide.kind, slide.groupings.last())
        {
            slide.view.selected = Some(last.id);
        }
        if slide.kind == SlideKind::Chart && slide.chart.is_empty() {
            let open = crate::chart::CATALOGUE.iter().find(|kind| self.session.view.is_open(kind.id));
            open.map_or("deadlock", |kind| kind.id).clone_into(&mut slide.chart);
        }
        if slide.kind == SlideKind::Text && slide.title.is_empty() {
            slide.title.clone_from(&workspace.title);
            slide.own_title = true;
            slide.caption.clone_from(&workspace.notes);
        }
        slide.data = data_date(&self.engine);
        let staged = self.stage(&Arc::new(slide));
        // A statement rests on what can be told apart: where that is not known yet and takes no time, it is computed first.
        let quick = staged.cases().iter().all(Self::is_quick);
        if quick && !staged.is_settled() {
            return Staged::settled(&self.engine, staged.slide.clone()).noted(&self.engine);
        }
        staged.noted(&self.engine)
    }

    /// A slide with its figures, and the statement that follows from them.
    #[must_use]
    pub fn noted(&self, slide: Slide) -> Slide {
        self.stage(&Arc::new(slide)).noted(&self.engine)
    }

    /// A slide with its answers.
    #[must_use]
    pub fn stage(&self, slide: &Arc<Slide>) -> Staged {
        self.results.stage(&self.engine, slide)
    }

    /// The selected grouping and those after it, or those that a slide had.
    fn side_by_side(&self, slide: &Slide) -> Vec<Arc<Grouping>> {
        let workspace = self.workspace();
        let had: Vec<Arc<Grouping>> =
            slide.groupings.iter().filter_map(|grouping| workspace.grouping(grouping.id).cloned()).collect();
        if had.len() > 1 {
            return had;
        }
        let at = self.selected_position().unwrap_or(0);
        let from = at.min(workspace.groupings.len().saturating_sub(2));
        workspace.groupings.iter().skip(from).take(Slide::MOST_BESIDE).cloned().collect()
    }

    /// The selected grouping as it was saved, or else the one before it on the board; then as it is.
    fn before_and_after(&self, after: Option<Arc<Grouping>>) -> Vec<Arc<Grouping>> {
        let workspace = self.workspace();
        let Some(after) = after else { return Vec::new() };
        let saved = self.history.saved().and_then(|saved| saved.grouping(after.id)).filter(|saved| **saved != after);
        let beside = workspace.position(after.id).and_then(|at| {
            let other = if at == 0 { 1 } else { at - 1 };
            workspace.groupings.get(other)
        });
        saved.or(beside).cloned().into_iter().chain([after]).collect()
    }

    /// Takes the state of now into the chosen slide.
    pub(super) fn update_slide(&mut self) {
        let Some(slide) = self.slide().cloned() else { return };
        let slide = self.captured((*slide).clone());
        self.edit_alone(&Edit::SetSlide(Box::new(slide), "a slide’s state"));
    }

    /// Puts the captured groupings and assumptions back on the board, as one step.
    pub(super) fn go_to_slide(&mut self) {
        let Some(slide) = self.slide().cloned() else { return };
        let groupings = if slide.kind == SlideKind::Change {
            slide.groupings.last().cloned().into_iter().collect()
        } else {
            slide.groupings.clone()
        };
        self.edit_alone(&Edit::Restore(groupings, slide.assumptions.clone()));
        let panes = self.session.view.panes;
        self.session.view = crate::model::View { panes, ..slide.view.clone() };
        if self.session.view.place == Place::Slides {
            self.session.view.place = Place::Board;
        }
        self.session.view.selected = slide.main().map(|grouping| grouping.id);
        self.notices
            .tell(Weight::Info, "The state of the slide is on the board. Undo (Ctrl+Z) takes that back.".to_owned());
    }

    pub(super) fn duplicate_slide(&mut self) {
        let (Some(slide), Some(at)) = (self.slide().cloned(), self.slide_position()) else { return };
        let id = self.workspace().free_slide_id();
        self.edit_alone(&Edit::AddSlide(Box::new(Slide { id, ..(*slide).clone() }), Some(at + 1)));
        self.session.slide = Some(id);
    }

    pub(super) fn delete_slide(&mut self) {
        let (Some(slide), Some(at)) = (self.slide().cloned(), self.slide_position()) else { return };
        self.edit_alone(&Edit::DeleteSlide(slide.id));
        let slides = &self.workspace().slides;
        self.session.slide = slides.get(at).or(slides.last()).map(|next| next.id);
        self.notices.tell(Weight::Info, "The slide was deleted. Undo (Ctrl+Z) brings it back.".to_owned());
    }

    pub(super) fn move_slide(&mut self, by: isize) {
        if let (Some(slide), Some(at)) = (self.slide().cloned(), self.slide_position()) {
            self.edit_alone(&Edit::MoveSlide(slide.id, at.saturating_add_signed(by)));
            self.session.slide = Some(slide.id);
        }
    }

    /// Puts a slide before the one that stands at a position now.
    pub(super) fn put_slide(&mut self, id: SlideId, before: usize) {
        let Some(from) = self.workspace().slides.iter().position(|slide| slide.id == id) else { return };
        let to = if from < before { before - 1 } else { before };
        if from != to {
            self.edit_alone(&Edit::MoveSlide(id, to));
        }
        self.session.slide = Some(id);
    }

    /// Chooses the slide after the chosen one, or before.
    pub(super) fn step_slide(&mut self, by: isize) {
        let slides = &self.workspace().slides;
        let next = self.slide_position().map_or(0, |at| at.saturating_add_signed(by));
        self.session.slide = slides.get(next.min(slides.len().saturating_sub(1))).map(|slide| slide.id);
    }
}

/// The slides of a workspace; where there is none, one a grouping.
#[must_use]
pub fn shown_slides(workspace: &Workspace) -> Vec<Arc<Slide>> {
    if !workspace.slides.is_empty() {
        return workspace.slides.clone();
    }
    let one = |(at, grouping): (usize, &Arc<Grouping>)| {
        Arc::new(Slide {
            id: SlideId(u32::try_from(at + 1).unwrap_or(u32::MAX)),
            groupings: vec![grouping.clone()],
            assumptions: workspace.assumptions.clone(),
            baseline: Baseline::G20.code().to_owned(),
            ..Slide::default()
        })
    };
    workspace.groupings.iter().enumerate().map(one).collect()
}
