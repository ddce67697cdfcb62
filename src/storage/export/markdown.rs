//! The briefing as Markdown.

use std::fmt::Write as _;

use crate::chart::Table;
use crate::chart::briefing::{Block, Briefing};

/// The briefing as Markdown; pictures are their tables.
#[must_use]
pub fn markdown(of: &Briefing) -> String {
    let mut text = String::new();
    if !of.imprint.handling.is_empty() {
        let _ = writeln!(text, "**{}**\n", plain(&of.imprint.handling));
    }
    for block in &of.blocks {
        match block {
            Block::Heading(level, words) => {
                let _ = writeln!(text, "{} {}\n", "#".repeat(usize::from(*level)), plain(words));
            }
            Block::Lead(words) => {
                let _ = writeln!(text, "**{}**\n", plain(words));
            }
            Block::Paragraph(words) => {
                let _ = writeln!(text, "{}\n", plain(words));
            }
            Block::Small(words) if words.trim().is_empty() => {}
            Block::Small(words) => {
                let _ = writeln!(text, "*{}*\n", plain(words));
            }
            Block::Points(points) => {
                for point in points {
                    let _ = writeln!(text, "- {}", plain(point));
                }
                text.push('\n');
            }
            Block::Picture(chart, _) => {
                let _ = writeln!(text, "{}\n", plain(&chart.sentence));
                table(&mut text, &chart.table);
            }
            Block::Table(of) => table(&mut text, of),
            Block::Break => text.push_str("---\n\n"),
        }
    }
    text
}

fn table(text: &mut String, of: &Table) {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    text.push_str(&line(of.head.iter().map(|head| cell(head)).collect()));
    text.push_str(&line(of.head.iter().map(|_| "---".to_owned()).collect()));
    for row in &of.rows {
        text.push_str(&line(row.texts().into_iter().map(cell).collect()));
    }
    text.push('\n');
}

fn cell(text: &str) -> String {
    plain(text).replace('|', "\\|")
}

/// What means something in Markdown is written so that it does not.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' | '\t' => out.push(' '),
            letter if letter.is_control() => {}
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' => {
                out.push('\\');
                out.push(letter);
            }
            letter => out.push(letter),
        }
    }
    out
}
