//! `convenor batch -`: JSON Lines in, JSON Lines out, in order and in constant memory, so that a sweep spreads over
//! machines with GNU parallel, Slurm arrays or Spark's pipe.

use std::io::{self, BufRead, Read as _, Write};
use std::sync::mpsc::{Receiver, sync_channel};

use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;

use super::answer::{Answer, Beside};
use super::{answer, cases, intervals, json, members};
use crate::analysis::Engine;
use crate::model::Assumptions;
use crate::storage::{self, without_mark};

/// How many lines are worked on together.
const TOGETHER: usize = 256;
/// The longest line that is read, in bytes; the largest case there can be needs some 20,000.
pub const LONGEST: usize = 1 << 20;

/// One line of input with its number, from 1.
struct Line {
    number: usize,
    text: Result<Vec<u8>, String>,
}

/// Answers every line of `input` with one line of `output`: the answer to the case, or `{"error": …, "line": n}`. Empty
/// lines are skipped, and counted.
///
/// An answer is written as soon as no further line is waiting: whoever writes one line and waits gets its answer.
///
/// # Errors
/// Input cannot be read, or output cannot be written.
pub fn run(engine: &Engine, input: impl BufRead + Send, output: &mut impl Write, beside: Beside) -> io::Result<()> {
    let (send, lines) = sync_channel::<Line>(TOGETHER);
    std::thread::scope(|scope| {
        let reader = scope.spawn(move || read_lines(input, |line| send.send(line).is_ok()));
        let written = answer_lines(engine, &lines, output, beside);
        drop(lines);
        // Where nobody reads the answers there is no use in reading on; the thread may wait for input for ever.
        written?;
        reader.join().unwrap_or_else(|_| Err(io::Error::other("reading stopped")))
    })
}

/// Takes what is waiting, answers it on all cores, and writes it in order.
fn answer_lines(engine: &Engine, lines: &Receiver<Line>, output: &mut impl Write, beside: Beside) -> io::Result<()> {
    let assumptions = Assumptions::default();
    while let Ok(first) = lines.recv() {
        let mut waiting = vec![first];
        waiting.extend(lines.try_iter().take(TOGETHER - 1));
        let answers: Vec<String> = waiting
            .par_iter()
            .map(|line| json::line(&answer_line(engine, line, beside, &assumptions)))
            .collect::<Result<_, _>>()
            .map_err(|fault| io::Error::other(fault.to_string()))?;
        for answer in answers {
            writeln!(output, "{answer}")?;
        }
        output.flush()?;
    }
    Ok(())
}

/// What a line is answered with.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Answered {
    Answer(Box<Answer>),
    Fault { error: String, line: usize },
}

fn answer_line(engine: &Engine, line: &Line, beside: Beside, assumptions: &Assumptions) -> Answered {
    match answer_of(engine, line, beside, assumptions) {
        Ok(answer) => Answered::Answer(Box::new(answer)),
        Err(error) => Answered::Fault { error, line: line.number },
    }
}

fn answer_of(engine: &Engine, line: &Line, beside: Beside, assumptions: &Assumptions) -> Result<Answer, String> {
    let text = line.text.as_ref().map_err(Clone::clone)?;
    let case: Value = serde_json::from_slice(text).map_err(|error| match std::str::from_utf8(text) {
        Ok(text) if !text.contains('\0') => format!("not valid JSON: {error}"),
        _ => "not valid JSON: the line is not text in UTF-8, but in UTF-16 or an older encoding; send UTF-8".to_owned(),
    })?;
    if let Some(twice) = storage::repeated_keys(text).first() {
        return Err(format!("“{twice}” is given twice"));
    }
    let asked = cases::parse_case(engine, line.number, &case).map_err(|error| error.to_string())?;
    let found = beside.intervals.then(|| intervals::of_cases(engine, std::slice::from_ref(&asked.case), assumptions));
    let mut answer = match found.as_ref().and_then(|found| found.first()) {
        Some(found) => intervals::answer(engine, &asked, found),
        None => answer::answer(engine, &asked),
    };
    answer.members = beside.members.then(|| members::members(engine, &asked));
    Ok(answer)
}

/// Reads lines until the end, or until `send` says that nobody wants more. A line that is too long is passed over without
/// being held in memory.
fn read_lines(mut input: impl BufRead, send: impl Fn(Line) -> bool) -> io::Result<()> {
    let mut number = 0;
    loop {
        let mut text = Vec::new();
        let longest = u64::try_from(LONGEST).unwrap_or(u64::MAX);
        if input.by_ref().take(longest + 1).read_until(b'\n', &mut text)? == 0 {
            return Ok(());
        }
        number += 1;
        let complete = text.last() == Some(&b'\n');
        let line = if text.len() > LONGEST && !complete {
            skip_line(&mut input)?;
            Err(format!("the line is longer than {LONGEST} bytes"))
        } else {
            let text = if number == 1 { without_mark(&text) } else { &text };
            Ok(text.trim_ascii_end().to_vec())
        };
        let is_empty = line.as_ref().is_ok_and(|text| text.trim_ascii().is_empty());
        if !is_empty && !send(Line { number, text: line }) {
            return Ok(());
        }
    }
}

/// Passes over the rest of a line.
fn skip_line(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let waiting = input.fill_buf()?;
        if waiting.is_empty() {
            return Ok(());
        }
        let end = waiting.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(waiting.len(), |end| end + 1);
        input.consume(used);
        if end.is_some() {
            return Ok(());
        }
    }
}
