//! What is to be exported, and how.

use eframe::egui::{self, Id, Modal, RichText, Ui};

use super::choose::{Place, choose, option};
use super::theme;
use crate::app::day::today;
use crate::app::export::{Format, Order, Which};
use crate::app::{App, Command};
use crate::chart::CATALOGUE;

/// What can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Briefing,
    Slides,
    Slide,
    Chart,
    Table,
}

impl What {
    const ALL: [Self; 5] = [Self::Briefing, Self::Slides, Self::Slide, Self::Chart, Self::Table];

    fn label(self) -> &'static str {
        match self {
            Self::Briefing => "The briefing: question, answer, a page a grouping, sources",
            Self::Slides => "All slides",
            Self::Slide => "The chosen slide",
            Self::Chart => "One chart",
            Self::Table => "The table of all groupings",
        }
    }

    fn formats(self) -> &'static [(Format, &'static str)] {
        match self {
            Self::Briefing => &[
                (Format::Pdf, "PDF, A4"),
                (Format::Html, "HTML, one page for a browser"),
                (Format::Markdown, "Markdown"),
            ],
            Self::Slides => &[
                (Format::Pdf, "PDF"),
                (Format::Pptx, "PowerPoint, to be restyled"),
                (Format::Svg, "SVG pictures, in a folder"),
                (Format::Png, "PNG pictures, in a folder"),
            ],
            Self::Slide => &[(Format::Png, "PNG picture"), (Format::Svg, "SVG picture"), (Format::Pdf, "PDF")],
            Self::Chart => &[(Format::Png, "PNG picture"), (Format::Svg, "SVG picture")],
            Self::Table => &[(Format::Csv, "CSV, a plain table")],
        }
    }
}

/// The page, and what was chosen there last.
#[derive(Debug)]
pub struct ExportView {
    is_open: bool,
    what: What,
    format: Format,
    chart: &'static str,
    how: How,
    scale: u8,
}

/// How it looks.
#[derive(Clone, Copy, Debug)]
struct How {
    dark: bool,
    wide: bool,
    notes: bool,
}

impl Default for ExportView {
    fn default() -> Self {
        Self {
            is_open: false,
            what: What::Briefing,
            format: Format::Pdf,
            chart: "deadlock",
            how: How { dark: false, wide: true, notes: false },
            scale: 2,
        }
    }
}

impl ExportView {
    /// Opens the page: on slides where they are looked at.
    pub fn open(&mut self, app: &App) {
        self.is_open = true;
        if app.session.view.place == crate::app::Place::Slides && self.what == What::Briefing {
            self.take(What::Slides);
        }
    }

    /// Whether the page is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    fn take(&mut self, what: What) {
        self.what = what;
        if !what.formats().iter().any(|(format, _)| *format == self.format) {
            self.format = what.formats()[0].0;
        }
    }

    /// Shows the page.
    pub fn ui(&mut self, ui: &Ui, app: &App, commands: &mut Vec<Command>) {
        if !self.is_open {
            return;
        }
        let mut done = false;
        let modal = Modal::new(Id::unique("export")).show(ui.ctx(), |ui| {
            ui.set_width(440.0);
            ui.label(theme::strong("Export", theme::TITLE));
            ui.add_space(4.0);
            for (at, what) in What::ALL.into_iter().enumerate() {
                let radio = ui.radio(self.what == what, what.label());
                if at == 0 && ui.memory(|memory| memory.focused().is_none()) {
                    radio.request_focus();
                }
                if radio.clicked() {
                    self.take(what);
                }
            }
            ui.add_space(6.0);
            ui.separator();
            self.how_ui(ui);
            if app.workspace().organisation.is_empty() && app.workspace().handling.is_empty() {
                let words = "Organisation and handling mark are set once, in the view Slides.";
                ui.label(RichText::new(words).small().weak());
            }
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                let button = ui.add_enabled(app.exporting().is_none(), egui::Button::new("Export…"));
                if button.clicked() {
                    commands.push(Command::Export(Box::new(self.order(app))));
                    done = true;
                }
                done |= ui.button("Cancel").clicked();
            });
        });
        if done || modal.should_close() {
            self.is_open = false;
        }
    }

    fn how_ui(&mut self, ui: &mut Ui) {
        ui.horizontal_wrapped(|ui| {
            ui.label("as");
            let place = Place { salt: "format", name: "Format of the export", width: 220.0 };
            let formats = self.what.formats();
            let shown = formats.iter().find(|(format, _)| *format == self.format).map_or("?", |(_, words)| words);
            if let Some(format) = choose(
                ui,
                &place,
                shown,
                Some(&self.format),
                formats.iter().map(|(format, words)| option(*format, *words)),
            ) {
                self.format = format;
            }
        });
        if self.what == What::Chart {
            ui.horizontal(|ui| {
                ui.label("Chart");
                let place = Place { salt: "exported chart", name: "Chart of the export", width: 220.0 };
                let now = CATALOGUE.iter().find(|kind| kind.id == self.chart).map_or("?", |kind| kind.title);
                let options = CATALOGUE.iter().map(|kind| option(kind.id, kind.title));
                if let Some(id) = choose(ui, &place, now, Some(&self.chart), options) {
                    self.chart = id;
                }
            });
        }
        if self.format == Format::Png {
            ui.horizontal(|ui| {
                ui.label("Size");
                for (scale, words) in [(1, "1×"), (2, "2×"), (4, "4×")] {
                    if ui.radio(self.scale == scale, words).clicked() {
                        self.scale = scale;
                    }
                }
            });
        }
        if matches!(self.what, What::Slides | What::Slide) && self.format == Format::Pdf {
            ui.horizontal(|ui| {
                if ui.radio(self.how.wide, "Pages 16:9").clicked() {
                    self.how.wide = true;
                }
                if ui.radio(!self.how.wide, "A4").clicked() {
                    self.how.wide = false;
                }
            });
            ui.checkbox(&mut self.how.notes, "With speaker notes below");
        }
        if !matches!(self.format, Format::Csv | Format::Markdown) {
            ui.checkbox(&mut self.how.dark, "Dark");
        }
    }

    fn order(&self, app: &App) -> Order {
        Order {
            slides: match self.what {
                What::Slides => Some(Which::All),
                What::Slide => Some(Which::One(app.shown_slide_position() + 1)),
                _ => None,
            },
            chart: (self.what == What::Chart).then(|| self.chart.to_owned()),
            selected: app.session.view.selected,
            dark: self.how.dark && !matches!(self.format, Format::Csv | Format::Markdown),
            wide: self.how.wide,
            notes: self.how.notes,
            scale: f32::from(self.scale),
            ..Order::new(self.format, today())
        }
    }
}
