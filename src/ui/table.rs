//! Tables that sort by a click on a head: names that stay in place, numbers to the right, and a hint where more columns follow.

use std::cmp::Ordering;
use std::sync::Arc;

use eframe::egui::{self, Align, Button, Id, Label, Layout, RichText, ScrollArea, Stroke, Ui, Vec2, WidgetInfo};

use super::choose::focus_ring;
use super::theme;
use crate::chart::{Table, TableRow};

const ROW: f32 = 24.0;
const GAP: f32 = 14.0;
/// Rows beyond which a table scrolls by itself.
const LONG: usize = 24;
const HEIGHT: f32 = 520.0;

/// By which column a table is sorted, and whether the smallest comes first.
type Sorted = Option<(usize, bool)>;

/// Shows a table. `cell` shows what stands in a row and column, in a place of its own.
pub fn table_ui(ui: &mut Ui, salt: &str, table: &Table, mut cell: impl FnMut(&mut Ui, &TableRow, usize)) {
    let kept = Id::unique(("table sorted", salt));
    let mut sorted: Sorted = ui.data(|data| data.get_temp(kept)).unwrap_or_default();
    let plan = Plan::of(ui, kept.with("plan"), table, sorted);
    let most = ui.available_width() * 0.45;
    let right = &plan.right;
    let widths: Vec<f32> =
        plan.widths.iter().enumerate().map(|(at, width)| if at == 0 { width.min(most) } else { *width }).collect();
    let others: f32 = widths.iter().skip(1).map(|width| width + GAP).sum();
    let room = ui.available_width() - widths.first().copied().unwrap_or(0.0) - GAP;
    if others > room + 1.0 {
        ui.label(RichText::new("More columns follow: scroll sideways.").small().weak());
    }
    let mut content = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        ui.horizontal_top(|ui| {
            let mut head = |ui: &mut Ui, at: usize| {
                let state = sorted.filter(|(by, _)| *by == at).map(|(_, rises)| rises);
                if head_ui(ui, (&table.head[at], right[at]), widths[at], state) {
                    sorted = match state {
                        None => Some((at, !right[at])),
                        Some(rises) if rises != right[at] => Some((at, right[at])),
                        Some(_) => None,
                    };
                }
            };
            let mut column = |ui: &mut Ui, columns: std::ops::Range<usize>| {
                ui.vertical(|ui| {
                    ui.horizontal(|ui| columns.clone().for_each(|at| head(ui, at)));
                    for (line, row) in plan.order.iter().map(|at| &table.rows[*at]).enumerate() {
                        // Of a long table only what is seen is laid out.
                        let width: f32 = columns.clone().map(|at| widths[at] + if at == 0 { 0.0 } else { GAP }).sum();
                        let place = egui::Rect::from_min_size(ui.cursor().min, Vec2::new(width, ROW));
                        if plan.order.len() > LONG && !ui.is_rect_visible(place.expand(2.0 * ROW)) {
                            ui.allocate_space(place.size());
                            continue;
                        }
                        let stripe = ui.painter().add(egui::Shape::Noop);
                        let shown = ui.horizontal(|ui| {
                            for at in columns.clone() {
                                let size = Vec2::new(widths[at] + if at == 0 { 0.0 } else { GAP }, ROW);
                                let layout = if right[at] {
                                    Layout::right_to_left(Align::Center)
                                } else {
                                    Layout::left_to_right(Align::Center)
                                };
                                ui.allocate_ui_with_layout(size, layout, |ui| {
                                    ui.set_min_size(size);
                                    // Nothing in a row is higher than it, or the columns would drift apart.
                                    ui.spacing_mut().interact_size.y = ROW - 6.0;
                                    ui.spacing_mut().button_padding.y = 0.0;
                                    ui.push_id((line, at), |ui| cell(ui, row, at));
                                });
                            }
                        });
                        if line % 2 == 1 {
                            let t = theme::tokens(ui);
                            ui.painter().set(stripe, egui::Shape::rect_filled(shown.response.rect, 0, t.soft));
                        }
                    }
                });
            };
            column(ui, 0..1.min(widths.len()));
            let area = ScrollArea::horizontal().id_salt((salt, "columns")).auto_shrink([false, true]);
            area.show(ui, |ui| {
                ui.vertical(|ui| {
                    column(ui, 1.min(widths.len())..widths.len());
                    // Room for the bar that scrolls.
                    ui.add_space(14.0);
                });
            });
        });
    };
    if table.rows.len() > LONG {
        let area = ScrollArea::vertical().id_salt((salt, "rows")).max_height(HEIGHT).min_scrolled_height(HEIGHT);
        area.show(ui, content);
    } else {
        content(ui);
    }
    ui.data_mut(|data| data.insert_temp(kept, sorted));
}

/// How a table is laid out, kept until the table or its order is another.
#[derive(Debug)]
struct Plan {
    table: Table,
    sorted: Sorted,
    scale: f32,
    /// The rows by their positions, in the order in which they are shown.
    order: Vec<usize>,
    /// Which columns are numbers.
    right: Vec<bool>,
    /// As wide as what stands in them.
    widths: Vec<f32>,
}

impl Plan {
    fn of(ui: &Ui, id: Id, table: &Table, sorted: Sorted) -> Arc<Self> {
        let scale = ui.ctx().pixels_per_point();
        let kept: Option<Arc<Self>> = ui.data(|data| data.get_temp(id));
        if let Some(kept) = kept
            && kept.table == *table
            && kept.sorted == sorted
            && kept.scale.to_bits() == scale.to_bits()
        {
            return kept;
        }
        let mut order: Vec<usize> = (0..table.rows.len()).collect();
        if let Some((at, rises)) = sorted {
            order.sort_by(|a, b| self::order(&table.rows[*a], &table.rows[*b], at, rises));
        }
        let columns = 0..table.head.len();
        let plan = Arc::new(Self {
            table: table.clone(),
            sorted,
            scale,
            order,
            right: columns.clone().map(|at| at > 0 && is_numbers(table, at)).collect(),
            widths: columns.map(|at| width_of(ui, table, at)).collect(),
        });
        ui.data_mut(|data| data.insert_temp(id, plan.clone()));
        plan
    }
}

/// The head of a column; whether it was clicked.
fn head_ui(ui: &mut Ui, (text, right): (&str, bool), width: f32, sorted: Option<bool>) -> bool {
    let t = theme::tokens(ui);
    let size = Vec2::new(width + if right { GAP } else { 0.0 }, ROW);
    let layout = if right { Layout::right_to_left(Align::Center) } else { Layout::left_to_right(Align::Center) };
    let inner = ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_size(size);
        ui.spacing_mut().button_padding = Vec2::ZERO;
        let words = RichText::new(text).size(theme::SMALL).color(if sorted.is_some() { t.ink } else { t.muted });
        ui.add(Button::new(words).frame(false).truncate())
    });
    let response = inner.inner;
    let how = match sorted {
        None => "not sorted",
        Some(true) => "sorted, ascending",
        Some(false) => "sorted, descending",
    };
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, format!("{text}: {how}")));
    focus_ring(ui, &response);
    if let Some(rises) = sorted {
        // A line above what rises, below what falls.
        let rect = response.rect;
        let y = if rises { rect.top() } else { rect.bottom() };
        ui.painter().hline(rect.x_range(), y, Stroke::new(1.5, t.ink));
    }
    response.on_hover_text(format!("{text}\nA click sorts, another the other way round, a third as it was")).clicked()
}

/// Cells with numbers by their size, then the others by their letters; what is empty comes last.
fn order(a: &TableRow, b: &TableRow, at: usize, rises: bool) -> Ordering {
    let text = |row: &TableRow| row.cells.get(at).map_or(String::new(), |cell| cell.text.clone());
    let (a, b) = (text(a), text(b));
    let turned = |order: Ordering| if rises { order } else { order.reverse() };
    match (leading(&a), leading(&b)) {
        (Some(a), Some(b)) => turned(a.total_cmp(&b)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => turned(a.to_lowercase().cmp(&b.to_lowercase())),
    }
}

/// The number that a cell begins with.
fn leading(text: &str) -> Option<f64> {
    let text = text.trim().trim_start_matches("US$ ").replace('−', "-").replace([',', '±'], "");
    let text = text.trim_start_matches('+');
    let end = text
        .char_indices()
        .find(|(at, letter)| !(letter.is_ascii_digit() || *letter == '.' || (*at == 0 && *letter == '-')));
    let (digits, rest) = text.split_at(end.map_or(text.len(), |(at, _)| at));
    let scale = match rest.trim().split(' ').next().unwrap_or("") {
        "k" | "thousand" => 1e3,
        "m" | "million" => 1e6,
        "bn" | "billion" => 1e9,
        "tn" | "trillion" => 1e12,
        _ => 1.0,
    };
    digits.parse::<f64>().ok().map(|number| number * scale)
}

/// Whether most of a column begins with a number.
fn is_numbers(table: &Table, at: usize) -> bool {
    let texts = || table.rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| cell.text.trim());
    let told = texts().filter(|text| !text.is_empty() && *text != "–").count();
    let numbers = texts().filter(|text| leading(text).is_some()).count();
    told > 0 && 2 * numbers > told
}

/// How wide a column is.
fn width_of(ui: &Ui, table: &Table, at: usize) -> f32 {
    let width = |text: &str, size: f32| {
        let font = egui::FontId::proportional(size);
        ui.painter().layout_no_wrap(text.to_owned(), font, egui::Color32::PLACEHOLDER).size().x
    };
    let cells = table.rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| width(&cell.text, theme::BODY));
    cells.fold(width(&table.head[at], theme::SMALL), f32::max) + 6.0
}

/// A text in a cell, shortened where it finds no room; the whole is in the tip.
pub fn text_ui(ui: &mut Ui, text: &str) {
    ui.add(Label::new(text).truncate());
}

#[cfg(test)]
mod tests {
    use super::leading;

    #[test]
    fn cells_are_sorted_by_their_numbers() {
        for (text, value) in [
            ("52 %", Some(52.0)),
            ("−3.5", Some(-3.5)),
            ("+4", Some(4.0)),
            ("1,234", Some(1234.0)),
            ("US$ 2.5 m", Some(2.5e6)),
            ("US$ 1.2 bn", Some(1.2e9)),
            ("45–61", Some(45.0)),
            ("–", None),
            ("stays out", None),
        ] {
            assert_eq!(leading(text), value, "{text}");
        }
    }
}
