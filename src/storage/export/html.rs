//! The briefing as one page of HTML: light and dark, prints, loads nothing, runs nothing.

use askama::Template;

use super::letters::Letters;
use super::svg::svg;
use crate::chart::briefing::{Block, Briefing, Imprint};
use crate::chart::frame::{Look, layout};
use crate::chart::palette::{DARK, LIGHT};
use crate::chart::{Chart, Picture, Table};

/// The page.
#[derive(Template)]
#[template(path = "briefing.html", config = "assets/askama.toml")]
struct Page<'a> {
    imprint: &'a Imprint,
    parts: Vec<Part<'a>>,
    heads: Vec<(usize, &'a str)>,
    /// The theme that the page has: `light`, `dark`, or that of the reader.
    scheme: &'a str,
}

/// A block as the page has it.
enum Part<'a> {
    Title(&'a str),
    Section(usize, &'a str),
    Under(&'a str),
    Lead(&'a str),
    Text(&'a str),
    Small(&'a str),
    Points(&'a [String]),
    Table(&'a Table),
    Picture { light: String, dark: String, caption: &'a str, table: &'a Table },
}

/// The briefing as HTML. `dark`: light, dark, or as the reader has it.
///
/// # Errors
/// A fault of the program.
pub fn html(of: &Briefing, dark: Option<bool>) -> Result<String, askama::Error> {
    let letters = Letters::default();
    let mut parts = Vec::with_capacity(of.blocks.len());
    let mut heads = Vec::new();
    for block in &of.blocks {
        parts.push(match block {
            Block::Heading(1, words) => Part::Title(words),
            Block::Heading(2, words) => {
                heads.push((heads.len(), words.as_str()));
                Part::Section(heads.len() - 1, words)
            }
            Block::Heading(_, words) => Part::Under(words),
            Block::Lead(words) => Part::Lead(words),
            Block::Paragraph(words) => Part::Text(words),
            Block::Small(words) if words.trim().is_empty() => continue,
            Block::Small(words) => Part::Small(words),
            Block::Points(points) => Part::Points(points),
            Block::Table(table) => Part::Table(table),
            Block::Picture(chart, picture) => picture_of(chart, *picture, &letters),
            Block::Break => continue,
        });
    }
    let scheme = match dark {
        None => "light dark",
        Some(false) => "only light",
        Some(true) => "only dark",
    };
    let page = Page { imprint: &of.imprint, parts, heads, scheme }.render()?;
    // A number and its sign stay on one line.
    Ok(page.replace(" %", "\u{a0}%"))
}

fn picture_of<'a>(chart: &'a Chart, picture: Picture, letters: &Letters) -> Part<'a> {
    let frame = layout(picture, chart, &Look::plain(680.0), letters);
    let drawn = |palette| svg(&frame, palette, &chart.title, &chart.sentence);
    Part::Picture { light: drawn(&LIGHT), dark: drawn(&DARK), caption: &chart.caption, table: &chart.table }
}
