//! Slides with the answers that they show.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use super::board::Board;
use super::live::{Known, Live};
use crate::analysis::years::{Years, by_year};
use crate::analysis::{Baseline, Case, Defined, Engine, Report, whatif};
use crate::chart::frame::{Frame, TextMeasure};
use crate::chart::slide::{self, Extras, Stage, Staged as Shown};
use crate::chart::{self, MOVES, Study, YEARS};
use crate::model::{Grouping, GroupingId, Slide, SlideFigure, SlideKind, Workspace};

/// How a slide is shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Setting<'a> {
    /// Whose work it is.
    pub organisation: &'a str,
    /// How it is to be handled.
    pub handling: &'a str,
    /// Which slide it is, from 1, and of how many.
    pub number: (usize, usize),
    /// Whether the figures are hidden.
    pub hides: bool,
    /// The grouping that is pointed at.
    pub lit: Option<GroupingId>,
}

impl<'a> Setting<'a> {
    /// That of a workspace.
    #[must_use]
    pub fn of(workspace: &'a Workspace, number: (usize, usize)) -> Self {
        let (organisation, handling) = (workspace.organisation.trim(), workspace.handling.trim());
        Self { organisation, handling, number, hides: false, lit: None }
    }
}

/// A state of a slide and its answers; it keeps them, so that no other comes to lie where they did.
#[derive(Debug)]
pub(super) struct State {
    slide: Arc<Slide>,
    answers: Vec<(Arc<Report>, Option<Arc<Known>>)>,
}

impl State {
    /// Whether nothing has changed.
    pub(super) fn is(&self, other: &Self) -> bool {
        let same = |(one, other): (&Option<Arc<Known>>, &Option<Arc<Known>>)| match (one, other) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (None, None) => true,
            _ => false,
        };
        Arc::ptr_eq(&self.slide, &other.slide)
            && self.answers.len() == other.answers.len()
            && self
                .answers
                .iter()
                .zip(&other.answers)
                .all(|(one, other)| Arc::ptr_eq(&one.0, &other.0) && same((&one.1, &other.1)))
    }
}

/// A slide with the answers that it shows.
#[derive(Debug)]
pub struct Staged {
    /// The slide.
    pub slide: Arc<Slide>,
    board: Board,
    study: Option<Study>,
    moves: OnceLock<Vec<whatif::Row>>,
    years: OnceLock<Option<Defined<Years>>>,
}

impl Staged {
    /// The answers of a slide, without intervals.
    pub(super) fn of(engine: &Engine, slide: Arc<Slide>, answer: impl Fn(&Case) -> Arc<Report>) -> Self {
        let workspace = Workspace::of_slide(&slide);
        let main = slide.main().map(|grouping| grouping.id);
        let baselines: Vec<Baseline> = Baseline::by_code(&slide.baseline).into_iter().collect();
        let board = Board::with(engine, &workspace, main, &baselines, answer);
        let study = board.find_or_first(main).map(|of| Study::new(of.case.clone()));
        Self { slide, board, study, moves: OnceLock::new(), years: OnceLock::new() }
    }

    /// The answers of a slide with all intervals, computed here and now; for whoever has no window to wait in.
    #[must_use]
    pub fn settled(engine: &Engine, slide: Arc<Slide>) -> Self {
        let mut staged = Self::of(engine, slide, |case| Arc::new(engine.settled(case)));
        let [groupings, baselines] = staged.board.cases();
        let cases: Vec<Case> = groupings.into_iter().chain(baselines).collect();
        let assumptions = staged.slide.assumptions.clone();
        let known = Known::of_cases(engine, &cases, &assumptions);
        staged.board.settle_by(|case| known.iter().find(|known| known.intervals.case() == case).cloned());
        staged
    }

    /// The same with another statement.
    #[must_use]
    pub fn titled(self, title: String) -> Self {
        let slide = Slide { title, ..(*self.slide).clone() };
        Self { slide: Arc::new(slide), ..self }
    }

    /// Whether another slide has the same answers: it differs in words alone.
    pub(super) fn answers_alike(&self, slide: &Arc<Slide>) -> bool {
        let mine = &self.slide;
        Arc::ptr_eq(mine, slide)
            || (mine.id == slide.id
                && mine.kind == slide.kind
                && mine.chart == slide.chart
                && mine.baseline == slide.baseline
                && mine.view.selected == slide.view.selected
                && mine.groupings == slide.groupings
                && mine.assumptions == slide.assumptions)
    }

    /// The same answers for a slide with other words.
    pub(super) fn of_slide(self, slide: Arc<Slide>) -> Self {
        if self.slide == slide { self } else { Self { slide, ..self } }
    }

    /// What tells two states of the answers apart.
    pub(super) fn state(&self) -> State {
        let groupings = self.board.iter().map(|of| (of.report.clone(), of.draws()));
        let venues = self.board.baselines.iter().map(|of| (of.report.clone(), of.draws()));
        State { slide: self.slide.clone(), answers: groupings.chain(venues).collect() }
    }

    /// Gives everything the intervals that are known.
    pub(super) fn settle(&mut self, live: &Live) {
        self.board.settle(live);
    }

    /// Puts a finer answer in place of that of a case.
    pub(super) fn refine(&mut self, case: &Case, report: &Arc<Report>) {
        self.board.refine(case, report);
    }

    /// The cases that it shows.
    pub(super) fn cases(&self) -> Vec<Case> {
        self.board.cases().into_iter().flatten().collect()
    }

    /// The groupings that it shows, with their answers.
    #[must_use]
    pub fn board(&self) -> &Board {
        &self.board
    }

    /// Whether all intervals are there.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let groupings = self.board.iter().all(|of| of.draws().is_some());
        groupings && self.board.baselines.iter().all(|of| of.draws().is_some())
    }

    fn with<T>(&self, engine: &Engine, setting: &Setting<'_>, then: impl FnOnce(&Stage<'_>) -> T) -> T {
        let is_chart = self.slide.kind == SlideKind::Chart;
        let case = self.study.as_ref().map(|study| &study.case);
        let moves = case
            .filter(|_| is_chart && self.slide.chart == MOVES)
            .map(|case| self.moves.get_or_init(|| whatif::all(engine, case)).as_slice());
        let assumptions = &self.slide.assumptions;
        let years = case.filter(|_| is_chart && self.slide.chart == YEARS).and_then(|case| {
            let never = AtomicBool::new(false);
            let years = self.years.get_or_init(|| by_year(engine, case, assumptions.draws, assumptions.seed, &never));
            years.as_ref()
        });
        shown(&self.board, |groupings, venues| {
            then(&Stage {
                engine,
                slide: &self.slide,
                groupings,
                baseline: venues.first().copied(),
                extras: Extras { study: self.study.as_ref(), moves, years },
                organisation: setting.organisation,
                handling: setting.handling,
                number: setting.number,
                hides: setting.hides,
                lit: setting.lit,
            })
        })
    }

    /// The slide laid out.
    #[must_use]
    pub fn frame(&self, engine: &Engine, setting: &Setting<'_>, measure: &dyn TextMeasure) -> Frame {
        self.with(engine, setting, |stage| slide::frame(stage, measure))
    }

    /// What the program would state.
    #[must_use]
    pub fn statement(&self, engine: &Engine) -> String {
        self.with(engine, &Setting::default(), slide::statement)
    }

    /// Its grouping as a paragraph.
    #[must_use]
    pub fn paragraph(&self, engine: &Engine) -> String {
        self.with(engine, &Setting::default(), slide::paragraph)
    }

    /// The figures that it shows now.
    #[must_use]
    pub fn figures(&self, engine: &Engine) -> Vec<SlideFigure> {
        self.with(engine, &Setting::default(), slide::figures)
    }

    /// Why its statement may no longer hold; `None` where nothing speaks against it.
    #[must_use]
    pub fn doubt(&self, engine: &Engine) -> Option<String> {
        slide::doubt(&self.slide, &self.figures(engine))
    }

    /// The slide with its figures noted, and where the statement is not the user's own, with the statement that follows from them.
    #[must_use]
    pub fn noted(&self, engine: &Engine) -> Slide {
        let mut slide = (*self.slide).clone();
        slide.figures = self.figures(engine);
        slide.data = chart::slide::data_date(engine);
        if !slide.own_title {
            slide.title = self.statement(engine);
        }
        slide
    }
}

/// The groupings and venues of a board, as slides and briefings are made from them.
pub(super) fn shown<T>(
    board: &Board,
    then: impl FnOnce(&[(&Grouping, Shown<'_>)], &[(Baseline, Shown<'_>)]) -> T,
) -> T {
    fn one<'a>(case: &'a Case, report: &'a Report, known: Option<&'a Arc<Known>>) -> Shown<'a> {
        Shown { case, report, draws: known.map(|known| &known.intervals) }
    }
    let of: Vec<Option<Arc<Known>>> = board.iter().map(super::Evaluated::draws).collect();
    let beside: Vec<Option<Arc<Known>>> = board.baselines.iter().map(super::Beside::draws).collect();
    let groupings: Vec<_> =
        board.iter().zip(&of).map(|(it, known)| (&*it.grouping, one(&it.case, &it.report, known.as_ref()))).collect();
    let venues: Vec<_> = board
        .baselines
        .iter()
        .zip(&beside)
        .map(|(it, known)| (it.baseline, one(&it.case, &it.report, known.as_ref())))
        .collect();
    then(&groupings, &venues)
}
