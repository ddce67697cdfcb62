//! A fault of the program leaves a report, and nothing of the user's in it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;

#[test]
fn a_panic_leaves_a_report_without_anything_of_the_user_and_old_reports_go() {
    let folder = tempfile::tempdir().unwrap();
    let reports = folder.path().join("reports");
    convenor::app::report::install(reports.clone());
    for _ in 0..25 {
        let failed = std::thread::Builder::new()
            .name("recovery copy".to_owned())
            .spawn(|| panic!("“Secret Alliance” in /home/somebody"))
            .unwrap()
            .join();
        assert!(failed.is_err());
    }
    let files: Vec<_> = fs::read_dir(&reports).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 20);
    for file in files {
        let text = fs::read_to_string(file).unwrap();
        assert!(text.contains("report.rs, line") && text.contains("thread: recovery copy"), "{text}");
        assert!(!text.contains("Secret Alliance") && !text.contains("/home/somebody"), "{text}");
    }
}
