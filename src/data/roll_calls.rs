//! Recorded votes of the UN General Assembly.

use super::table::{Row, Table};
use super::{Complaint, CountryId, Topics};

/// What an actor did in a roll call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Ballot {
    /// Voted in favour.
    Yes,
    /// Voted against.
    No,
    /// Was there and abstained.
    Abstain,
    /// Was absent, did not vote, or had no seat.
    #[default]
    Absent,
}

impl Ballot {
    pub(super) fn from_letter(letter: char) -> Option<Self> {
        Some(match letter {
            'Y' => Self::Yes,
            'N' => Self::No,
            'A' => Self::Abstain,
            'X' => Self::Absent,
            _ => return None,
        })
    }
}

/// One recorded vote, without the ballots.
#[derive(Clone, Debug)]
pub struct RollCall {
    /// The resolution voted on, such as `A/RES/66/253`.
    pub resolution: String,
    /// The calendar year of the vote.
    pub year: u16,
    /// The day of the vote, year-month-day.
    pub date: String,
    /// What it was called.
    pub title: String,
    /// What it was about.
    pub topics: Topics,
}

/// Roll calls with the ballots of every actor.
#[derive(Clone, Debug, Default)]
pub struct RollCalls {
    /// In the order of the table.
    pub list: Vec<RollCall>,
    /// The actors that have a column, in the order of the table.
    pub voters: Vec<CountryId>,
    /// The keys of where the votes come from, each once; empty for a file of somebody else's.
    pub sources: Vec<String>,
    ballots: Vec<Ballot>,
}

impl RollCalls {
    /// The ballots of the actor in column `voter`, one a roll call.
    #[must_use]
    pub fn ballots(&self, voter: usize) -> &[Ballot] {
        let n = self.list.len();
        &self.ballots[voter * n..(voter + 1) * n]
    }

    /// The ballots of an actor; `None` if it has no column.
    #[must_use]
    pub fn ballots_of(&self, id: CountryId) -> Option<&[Ballot]> {
        let voter = self.voters.iter().position(|voter| *voter == id)?;
        Some(self.ballots(voter))
    }

    /// The latest year; `None` without roll calls.
    #[must_use]
    pub fn latest_year(&self) -> Option<u16> {
        self.list.iter().map(|call| call.year).max()
    }

    /// The roll calls that a test on the year keeps.
    #[must_use]
    pub fn filtered(&self, keep: impl Fn(&RollCall) -> bool) -> Self {
        let kept: Vec<usize> = (0..self.list.len()).filter(|&j| keep(&self.list[j])).collect();
        Self {
            list: kept.iter().map(|&j| self.list[j].clone()).collect(),
            voters: self.voters.clone(),
            sources: self.sources.clone(),
            ballots: (0..self.voters.len())
                .flat_map(|voter| kept.iter().map(move |&j| self.ballots(voter)[j]))
                .collect(),
        }
    }

    /// Reads the compact table: one string of letters a roll call, in the order of `voters`.
    ///
    /// # Errors
    /// Names the row whose year, topics or ballots do not parse.
    pub fn parse_compact(file: &str, text: &str, voters: Vec<CountryId>) -> Result<Self, Complaint> {
        let names = ["resolution", "year", "date", "topics", "title", "source_id", "ballots"];
        let table = Table::parse(file, text, &names)?;
        let [resolution, year, date, topics, title, source, ballots] = names.map(|name| table.column(name));
        let (mut list, mut by_call) = (Vec::new(), Vec::new());
        for row in table.rows() {
            let letters: Option<Vec<Ballot>> = row.text(ballots).chars().map(Ballot::from_letter).collect();
            match letters {
                Some(letters) if letters.len() == voters.len() => by_call.push(letters),
                Some(letters) => {
                    return Err(row.complain(format!("{} ballots for {} voters", letters.len(), voters.len())));
                }
                None => return Err(row.complain("a ballot is none of the letters Y N A X")),
            }
            list.push(RollCall {
                resolution: row.owned(resolution),
                year: row.parse(year, "a year")?,
                date: row.owned(date),
                title: row.owned(title),
                topics: Topics::parse(row.text(topics)).map_err(|word| unknown_topic(row, &word))?,
            });
        }
        let mut sources: Vec<String> = table.rows().map(|row| row.owned(source)).collect();
        sources.sort_unstable();
        sources.dedup();
        Ok(Self { sources, ..Self::new(list, voters, &by_call) })
    }

    /// From the ballots of each roll call, in the order of `voters`.
    pub(super) fn new(list: Vec<RollCall>, voters: Vec<CountryId>, by_call: &[Vec<Ballot>]) -> Self {
        let ballots = (0..voters.len()).flat_map(|voter| by_call.iter().map(move |call| call[voter])).collect();
        Self { list, voters, sources: Vec::new(), ballots }
    }
}

/// “soil” is no topic; the topics are …
pub(super) fn unknown_topic(row: Row<'_>, word: &str) -> Complaint {
    let known = Topics::NAMES.map(|(name, _)| name).join(" ");
    row.complain(format!("“{word}” under “topics” is no topic; known are {known}, joined by a bar"))
}
