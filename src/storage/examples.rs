//! Example workspaces: the files of `saves/`, carried in the binary.

use super::{OpenError, parse};
use crate::data::Atlas;
use crate::model::Workspace;

/// An example workspace.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The name of its file in `saves/`.
    pub file: &'static str,
    /// Its title, the same as in the file.
    pub title: &'static str,
    /// What it shows, in a phrase.
    pub blurb: &'static str,
    /// The text of the file.
    pub text: &'static str,
}

impl Example {
    /// Opens the example; a test makes sure that none needs mending.
    ///
    /// # Errors
    /// As for any other file; a released binary has none that fails.
    pub fn open(&self, atlas: &Atlas) -> Result<Workspace, OpenError> {
        parse(self.text.as_bytes(), self.file, atlas).map(|opened| opened.workspace)
    }
}

macro_rules! example {
    ($file:literal, $title:literal, $blurb:literal) => {
        Example { file: $file, title: $title, blurb: $blurb, text: include_str!(concat!("../../saves/", $file)) }
    };
}

/// All examples, in the order of the menu; the window opens on the first.
pub const ALL: [Example; 10] = [
    example!(
        "techno-democracies.convenor",
        "Techno-democracies",
        "T-12, Democracy-10 and Digital Nations on technology"
    ),
    example!("indo-pacific.convenor", "Indo-Pacific", "the Quad, two wider Quads and AUKUS on security"),
    example!("climate.convenor", "Climate", "a summit, four coalitions and the Paris Agreement"),
    example!("pandemic.convenor", "Pandemic", "COVAX's friends, the WHO, the G20 and a draft of our own"),
    example!("trade.convenor", "Trade", "the TPP with and without backing at home, and three smaller pacts"),
    example!(
        "deadlocked-venues.convenor",
        "Deadlocked venues",
        "the Security Council, the G20, the Human Rights Council and the General Assembly"
    ),
    example!("iran-deal.convenor", "Iran deal", "the parties to the nuclear agreement of 2015"),
    example!("online-extremism.convenor", "Online extremism", "the first supporters of the Christchurch Call"),
    example!(
        "minilaterals.convenor",
        "Minilaterals of today",
        "eight groupings since 2021, from the Minerals Security Partnership to the Squad"
    ),
    example!(
        "case-for-microlateralism.convenor",
        "The case for microlateralism",
        "seven slides, from going alone to a small, time-bound coalition"
    ),
];
