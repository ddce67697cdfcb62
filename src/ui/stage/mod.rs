//! Slides on the whole screen: keys of clickers, black and white, a pointer, live questions, and a second window for the presenter.

mod live;
mod presenter;

use std::sync::Arc;
use std::time::Instant;

use eframe::egui::{
    self, Align2, Color32, CursorIcon, FontId, Rect, Sense, Stroke, Ui, ViewportCommand, WidgetInfo, pos2, vec2,
};

use self::live::LiveView;
use self::presenter::{Act, Presenter};
use super::plots::{Fonts, Pen};
use super::theme;
use crate::app::{App, Command, Setting, Staged};
use crate::chart::frame::{Frame, Op, Point, Target, between};
use crate::chart::slide::{HEIGHT, WIDTH};
use crate::model::{GroupingId, Slide};

/// How long the way from one slide to the next takes, in seconds.
const WAY: f64 = 0.3;

/// Slides on the whole screen.
#[derive(Debug, Default)]
pub struct StageView {
    /// Which slide is shown; `None` while nobody presents.
    at: Option<usize>,
    shows: Shows,
    /// Nothing but one colour: black, or white.
    blank: Option<Color32>,
    /// The number of a slide that is being typed.
    typed: String,
    /// The grouping that is pointed at.
    lit: Option<GroupingId>,
    /// The grouping that Tab chose.
    tabbed: Option<GroupingId>,
    /// What is shown, and of what it was made.
    shown: Option<(Of, Arc<Frame>)>,
    /// What was shown before, and since when that goes.
    before: Option<(Arc<Frame>, f64)>,
    /// When the pointer moved last.
    moved: f64,
    live: Option<LiveView>,
    presenter: Option<Presenter>,
    began: Option<Instant>,
    was_full: bool,
    /// Whether the screens have been looked at.
    placed: bool,
}

/// What is shown besides the slide.
#[derive(Clone, Copy, Debug, Default)]
struct Shows {
    /// Figures that were hidden.
    revealed: bool,
    /// A pointer that is seen from afar.
    pointer: bool,
    /// The keys, at the bottom.
    keys: bool,
}

/// Of what a shown frame was made: slide, state of the answers, whether figures are hidden, what is pointed at.
#[derive(Clone, Debug, PartialEq)]
struct Of(Arc<Slide>, u64, bool, Option<GroupingId>);

impl StageView {
    /// Whether somebody presents.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.at.is_some()
    }

    /// Begins, from a slide on.
    pub fn start(&mut self, ctx: &egui::Context, app: &mut App, at: usize) {
        let was_full = ctx.input(|input| input.viewport().fullscreen.unwrap_or(false));
        *self = Self { at: Some(at), was_full, began: Some(Instant::now()), ..Self::default() };
        app.run(Command::Presents(true));
        ctx.send_viewport_cmd(ViewportCommand::Fullscreen(true));
        ctx.memory_mut(|memory| {
            if let Some(id) = memory.focused() {
                memory.surrender_focus(id);
            }
        });
    }

    fn leave(&mut self, ctx: &egui::Context, app: &App, commands: &mut Vec<Command>) {
        if let Some(slide) = self.at.and_then(|at| app.results.staged.get(at)) {
            commands.push(Command::ChooseSlide(slide.slide.id));
        }
        commands.push(Command::Presents(false));
        if !self.was_full {
            ctx.send_viewport_cmd(ViewportCommand::Fullscreen(false));
        }
        *self = Self::default();
    }

    /// The whole window while slides are shown.
    pub fn ui(&mut self, ui: &mut Ui, frame: &eframe::Frame, app: &App, commands: &mut Vec<Command>) {
        let ctx = ui.ctx().clone();
        let n = count(app);
        let Some(at) = self.at.map(|at| at.min(n.saturating_sub(1))) else { return };
        if n == 0 {
            self.leave(&ctx, app, commands);
            return;
        }
        self.at = Some(at);
        for act in self.presenter.as_mut().map(Presenter::taken).unwrap_or_default() {
            // A question that is open is ended where it was asked.
            if self.live.is_some() {
                continue;
            }
            if act == Act::Screen {
                next_screen(&ctx, frame);
            } else {
                self.act(&ctx, app, act, commands);
            }
        }
        if self.live.is_none() {
            self.keys(&ctx, frame, app, commands);
        }
        let Some(at) = self.at else { return };
        self.use_both_screens(&ctx, frame);
        self.follow_pointer(&ctx);
        let screen = ctx.content_rect();
        let t = theme::tokens(ui);
        let painter = ui.painter_at(screen);
        painter.rect_filled(screen, 0, self.blank.unwrap_or(t.panel));
        let room = self.live.as_ref().map_or(0.0, |_| live::HEIGHT);
        let scale = (screen.width() / WIDTH).min((screen.height() - room) / HEIGHT);
        let size = vec2(WIDTH, HEIGHT) * scale;
        let middle = pos2(screen.center().x, screen.top() + (screen.height() - room) / 2.0);
        let rect = Rect::from_center_size(middle, size);
        let shown = self.shown(ui, app, at);
        let response = ui.interact(rect, ui.scope_id().with("slide on stage"), Sense::click());
        let label = shown.as_ref().map_or_else(String::new, |frame| spoken(frame, at + 1, n));
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, &label));
        if self.blank.is_none() {
            if let Some(frame) = &shown {
                self.hover(&response, frame, rect);
                self.paint(&ctx, &painter, frame, rect, t);
            }
            if response.clicked() && self.live.is_none() {
                self.forward(app);
            }
        }
        self.live_drop(ui, app, &response);
        self.overlay_ui(&painter, screen, t);
        if self.live.is_some() {
            self.live_ui(ui, app, at, commands);
        }
        self.presenter_ui(&ctx, ui, app, at);
        self.pointer_ui(&ctx, &painter, scale, t);
    }

    /// The frame of the slide that is shown, or of the question that is asked of it.
    fn shown(&mut self, ui: &Ui, app: &App, at: usize) -> Option<Arc<Frame>> {
        let staged = self.staged(app, at)?;
        let hides = staged.slide.hides_figures && !self.shows.revealed && self.live.is_none();
        let key = Of(staged.slide.clone(), app.results.staged_stamp(), hides, self.lit);
        if let Some((known, frame)) = &self.shown
            && *known == key
        {
            return Some(frame.clone());
        }
        let frame = Arc::new(laid(ui, app, staged, (at + 1, count(app)), hides, self.lit));
        let time = ui.input(|input| input.time);
        let still = ui.ctx().global_style().animation_time <= 0.0;
        if let Some((old, was)) = self.shown.replace((key.clone(), frame.clone()))
            && !still
            && (old.0.id != key.0.id || old.2 != key.2 || old.0 != key.0)
        {
            self.before = Some((was, time));
        }
        Some(frame)
    }

    fn staged<'a>(&self, app: &'a App, at: usize) -> Option<&'a Staged> {
        let asked = self.live.is_some() && app.session.live.is_some();
        if asked { app.results.staged.last() } else { app.results.staged.get(at) }
    }

    fn paint(
        &mut self,
        ctx: &egui::Context,
        painter: &egui::Painter,
        frame: &Frame,
        rect: Rect,
        t: &'static theme::Tokens,
    ) {
        let painter = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
        let pen = Pen { scale: rect.width() / WIDTH, ..Pen::new(&painter, rect.min, t) };
        let time = ctx.input(|input| input.time);
        if let Some((before, since)) = &self.before {
            let share = (time - since) / WAY;
            if share < 1.0 {
                #[expect(clippy::cast_possible_truncation, reason = "within 0 to 1")]
                for moving in between(before, frame, share as f32) {
                    Pen { opacity: moving.opacity, ..pen }.stroke(&moving.op);
                }
                ctx.request_repaint();
                return;
            }
            self.before = None;
        }
        match self.lit {
            None => pen.paint(frame),
            Some(lit) => {
                for (at, item) in frame.items.iter().enumerate() {
                    let crate::chart::frame::Item::Draw(op) = item else { continue };
                    let opacity = if frame.is_of_other(at, lit) { 0.22 } else { 1.0 };
                    Pen { opacity, ..pen }.stroke(op);
                }
            }
        }
    }

    /// What is under the pointer is lit; what Tab chose otherwise.
    fn hover(&mut self, response: &egui::Response, frame: &Frame, rect: Rect) {
        let scale = rect.width() / WIDTH;
        let under = response.hover_pos().filter(|_| self.pointer_is_awake(response)).and_then(|at| {
            let point = Point { x: (at.x - rect.left()) / scale, y: (at.y - rect.top()) / scale };
            match frame.hit(point) {
                Some(Target::Grouping(id)) => Some(id),
                _ => None,
            }
        });
        // One grouping alone has nothing beside it to be dimmed.
        let several = frame.parts.iter().map(|(_, _, id)| *id).collect::<std::collections::BTreeSet<_>>().len() > 1;
        let lit = under.or(self.tabbed).filter(|_| several);
        if lit != self.lit {
            self.lit = lit;
            response.ctx.request_repaint();
        }
    }

    /// A pointer that lies still lights nothing: the clicker is in use.
    fn pointer_is_awake(&self, response: &egui::Response) -> bool {
        response.ctx.input(|input| input.time) - self.moved < 3.0
    }

    fn follow_pointer(&mut self, ctx: &egui::Context) {
        let (moved, time) = ctx.input(|input| (input.pointer.is_moving(), input.time));
        if moved {
            self.moved = time;
            ctx.request_repaint_after(std::time::Duration::from_millis(3100));
        }
    }

    fn pointer_ui(&self, ctx: &egui::Context, painter: &egui::Painter, scale: f32, t: &theme::Tokens) {
        let time = ctx.input(|input| input.time);
        if self.shows.pointer
            && let Some(at) = ctx.input(|input| input.pointer.hover_pos())
        {
            let radius = 13.0 * scale;
            painter.circle_filled(at, radius, t.error.gamma_multiply(0.55));
            painter.circle_stroke(at, radius, Stroke::new(2.5 * scale, t.panel));
            painter.circle_stroke(at, radius + 2.0 * scale, Stroke::new(2.0 * scale, t.error));
            ctx.set_cursor_icon(CursorIcon::None);
        } else if time - self.moved > 3.0 && self.live.is_none() {
            ctx.set_cursor_icon(CursorIcon::None);
        }
    }

    /// The number that is being typed, and the keys where they were asked for.
    fn overlay_ui(&self, painter: &egui::Painter, screen: Rect, t: &theme::Tokens) {
        let say = |words: &str, at, anchor: Align2, size: f32| {
            let galley = painter.layout(words.to_owned(), FontId::proportional(size), t.ink, screen.width() - 60.0);
            let rect = anchor.anchor_size(at, galley.size());
            painter.rect_filled(rect.expand2(vec2(14.0, 9.0)), 8, t.soft);
            painter.galley(rect.min, galley, t.ink);
        };
        if !self.typed.is_empty() {
            say(&format!("Go to {}", self.typed), screen.right_bottom() - vec2(30.0, 30.0), Align2::RIGHT_BOTTOM, 24.0);
        }
        if self.shows.keys {
            say(KEYS, screen.center_bottom() - vec2(0.0, 30.0), Align2::CENTER_BOTTOM, 17.0);
        }
    }

    fn keys(&mut self, ctx: &egui::Context, frame: &eframe::Frame, app: &App, commands: &mut Vec<Command>) {
        // What keys do in the order in which they arrive.
        let events = ctx.input_mut(|input| {
            let (keys, rest): (Vec<egui::Event>, Vec<egui::Event>) = std::mem::take(&mut input.events)
                .into_iter()
                .partition(|event| matches!(event, egui::Event::Key { .. } | egui::Event::Text(_)));
            input.events = rest;
            keys
        });
        let mut events = events.into_iter();
        for event in events.by_ref() {
            if let egui::Event::Key { key, pressed: true, modifiers, .. } = event
                && let Some(act) = presenter::act_of(key, modifiers)
            {
                if act == Act::Screen {
                    next_screen(ctx, frame);
                } else {
                    self.act(ctx, app, act, commands);
                }
            }
            if self.at.is_none() || self.live.is_some() {
                break;
            }
        }
        // What follows the key that opens a question is written there already; its own letter is not.
        let rest: Vec<egui::Event> = events.collect();
        let own = usize::from(matches!(rest.first(), Some(egui::Event::Text(text)) if text.eq_ignore_ascii_case("l")));
        ctx.input_mut(|input| input.events.extend(rest.into_iter().skip(own)));
    }

    fn act(&mut self, ctx: &egui::Context, app: &App, act: Act, commands: &mut Vec<Command>) {
        let n = count(app);
        if !matches!(act, Act::Digit(_) | Act::Go) {
            if act == Act::Leave && !self.typed.is_empty() {
                self.typed.clear();
                return;
            }
            self.typed.clear();
        }
        // Notes, pointer and digits leave black and white as they are.
        let keeps =
            matches!(act, Act::Presenter | Act::Pointer | Act::Keys | Act::Screen | Act::Digit(_) | Act::Light { .. });
        let blank = if keeps { None } else { self.blank.take() };
        match act {
            // What ends black or white does nothing else.
            Act::Next | Act::Back | Act::Leave if blank.is_some() => {}
            Act::Next => self.forward(app),
            Act::Back => self.go(self.at.unwrap_or(0).saturating_sub(1)),
            Act::First => self.go(0),
            Act::Last => self.go(n.saturating_sub(1)),
            Act::Digit(digit) => {
                self.typed.push(digit);
                self.typed.truncate(4);
            }
            Act::Go if self.typed.is_empty() => self.forward(app),
            Act::Go => {
                let to: usize = std::mem::take(&mut self.typed).parse().unwrap_or(1);
                self.go(to.clamp(1, n.max(1)) - 1);
            }
            Act::Black => self.blank = Some(theme::BLACK).filter(|black| blank != Some(*black)),
            Act::White => self.blank = Some(theme::WHITE).filter(|white| blank != Some(*white)),
            Act::Pointer => self.shows.pointer ^= true,
            Act::Keys => self.shows.keys ^= true,
            Act::Light { back } => self.light(app, back),
            Act::Live => self.ask(app),
            Act::Presenter => {
                self.presenter = if self.presenter.is_some() { None } else { Some(Presenter::default()) };
            }
            Act::Screen => {}
            Act::Leave => self.leave(ctx, app, commands),
        }
        ctx.request_repaint();
    }

    /// The figures, where they are hidden; else the next slide.
    fn forward(&mut self, app: &App) {
        let Some(at) = self.at else { return };
        let hides = app.results.staged.get(at).is_some_and(|staged| staged.slide.hides_figures);
        if hides && !self.shows.revealed {
            self.shows.revealed = true;
        } else if at + 1 < count(app) {
            self.go(at + 1);
        }
    }

    fn go(&mut self, at: usize) {
        if self.at != Some(at) {
            self.shows.revealed = false;
            (self.tabbed, self.lit) = (None, None);
        }
        self.at = Some(at);
    }

    /// The next grouping of the slide is lit, or none behind the last.
    fn light(&mut self, app: &App, back: bool) {
        let Some(staged) = self.at.and_then(|at| app.results.staged.get(at)) else { return };
        let ids: Vec<GroupingId> = staged.board().iter().map(|of| of.grouping.id).collect();
        let now = self.tabbed.and_then(|id| ids.iter().position(|other| *other == id));
        let next = match (now, back) {
            (None, false) => Some(0),
            (None, true) => ids.len().checked_sub(1),
            (Some(at), false) => Some(at + 1),
            (Some(at), true) => at.checked_sub(1),
        };
        self.tabbed = next.and_then(|at| ids.get(at)).copied();
    }

    /// With two monitors, the slide goes to the other one at the beginning, and the notes open by themselves.
    fn use_both_screens(&mut self, ctx: &egui::Context, frame: &eframe::Frame) {
        if std::mem::replace(&mut self.placed, true) {
            return;
        }
        let monitors = frame.winit_window().map_or(0, |window| window.available_monitors().count());
        if monitors > 1 {
            next_screen(ctx, frame);
            self.presenter = Some(Presenter::default());
        }
    }

    fn presenter_ui(&mut self, ctx: &egui::Context, ui: &Ui, app: &App, at: usize) {
        let Some(mut presenter) = self.presenter.take().filter(|presenter| !presenter.is_closed()) else { return };
        let stamp = (app.results.staged_stamp(), at);
        let frame = |at: usize| {
            let asked = self.live.is_some() && self.at == Some(at);
            let staged =
                if asked { self.staged(app, at) } else { app.results.staged.get(at).filter(|_| at < count(app)) }?;
            Some(Arc::new(laid(ui, app, staged, (at + 1, count(app)), false, None)))
        };
        let notes = app.results.staged.get(at).map(|staged| staged.slide.notes.clone()).unwrap_or_default();
        let began = self.began;
        presenter.show(ctx, stamp, (at, count(app)), &notes, began, frame);
        self.presenter = Some(presenter);
    }
}

const KEYS: &str = "→ Space  next     ←  back     Home End  first, last     number Enter  go there     B W  black, white     \
                    Tab  light one     P  pointer     L  live question     N  notes window     M  other screen     Esc  leave";

/// How many slides are shown; the question that is asked stands behind them.
fn count(app: &App) -> usize {
    app.results.staged.len() - usize::from(app.session.live.is_some() && !app.results.staged.is_empty())
}

fn laid(ui: &Ui, app: &App, staged: &Staged, number: (usize, usize), hides: bool, lit: Option<GroupingId>) -> Frame {
    let setting = Setting { hides, lit, ..Setting::of(app.workspace(), number) };
    staged.frame(&app.engine, &setting, &Fonts(ui))
}

/// All texts of a slide in reading order, for those who do not see it.
fn spoken(frame: &Frame, number: usize, of: usize) -> String {
    let texts: Vec<&str> = frame
        .ops()
        .filter_map(|op| match op {
            Op::Text(text) => Some(text.words.as_str()),
            _ => None,
        })
        .collect();
    format!("Slide {number} of {of}. {}", texts.join(". "))
}

/// The slide goes on to the next monitor.
fn next_screen(ctx: &egui::Context, frame: &eframe::Frame) {
    let Some(window) = frame.winit_window() else { return };
    let monitors: Vec<_> = window.available_monitors().collect();
    let now = window.current_monitor().and_then(|now| monitors.iter().position(|other| *other == now)).unwrap_or(0);
    if monitors.len() > 1 {
        ctx.send_viewport_cmd(ViewportCommand::SetMonitor((now + 1) % monitors.len()));
    }
}
