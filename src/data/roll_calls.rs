//! Recorded votes of the UN General Assembly.

use super::table::Table;
use super::{Complaint, CountryId};

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
    fn from_letter(letter: char) -> Option<Self> {
        Some(match letter {
            'Y' => Self::Yes,
            'N' => Self::No,
            'A' => Self::Abstain,
            'X' => Self::Absent,
            _ => return None,
        })
    }
}

/// The issue codes of a roll call: a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub struct IssueCodes(u8);

impl IssueCodes {
    /// No code: not coded, or coded to none of the six.
    pub const NONE: Self = Self(0);
    /// The Palestinian conflict.
    pub const ME: Self = Self(1);
    /// Nuclear weapons and nuclear material.
    pub const NU: Self = Self(2);
    /// Arms control and disarmament.
    pub const DI: Self = Self(4);
    /// Human rights.
    pub const HR: Self = Self(8);
    /// Colonialism.
    pub const CO: Self = Self(16);
    /// Economic development.
    pub const EC: Self = Self(32);

    const NAMES: [(&'static str, Self); 6] =
        [("me", Self::ME), ("nu", Self::NU), ("di", Self::DI), ("hr", Self::HR), ("co", Self::CO), ("ec", Self::EC)];

    /// Both sets together.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the two share a code.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether there is no code at all.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Reads codes joined by a bar; empty and `?` are no code. `None` for an unknown code.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.is_empty() || text == "?" {
            return Some(Self::NONE);
        }
        text.split('|').try_fold(Self::NONE, |set, name| {
            let (_, code) = Self::NAMES.iter().find(|(known, _)| *known == name)?;
            Some(set.union(*code))
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
    /// What it was about.
    pub codes: IssueCodes,
}

/// Roll calls with the ballots of every actor.
#[derive(Clone, Debug, Default)]
pub struct RollCalls {
    /// In the order of the table.
    pub list: Vec<RollCall>,
    /// The actors that have a column, in the order of the table.
    pub voters: Vec<CountryId>,
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
            ballots: (0..self.voters.len())
                .flat_map(|voter| kept.iter().map(move |&j| self.ballots(voter)[j]))
                .collect(),
        }
    }

    /// Reads the compact table: one string of letters a roll call, in the order of `voters`.
    ///
    /// # Errors
    /// Names the row whose year, codes or ballots do not parse.
    pub fn parse_compact(file: &str, text: &str, voters: Vec<CountryId>) -> Result<Self, Complaint> {
        let table = Table::parse(file, text, &["resolution", "year", "date", "issues", "ballots"])?;
        let column = table.column("ballots");
        let mut by_call = Vec::new();
        for row in table.rows() {
            let ballots: Option<Vec<Ballot>> = row.text(column).chars().map(Ballot::from_letter).collect();
            match ballots {
                Some(ballots) if ballots.len() == voters.len() => by_call.push(ballots),
                Some(ballots) => {
                    return Err(row.complain(format!("{} ballots for {} voters", ballots.len(), voters.len())));
                }
                None => return Err(row.complain("a ballot is none of the letters Y N A X")),
            }
        }
        Self::assemble(&table, voters, &by_call)
    }

    /// Reads the wide table: after the descriptive columns, one column an actor, headed by its code.
    ///
    /// # Errors
    /// Names the row whose year, codes or ballots do not parse, or says that no column is an actor's.
    pub fn parse_wide(file: &str, text: &str) -> Result<Self, Complaint> {
        let table = Table::parse(file, text, &["resolution", "year", "date", "issues"])?;
        let (columns, voters): (Vec<usize>, Vec<CountryId>) = table
            .head()
            .iter()
            .enumerate()
            .filter_map(|(column, head)| head.parse().ok().map(|id: CountryId| (column, id)))
            .unzip();
        if voters.is_empty() {
            return Err(table.complain(1, "no column is headed by a country code such as NOR"));
        }
        if let Some((_, id)) = voters.iter().enumerate().find(|(at, id)| voters[..*at].contains(id)) {
            return Err(table.complain(1, format!("two columns are headed {id}")));
        }
        let mut by_call = Vec::new();
        for row in table.rows() {
            let mut ballots = Vec::with_capacity(columns.len());
            for (&column, id) in columns.iter().zip(&voters) {
                let mut letters = row.text(column).chars();
                match (letters.next().and_then(Ballot::from_letter), letters.next()) {
                    (Some(ballot), None) => ballots.push(ballot),
                    _ => return Err(row.complain(format!("the ballot of {id} is none of the letters Y N A X"))),
                }
            }
            by_call.push(ballots);
        }
        Self::assemble(&table, voters, &by_call)
    }

    fn assemble(table: &Table, voters: Vec<CountryId>, by_call: &[Vec<Ballot>]) -> Result<Self, Complaint> {
        let [resolution, year, date, issues] = ["resolution", "year", "date", "issues"].map(|name| table.column(name));
        let mut list = Vec::with_capacity(by_call.len());
        for row in table.rows() {
            list.push(RollCall {
                resolution: row.owned(resolution),
                year: row.parse(year, "a year")?,
                date: row.owned(date),
                codes: IssueCodes::parse(row.text(issues)).ok_or_else(|| {
                    row.complain(format!("“{}” is not a bar-joined list of me nu di hr co ec", row.text(issues)))
                })?,
            });
        }
        let ballots = (0..voters.len()).flat_map(|voter| by_call.iter().map(move |call| call[voter])).collect();
        Ok(Self { list, voters, ballots })
    }
}
