//! Files of recorded votes that somebody else made.

use super::roll_calls::unknown_topic;
use super::table::{Row, Table};
use super::{Atlas, Ballot, Complaint, CountryId, Meant, RollCall, RollCalls, Topics};

/// The columns that every file must have.
const WANTED: [&str; 3] = ["resolution", "year", "date"];
/// Columns that say what the votes were about, the newer first.
const TOPICS: [&str; 2] = ["topics", "issues"];
/// Columns that are known and not needed.
const KNOWN: [&str; 9] =
    ["session", "source_id", "yes", "no", "abstain", "absent", "non_voting", "not_voting", "total"];

/// A table of roll calls: one row each, and after the descriptive columns one column an actor, with the letters Y N A X.
///
/// The columns `resolution`, `year` and `date` must be there. `title` may be, and so may `topics` or the older `issues`;
/// where both are, `topics` counts. Columns of actors are headed by their codes, by former codes or by names, in seven
/// languages, if these stand for one actor only. Fields are separated by commas, semicolons or tabs.
#[derive(Clone, Debug)]
pub struct VotesFile {
    /// The votes.
    pub calls: RollCalls,
    /// The heads of columns that are neither known nor an actor's, in the order of the file: nothing of them was used.
    pub not_understood: Vec<String>,
    /// Whether a column says what the votes were about. Without one, none can be left out for being on the Israeli–Arab conflict.
    pub has_topics: bool,
}

/// Which column is what.
struct Layout {
    /// [`WANTED`].
    wanted: [usize; 3],
    title: Option<usize>,
    topics: Option<(usize, &'static str)>,
    voters: Vec<(usize, CountryId)>,
    not_understood: Vec<String>,
}

impl VotesFile {
    /// Reads a file.
    ///
    /// # Errors
    /// Names the row whose year, topics or ballots do not parse, two columns that stand for the same, or says that no column is an actor's.
    pub fn parse(file: &str, text: &str, atlas: &Atlas) -> Result<Self, Complaint> {
        let table = Table::parse_foreign(file, text, &WANTED)?;
        let layout = Layout::new(&table, atlas)?;
        let (mut list, mut by_call) = (Vec::new(), Vec::new());
        for row in table.rows() {
            list.push(layout.call(row)?);
            by_call.push(layout.ballots(row, &table)?);
        }
        let has_topics = layout.topics.is_some();
        let voters = layout.voters.into_iter().map(|(_, id)| id).collect();
        Ok(Self { calls: RollCalls::new(list, voters, &by_call), not_understood: layout.not_understood, has_topics })
    }
}

/// Whether a column is one of those that are not needed. “NO” is Norway, however it is written, unless there is a
/// “YES” beside it.
fn is_known(table: &Table, head: &str) -> bool {
    let is_norway =
        head.eq_ignore_ascii_case("no") && !table.head().iter().any(|head| head.eq_ignore_ascii_case("yes"));
    !is_norway && KNOWN.contains(&head.to_lowercase().as_str())
}

impl Layout {
    fn new(table: &Table, atlas: &Atlas) -> Result<Self, Complaint> {
        let column = |name: &str| table.head().iter().position(|head| head == name);
        let topics = TOPICS.into_iter().find_map(|name| Some((column(name)?, name)));
        let title = column("title");
        let mut layout = Self {
            wanted: WANTED.map(|name| table.column(name)),
            title,
            topics,
            voters: Vec::new(),
            not_understood: Vec::new(),
        };
        let described = layout.wanted.into_iter().chain(title).chain(topics.map(|(at, _)| at));
        let described: Vec<usize> = described.collect();
        for (at, head) in table.head().iter().enumerate() {
            if described.contains(&at) {
                continue;
            }
            if described.iter().any(|used| &table.head()[*used] == head) {
                return Err(table.complain(1, format!("two columns are headed “{head}”; keep the one that counts")));
            }
            if is_known(table, head) {
                continue;
            }
            let Meant::One(id) = atlas.names.meant(head) else {
                let word =
                    if head.is_empty() { format!("(column {} without a head)", at + 1) } else { head.to_owned() };
                layout.not_understood.push(word);
                continue;
            };
            if let Some((first, _)) = layout.voters.iter().find(|(_, known)| *known == id) {
                let name = atlas.name(id);
                let first = &table.head()[*first];
                let message =
                    format!("the columns “{first}” and “{head}” both stand for {name}; keep the one that counts");
                return Err(table.complain(1, message));
            }
            layout.voters.push((at, id));
        }
        if layout.voters.is_empty() {
            return Err(table.complain(1, "no column is headed by a country's code such as NOR, or by its name"));
        }
        Ok(layout)
    }

    fn call(&self, row: Row<'_>) -> Result<RollCall, Complaint> {
        let [resolution, year, date] = self.wanted;
        let topics = match self.topics {
            None => Topics::NONE,
            Some((at, "topics")) => Topics::parse(row.text(at)).map_err(|word| unknown_topic(row, &word))?,
            Some((at, _)) => Topics::parse_older(row.text(at)).map_err(|word| {
                row.complain(format!(
                    "“{word}” under “issues” is no code; known are me nu di hr co ec, joined by a bar"
                ))
            })?,
        };
        Ok(RollCall {
            resolution: row.owned(resolution),
            year: row.parse(year, "a year")?,
            date: row.owned(date),
            title: self.title.map_or_else(String::new, |at| row.owned(at)),
            topics,
        })
    }

    fn ballots(&self, row: Row<'_>, table: &Table) -> Result<Vec<Ballot>, Complaint> {
        let ballot = |(at, _): &(usize, CountryId)| {
            let mut letters = row.text(*at).chars();
            let ballot = letters.next().and_then(Ballot::from_letter).filter(|_| letters.next().is_none());
            ballot.ok_or_else(|| {
                let (head, found) = (&table.head()[*at], row.text(*at));
                row.complain(format!("the ballot “{found}” under “{head}” is none of the letters Y N A X"))
            })
        };
        self.voters.iter().map(ballot).collect()
    }
}
