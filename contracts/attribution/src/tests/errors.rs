//! No reason for a refusal without a test that produces it.
extern crate std;

const ERRORS: &str = include_str!("../error.rs");
const TESTS: [&str; 9] = [
    include_str!("anchor.rs"),
    include_str!("challenge.rs"),
    include_str!("conservation.rs"),
    include_str!("content.rs"),
    include_str!("escrow.rs"),
    include_str!("life.rs"),
    include_str!("payment.rs"),
    include_str!("powers.rs"),
    include_str!("run.rs"),
];

/// `Name = number,` within the enumeration.
fn named() -> std::vec::Vec<(&'static str, &'static str)> {
    let lines = ERRORS.lines().map(str::trim);
    let values = lines.filter_map(|line| line.strip_suffix(',')?.split_once(" = "));
    values.collect()
}

#[test]
fn every_error_is_produced() {
    let named = named();
    assert_eq!(named.len(), 37);
    for (name, number) in named {
        let by_name = std::format!("Error::{name}");
        let by_number = std::format!("#{number})\")");
        let is_produced = TESTS.iter().any(|text| {
            let has = |wanted: &str| {
                let mut found = text.match_indices(wanted);
                found.any(|(at, _)| !text[at + wanted.len()..].starts_with(char::is_alphanumeric))
            };
            has(&by_name) || text.contains(&by_number)
        });
        assert!(is_produced, "{name} is produced by no test");
    }
}
