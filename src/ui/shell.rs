//! The shell: lays out the panels, runs what they push, and does what only a screen can.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use eframe::egui::{self, Button, CentralPanel, Frame, Margin, Panel, Stroke, Theme, Ui, ViewportCommand};

use super::board;
use super::board_view::{self, BoardView};
use super::choose::focus_ring;
use super::compare::{self, CompareView};
use super::dialogs::{Dialogs, Unsaved};
use super::export::ExportView;
use super::file_dialogs::FileDialogs;
use super::focus::Focus;
use super::inspector::{self, InspectorView};
use super::layout::{self, Layout};
use super::moves::{self, MovesView};
use super::palette::Palette;
use super::plots::{self, Ghost, PlotsView};
use super::record::{self, RecordView};
use super::release::Over;
use super::search::{self, SearchView};
use super::slides::{self, SlidesView};
use super::stage::StageView;
use super::strip::{self, StripView};
use super::title::TitleView;
use super::tray::{self, TrayView};
use super::whip::{self, WhipView};
use super::{card, drag, flags, menu, notes, number, status, theme};
use crate::analysis::Engine;
use crate::app::{App, Ask, Command, Named, Wake, Weight};
use crate::model::{Edit, Panes, Place, Tab, View, Workspace};
use crate::storage::{self, examples};

/// Width from which plots and inspector stand side by side.
const WIDE: f32 = 1680.0;
/// Width below which only one of the sides is shown.
const ONE_SIDE: f32 = 760.0;
/// Width below which the sides take as little as they can.
const NARROW: f32 = 1080.0;
/// How far closing the window is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Closing {
    /// Unsaved work is asked about.
    #[default]
    Guarded,
    /// It is asked for again once what was being typed has been taken.
    Again,
    /// Nothing keeps it open any longer.
    Free,
}

/// The window's state around the program.
pub struct Shell {
    /// The program.
    pub app: App,
    tray: TrayView,
    board: BoardView,
    /// What is carried over a grouping, as of this frame.
    over: Over,
    strip: StripView,
    record: RecordView,
    slides: SlidesView,
    search: SearchView,
    whip: WhipView,
    stage: StageView,
    export: ExportView,
    /// Which charts are open, and what they show.
    pub plots: PlotsView,
    inspector: InspectorView,
    compare: CompareView,
    moves: MovesView,
    dialogs: Dialogs,
    files: FileDialogs,
    palette: Palette,
    title: TitleView,
    /// Dark or light once the user has chosen; else as the system has it.
    dark: Option<bool>,
    high_contrast: bool,
    /// Whether nothing moves by itself.
    still: bool,
    /// The field that was being written in the frame before.
    written: Option<egui::Id>,
    /// The document that the views are about.
    document: u64,
    closing: Closing,
    /// When the document was last seen to change.
    /// Since when another window has been in front.
    away: Option<f64>,
    /// When each notice came on the screen.
    seen: HashMap<u64, Instant>,
    tab_id: Option<egui::Id>,
    focus: Focus,
    /// The sides that were shown in the frame before.
    panes_before: Panes,
    /// Whether the right side was hidden because the window is narrow.
    put_away: bool,
}

impl Shell {
    /// The shell around a program; installs fonts, flags and themes.
    #[must_use]
    pub fn new(ctx: &egui::Context, app: App) -> Self {
        theme::install(ctx);
        flags::install(ctx);
        Self {
            app,
            tray: TrayView::default(),
            board: BoardView::default(),
            over: Over::default(),
            strip: StripView::default(),
            record: RecordView::default(),
            slides: SlidesView::default(),
            search: SearchView::default(),
            whip: WhipView::default(),
            stage: StageView::default(),
            export: ExportView::default(),
            plots: PlotsView::default(),
            inspector: InspectorView::default(),
            compare: CompareView::default(),
            moves: MovesView::default(),
            dialogs: Dialogs::default(),
            files: FileDialogs::default(),
            palette: Palette::default(),
            title: TitleView::default(),
            dark: None,
            high_contrast: false,
            still: false,
            written: None,
            document: 0,
            closing: Closing::default(),
            away: None,
            seen: HashMap::new(),
            tab_id: None,
            focus: Focus::default(),
            panes_before: Panes::default(),
            put_away: false,
        }
    }

    /// Lays out the window as it was when it was last closed. What cannot be read is told, and changes nothing.
    pub fn restore(&mut self, ctx: &egui::Context, kept: Option<&str>) {
        match kept.map(Layout::read) {
            None => {}
            Some(Ok(layout)) => self.use_layout(ctx, &layout),
            Some(Err(error)) => {
                let sentence = format!("The layout of the window could not be read and is as at first ({error}).");
                self.app.notices.tell(Weight::Warning, sentence);
            }
        }
    }

    /// The layout of the window, as it is remembered.
    #[must_use]
    pub fn layout(&self) -> Layout {
        Layout::of(&self.app.session.view, self.dark, self.high_contrast, self.still)
    }

    fn use_layout(&mut self, ctx: &egui::Context, layout: &Layout) {
        layout.apply(&mut self.app.session.view);
        layout.colour(ctx);
        (self.dark, self.high_contrast, self.still) = (layout.dark, layout.high_contrast, layout.still);
    }

    fn panels_ui(&mut self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let t = theme::tokens(ui);
        self.inspector.is_writing = false;
        self.slides.is_writing = false;
        let bar = Frame::new().fill(t.panel).inner_margin(Margin::symmetric(12, 6));
        let pane = Frame::new().fill(t.panel).inner_margin(Margin::symmetric(10, 10));
        Panel::top("menu").frame(bar).show(ui, |ui| menu::menu_ui(ui, &self.app, &mut self.title, commands));
        let line = Frame::new().fill(t.panel).inner_margin(Margin::symmetric(12, 4));
        Panel::bottom("status").frame(line).show(ui, |ui| status::status_ui(ui, &self.app, commands));
        let width = ui.ctx().content_rect().width();
        self.fit_sides(width);
        let panes = self.app.session.view.panes;
        // On a narrow window the sides make room for the board.
        let side = if width < NARROW { 210.0..=220.0 } else { 220.0..=420.0 };
        if panes.countries {
            Panel::left("countries").frame(pane).default_size(262.0).size_range(side).show(ui, |ui| {
                held_ui(ui, |ui| tray::tray_ui(ui, &self.app, &mut self.tray, &mut self.over, commands));
            });
        }
        let wide = width >= WIDE;
        // The sides are drawn first: they show what was under the pointer in the frame before.
        let over = std::mem::take(&mut self.over);
        let ghost = over.ghost(&self.app);
        if wide && panes.live {
            let side = Panel::right("inspector").frame(pane).default_size(400.0).size_range(320.0..=560.0);
            side.show(ui, |ui| {
                held_ui(ui, |ui| inspector::inspector_ui(ui, &self.app, &mut self.inspector, commands));
            });
        }
        if panes.live {
            let right = Panel::right("plots").frame(pane).default_size((width * 0.33).clamp(380.0, 520.0));
            // The board keeps room, however wide the panel was on another screen.
            let others = if wide { 1000.0 } else { 550.0 } - if panes.countries { 0.0 } else { 220.0 };
            let most = (width - others).clamp(350.0, 760.0);
            let least = if width < ONE_SIDE { 300.0 } else { 340.0 };
            right.size_range(least..=most).show(ui, |ui| {
                held_ui(ui, |ui| self.right_ui(ui, wide, &ghost, commands));
            });
        }
        let shows_moves = panes.live && self.app.session.view.tab == Tab::Moves;
        let is_carrying = drag::payload(ui.ctx()).is_some();
        // What would be taken off a card is seen on it.
        self.over.preview =
            if is_carrying { over.preview } else { self.moves.preview(&self.app).filter(|_| shows_moves) };
        let middle = Frame::new().fill(t.background).inner_margin(Margin::symmetric(14, 8));
        CentralPanel::default().frame(middle).show(ui, |ui| {
            self.middle_ui(ui, commands);
        });
    }

    /// Where both sides would leave no room for the middle, one is shown at a time: the one that was asked for last.
    fn fit_sides(&mut self, width: f32) {
        let panes = &mut self.app.session.view.panes;
        let both = panes.countries && panes.live;
        if width < ONE_SIDE && both {
            if self.panes_before.live {
                panes.live = false;
                self.put_away = true;
            } else {
                panes.countries = false;
            }
        } else if width >= ONE_SIDE && std::mem::take(&mut self.put_away) && panes.countries {
            panes.live = true;
        }
        self.panes_before = *panes;
    }

    /// What the middle holds; the strip of groupings stands above everything but the board.
    fn middle_ui(&mut self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let place = self.app.session.view.place;
        if place != Place::Board && place != Place::Slides {
            strip::strip_ui(ui, &self.app, &mut self.strip, &mut self.over, commands);
            ui.add_space(6.0);
        }
        match place {
            Place::Board => board::board_ui(ui, &self.app, &mut self.board, &mut self.over, commands),
            Place::Record => record::record_ui(ui, &self.app, &mut self.record, commands),
            Place::Slides => slides::slides_ui(ui, &self.app, &mut self.slides, commands),
            Place::Search => search::search_ui(ui, &self.app, &mut self.search, commands),
            Place::Whip => whip::whip_ui(ui, &self.app, &mut self.whip, commands),
        }
    }

    /// What takes the keyboard in the middle.
    fn middle_id(&self) -> Option<egui::Id> {
        match self.app.session.view.place {
            Place::Board => self.board.title_id,
            Place::Record => self.record.filter_id,
            Place::Slides => self.slides.first_id,
            Place::Search => self.search.first_id,
            Place::Whip => self.whip.first_id,
        }
    }

    fn tabs_ui(ui: &mut Ui, wide: bool, tab: &mut Tab, tab_id: &mut Option<egui::Id>) {
        let t = theme::tokens(ui);
        // On a wide window the inspector stands beside.
        let tabs = [
            (Tab::Plots, "Plots"),
            (Tab::Inspector, "Inspector"),
            (Tab::Compare, "Compare"),
            (Tab::Moves, "Next moves"),
        ];
        ui.horizontal(|ui| {
            for (which, label) in tabs.into_iter().filter(|(which, _)| !(wide && *which == Tab::Inspector)) {
                let text = if *tab == which {
                    theme::strong(label, theme::BODY).color(t.ink)
                } else {
                    egui::RichText::new(label).color(t.muted)
                };
                let response = ui.add(Button::selectable(false, text));
                focus_ring(ui, &response);
                if *tab == which {
                    *tab_id = Some(response.id);
                    let rect = response.rect;
                    ui.painter().hline(rect.x_range(), rect.bottom() + 2.0, Stroke::new(2.0, t.ink));
                }
                if response.clicked() {
                    *tab = which;
                }
            }
        });
        ui.separator();
    }

    fn right_ui(&mut self, ui: &mut Ui, wide: bool, ghost: &Ghost, commands: &mut Vec<Command>) {
        // While something is carried, the plots show what a release would do.
        let view = &self.app.session.view;
        let elsewhere = ghost.is_some() || (wide && view.tab == Tab::Inspector);
        let before = if elsewhere { Tab::Plots } else { view.tab };
        let mut shown = before;
        Self::tabs_ui(ui, wide, &mut shown, &mut self.tab_id);
        if shown != before {
            commands.push(Command::Look(Box::new(View { tab: shown, ..view.clone() })));
        }
        match shown {
            Tab::Plots => plots::plots_ui(ui, &self.app, &mut self.plots, ghost, commands),
            Tab::Inspector => inspector::inspector_ui(ui, &self.app, &mut self.inspector, commands),
            Tab::Compare => compare::compare_ui(ui, &self.app, &mut self.compare, commands),
            Tab::Moves => moves::moves_ui(ui, &self.app, &mut self.moves, commands),
        }
    }

    fn answer(&mut self, ctx: &egui::Context, ask: Ask) {
        if card::answer(&ask, &self.app, &mut self.board) {
            return;
        }
        match ask {
            Ask::OpenFile => self.files.ask_open(ctx, &self.app),
            Ask::SaveFile(after) => self.files.ask_save(ctx, &self.app, after.map(|after| *after)),
            Ask::SaveFileBeside(file) => self.files.ask_text(ctx, &self.app, file),
            Ask::Unsaved(command) => self.dialogs.unsaved = Some(*command),
            Ask::Palette => self.palette.open(),
            Ask::CopyText(text) => ctx.copy_text(text),
            Ask::OpenBeside(path) => self.open_beside(&path),
            Ask::CopyPicture(picture) => {
                let size = [picture.width, picture.height];
                ctx.copy_image(egui::ColorImage::from_rgba_premultiplied(size, &picture.pixels));
            }
            Ask::Export => self.export.open(&self.app),
            Ask::Paste => ctx.send_viewport_cmd(ViewportCommand::RequestPaste),
            Ask::Present(at) => self.stage.start(ctx, &mut self.app, at),
            Ask::CompareWith => self.files.ask_compare(ctx, &self.app),
            Ask::Describe => self.title.open(&self.app),
            Ask::ShowSection(title) => self.inspector.goto = Some(title),
            Ask::FindCountry => self.tray.focus_search = true,
            Ask::Pane { back } => self.next_pane(ctx, back),
            Ask::ShowChart(id) => self.plots.scroll_to = Some(id),
            Ask::ShowHeaviest => self.record.show_heaviest(),
            Ask::ToggleTheme => {
                let dark = ctx.global_style().visuals.dark_mode;
                ctx.set_theme(if dark { Theme::Light } else { Theme::Dark });
                self.dark = Some(!dark);
            }
            Ask::SystemTheme => {
                ctx.set_theme(egui::ThemePreference::System);
                self.dark = None;
            }
            Ask::ToggleContrast => {
                self.high_contrast = !self.high_contrast;
                theme::set_contrast(ctx, self.high_contrast);
            }
            Ask::ToggleMotion => {
                self.still = !self.still;
                theme::set_still(ctx, self.still);
                let words = if self.still { "Nothing moves by itself now." } else { "Slides move again." };
                self.app.notices.tell(Weight::Info, words.to_owned());
            }
            Ask::ResetWidths => layout::forget_widths(ctx),
            Ask::Help(page) => self.dialogs.help = Some(page),
            Ask::Close => {
                self.closing = Closing::Free;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            Ask::Rename(_) => {}
        }
    }

    /// Puts the keyboard on the list, then on the middle, then on the right side; or the other way round. A side that is hidden is
    /// passed over.
    fn next_pane(&mut self, ctx: &egui::Context, back: bool) {
        let shown = self.app.session.view.panes;
        let panes =
            [self.tray.search_id.filter(|_| shown.countries), self.middle_id(), self.tab_id.filter(|_| shown.live)];
        self.focus.go(ctx, &panes, back);
    }

    /// Takes what was computed in the background, and asks for more once nothing is held down.
    fn poll(&mut self, ctx: &egui::Context) {
        let held = ctx.input(|input| input.pointer.any_down() || !input.keys_down.is_empty());
        self.app.poll(held);
    }

    /// Whether a longer text is being written: what is typed until its field is left is one step to undo.
    fn is_writing(&self) -> bool {
        self.inspector.is_writing
            || self.title.is_writing
            || self.slides.is_writing
            || self.whip.is_writing
            || self.focus.writes_on_card
    }

    fn run_all(&mut self, ctx: &egui::Context, commands: Vec<Command>) {
        // Another field is being written, or none: what was written before is a step of its own.
        let written = self.is_writing().then(|| ctx.memory(egui::Memory::focused)).flatten();
        if written != self.written {
            self.app.end_gesture();
            self.written = written;
        }
        for command in commands {
            let writes = matches!(
                command,
                Command::Edit(
                    Edit::SetNotes(..)
                        | Edit::SetWorkspaceNotes(_)
                        | Edit::SetTitle(_)
                        | Edit::SetSlide(..)
                        | Edit::Assume(..)
                        | Edit::SetHandling { .. }
                )
            );
            if self.is_writing() && !writes {
                self.app.end_gesture();
            }
            if board_view::ends_name(&command) {
                self.title.finish(&mut self.app);
                self.board.finish_name(&mut self.app);
            }
            self.app.run(command);
            if self.is_writing() && !writes {
                self.app.end_gesture();
            }
        }
        for ask in std::mem::take(&mut self.app.asks) {
            // One dialog after another; a file that is ready waits until nobody presents.
            let is_file = matches!(ask, Ask::OpenFile | Ask::SaveFile(_) | Ask::SaveFileBeside(_) | Ask::CompareWith);
            let waits = self.stage.is_on() && matches!(ask, Ask::SaveFileBeside(_));
            if waits || (is_file && self.files.is_open()) {
                self.app.asks.push(ask);
                continue;
            }
            self.answer(ctx, ask);
            ctx.request_repaint();
        }
        let is_still = ctx.input(|input| !input.pointer.any_down() && input.keys_down.is_empty());
        if is_still && !self.is_writing() {
            self.app.end_gesture();
        }
    }

    /// Another document is there: what views remember of the groupings of the one before is not about it.
    fn look_at_document(&mut self) {
        let number = self.app.document_number();
        if std::mem::replace(&mut self.document, number) != number {
            self.board = BoardView::default();
            self.compare = CompareView::default();
            self.moves = MovesView::default();
            self.slides = SlidesView::default();
            self.whip = WhipView::default();
        }
    }

    fn guard_close(&mut self, ctx: &egui::Context) {
        let asked = ctx.input(|input| input.viewport().close_requested());
        if asked {
            self.title.finish(&mut self.app);
            self.board.finish_name(&mut self.app);
        }
        if asked && number::leave(ctx) {
            // What was typed counts in this frame: whether it is saved is asked in the next.
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.closing = Closing::Again;
            ctx.request_repaint();
            return;
        }
        if self.closing == Closing::Again {
            self.closing = Closing::default();
            self.app.run(Command::Do(Named::Quit));
        }
        if asked && self.closing != Closing::Free && self.app.is_saving() {
            // It ends once the save has.
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.app.run(Command::Do(Named::Quit));
        } else if asked && self.closing != Closing::Free && self.app.history.is_edited() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.dialogs.unsaved = Some(Command::Do(Named::Quit));
        }
    }

    fn dropped_files(ctx: &egui::Context, commands: &mut Vec<Command>) {
        let paths: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        let more = paths.len().saturating_sub(1);
        commands.extend(paths.into_iter().take(1).map(Command::OpenPath));
        if more > 0 {
            commands
                .push(Command::Tell(format!("One file is opened at a time: {more} more were left where they are.")));
        }
    }

    fn resolve_unsaved(&mut self, answer: Option<Unsaved>, commands: &mut Vec<Command>) {
        match answer {
            None => {}
            Some(Unsaved::Discard(command)) => commands.push(Command::Discard(Box::new(command))),
            Some(Unsaved::Save(command)) => match self.app.document.path.clone() {
                Some(path) => {
                    commands.push(Command::SaveTo(path));
                    commands.push(command);
                }
                None => self.app.asks.push(Ask::SaveFile(Some(Box::new(command)))),
            },
        }
    }

    /// Whether something stands in front of the window.
    fn is_asking(&self) -> bool {
        self.dialogs.is_open()
            || self.app.conflict().is_some()
            || self.files.is_open()
            || self.palette.is_open()
            || self.title.is_open()
            || self.export.is_open()
    }

    /// A name or a title that is being typed.
    fn half_typed(&self) -> Option<Edit> {
        let renamed = self.board.renaming.as_ref().map(|(id, text)| Edit::Rename(*id, text.clone()));
        renamed.or_else(|| self.title.editing.clone().map(Edit::SetTitle))
    }

    /// When the window comes to the front, another program may have changed the file.
    fn look_at_file(&mut self, ctx: &egui::Context, commands: &mut Vec<Command>) {
        let (focused, time) = ctx.input(|input| (input.focused, input.time));
        if !focused {
            self.away.get_or_insert(time);
        } else if self.away.take().is_some() {
            commands.push(Command::LookAtFile);
        }
    }

    /// Opens a file in a window of its own, as a copy.
    fn open_beside(&mut self, path: &std::path::Path) {
        let program = std::env::current_exe().and_then(|program| {
            std::process::Command::new(program).arg("--copy").arg(path).stdin(std::process::Stdio::null()).spawn()
        });
        match program {
            // It is waited for, so that it leaves nothing behind when it ends before this window.
            Ok(mut child) => {
                let _ = std::thread::Builder::new().name("beside".to_owned()).spawn(move || child.wait());
            }
            Err(error) => {
                let words = format!("No second window could be opened ({error}). Restore the version here instead.");
                self.app.run(Command::TellFault(words));
            }
        }
    }

    /// Notices go by themselves, unless the pointer rests on them; all of them stay in the list of what was told.
    fn fade_notices(&mut self, ctx: &egui::Context) {
        let now = Instant::now();
        let held = self.focus.on_notices;
        let mut gone = Vec::new();
        for notice in self.app.notices.list() {
            let seen = self.seen.entry(notice.id).or_insert(now);
            if held {
                *seen = now;
                continue;
            }
            let (age, stays) = (now.duration_since(*seen), stays(notice.weight));
            if age >= stays {
                gone.push(notice.id);
            } else {
                ctx.request_repaint_after(stays.saturating_sub(age));
            }
        }
        let shown = self.app.notices.list();
        self.seen.retain(|id, _| shown.iter().any(|notice| notice.id == *id));
        for id in gone {
            self.app.notices.dismiss(id);
        }
    }
}

/// How long a notice stays on the screen.
fn stays(weight: Weight) -> Duration {
    Duration::from_secs(match weight {
        Weight::Info => 6,
        Weight::Warning => 20,
        Weight::Error => 30,
    })
}

impl eframe::App for Shell {
    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.app.end_session();
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        storage.set_string(layout::KEY, self.layout().text());
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        let mut commands = Vec::new();
        self.look_at_document();
        super::number::begin(&ctx);
        // What keys do comes after what panels take from the fields that they leave.
        let mut keyed = Vec::new();
        self.poll(&ctx);
        self.guard_close(&ctx);
        if self.stage.is_on() && self.dialogs.unsaved.is_none() && !self.files.is_open() {
            self.stage.ui(ui, frame, &self.app, &mut commands);
            self.run_all(&ctx, commands);
            self.app.keep_copy();
            self.poll(&ctx);
            return;
        }
        Self::dropped_files(&ctx, &mut commands);
        self.look_at_file(&ctx, &mut commands);
        let asked = !self.app.found.is_empty();
        let is_asking = asked || self.is_asking();
        if !is_asking {
            let naming = self.board.renaming.is_some() || self.title.editing.is_some() || self.focus.was_typing;
            menu::shortcuts(&ctx, naming, &mut keyed);
        }
        self.panels_ui(ui, &mut commands);
        self.focus.on_notices = status::notices_ui(ui, &self.app, &mut commands);
        drag::ghost_ui(ui, self.over.words.as_deref());
        let answer = self.dialogs.ui(ui, &self.app, &mut commands);
        self.resolve_unsaved(answer, &mut commands);
        self.files.ui(ui, &self.app, &mut commands);
        self.palette.ui(ui, &self.app, &mut commands);
        self.title.page_ui(ui, &self.app, &mut commands);
        self.export.ui(ui, &self.app, &mut commands);
        if !self.dialogs.is_open() {
            Dialogs::recovery_ui(ui, &self.app, &mut commands);
            Dialogs::conflict_ui(ui, &self.app, &mut commands);
        }
        commands.append(&mut keyed);
        self.focus.writes_on_card = ctx.data_mut(|data| data.remove_temp::<()>(notes::writing_id())).is_some();
        self.fade_notices(&ctx);
        let in_front = self.is_asking() || !self.app.found.is_empty() || egui::Popup::is_any_open(&ctx);
        self.focus.keep(&ctx, in_front);
        let number = commands.extract_if(.., |command| matches!(command, Command::HalfTyped(_))).next();
        let any = !commands.is_empty();
        self.run_all(&ctx, commands);
        match (self.half_typed(), number) {
            (None, Some(Command::HalfTyped(edit))) => self.app.set_half_typed(Some(*edit)),
            (text, _) => self.app.set_half_typed(text),
        }
        self.app.keep_copy();
        self.poll(&ctx);
        if any {
            ctx.send_viewport_cmd(ViewportCommand::Title(format!("{} – Convenor", self.app.title())));
            ctx.request_repaint();
        }
    }
}

/// A pane keeps the width that the person gave it: what is too wide in it does not push it wider.
fn held_ui(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let rect = ui.available_rect_before_wrap();
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(rect));
    // Frames of focus stand a little outside of what they are about.
    inside.set_clip_rect(rect.expand(4.0).intersect(ui.clip_rect()));
    content(&mut inside);
    ui.advance_cursor_after_rect(rect);
}

/// What the window opens on.
fn first_document(engine: Arc<Engine>, file: Option<PathBuf>, as_copy: bool) -> App {
    let example = examples::ALL.first().and_then(|example| example.open(&engine.atlas).ok());
    let mut app = App::new(engine, example.unwrap_or_else(|| Workspace::new("New workspace")));
    let recent = storage::recent::list_path();
    if let Some(list) = recent.clone().filter(|_| !as_copy) {
        app.use_recent_list(list);
    }
    if let Some(folder) = storage::autosave::folder() {
        app.use_autosave(folder);
    }
    if let Some(folder) = storage::holds::folder() {
        app.use_holds(folder);
    }
    if let Some(folder) = storage::versions::folder() {
        app.use_versions(folder);
    }
    if let Some(path) = file {
        app.run(Command::OpenPath(path));
        if as_copy {
            app.make_copy();
            // A copy is no file that one would open again.
            if let Some(list) = recent {
                app.use_recent_list(list);
            }
        }
    }
    app
}

fn first_shell(cc: &eframe::CreationContext<'_>, app: App) -> Shell {
    let mut shell = Shell::new(&cc.egui_ctx, app);
    let kept = cc.storage.and_then(|storage| storage.get_string(layout::KEY));
    shell.restore(&cc.egui_ctx, kept.as_deref());
    shell
}

/// Opens the window and stays until it is closed.
///
/// # Errors
/// There is no display, or no graphics driver; or a table in the binary does not parse.
pub fn run(file: Option<PathBuf>, as_copy: bool) -> Result<(), String> {
    let options = eframe::NativeOptions {
        renderer: eframe::Renderer::Glow,
        viewport: egui::ViewportBuilder::default()
            .with_title("Convenor")
            .with_app_id("convenor")
            .with_inner_size([1280.0, 800.0])
            .with_min_inner_size([900.0, 560.0]),
        ..Default::default()
    };
    if let Some(folder) = crate::app::report::folder() {
        crate::app::report::install(folder);
    }
    let engine = Arc::new(Engine::embedded().map_err(|complaint| complaint.to_string())?);
    let mut app = first_document(engine, file, as_copy);
    eframe::run_native(
        "convenor",
        options,
        Box::new(|cc| {
            let ctx = cc.egui_ctx.clone();
            let wake: Wake = Arc::new(move || ctx.request_repaint());
            app.set_wake(wake.clone());
            app.never_wait();
            if let Err(error) = app.start_worker(wake) {
                app.notices.tell(Weight::Warning, format!("Intervals are not computed: {error}."));
            }
            Ok(Box::new(first_shell(cc, app)))
        }),
    )
    .map_err(|error| cure(&error.to_string()))
}

/// Why there is no window, and what to do.
fn cure(error: &str) -> String {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let has_display = cfg!(not(target_os = "linux")) || set("DISPLAY") || set("WAYLAND_DISPLAY");
    if !has_display {
        return "the window could not be opened, because there is no display: start it in a desktop session, or use the command \
                line (convenor --help)"
            .to_owned();
    }
    let lower = error.to_lowercase();
    let about_graphics = ["gl", "glutin", "egl", "glx", "context", "config"].iter().any(|word| lower.contains(word));
    // Paths of sources tell a user nothing.
    let first = error.split(" at /").next().unwrap_or(error).trim_end_matches(['.', ':', ' ']);
    if about_graphics {
        format!(
            "the window could not be opened, because no graphics driver offers OpenGL ({first}): install one (Mesa has one in \
             software), or use the command line (convenor --help)"
        )
    } else {
        format!(
            "the window could not be opened ({first}): check that DISPLAY or WAYLAND_DISPLAY names a display that answers"
        )
    }
}
