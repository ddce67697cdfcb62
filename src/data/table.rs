//! Reading the tables, with complaints that name file and row.

use std::str::FromStr;

/// A table that could not be read: which file, which row, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, row {row}: {message}")]
pub struct Complaint {
    /// The table's file name.
    pub file: String,
    /// Line number in the file, the head being row 1; 0 if the whole file is meant.
    pub row: usize,
    /// What is wrong, and what was expected.
    pub message: String,
}

/// A CSV table held as text fields, with columns found by name.
pub(crate) struct Table {
    file: String,
    head: csv::StringRecord,
    rows: Vec<csv::StringRecord>,
}

/// One row of a [`Table`], able to complain about itself.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    table: &'a Table,
    index: usize,
}

impl Table {
    /// Reads a table, checking that it has the wanted columns.
    pub(crate) fn parse(file: &str, text: &str, wanted: &[&str]) -> Result<Self, Complaint> {
        Self::read(file, text, wanted, &csv::ReaderBuilder::new())
    }

    /// The same from a file of somebody else's: separated by commas, semicolons or tabs, with or without a byte-order mark,
    /// with white space around fields.
    pub(crate) fn parse_foreign(file: &str, text: &str, wanted: &[&str]) -> Result<Self, Complaint> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self::read(file, text, wanted, csv::ReaderBuilder::new().delimiter(separator(text)).trim(csv::Trim::All))
    }

    fn read(file: &str, text: &str, wanted: &[&str], builder: &csv::ReaderBuilder) -> Result<Self, Complaint> {
        let mut reader = builder.from_reader(text.as_bytes());
        let complain = |row, message: String| Complaint { file: file.to_owned(), row, message };
        let head = reader.headers().map_err(|e| complain(1, e.to_string()))?.clone();
        for column in wanted {
            if !head.iter().any(|name| name == *column) {
                return Err(complain(1, format!("the column “{column}” is missing")));
            }
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            rows.push(record.map_err(|e| complain(rows.len() + 2, e.to_string()))?);
        }
        Ok(Self { file: file.to_owned(), head, rows })
    }

    pub(crate) fn head(&self) -> &csv::StringRecord {
        &self.head
    }

    /// The position of a column; `parse` has checked those that are wanted.
    pub(crate) fn column(&self, name: &str) -> usize {
        self.head.iter().position(|head| head == name).unwrap_or(usize::MAX)
    }

    pub(crate) fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        (0..self.rows.len()).map(|index| Row { table: self, index })
    }

    pub(crate) fn complain(&self, row: usize, message: impl Into<String>) -> Complaint {
        Complaint { file: self.file.clone(), row, message: message.into() }
    }
}

/// What separates the fields of a table: of comma, semicolon and tab the one that its head has most often outside quotes.
fn separator(text: &str) -> u8 {
    let mut counts = [(b',', 0_u32), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if !quoted => {
                for (separator, count) in &mut counts {
                    *count += u32::from(*separator == byte);
                }
            }
            _ => {}
        }
    }
    // The first of equals: a comma.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| separator)
}

impl<'a> Row<'a> {
    /// The text of a field; empty if the column is not there.
    pub(crate) fn text(self, column: usize) -> &'a str {
        self.table.rows[self.index].get(column).unwrap_or("")
    }

    pub(crate) fn owned(self, column: usize) -> String {
        self.text(column).to_owned()
    }

    /// A field that must parse.
    pub(crate) fn parse<T: FromStr>(self, column: usize, expected: &str) -> Result<T, Complaint> {
        self.text(column).parse().map_err(|_| {
            let name = self.table.head.get(column).unwrap_or("?");
            self.complain(format!("“{}” under “{name}” is not {expected}", self.text(column)))
        })
    }

    /// A finite number.
    pub(crate) fn number(self, column: usize) -> Result<f64, Complaint> {
        let value: f64 = self.parse(column, "a number")?;
        if value.is_finite() { Ok(value) } else { Err(self.complain("a number is not finite")) }
    }

    /// A finite number, or nothing where the field is empty.
    pub(crate) fn maybe_number(self, column: usize) -> Result<Option<f64>, Complaint> {
        if self.text(column).is_empty() { Ok(None) } else { self.number(column).map(Some) }
    }

    pub(crate) fn complain(self, message: impl Into<String>) -> Complaint {
        self.table.complain(self.index + 2, message)
    }
}
