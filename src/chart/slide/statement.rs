//! What a slide states: proposed from the figures in plain words, and whether its numbers still hold.

use super::said::{told_measures, venue_in_sentence, verdict};
use super::{Stage, Staged};
use crate::analysis::measures::{self, Measure};
use crate::analysis::stuck::stops_most;
use crate::analysis::uncertainty::Verdict;
use crate::analysis::whatif::{self, Estimates};
use crate::chart::by_id;
use crate::chart::words::{number_word, rounded, stops_words, told, uncapital};
use crate::data::{Atlas, CountryId};
use crate::model::{Grouping, Role, Slide, SlideFigure, SlideKind};

/// A statement in plain words, from the figures: “Led by Sweden, T-12 is less likely to deadlock than the G20: 18 %, not 46 %”.
#[must_use]
pub fn statement(stage: &Stage<'_>) -> String {
    let made = match stage.slide.kind {
        SlideKind::One => one(stage),
        SlideKind::Compare => beside(stage),
        SlideKind::Change => change(stage),
        SlideKind::Chart => chart(stage),
        SlideKind::Record => stops(stage),
        SlideKind::Text => None,
    };
    made.unwrap_or_else(|| {
        stage.main().map_or_else(|| "Without a title".to_owned(), |(grouping, _)| grouping.name.clone())
    })
}

/// “Sweden”, “Sweden and Norway”, “Sweden, Norway and 2 others”.
fn several(atlas: &Atlas, who: &[CountryId]) -> String {
    let name = |id: &CountryId| atlas.in_sentence(*id);
    match who {
        [] => String::new(),
        [one] => name(one),
        [one, two] => format!("{} and {}", name(one), name(two)),
        [one, two, three] => format!("{}, {} and {}", name(one), name(two), name(three)),
        [one, two, rest @ ..] => format!("{}, {} and {} others", name(one), name(two), rest.len()),
    }
}

/// “Led by Sweden, T-12”.
fn led(atlas: &Atlas, grouping: &Grouping) -> String {
    let convenors: Vec<CountryId> = grouping.with_role(Role::Convenor).collect();
    if convenors.is_empty() {
        grouping.name.clone()
    } else {
        format!("Led by {}, {}", several(atlas, &convenors), grouping.name)
    }
}

/// What the claim is about: the measure on which the two differ beyond doubt, deadlock first.
fn claim(one: &Staged<'_>, other: &Staged<'_>) -> Option<(&'static Measure, f64, f64, Option<Verdict>)> {
    let order =
        [&measures::DEADLOCK].into_iter().chain(told_measures().filter(|measure| **measure != measures::DEADLOCK));
    let mut first = None;
    for measure in order {
        let (Ok(is), Ok(there)) = (one.report.value(measure), other.report.value(measure)) else { continue };
        let found = verdict(measure, one.draws, other.draws);
        let entry = (measure, is, there, found);
        // Rounded they must differ, or the sentence would contradict itself.
        let differs = rounded(is) != rounded(there);
        if differs && matches!(found, Some(Verdict::First | Verdict::Second)) {
            return Some(entry);
        }
        if first.is_none() {
            first = Some(entry);
        }
    }
    first
}

/// How one does against another on a measure: what it does, “18 %, not 46 %”, and whether that is better.
struct Against {
    verb: String,
    figures: String,
    is_better: bool,
}

fn against(stage: &Stage<'_>, measure: &Measure, is: f64, there: f64) -> Option<Against> {
    let spoken = measure.spoken?;
    let is_better = measure.is_better(is, there);
    let verb = if is_better { spoken.better } else { spoken.worse }.replace("{sponsor}", &stage.sponsor());
    Some(Against { verb, figures: format!("{}, not {}", told(measure, is), told(measure, there)), is_better })
}

/// “is less likely to deadlock than the G20: 18 %, not 46 %”; where another measure speaks against it beyond the noise, that is said
/// too.
fn clause(stage: &Stage<'_>, one: &Staged<'_>, other: &Staged<'_>, than: &str) -> Option<String> {
    let (measure, is, there, found) = claim(one, other)?;
    if rounded(is) == rounded(there) {
        let label = super::spoken(measure, &stage.sponsor())?;
        return Some(format!("is no different from {than}: {} {}", uncapital(&label), told(measure, is)));
    }
    let Against { verb, figures, is_better } = against(stage, measure, is, there)?;
    if found == Some(Verdict::NotDistinguishable) {
        let words = format!("hardly {verb} than {than}: {figures}, which is within the noise");
        return Some(words.replace("hardly is", "is hardly").replace("hardly can", "can hardly"));
    }
    let but = told_measures().filter(|other| *other != measure).find_map(|measure| {
        let found = verdict(measure, one.draws, other.draws);
        let (Ok(is), Ok(there)) = (one.report.value(measure), other.report.value(measure)) else { return None };
        let sure = matches!(found, Some(Verdict::First | Verdict::Second)) && rounded(is) != rounded(there);
        against(stage, measure, is, there).filter(|against| sure && against.is_better != is_better)
    });
    let but = but.map_or_else(String::new, |against| format!("; but it {}: {}", against.verb, against.figures));
    Some(format!("{verb} than {than}: {figures}{but}"))
}

fn one(stage: &Stage<'_>) -> Option<String> {
    let (grouping, staged) = stage.main()?;
    let subject = led(&stage.engine.atlas, grouping);
    if let Some((baseline, beside)) = &stage.baseline
        && let Some(words) = clause(stage, staged, beside, &venue_in_sentence(*baseline))
    {
        return Some(format!("{subject} {words}"));
    }
    let risk = staged.report.value(&measures::DEADLOCK).ok()?;
    Some(format!("{subject} deadlocks with a risk of {}", told(&measures::DEADLOCK, risk)))
}

fn change(stage: &Stage<'_>) -> Option<String> {
    let [(was, before), (is, after)] = stage.groupings else { return None };
    let atlas = &stage.engine.atlas;
    let convenors = |grouping: &Grouping| grouping.with_role(Role::Convenor).collect::<Vec<_>>();
    let joined: Vec<CountryId> =
        is.seats.iter().map(|seat| seat.country).filter(|id| was.seat(*id).is_none()).collect();
    let gone: Vec<CountryId> = was.seats.iter().map(|seat| seat.country).filter(|id| is.seat(*id).is_none()).collect();
    let subject = match (convenors(was) == convenors(is), joined.as_slice(), gone.as_slice()) {
        (false, _, _) if !convenors(is).is_empty() => led(atlas, is),
        (_, [_, ..], []) => format!("With {}, {}", several(atlas, &joined), is.name),
        (_, [], [_, ..]) => format!("Without {}, {}", several(atlas, &gone), is.name),
        _ => is.name.clone(),
    };
    Some(format!("{subject} {}", clause(stage, after, before, "before")?))
}

fn beside(stage: &Stage<'_>) -> Option<String> {
    let mut known: Vec<(&Grouping, &Staged<'_>, f64)> = stage
        .groupings
        .iter()
        .filter_map(|(grouping, staged)| Some((*grouping, staged, staged.report.value(&measures::DEADLOCK).ok()?)))
        .collect();
    // Who is alone cannot be stopped by another: that says nothing where others are compared.
    let others = known.iter().filter(|(_, staged, _)| staged.case.voters.len() > 1).count();
    if others > 1 {
        known.retain(|(_, staged, _)| staged.case.voters.len() > 1);
    }
    known.sort_by(|a, b| a.2.total_cmp(&b.2));
    let [(best, its, risk), (next, other, there), ..] = known.as_slice() else { return one(stage) };
    let risk_words = told(&measures::DEADLOCK, *risk);
    let there = told(&measures::DEADLOCK, *there);
    let among = format!("Of the {}", number_word(known.len()));
    let name = led(&stage.engine.atlas, best).replacen("Led by", "led by", 1);
    Some(match verdict(&measures::DEADLOCK, its.draws, other.draws) {
        Some(Verdict::First) => {
            format!("{among}, {} is least likely to deadlock: {risk_words}, then {} with {there}", best.name, next.name)
        }
        Some(_) => format!(
            "{among}, {} deadlocks least, at {risk_words}; that {} has {there} is within the noise",
            best.name, next.name
        ),
        None => format!("{among}, {name} deadlocks least: {risk_words}, then {} with {there}", next.name),
    })
}

fn chart(stage: &Stage<'_>) -> Option<String> {
    let kind = by_id(&stage.slide.chart)?;
    let measure = kind.measure.filter(|measure| measure.spoken.is_some());
    let Some(measure) = measure else {
        return Some(stage.main().map_or_else(
            || kind.title.to_owned(),
            |(grouping, _)| format!("{}: {}", grouping.name, kind.title.to_lowercase()),
        ));
    };
    let mut known: Vec<(&str, f64)> = stage
        .groupings
        .iter()
        .filter_map(|(grouping, staged)| Some((grouping.name.as_str(), staged.report.value(measure).ok()?)))
        .collect();
    known.sort_by(|a, b| match measure.better {
        measures::Better::More => b.1.total_cmp(&a.1),
        measures::Better::Less => a.1.total_cmp(&b.1),
    });
    let label = super::spoken(measure, &stage.sponsor())?;
    match known.as_slice() {
        [] => None,
        [(name, value)] => Some(format!("{label}: {name} comes to {}", told(measure, *value))),
        [(name, value), .., (last, worst)] => {
            Some(format!("{label}: from {} for {name} to {} for {last}", told(measure, *value), told(measure, *worst)))
        }
    }
}

fn stops(stage: &Stage<'_>) -> Option<String> {
    let (grouping, staged) = stage.main()?;
    let now = Estimates::of(staged.report);
    let found = stops_most(&whatif::removals(stage.engine, staged.case), &now);
    Some(stops_words(&stage.engine.atlas, &grouping.name, found))
}

/// The numbers that a slide shows now.
#[must_use]
pub fn figures(stage: &Stage<'_>) -> Vec<SlideFigure> {
    if matches!(stage.slide.kind, SlideKind::Text) {
        return Vec::new();
    }
    let groupings = stage.groupings.iter().map(|(grouping, staged)| (Some(grouping.id), staged));
    let all = groupings.chain(stage.baseline.iter().map(|(_, staged)| (None, staged)));
    let of = |(of, staged): (Option<crate::model::GroupingId>, &Staged<'_>)| -> Vec<SlideFigure> {
        told_measures()
            .map(|measure| {
                let interval = staged.draws.and_then(|draws| draws.of(measure).ok());
                SlideFigure {
                    of,
                    measure: measure.name.to_owned(),
                    value: staged.report.value(measure).ok(),
                    low: interval.map(|interval| interval.low),
                    high: interval.map(|interval| interval.high),
                }
            })
            .collect()
    };
    all.flat_map(of).collect()
}

/// Why a statement may no longer hold: a percentage in it that is no figure of the slide, or figures that moved since it was captured.
/// `now` are the figures of today. `None` where nothing speaks against it.
#[must_use]
pub fn doubt(slide: &Slide, now: &[SlideFigure]) -> Option<String> {
    let moved: Vec<String> = slide
        .figures
        .iter()
        .filter_map(|then| {
            let is = now.iter().find(|figure| figure.of == then.of && figure.measure == then.measure)?;
            let [was, is] = [then.value.map(rounded), is.value.map(rounded)];
            (was != is).then(|| {
                let words = |value: Option<String>| value.unwrap_or_else(|| "not defined".to_owned());
                let name = measures::ALL.into_iter().find(|measure| measure.name == then.measure);
                let name = name.map_or(then.measure.as_str(), |measure| measure.short);
                format!("{name} is {} now and was {}", words(is), words(was))
            })
        })
        .collect();
    if let [first, rest @ ..] = moved.as_slice() {
        let others = if rest.is_empty() { String::new() } else { format!(", and {} more", rest.len()) };
        return Some(format!("The figures have moved since this was captured: {first}{others}."));
    }
    if slide.kind == SlideKind::Text {
        return None;
    }
    let known: Vec<String> = now
        .iter()
        .flat_map(|figure| [figure.value, figure.low, figure.high])
        .flatten()
        .map(|value| rounded(value).replace('−', ""))
        .collect();
    let strange = percentages(&slide.title).into_iter().find(|number| !known.contains(number))?;
    Some(format!("“{strange} %” in the statement is none of the figures of this slide."))
}

/// The whole percentages in a text.
fn percentages(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('%') {
        let before = text[..at].trim_end();
        let digits =
            before.len() - before.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '.').len();
        let number = &before[before.len() - digits..];
        if let Ok(value) = number.parse::<f64>() {
            found.push(rounded(value));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_found_in_a_statement() {
        assert_eq!(percentages("deadlock 18 %, not 20.4%, of 12"), ["18", "20"]);
        assert!(percentages("100 members, % and nothing").is_empty());
    }
}
