//! The slides: thumbnails in order, the chosen one large, and what can be written on it.

use std::sync::Arc;

use eframe::egui::{
    self, Button, CollapsingHeader, DragAndDrop, Key, Modifiers, Rect, RichText, ScrollArea, Sense, Stroke, StrokeKind,
    TextEdit, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::choose::{Choice, Place, choose, focus_ring, option};
use super::plots::{Fonts, Pen};
use super::{name, theme};
use crate::analysis::Baseline;
use crate::app::{App, Command, Named, Setting};
use crate::chart::CATALOGUE;
use crate::chart::frame::Frame;
use crate::chart::slide::{HEIGHT, WIDTH};
use crate::model::{Edit, Slide, SlideId, SlideKind, Workspace};

/// What the view keeps between frames.
#[derive(Debug, Default)]
pub struct SlidesView {
    frames: Frames,
    /// Whether something is being written: what is typed until its field is left is one step.
    pub is_writing: bool,
    /// What takes the keyboard first.
    pub first_id: Option<egui::Id>,
    follow: Option<SlideId>,
}

/// Slides laid out, kept while nothing changes.
#[derive(Debug, Default)]
pub struct Frames {
    of: Option<(Arc<Workspace>, u64)>,
    laid: Vec<Option<Arc<Frame>>>,
    /// Why statements may not hold; an empty text where nothing speaks against one.
    doubts: Vec<Option<String>>,
}

impl Frames {
    fn refresh(&mut self, app: &App) {
        let stamp = app.results.staged_stamp();
        let same = self.of.as_ref().is_some_and(|(of, was)| Arc::ptr_eq(of, app.workspace()) && *was == stamp);
        if !same {
            self.of = Some((app.workspace().clone(), stamp));
            self.laid = vec![None; app.results.staged.len()];
            self.doubts = vec![None; app.results.staged.len()];
        }
    }

    /// A slide laid out, by its position.
    pub fn frame(&mut self, ui: &Ui, app: &App, at: usize) -> Option<Arc<Frame>> {
        self.refresh(app);
        let staged = app.results.staged.get(at)?;
        let kept = self.laid.get_mut(at)?;
        if kept.is_none() {
            let setting = Setting::of(app.workspace(), (at + 1, app.results.staged.len()));
            *kept = Some(Arc::new(staged.frame(&app.engine, &setting, &Fonts(ui))));
        }
        kept.clone()
    }

    /// Why the statement of a slide may no longer hold.
    fn doubt(&mut self, app: &App, at: usize) -> Option<String> {
        self.refresh(app);
        let staged = app.results.staged.get(at)?;
        let doubt = self.doubts.get_mut(at)?.get_or_insert_with(|| staged.doubt(&app.engine).unwrap_or_default());
        (!doubt.is_empty()).then(|| doubt.clone())
    }
}

/// Set while a thumbnail has the keyboard, so that Delete is about its slide.
pub fn thumbnail_id() -> egui::Id {
    egui::Id::unique("a thumbnail has the keyboard")
}

/// Paints a slide into a rectangle of its proportions.
pub fn paint(ui: &Ui, frame: &Frame, rect: Rect) {
    let painter = ui.painter_at(rect);
    let pen = Pen { scale: rect.width() / WIDTH, ..Pen::new(&painter, rect.min, theme::tokens(ui)) };
    pen.paint(frame);
}

/// The view.
pub fn slides_ui(ui: &mut Ui, app: &App, view: &mut SlidesView, commands: &mut Vec<Command>) {
    view.is_writing = false;
    bar_ui(ui, app, view, commands);
    ui.add_space(6.0);
    if app.results.staged.is_empty() {
        ui.weak("There is no slide yet, and no grouping to show. F4 captures what is on the screen.");
        return;
    }
    let column = match ui.available_width() {
        width if width < 420.0 => 84.0,
        width if width < 640.0 => 128.0,
        _ => 196.0,
    };
    let height = ui.available_height();
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(vec2(column, height), egui::Layout::top_down(egui::Align::Min), |ui| {
            ScrollArea::vertical().id_salt("thumbnails").auto_shrink(false).show(ui, |ui| {
                ui.add_space(3.0);
                thumbnails_ui(ui, app, view, commands);
            });
        });
        let rest = ui.available_width();
        ui.allocate_ui_with_layout(vec2(rest, height), egui::Layout::top_down(egui::Align::Min), |ui| {
            ScrollArea::vertical().id_salt("slide").auto_shrink(false).show(ui, |ui| {
                ui.add_space(3.0);
                large_ui(ui, app, view, commands);
            });
        });
    });
}

fn bar_ui(ui: &mut Ui, app: &App, view: &mut SlidesView, commands: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        for (at, (named, words)) in [
            (Named::Present, "Present"),
            (Named::Capture, "Capture"),
            (Named::UpdateSlide, "Update"),
            (Named::GoToSlide, "Back to the board"),
            (Named::DuplicateSlide, "Duplicate"),
            (Named::DeleteSlide, "Delete"),
        ]
        .into_iter()
        .enumerate()
        {
            let possible = named.possible(app);
            let button = ui.add_enabled(possible.is_ok(), Button::new(words));
            if at == 0 {
                view.first_id = Some(button.id);
            }
            let keys = named.entry().keys.first().map_or_else(String::new, |keys| format!("\n{keys}"));
            let button = button.on_hover_text(format!("{}{keys}", named.entry().label));
            let button = match possible {
                Ok(()) => button,
                Err(why) => button.on_disabled_hover_text(why),
            };
            if button.clicked() {
                commands.push(Command::Do(named));
            }
        }
        if app.workspace().slides.is_empty() {
            ui.weak("Nothing is captured yet: one slide a grouping is shown.");
        }
    });
}

fn thumbnails_ui(ui: &mut Ui, app: &App, view: &mut SlidesView, commands: &mut Vec<Command>) {
    let t = theme::tokens(ui);
    let captured = !app.workspace().slides.is_empty();
    let chosen = if captured { app.slide().map(|slide| slide.id) } else { app.session.slide };
    let width = ui.available_width() - 14.0;
    let size = vec2(width, width * HEIGHT / WIDTH);
    let n = app.results.staged.len();
    for at in 0..n {
        let slide = app.results.staged[at].slide.clone();
        let is_chosen = chosen == Some(slide.id) || (chosen.is_none() && at == 0);
        let sense = if captured { Sense::click_and_drag() } else { Sense::click() };
        let (_, rect) = ui.allocate_space(size + vec2(0.0, 20.0));
        // The keyboard stays on a slide that is moved.
        let response = ui.interact(rect, egui::Id::unique(("thumbnail", slide.id, app.document_number())), sense);
        let label = format!("Slide {}: {}", at + 1, title_of(app, at));
        response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, is_chosen, &label));
        if view.follow == Some(slide.id) {
            view.follow = None;
            response.request_focus();
            response.scroll_to_me(None);
        }
        if ui.is_rect_visible(rect) {
            let picture = Rect::from_min_size(rect.min, size);
            if let Some(frame) = view.frames.frame(ui, app, at) {
                paint(ui, &frame, picture);
            }
            let stroke = if is_chosen { Stroke::new(2.0, t.accent) } else { Stroke::new(1.0, t.edge) };
            ui.painter().rect_stroke(picture, 3, stroke, StrokeKind::Outside);
            let doubt = captured && view.frames.doubt(app, at).is_some();
            let words = format!("{}{}", at + 1, if doubt { " · check the statement" } else { "" });
            let colour = if doubt { t.warning } else { t.muted };
            let place = pos2(rect.left(), rect.bottom() - 10.0);
            ui.painter().text(
                place,
                egui::Align2::LEFT_CENTER,
                words,
                egui::FontId::proportional(theme::SMALL),
                colour,
            );
            focus_ring(ui, &response);
        }
        if response.clicked() || response.drag_started() {
            response.request_focus();
            commands.push(Command::ChooseSlide(slide.id));
        }
        if response.double_clicked() {
            commands.push(Command::Do(Named::PresentHere));
        }
        if response.has_focus() {
            ui.data_mut(|data| data.insert_temp(thumbnail_id(), ()));
            keys_ui(ui, app, view, at, commands);
        }
        if captured {
            reorder_ui(ui, &response, &slide, (at, n), commands);
        }
        let keep = response.context_menu(|ui| {
            for named in
                [Named::PresentHere, Named::UpdateSlide, Named::GoToSlide, Named::DuplicateSlide, Named::DeleteSlide]
            {
                if ui.add_enabled(named.is_possible(app), Button::new(named.entry().label)).clicked() {
                    commands.push(Command::ChooseSlide(slide.id));
                    commands.push(Command::Do(named));
                    ui.close();
                }
            }
        });
        drop(keep);
    }
}

/// What keys do on a thumbnail.
fn keys_ui(ui: &Ui, app: &App, view: &mut SlidesView, at: usize, commands: &mut Vec<Command>) {
    ui.memory_mut(|memory| {
        if let Some(id) = memory.focused() {
            let keys = egui::EventFilter { vertical_arrows: true, ..egui::EventFilter::default() };
            memory.set_focus_lock_filter(id, keys);
        }
    });
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let last = app.results.staged.len().saturating_sub(1);
    let to = if pressed(Key::ArrowDown) {
        Some((at + 1).min(last))
    } else if pressed(Key::ArrowUp) {
        Some(at.saturating_sub(1))
    } else if pressed(Key::Home) {
        Some(0)
    } else if pressed(Key::End) {
        Some(last)
    } else {
        None
    };
    if let Some(slide) = to.and_then(|to| app.results.staged.get(to)) {
        commands.push(Command::ChooseSlide(slide.slide.id));
        view.follow = Some(slide.slide.id);
    }
    if pressed(Key::Delete) {
        commands.push(Command::Do(Named::DeleteSlide));
    }
    if pressed(Key::Enter) {
        commands.push(Command::Do(Named::PresentHere));
    }
}

/// A thumbnail is carried to another place; a line shows where it would stand.
fn reorder_ui(ui: &Ui, response: &egui::Response, slide: &Slide, (at, n): (usize, usize), commands: &mut Vec<Command>) {
    if response.drag_started() {
        DragAndDrop::set_payload(&response.ctx, slide.id);
    }
    let Some(carried) = DragAndDrop::payload::<SlideId>(&response.ctx) else { return };
    let Some(pointer) = ui.input(|input| input.pointer.interact_pos()) else { return };
    if !response.rect.contains(pointer) || *carried == slide.id {
        return;
    }
    let below = pointer.y > response.rect.center().y;
    let y = if below { response.rect.bottom() - 2.0 } else { response.rect.top() - 4.0 };
    let t = theme::tokens(ui);
    ui.painter().hline(response.rect.x_range(), y, Stroke::new(3.0, t.accent));
    if ui.input(|input| input.pointer.any_released()) {
        DragAndDrop::clear_payload(&response.ctx);
        let to = (if below { at + 1 } else { at }).min(n);
        commands.push(Command::PutSlide(*carried, to));
    }
}

fn title_of(app: &App, at: usize) -> String {
    let slide = &app.results.staged[at].slide;
    if slide.title.is_empty() {
        slide.main().map_or_else(|| "without a title".to_owned(), |grouping| grouping.name.clone())
    } else {
        slide.title.clone()
    }
}

/// The chosen slide, and what can be written on it.
fn large_ui(ui: &mut Ui, app: &App, view: &mut SlidesView, commands: &mut Vec<Command>) {
    let captured = !app.workspace().slides.is_empty();
    let at = app.shown_slide_position();
    let width = (ui.available_width() - 14.0).max(120.0);
    // The fields below stay in view where there is room for both.
    let width = width.min((ui.available_height() - 215.0).max(110.0) * WIDTH / HEIGHT);
    let size = vec2(width, width * HEIGHT / WIDTH);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let label = format!("Slide {} of {}, large: {}", at + 1, app.results.staged.len(), title_of(app, at));
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, &label));
    if let Some(frame) = view.frames.frame(ui, app, at) {
        paint(ui, &frame, rect);
    }
    let t = theme::tokens(ui);
    ui.painter().rect_stroke(rect, 2, Stroke::new(1.0, t.edge), StrokeKind::Outside);
    if response.double_clicked() {
        commands.push(Command::Do(Named::PresentHere));
    }
    ui.add_space(6.0);
    if !captured {
        ui.weak("Capture (F4) keeps a slide with a statement, a caption and notes of your own.");
        return;
    }
    let Some(slide) = app.slide().cloned() else { return };
    let doubt = view.frames.doubt(app, at);
    fields_ui(ui, app, view, (&slide, doubt), commands);
    room_ui(ui, app, view, commands);
}

/// Statement, caption, notes, and what it shows.
fn fields_ui(
    ui: &mut Ui,
    app: &App,
    view: &mut SlidesView,
    (slide, doubt): (&Slide, Option<String>),
    commands: &mut Vec<Command>,
) {
    let t = theme::tokens(ui);
    let mut next = slide.clone();
    let mut changed: Option<&'static str> = None;
    ui.horizontal_wrapped(|ui| shows_ui(ui, app, slide, &mut next, &mut changed));
    let mut line = |ui: &mut Ui, words: &str, label: &str, text: &mut String, rows: usize| {
        ui.label(RichText::new(words).small().color(t.muted));
        let width = (ui.available_width() - 14.0).max(120.0);
        // Each slide has fields of its own, with what can be taken back in them.
        let salt = (label, slide.id, app.document_number());
        let area = TextEdit::multiline(text).desired_rows(rows).desired_width(width).id_salt(salt);
        let field = ui.add(area);
        name(&field, egui::Role::MultilineTextInput, label);
        view.is_writing |= field.has_focus();
        field.changed()
    };
    if line(ui, "Statement", "Statement of the slide", &mut next.title, 1) {
        // One line: an end of line is a blank.
        next.title = next.title.replace('\n', " ");
        next.own_title = true;
        changed = Some("a slide’s statement");
    }
    if let Some(doubt) = doubt {
        ui.add(egui::Label::new(RichText::new(doubt).small().color(t.warning)).wrap());
    }
    let what =
        if slide.kind == SlideKind::Text { "Text; lines that begin with “- ” are points" } else { "Caption" };
    if line(ui, what, "Caption of the slide", &mut next.caption, 2) {
        changed = Some("a slide’s caption");
    }
    if line(ui, "Speaker notes, not shown to the room", "Speaker notes of the slide", &mut next.notes, 2) {
        changed = Some("speaker notes");
    }
    if let Some(what) = changed {
        commands.push(Command::Edit(Edit::SetSlide(Box::new(next), what)));
    }
}

/// What a slide shows: kind, chart, venue, whether figures wait; and the program's own statement.
fn shows_ui(ui: &mut Ui, app: &App, slide: &Slide, next: &mut Slide, changed: &mut Option<&'static str>) {
    ui.label(RichText::new(slide.kind.label()).strong());
    if slide.kind == SlideKind::Chart {
        let place = Place { salt: "slide chart", name: "Chart of the slide", width: 170.0 };
        let now = CATALOGUE.iter().find(|kind| kind.id == slide.chart);
        let options = CATALOGUE.iter().map(|kind| option(kind.id, kind.title));
        if let Some(id) = choose(ui, &place, now.map_or("?", |kind| kind.title), now.map(|kind| &kind.id), options) {
            id.clone_into(&mut next.chart);
            *next = app.noted(next.clone());
            *changed = Some("a slide’s chart");
        }
    }
    if !matches!(slide.kind, SlideKind::Text | SlideKind::Change | SlideKind::Record) {
        let now = Baseline::by_code(&slide.baseline);
        let place = Place { salt: "slide venue", name: "Venue that the slide compares with", width: 150.0 };
        let options = Baseline::ALL.into_iter().map(|baseline| Choice {
            value: Some(baseline),
            label: baseline.label().to_owned(),
            tip: baseline.meaning(),
        });
        let all = std::iter::once(option(None, "no venue")).chain(options);
        let shown = now.map_or("no venue", Baseline::label);
        ui.label("beside");
        if let Some(baseline) = choose(ui, &place, shown, Some(&now), all) {
            next.baseline = baseline.map_or_else(String::new, |baseline| baseline.code().to_owned());
            *next = app.noted(next.clone());
            *changed = Some("a slide’s venue");
        }
    }
    if slide.kind != SlideKind::Text {
        let tip = "While presenting, the figures appear with the next key.";
        if ui.checkbox(&mut next.hides_figures, "Hide figures until revealed").on_hover_text(tip).changed() {
            *changed = Some("when figures are shown");
        }
        let propose = ui.add_enabled(slide.own_title, Button::new("Propose the statement"));
        let why = "It is the program’s own already: write another, and this brings it back.";
        if propose.on_hover_text("From the figures, in plain words").on_disabled_hover_text(why).clicked() {
            next.own_title = false;
            *next = app.noted(next.clone());
            *changed = Some("a slide’s statement");
        }
    }
}

/// What stands on every slide, page and export.
fn room_ui(ui: &mut Ui, app: &App, view: &mut SlidesView, commands: &mut Vec<Command>) {
    CollapsingHeader::new("On every slide and export").id_salt("handling").show(ui, |ui| {
        let workspace = app.workspace();
        let (mut organisation, mut handling) = (workspace.organisation.clone(), workspace.handling.clone());
        let mut changed = false;
        for (words, text, hint) in [
            ("Organisation", &mut organisation, "Whose work it is"),
            ("Handling mark", &mut handling, "Such as: official, not for publication"),
        ] {
            let label = ui.label(RichText::new(words).small());
            let field = ui.add(TextEdit::singleline(text).hint_text(hint).desired_width(320.0)).labelled_by(label.id);
            view.is_writing |= field.has_focus();
            changed |= field.changed();
        }
        if changed {
            commands.push(Command::Edit(Edit::SetHandling { organisation, handling }));
        }
    });
    ui.allocate_space(Vec2::new(1.0, 8.0));
}
