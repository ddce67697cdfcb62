//! Days and hours by the clock of the system, where it stands.

use chrono::{Local, NaiveDate};

/// Today, year-month-day.
#[must_use]
pub fn today() -> String {
    Local::now().format("%Y-%m-%d").to_string()
}

/// Hours and minutes.
#[must_use]
pub fn clock() -> String {
    Local::now().format("%H:%M").to_string()
}

/// A moment as people tell it: “2026-11-26 14:05”.
#[must_use]
pub fn told(moment: std::time::SystemTime) -> String {
    chrono::DateTime::<Local>::from(moment).format("%Y-%m-%d %H:%M").to_string()
}

/// Whether a text is a day of the calendar, written year-month-day.
#[must_use]
pub fn is_day(text: &str) -> bool {
    text.len() == 10
        && text.starts_with(|first: char| first.is_ascii_digit())
        && NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_days_of_the_calendar_are_days() {
        for day in ["2026-11-26", "2024-02-29"] {
            assert!(super::is_day(day), "{day}");
        }
        for other in ["2026-02-29", "2026-13-01", "26-11-2026", "2026-1-1", "", "today", "-026-11-26"] {
            assert!(!super::is_day(other), "{other}");
        }
        assert!(super::is_day(&super::today()));
        assert_eq!(super::clock().len(), 5);
    }
}
