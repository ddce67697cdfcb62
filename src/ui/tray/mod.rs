//! Countries: the list of all actors, with search, filters, sorting and organisations as bundles.

mod bundles;
mod filters;
mod rows;
mod search;
mod shown;

use eframe::egui::{self, Layout, RichText, Sense, Ui, Vec2};

pub use self::bundles::bundle_members;
use self::bundles::bundles_ui;
use self::filters::filters_ui;
use self::rows::rows_ui;
use self::search::{KnownList, search_ui};
use self::shown::{Made, shown};
use super::choose::{Place, choose, option};
use super::release::{Over, Preview};
use super::{drag, name, theme};
use crate::analysis::measures::{self, Measure};
use crate::analysis::whatif::Move;
use crate::app::{App, Command, ListShows};
use crate::chart;
use crate::data::CountryId;
use crate::model::Edit;

/// How the list is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By name.
    #[default]
    Name,
    /// By population, largest first.
    Population,
    /// By GDP, largest first.
    Gdp,
    /// By honest-broker score, best first.
    Broker,
    /// By what joining the selected grouping as a member would do to a measure.
    IfAdded,
    /// By what convening the selected grouping would do to a measure.
    IfConvenor,
    /// By what leaving the selected grouping would do to a measure.
    IfLeaves,
    /// By what each would gain itself by joining the selected grouping.
    WouldJoin,
}

impl Sort {
    const ALL: [Self; 8] = [
        Self::Name,
        Self::Population,
        Self::Gdp,
        Self::Broker,
        Self::IfAdded,
        Self::IfConvenor,
        Self::IfLeaves,
        Self::WouldJoin,
    ];

    /// The words for the column when it is chosen.
    fn chosen(self) -> String {
        if self.is_what_if() || self == Self::WouldJoin {
            self.label().to_owned()
        } else {
            format!("by {}", self.label())
        }
    }

    /// Whether it is about what would follow for the selected grouping.
    fn is_what_if(self) -> bool {
        matches!(self, Self::IfAdded | Self::IfConvenor | Self::IfLeaves)
    }

    /// The what-if columns that are shown when one of them is chosen.
    fn columns(self) -> [Self; 2] {
        if self == Self::IfLeaves { [Self::IfLeaves, Self::IfConvenor] } else { [Self::IfAdded, Self::IfConvenor] }
    }

    /// Whether a move is the one that this column shows. Members convene instead of others, newcomers beside them.
    fn shows(self, change: Move) -> bool {
        match change {
            Move::AddMember(_) => self == Self::IfAdded,
            Move::AddConvenor(_) | Move::Convene(_) => self == Self::IfConvenor,
            Move::Remove(_) => self == Self::IfLeaves,
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Population => "population",
            Self::Gdp => "GDP",
            Self::Broker => "broker score",
            Self::IfAdded => "if added",
            Self::IfConvenor => "if convenor",
            Self::IfLeaves => "if it leaves",
            Self::WouldJoin => "would join",
        }
    }
}

/// What the list keeps between frames.
#[derive(Debug, Default)]
pub struct TrayView {
    /// The text in the search field.
    pub search: String,
    /// How the list is sorted.
    pub sort: Sort,
    /// The measure that the what-if columns are about.
    measure: Option<&'static Measure>,
    /// Whether only members of the selected grouping are shown.
    only_members: bool,
    region: Option<String>,
    body: Option<usize>,
    range: Option<(usize, f64, f64)>,
    filters_open: bool,
    anchor: Option<CountryId>,
    wants_focus: Option<CountryId>,
    /// The row that has the keyboard, as of this frame.
    row: Option<CountryId>,
    /// The row from which a range is being drawn over the rows.
    swept_from: Option<CountryId>,
    /// What the rows were when the list was last at its top.
    rows_of: String,
    /// Whether the search field asks for the keyboard.
    pub focus_search: bool,
    /// The search field, for going from pane to pane.
    pub search_id: Option<egui::Id>,
    cache: Option<Made>,
    list: KnownList,
}

/// The panel.
pub fn tray_ui(ui: &mut Ui, app: &App, view: &mut TrayView, over: &mut Over, commands: &mut Vec<Command>) {
    search_ui(ui, app, view, commands);
    bundles_ui(ui, app, view, commands);
    if view.filters_open {
        filters_ui(ui, app, view);
    }
    let shown = shown(app, view);
    view.row = None;
    head_ui(ui, app, view, shown.actors.len());
    rows_ui(ui, app, view, &shown, commands);
    drop_ui(ui, app, over, commands);
    // What commands act on is what is seen.
    let is_shown = |id: &CountryId| app.atlas().actor(*id).is_some_and(|actor| shown.actors.contains(&actor));
    let picked = app.session.picked.countries.iter().filter(|_| app.session.picked.on.is_none());
    let shows = ListShows { hidden: picked.copied().filter(|id| !is_shown(id)).collect(), row: view.row };
    if shows != app.session.list {
        commands.push(Command::ListShows(shows));
    }
}

impl TrayView {
    fn measure(&self) -> &'static Measure {
        self.measure.unwrap_or(&measures::DEADLOCK)
    }

    fn is_filtered(&self) -> bool {
        self.region.is_some() || self.body.is_some() || self.range.is_some() || self.only_members
    }
}

fn head_ui(ui: &mut Ui, app: &App, view: &mut TrayView, shown: usize) {
    ui.horizontal(|ui| {
        let all = app.atlas().countries.len();
        let mut words = if shown == all { format!("all {all}") } else { format!("{shown} of {all}") };
        let picked = if app.session.picked.on.is_none() { app.session.picked.countries.len() } else { 0 };
        if picked > 0 {
            words = format!("{words} · {picked} selected");
        }
        let hidden = app.session.list.hidden.len();
        if hidden > 0 {
            words = format!("{words}, {hidden} of them hidden");
        }
        let room = (ui.available_width() - 128.0).max(60.0);
        let label = egui::Label::new(RichText::new(&words).small().weak()).truncate();
        ui.allocate_ui(Vec2::new(room, 20.0), |ui| ui.add(label)).inner.on_hover_text(&words);
        ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
            let place = Place { salt: "sort", name: "Sort the list", width: 116.0 };
            let options = Sort::ALL.map(|sort| option(sort, sort.label()));
            if let Some(sort) = choose(ui, &place, view.sort.chosen(), Some(&view.sort), options) {
                view.sort = sort;
            }
        });
    });
    if view.sort.is_what_if() {
        measure_ui(ui, app, view);
        columns_ui(ui, view);
    }
    if view.sort == Sort::WouldJoin {
        let words = app.selected().map_or_else(
            || "Select a grouping to see who would join it.".to_owned(),
            |grouping| {
                format!(
                    "Points of its own cost that each would save by joining {}, where outsiders are shut out of as much as it needs \
                     to hold together.",
                    grouping.name
                )
            },
        );
        ui.add(egui::Label::new(RichText::new(words).small().weak()).wrap());
    }
}

/// The heads of the what-if columns; a click sorts by one.
fn columns_ui(ui: &mut Ui, view: &mut TrayView) {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 20.0), Sense::hover());
    let columns = view.sort.columns();
    for (at, column) in columns.into_iter().enumerate() {
        let right = rows::column_right(rect.right(), at);
        let place = egui::Rect::from_min_max(
            egui::pos2(right - rows::COLUMN + 2.0, rect.top()),
            egui::pos2(right + 4.0, rect.bottom()),
        );
        let t = theme::tokens(ui);
        let is_chosen = view.sort == column;
        let size = theme::SMALL - 0.5;
        let text = if is_chosen {
            theme::strong(column.label(), size).color(t.ink)
        } else {
            RichText::new(column.label()).size(size).color(t.muted)
        };
        let head = egui::Button::new(text).frame_when_inactive(false);
        let mut head_ui =
            ui.new_child(egui::UiBuilder::new().max_rect(place).layout(Layout::right_to_left(egui::Align::Center)));
        head_ui.spacing_mut().button_padding = Vec2::new(2.0, 2.0);
        let response = head_ui.add(head);
        let response = response.on_hover_text(match column {
            Sort::IfAdded => "What each country would change if it joined. Click to sort by it.",
            Sort::IfLeaves => "What would change if the member left. Click to sort by it.",
            _ => {
                "What would change if the country convened: a member instead of the present convenors, a newcomer beside \
                 them. Click to sort by it."
            },
        });
        name(&response, egui::Role::Button, &format!("Sort by {}", column.label()));
        if response.clicked() {
            view.sort = column;
        }
    }
}

/// Which measure the what-if columns are about.
fn measure_ui(ui: &mut Ui, app: &App, view: &mut TrayView) {
    ui.horizontal(|ui| {
        let whose = app
            .selected()
            .map_or_else(|| "no grouping is selected".to_owned(), |grouping| format!("for {}", grouping.name));
        ui.add(egui::Label::new(RichText::new(whose).small().weak()).truncate());
        ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
            let chosen = view.measure();
            let place = Place { salt: "measure", name: "Measure of the what-if column", width: 116.0 };
            let options = measures::ALL.map(|measure| option(measure, measure.label));
            if let Some(measure) = choose(ui, &place, chosen.label, Some(&chosen), options) {
                view.measure = Some(measure);
            }
        });
    });
    if app.selected().is_some() && app.moves().is_none() {
        let words = if app.has_no_moves() { "not computed" } else { "computing…" };
        ui.label(RichText::new(words).small().weak());
    }
}

/// Countries dragged from a card onto the list leave the card.
fn drop_ui(ui: &mut Ui, app: &App, over: &mut Over, commands: &mut Vec<Command>) {
    let rect = ui.max_rect();
    let Some(carried) = drag::payload(ui.ctx()) else { return };
    let Some(on) = carried.picked.on else { return };
    let Some(grouping) = app.workspace().grouping(on) else { return };
    let zone = ui.interact(rect, ui.scope_id().with("take off"), Sense::hover());
    if !zone.contains_pointer() {
        return;
    }
    let t = theme::tokens(ui);
    // Around the controls, in the margin of the pane.
    let frame = rect.expand(7.0);
    let painter = ui.painter().with_clip_rect(frame);
    painter.rect_stroke(frame, 6, egui::Stroke::new(2.0, t.accent), egui::StrokeKind::Inside);
    let edit = Edit::Remove(on, carried.picked.countries.clone());
    let before = app.results.of(on).map(|evaluated| evaluated.report.clone());
    let changes = before.zip(app.preview(&edit, on)).map(|(before, after)| chart::changes_words(&before, &after));
    let changes = changes.filter(|words| !words.is_empty()).map(|words| format!(": {words}")).unwrap_or_default();
    let words = format!("Release to take {} off {}{changes}", carried.words, grouping.name);
    let galley = painter.layout(words, egui::FontId::proportional(theme::BODY), t.ink, rect.width() - 12.0);
    // Over the whole width, so that no cut row looks out beside it.
    let inner = frame.shrink(2.0);
    let place = egui::Rect::from_min_max(egui::pos2(inner.left(), inner.bottom() - galley.size().y - 16.0), inner.max);
    painter.rect_filled(place, 4, t.panel);
    painter.hline(place.x_range(), place.top(), egui::Stroke::new(1.0, t.hairline));
    painter.galley(place.min + Vec2::new(10.0, 8.0), galley, t.ink);
    if zone.dnd_release_payload::<drag::Carried>().is_some() {
        commands.push(Command::Edit(edit));
    } else {
        // The plots and the card show what that would do.
        over.edit = Some((on, edit.clone()));
        let words = format!("{} leaves", carried.words.trim_start_matches(|letter: char| !letter.is_alphanumeric()));
        over.preview = Some(Preview { on, edit, words });
    }
}
