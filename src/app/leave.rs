//! What leaves the window: exports, made on a thread, and what goes on the clipboard in words and pictures.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use super::day::today;
use super::export::{Format, Made, Order, Picture, Which, export, picture};
use super::guard::{fault_words, guarded};
use super::notice::Weight;
use super::{App, Ask, SideFile};
use crate::analysis::Baseline;
use crate::chart::capital;
use crate::model::{Role, Slide};

/// What is being made on a thread.
#[derive(Debug)]
pub(super) struct Exporting {
    what: String,
    answer: Receiver<Result<Result<Product, String>, String>>,
}

/// What becomes of what was made.
#[derive(Debug)]
enum Product {
    /// It is asked where to save it.
    Files(Made, String, Format),
    /// It goes on the clipboard.
    Picture(Picture),
    /// It goes on the clipboard, and that is told in these words.
    Text(String, String),
}

impl App {
    /// Makes what was ordered on a thread; once it is there, it is asked where to save it.
    pub(super) fn begin_export(&mut self, order: Order) {
        let name = format!("{} {}", self.workspace().title, name_of(&order));
        let (engine, workspace, format) = (self.engine.clone(), self.workspace().clone(), order.format);
        self.make(words_of(&order), move || {
            let made = export(&engine, &workspace, &order).map_err(|error| error.to_string())?;
            Ok(Product::Files(made, name, format))
        });
    }

    fn make(&mut self, what: String, work: impl FnOnce() -> Result<Product, String> + Send + 'static) {
        if let Some(Exporting { what, .. }) = &self.exporting {
            let words = format!("{} is being made already: wait until it is there.", capital(what));
            self.notices.tell(Weight::Info, words);
            return;
        }
        let wake = self.wake.clone();
        let (send, answer) = channel();
        let work = move || {
            let _ = send.send(guarded(work));
            wake();
        };
        match std::thread::Builder::new().name("export".to_owned()).spawn(work) {
            Ok(_) => self.exporting = Some(Exporting { what, answer }),
            Err(error) => {
                self.notices.tell(Weight::Error, format!("The system gives no thread to make {what}: {error}."));
            }
        }
    }

    /// What is being made now, in words.
    #[must_use]
    pub fn exporting(&self) -> Option<&str> {
        self.exporting.as_ref().map(|exporting| exporting.what.as_str())
    }

    /// Takes in what was made.
    pub(super) fn poll_export(&mut self) {
        self.take_export(Duration::ZERO);
    }

    fn take_export(&mut self, patience: Duration) {
        let Some(exporting) = &self.exporting else { return };
        let answer = match exporting.answer.recv_timeout(patience) {
            Err(RecvTimeoutError::Timeout) => return,
            Err(RecvTimeoutError::Disconnected) => Err("the thread ended".to_owned()),
            Ok(answer) => answer,
        };
        let Some(Exporting { what, .. }) = self.exporting.take() else { return };
        match answer {
            Ok(Ok(Product::Files(made, name, format))) => {
                if !made.replaced.is_empty() {
                    let letters: String = made.replaced.iter().take(20).collect();
                    let words = format!("The font does not have these letters, and others stand for them: {letters}");
                    self.notices.tell(Weight::Warning, words);
                }
                let files = Arc::new(made.files);
                self.asks.push(Ask::SaveFileBeside(SideFile { what, name, extension: format.extension(), files }));
            }
            Ok(Ok(Product::Picture(picture))) => {
                self.asks.push(Ask::CopyPicture(picture));
                self.notices.tell(Weight::Info, format!("{} was copied as a picture.", capital(&what)));
            }
            Ok(Ok(Product::Text(text, words))) => {
                self.asks.push(Ask::CopyText(text));
                self.notices.tell(Weight::Info, words);
            }
            Ok(Err(error)) => self.notices.tell(Weight::Error, error),
            Err(why) => self.notices.tell(Weight::Error, fault_words(&what, &why)),
        }
    }

    /// The selected grouping as a paragraph on the clipboard.
    pub(super) fn copy_paragraph(&mut self) {
        let Some(grouping) = self.selected().cloned() else { return };
        let slide = Slide {
            groupings: vec![grouping.clone()],
            assumptions: self.workspace().assumptions.clone(),
            baseline: Baseline::G20.code().to_owned(),
            ..Slide::default()
        };
        let (stage, engine) = (self.stage(&Arc::new(slide)), self.engine.clone());
        let words = format!("“{}” was copied as a paragraph.", grouping.name);
        // What drives the figures takes a while for large groupings.
        self.make("the paragraph".to_owned(), move || Ok(Product::Text(stage.paragraph(&engine), words)));
        self.take_export(self.patience);
    }

    /// The members of the selected grouping on the clipboard: names, or codes.
    pub(super) fn copy_members(&mut self, codes: bool) {
        let Some(grouping) = self.selected().cloned() else { return };
        let who = [Role::Convenor, Role::Member].into_iter().flat_map(|role| grouping.with_role(role));
        let words: Vec<String> = who.map(|id| if codes { id.to_string() } else { self.atlas().name(id) }).collect();
        self.asks.push(Ask::CopyText(words.join(if codes { ", " } else { "\n" })));
        let what = if codes { "codes" } else { "names" };
        self.notices.tell(Weight::Info, format!("The {what} of the members of “{}” were copied.", grouping.name));
    }

    /// A chart, or the chosen slide, on the clipboard as a picture.
    pub(super) fn copy_picture(&mut self, chart: Option<&'static str>) {
        let mut order = Order::new(Format::Png, today());
        order.scale = 1.5;
        order.selected = self.session.view.selected;
        match chart {
            Some(id) => order.chart = Some(id.to_owned()),
            None => order.slides = Some(Which::One(self.shown_slide_position() + 1)),
        }
        let (engine, workspace) = (self.engine.clone(), self.workspace().clone());
        self.make(words_of(&order), move || {
            picture(&engine, &workspace, &order).map(Product::Picture).map_err(|error| error.to_string())
        });
    }
}

fn words_of(order: &Order) -> String {
    match (order.format, &order.slides, &order.chart) {
        (Format::Csv, ..) => "the table of all groupings".to_owned(),
        (_, Some(Which::One(number)), _) => format!("slide {number}"),
        (_, Some(Which::All), _) | (Format::Pptx, ..) => "the slides".to_owned(),
        (Format::Svg | Format::Png, None, Some(_)) => "the chart".to_owned(),
        (Format::Svg | Format::Png, None, None) => "the scorecards".to_owned(),
        _ => "the briefing".to_owned(),
    }
}

fn name_of(order: &Order) -> String {
    let words = words_of(order);
    let words = words.trim_start_matches("the ").to_owned();
    order.chart.as_ref().map_or(words, |chart| chart.replace('-', " "))
}
