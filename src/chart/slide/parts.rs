//! What slides are built from: members as flags, figures with their bars.

use super::super::frame::{
    Anchor, Area, Frame, Role as Part, Text, TextMeasure, Tone, at, dashed, elided, elided_middle, line, wrapped,
};
use super::super::words::told;
use super::said::{between_words, plain_verdict, spoken, venue_in_sentence, verdict};
use super::{LABEL, Stage, Staged, TEXT, said};
use crate::analysis::Baseline;
use crate::analysis::measures::Measure;
use crate::data::{Atlas, CountryId};
use crate::model::{Grouping, Role};

#[expect(clippy::cast_precision_loss, reason = "a small number")]
pub(in crate::chart) fn count(n: usize) -> f32 {
    n as f32
}

#[expect(clippy::cast_possible_truncation, reason = "a place on the page")]
fn screen(value: f64) -> f32 {
    value as f32
}

/// In place of figures that are not shown yet.
pub(super) fn hidden(frame: &mut Frame, area: Area) {
    let text = said("…".to_owned(), f32::midpoint(area.left, area.right), area.top + 60.0, 60.0, true, Tone::Muted);
    frame.text(Text { anchor: Anchor::Middle, ..text });
}

/// Lines of running text; the place below them.
pub(super) fn lines(frame: &mut Frame, texts: Vec<String>, from: (f32, f32), size: f32, bold: bool, tone: Tone) -> f32 {
    let mut y = from.1;
    for words in texts {
        frame.text(said(words, from.0, y, size, bold, tone));
        y += size * 1.32;
    }
    y
}

/// “On technology · by consensus · one question · 24 months · light secretariat”.
pub(super) fn design_words(grouping: &Grouping) -> String {
    let lower = str::to_lowercase;
    let form = lower(grouping.form.words());
    let rule = lower(&grouping.rule.words());
    let by = if rule == "consensus" || rule == "unanimity" { format!("by {rule}") } else { rule };
    let on = lower(&grouping.issue_words());
    format!("On {on} · {by} · {} · {form}", grouping.mandate.words())
}

/// Flags of a country, and of a slide: the same country again is another thing.
#[derive(Default)]
pub(super) struct Flags(Vec<CountryId>);

impl Flags {
    fn draw(&mut self, frame: &mut Frame, atlas: &Atlas, id: CountryId, x: f32, y: f32, size: f32) {
        let again = self.0.iter().filter(|other| **other == id).count();
        self.0.push(id);
        let flag = atlas.country(id).map_or_else(|| id.to_string(), crate::data::Country::flag);
        frame.name(format!("flag {id} {again}"));
        frame.text(said(flag, x, y, size, false, Tone::Ink));
    }
}

fn in_order(grouping: &Grouping, role: Role) -> Vec<CountryId> {
    grouping.with_role(role).collect()
}

/// Letter and name of a grouping.
pub(super) fn title(
    frame: &mut Frame,
    grouping: &Grouping,
    at_place: (f32, f32),
    width: f32,
    measure: &dyn TextMeasure,
) {
    let (x, y) = at_place;
    let colour = grouping.colour;
    frame.open(Part::Artifact);
    frame.name(format!("badge {}", grouping.id.0));
    frame.rect(Area::new(x, y - 13.0, x + 26.0, y + 13.0), 6.0, Some(Tone::Grouping(colour)), None);
    let letter = said(grouping.letter(), x + 13.0, y, TEXT, true, Tone::On(colour, false));
    frame.text(Text { anchor: Anchor::Middle, ..letter });
    frame.close();
    // A long name has smaller letters before it is shortened, in its middle: names often differ at the end.
    let room = width - 36.0;
    let fits = |size: &f32| measure.width(&grouping.name, *size, true) <= room;
    let size = [22.0, 20.0, 18.0, TEXT].into_iter().find(fits).unwrap_or(TEXT);
    let name = elided_middle(&grouping.name, room, size, true, measure);
    frame.open(Part::Heading(2));
    frame.name(format!("name {}", grouping.id.0));
    frame.text(said(name, x + 36.0, y, size, true, Tone::Ink));
    frame.close();
}

/// Who convenes, who is a member, who observes: with names where there is room, else flags alone. The place below.
pub(super) fn members(
    frame: &mut Frame,
    atlas: &Atlas,
    grouping: &Grouping,
    flags: &mut Flags,
    area: Area,
    measure: &dyn TextMeasure,
) -> f32 {
    let mut y = area.top;
    let convenors = in_order(grouping, Role::Convenor);
    let roles = [
        ("Convened by", convenors.clone()),
        (
            if convenors.is_empty() { "Members, each tabling in turn" } else { "Members" },
            in_order(grouping, Role::Member),
        ),
        ("Observers", in_order(grouping, Role::Observer)),
    ];
    let all: usize = roles.iter().map(|(_, who)| who.len()).sum();
    for (at_role, (label, who)) in roles.into_iter().enumerate() {
        if who.is_empty() {
            continue;
        }
        let size = if at_role == 0 { 20.0 } else { 17.0 };
        let label = if at_role == 0 || who.len() < 4 {
            label.to_owned()
        } else {
            format!("{} {}", who.len(), label.to_lowercase())
        };
        frame.open(Part::Paragraph);
        frame.text(said(
            elided(&label, area.width(), LABEL + 1.0, false, measure),
            area.left,
            y,
            LABEL + 1.0,
            false,
            Tone::Muted,
        ));
        y += 26.0;
        let named = all <= 24 && (at_role == 0 || who.len() <= 20);
        y = if named {
            names(frame, atlas, &who, flags, (area.left, y, area.right), size, measure)
        } else {
            only_flags(frame, atlas, &who, flags, (area.left, y, area.right), area.bottom)
        };
        frame.close();
        y += 12.0;
    }
    if all == 0 {
        frame.text(said("No members yet".to_owned(), area.left, y, TEXT, false, Tone::Muted));
        y += 26.0;
    }
    y
}

/// Flags with names, in lines.
fn names(
    frame: &mut Frame,
    atlas: &Atlas,
    who: &[CountryId],
    flags: &mut Flags,
    (left, mut y, right): (f32, f32, f32),
    size: f32,
    measure: &dyn TextMeasure,
) -> f32 {
    let (mut x, step) = (left, size * 1.62);
    for id in who {
        let name = elided(&atlas.name(*id), right - left - size * 1.9, size, false, measure);
        let width = size * 1.75 + measure.width(&name, size, false);
        if x > left && x + width > right {
            x = left;
            y += step;
        }
        flags.draw(frame, atlas, *id, x, y, size * 1.1);
        frame.name(format!("country {id} {}", flags.0.iter().filter(|other| *other == id).count()));
        frame.text(said(name, x + size * 1.75, y, size, false, Tone::Ink));
        x += width + size * 1.1;
    }
    y + step
}

/// Flags alone, small enough to find room; the rest as a number.
fn only_flags(
    frame: &mut Frame,
    atlas: &Atlas,
    who: &[CountryId],
    flags: &mut Flags,
    (left, top, right): (f32, f32, f32),
    bottom: f32,
) -> f32 {
    let mut size = 22.0_f32;
    let step = |size: f32| (size * 1.5, size * 1.36);
    let rows = |size: f32| {
        let across = ((right - left) / step(size).0).floor().max(1.0);
        (count(who.len()) / across).ceil()
    };
    while size > 13.0 && top + rows(size) * step(size).1 > bottom {
        size -= 1.0;
    }
    let (dx, dy) = step(size);
    let (mut x, mut y) = (left, top);
    for (at_place, id) in who.iter().enumerate() {
        if x + dx > right + 1.0 {
            (x, y) = (left, y + dy);
            if y + dy > bottom + 2.0 && at_place + 1 < who.len() {
                let rest = format!("and {} more", who.len() - at_place);
                frame.text(said(rest, left, y, LABEL + 1.0, false, Tone::Muted));
                return y + dy;
            }
        }
        flags.draw(frame, atlas, *id, x, y, size);
        x += dx;
    }
    y + dy
}

/// A few flags in a line, the rest as a number.
pub(super) fn flag_line(
    frame: &mut Frame,
    atlas: &Atlas,
    who: &[CountryId],
    flags: &mut Flags,
    (x, y, right): (f32, f32, f32),
    size: f32,
) {
    let dx = size * 1.45;
    let mut room = 0;
    while x + count(room + 1) * dx <= right {
        room += 1;
    }
    let shown = if who.len() <= room { who.len() } else { room.saturating_sub(2) };
    for (at_place, id) in who.iter().take(shown).enumerate() {
        flags.draw(frame, atlas, *id, x + count(at_place) * dx, y, size);
    }
    if shown < who.len() {
        let rest = format!("+{}", who.len() - shown);
        frame.text(said(rest, x + count(shown) * dx + 2.0, y, LABEL + 1.0, false, Tone::Muted));
    }
}

/// All voting members, convenors first.
pub(super) fn voters(grouping: &Grouping) -> Vec<CountryId> {
    [Role::Convenor, Role::Member].into_iter().flat_map(|role| in_order(grouping, role)).collect()
}

/// Where the bar of a measure stands, and on which scale.
#[derive(Clone, Copy)]
pub(super) struct Bar {
    pub left: f32,
    pub right: f32,
    pub y: f32,
    pub high: f32,
    pub top: f64,
}

impl Bar {
    fn x(&self, value: f64) -> f32 {
        self.left + (self.right - self.left) * screen((value / self.top).clamp(0.0, 1.0))
    }

    /// The track with its ticks.
    pub(super) fn track(&self, frame: &mut Frame, numbers: bool) {
        frame.open(Part::Artifact);
        let half = self.high / 2.0;
        frame.rect(Area::new(self.left, self.y - half, self.right, self.y + half), 2.0, Some(Tone::Soft), None);
        for (share, anchor) in [(0.0, Anchor::Left), (0.5, Anchor::Middle), (1.0, Anchor::Right)] {
            let x = self.x(share * self.top);
            frame.stroke(at(x, self.y + half), at(x, self.y + half + 4.0), line(Tone::Muted, 1.0));
            if numbers {
                let words = super::super::words::rounded(share * self.top);
                let text = said(words, x, self.y + half + 13.0, LABEL, false, Tone::Muted);
                frame.text(Text { anchor, ..text });
            }
        }
        frame.close();
    }

    /// The bar itself.
    pub(super) fn fill(&self, frame: &mut Frame, name: String, value: f64, tone: Tone) {
        frame.open(Part::Artifact);
        let half = self.high / 2.0;
        frame.name(name);
        let right = self.x(value).max(self.left + 1.5);
        frame.rect(Area::new(self.left, self.y - half, right, self.y + half), 2.0, Some(tone), None);
        frame.close();
    }

    /// The interval: a thin line with ends.
    pub(super) fn interval(&self, frame: &mut Frame, name: &str, low: f64, high: f64) {
        frame.open(Part::Artifact);
        let (a, b) = (self.x(low), self.x(high));
        for (at_end, (from, to)) in [
            (at(a, self.y), at(b, self.y)),
            (at(a, self.y - 5.0), at(a, self.y + 5.0)),
            (at(b, self.y - 5.0), at(b, self.y + 5.0)),
        ]
        .into_iter()
        .enumerate()
        {
            frame.name(format!("{name} {at_end}"));
            frame.stroke(from, to, line(Tone::Ink, 1.6));
        }
        frame.close();
    }

    /// The place of a venue, with its name above.
    pub(super) fn venue(&self, frame: &mut Frame, value: f64, words: Option<String>, measure: &dyn TextMeasure) {
        frame.open(Part::Artifact);
        let x = self.x(value);
        let half = self.high / 2.0;
        frame.stroke(at(x, self.y - half - 4.0), at(x, self.y + half + 4.0), dashed(Tone::Muted, 1.6, [1.6, 2.6]));
        frame.close();
        if let Some(words) = words {
            let width = measure.width(&words, LABEL, false);
            let middle = x.clamp(self.left + width / 2.0, (self.right - width / 2.0).max(self.left + width / 2.0));
            let text = said(words, middle, self.y - half - 12.0, LABEL, false, Tone::Muted);
            frame.text(Text { anchor: Anchor::Middle, ..text });
        }
    }
}

/// The end of the scale of a measure: 100, or for the cost a step that holds all figures.
pub(super) fn top(stage: &Stage<'_>, measure: &Measure) -> f64 {
    let all = stage.groupings.iter().map(|(_, staged)| staged).chain(stage.baseline.as_ref().map(|(_, staged)| staged));
    let reach = all.filter_map(|staged| {
        let value = staged.report.value(measure).ok()?;
        let high = staged.draws.and_then(|draws| draws.of(measure).ok()).map_or(value, |interval| interval.high);
        Some(value.max(high))
    });
    super::super::scale::scale_to(reach.fold(0.0, f64::max), measure.top)
}

/// What is said of a figure, in a sentence for those who do not see the bar.
fn sentence(stage: &Stage<'_>, measure: &Measure, staged: &Staged<'_>) -> String {
    let label = spoken(measure, &stage.sponsor()).unwrap_or_default();
    let Ok(value) = staged.report.value(measure) else { return format!("{label}: not defined") };
    let sure = between_words(measure, staged.draws).map(|words| format!(", {words}")).unwrap_or_default();
    let venue = stage.baseline.as_ref().and_then(|(baseline, beside)| {
        let value = beside.report.value(measure).ok()?;
        Some(format!("; {}: {}", baseline.label(), told(measure, value)))
    });
    format!("{label}: {}{sure}{}", told(measure, value), venue.unwrap_or_default())
}

/// A figure, large, with what it is, how sure it is, its bar and the venue beside it.
pub(super) fn figure(
    frame: &mut Frame,
    stage: &Stage<'_>,
    measured: &'static Measure,
    (grouping, staged): &(&Grouping, Staged<'_>),
    area: Area,
    measure: &dyn TextMeasure,
) {
    const NUMBER: f32 = 150.0;
    let Some(words) = measured.spoken else { return };
    let label = spoken(measured, &stage.sponsor()).unwrap_or_default();
    let key = format!("{} {}", measured.name, grouping.id.0);
    frame.open(Part::Figure(sentence(stage, measured, staged)));
    frame.name(format!("label {}", measured.name));
    frame.text(said(label, area.left, area.top + 10.0, TEXT + 2.0, true, Tone::Ink));
    // What it is stands below its name, where there is room.
    let mut y = area.top + 52.0;
    if area.height() >= 122.0 {
        let line = elided(words.line, area.width(), LABEL + 1.0, false, measure);
        frame.text(said(line, area.left, area.top + 31.0, LABEL + 1.0, false, Tone::Muted));
        y += 18.0;
    }
    let bar = Bar { left: area.left + NUMBER, right: area.right, y, high: 18.0, top: top(stage, measured) };
    bar.track(frame, true);
    let value = staged.report.value(measured);
    if stage.hides {
        frame.text(said("…".to_owned(), area.left, y, 40.0, true, Tone::Muted));
        frame.close();
        return;
    }
    match value {
        Err(reason) => {
            let lines_of = wrapped(&format!("not defined: {reason}"), NUMBER - 12.0, LABEL, false, measure);
            lines(frame, lines_of, (area.left, y - 16.0), LABEL, false, Tone::Muted);
        }
        Ok(value) => {
            frame.name(format!("number {key}"));
            frame.text(said(told(measured, value), area.left, y, 40.0, true, Tone::Ink));
            bar.fill(frame, format!("bar {key}"), value, Tone::Grouping(grouping.colour));
            if let Some(interval) = staged.draws.and_then(|draws| draws.of(measured).ok()) {
                bar.interval(frame, &format!("interval {key}"), interval.low, interval.high);
            }
        }
    }
    let mut sure = between_words(measured, staged.draws).unwrap_or_default();
    if let Some((baseline, beside)) = &stage.baseline
        && let Ok(there) = beside.report.value(measured)
    {
        bar.venue(frame, there, Some(format!("{} {}", venue(*baseline), told(measured, there))), measure);
        if let Some(verdict) = verdict(measured, staged.draws, beside.draws) {
            sure = format!("{sure}; {}", plain_verdict(verdict, &venue_in_sentence(*baseline)));
        }
    }
    let sure = elided(&sure, area.width() - NUMBER - 90.0, LABEL + 1.5, false, measure);
    let middle = f32::midpoint(bar.left, bar.right);
    frame.text(Text { anchor: Anchor::Middle, ..said(sure, middle, y + 37.0, LABEL + 1.5, false, Tone::Muted) });
    frame.close();
}

/// The name of a venue, as a label.
pub(super) fn venue(baseline: Baseline) -> &'static str {
    match baseline {
        Baseline::Alone => "going alone",
        other => other.short(),
    }
}
