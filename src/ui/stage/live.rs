//! A live question: a copy of the slide is changed, the figures move beside those that were; the slide itself never changes.

use std::sync::Arc;

use eframe::egui::{self, Button, DragAndDrop, Frame, Key, Margin, Modifiers, Response, RichText, Sense, Ui, pos2};

use super::super::choose::{Choice, Place, choose};
use super::super::field::Field;
use super::super::{name, theme};
use super::{StageView, count};
use crate::app::{App, Command};
use crate::data::CountryId;
use crate::model::{DecisionRule, Edit, Grouping, NamedRule, Role, Seat, Slide, SlideId, SlideKind};

/// How high the bar is.
pub const HEIGHT: f32 = 96.0;

/// A country that is carried onto the slide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Carried(CountryId);

/// A question that is being asked.
#[derive(Debug)]
pub struct LiveView {
    /// The grouping as it was.
    was: Arc<Grouping>,
    /// The grouping as it would be.
    pub now: Grouping,
    /// The grouping as it is shown.
    shown: Grouping,
    search: String,
    /// Whether it is asked whether to keep it.
    leaving: bool,
    /// For which state of the answers the statement was made.
    stamp: u64,
    began: bool,
}

impl StageView {
    /// Opens a question about the grouping that is lit, else the main one.
    pub(super) fn ask(&mut self, app: &App) {
        let Some(slide) = self.at.and_then(|at| app.results.staged.get(at)).map(|staged| staged.slide.clone()) else {
            return;
        };
        let lit = self.lit.and_then(|id| slide.groupings.iter().find(|grouping| grouping.id == id));
        let Some(was) = lit.or(slide.main()).cloned() else { return };
        let now = (*was).clone();
        self.shows.revealed = true;
        (self.lit, self.tabbed, self.blank) = (None, None, None);
        let shown = now.clone();
        self.live = Some(LiveView { was, now, shown, search: String::new(), leaving: false, stamp: 0, began: false });
    }

    /// A country that is let go over the slide joins, or leaves.
    pub(super) fn live_drop(&mut self, ui: &Ui, app: &App, slide: &Response) {
        let Some(live) = &mut self.live else { return };
        if let Some(carried) = DragAndDrop::payload::<Carried>(ui.ctx())
            && let Some(at) = ui.input(|input| input.pointer.interact_pos())
        {
            let t = theme::tokens(ui);
            let words = app.atlas().country(carried.0).map_or_else(String::new, |c| format!("{} {}", c.flag(), c.name));
            let galley = ui.painter().layout_no_wrap(words, egui::FontId::proportional(24.0), t.ink);
            let rect = egui::Rect::from_center_size(at, galley.size()).expand(8.0);
            let layer = egui::LayerId::new(egui::Order::Tooltip, egui::Id::unique("carried onto the slide"));
            let painter = ui.ctx().layer_painter(layer);
            painter.rect_filled(rect, 6, t.selection);
            painter.galley(rect.shrink(8.0).min, galley, t.ink);
        }
        if let Some(carried) = slide.dnd_release_payload::<Carried>() {
            live.toggle(carried.0);
            live.search.clear();
        }
    }

    /// The bar below the slide.
    pub(super) fn live_ui(&mut self, ui: &mut Ui, app: &App, at: usize, commands: &mut Vec<Command>) {
        let Some(of) = app.results.staged.get(at).map(|staged| staged.slide.clone()) else { return };
        let Some(live) = &mut self.live else { return };
        let before = live.shown.clone();
        let screen = ui.ctx().content_rect();
        let t = theme::tokens(ui);
        let mut done: Option<bool> = None;
        let area = egui::Area::new(egui::Id::unique("live question")).order(egui::Order::Foreground);
        area.fixed_pos(pos2(screen.left(), screen.bottom() - HEIGHT)).show(ui.ctx(), |ui| {
            let frame = Frame::new().fill(t.soft).inner_margin(Margin::symmetric(20, 10));
            frame.show(ui, |ui| {
                ui.set_width(screen.width() - 40.0);
                ui.set_height(HEIGHT - 20.0);
                done = if live.leaving { live.leaving_ui(ui) } else { live.change_ui(ui, app) };
            });
        });
        live.shown.clone_from(&live.now);
        if live.now != before || (live.stamp != app.results.staged_stamp() && app.session.live.is_some()) {
            live.stamp = app.results.staged_stamp();
            commands.push(Command::AskLive(live.slide(app, &of).map(Box::new)));
        }
        match done {
            None => {}
            Some(keep) => {
                if keep && let Some(slide) = live.slide(app, &of) {
                    let shown = app.shown_slides();
                    // Where nothing was captured, what is shown is captured with it.
                    if app.workspace().slides.is_empty() {
                        for slide in &shown {
                            let slide = app.noted((**slide).clone());
                            commands.push(Command::Edit(Edit::AddSlide(Box::new(slide), None)));
                        }
                    }
                    let free = shown.iter().map(|slide| slide.id.0).max().unwrap_or(0).saturating_add(1);
                    let slide = Slide { id: SlideId(free), ..slide };
                    let at = shown.iter().position(|slide| slide.id == of.id).map(|at| at + 1);
                    commands.push(Command::Edit(Edit::AddSlide(Box::new(slide), at)));
                    commands.push(Command::Tell("The question was kept as a new slide.".to_owned()));
                }
                commands.push(Command::AskLive(None));
                self.live = None;
                self.at = Some(at.min(count(app).saturating_sub(1)));
                ui.ctx().memory_mut(|memory| {
                    if let Some(id) = memory.focused() {
                        memory.surrender_focus(id);
                    }
                });
            }
        }
    }
}

impl LiveView {
    /// The slide that shows the question; `None` while nothing is changed.
    fn slide(&self, app: &App, of: &Slide) -> Option<Slide> {
        if self.now == *self.was {
            return None;
        }
        let slide = Slide {
            id: of.id,
            kind: SlideKind::Change,
            own_title: false,
            groupings: vec![self.was.clone(), Arc::new(self.now.clone())],
            assumptions: of.assumptions.clone(),
            view: of.view.clone(),
            ..Slide::default()
        };
        Some(app.noted(slide))
    }

    /// Who joins or leaves, who convenes, by which rule.
    fn change_ui(&mut self, ui: &mut Ui, app: &App) -> Option<bool> {
        let t = theme::tokens(ui);
        let is_first = !std::mem::replace(&mut self.began, true);
        let mut done = None;
        let in_list = egui::Popup::is_any_open(ui.ctx());
        let escaped = !in_list && self.search.is_empty() && ui.input(|input| input.key_pressed(Key::Escape));
        ui.horizontal(|ui| {
            ui.label(theme::strong(format!("What if … {}", self.now.name), 17.0));
            let field = Field {
                salt: "live country",
                hint: "a country joins or leaves",
                name: "Live question: country",
                width: 240.0,
            };
            let convenes = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
            let written = field.ui(ui, &mut self.search, is_first);
            let hits: Vec<CountryId> = if self.search.trim().is_empty() {
                Vec::new()
            } else {
                let found = app.atlas().names.ranked(&self.search);
                found.iter().take(4).map(|hit| app.atlas().countries[hit.actor].id).collect()
            };
            if (written.entered || convenes)
                && let Some(first) = hits.first()
            {
                if convenes {
                    self.convene(*first);
                } else {
                    self.toggle(*first);
                }
                self.search.clear();
                written.response.request_focus();
            }
            for id in &hits {
                let seated = self.now.seat(*id).is_some();
                let words = if seated {
                    format!("{} leaves", app.atlas().name(*id))
                } else {
                    format!("{} joins", app.atlas().name(*id))
                };
                let chip = ui.add(Button::new(words).sense(Sense::click_and_drag()));
                let chip = chip.on_hover_text("Click, or drag it onto the slide");
                if chip.drag_started() {
                    DragAndDrop::set_payload(ui.ctx(), Carried(*id));
                }
                if chip.clicked() {
                    self.toggle(*id);
                    self.search.clear();
                }
                if ui.add(Button::new("convenes")).on_hover_text("Ctrl+Enter").clicked() {
                    self.convene(*id);
                    self.search.clear();
                }
            }
            if hits.is_empty() {
                self.rule_ui(ui);
            }
        });
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            let words = "Enter: joins or leaves · Ctrl+Enter: convenes · Esc: end the question. The slide itself stays as it is.";
            ui.label(RichText::new(words).color(t.muted));
            if ui.button("Undo all").clicked() {
                self.now = (*self.was).clone();
            }
            if ui.button("End").clicked() || escaped {
                if self.now == *self.was {
                    done = Some(false);
                } else {
                    self.leaving = true;
                }
            }
        });
        done
    }

    fn rule_ui(&mut self, ui: &mut Ui) {
        let place = Place { salt: "live rule", name: "Live question: rule", width: 220.0 };
        let shown = self.now.rule.words();
        let now = match &self.now.rule {
            DecisionRule::Named(rule) => Some(*rule),
            DecisionRule::Custom(_) => None,
        };
        let options = NamedRule::ALL.into_iter().map(|rule| Choice {
            value: rule,
            label: DecisionRule::Named(rule).words(),
            tip: "",
        });
        if let Some(rule) = choose(ui, &place, shown, now.as_ref(), options) {
            self.now.rule = DecisionRule::Named(rule);
        }
    }

    fn toggle(&mut self, id: CountryId) {
        if self.now.seat(id).is_some() {
            self.now.seats.retain(|seat| seat.country != id);
        } else {
            self.now.seats.push(Seat::new(id, Role::Member));
        }
    }

    fn convene(&mut self, id: CountryId) {
        if self.now.seat(id).is_none() {
            self.now.seats.push(Seat::new(id, Role::Member));
        }
        for seat in &mut self.now.seats {
            if seat.country == id {
                seat.role = Role::Convenor;
            } else if seat.role == Role::Convenor {
                seat.role = Role::Member;
            }
        }
    }

    /// Keep it, or not.
    fn leaving_ui(&mut self, ui: &mut Ui) -> Option<bool> {
        let mut done = None;
        ui.horizontal(|ui| {
            ui.label(theme::strong("Keep this question as a new slide?", 17.0));
            let keep = ui.button("Keep as a new slide");
            name(&keep, egui::Role::Button, "Keep as a new slide");
            let drop = ui.button("Discard");
            if ui.memory(|memory| memory.focused().is_none()) {
                drop.request_focus();
            }
            if keep.clicked() || ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::K)) {
                done = Some(true);
            }
            if drop.clicked() || ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::D)) {
                done = Some(false);
            }
            if ui.button("Go on asking").clicked()
                || ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
            {
                self.leaving = false;
            }
        });
        ui.label(RichText::new("K keeps it, D discards it, Esc goes on.").weak());
        done
    }
}
