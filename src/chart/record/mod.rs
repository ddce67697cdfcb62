//! The roll calls behind deadlock risk: lines of a table, the sentence for all, and all that is known of one roll call.

mod lines;
mod one;

pub use lines::{
    Asked, By, CallLine, RecordLines, call_of, fails, names, no_record, shown_words, some_names, topic_words, whose,
};
pub use one::{MemberLine, OneCall, Stance};
