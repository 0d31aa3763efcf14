extern crate std;

use super::*;
use std::string::String;
use std::vec::Vec;

const VECTORS: &str = include_str!("../../../tests/fixtures/split_law.csv");

#[test]
fn every_vector_is_split_as_it_says() {
    let mut rows = 0;
    for line in VECTORS.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let numbers = |text: &str| text.split(' ').map(String::from).collect::<Vec<_>>();
        let shares: Vec<u32> = numbers(fields[1])
            .iter()
            .map(|n| n.parse().unwrap())
            .collect();
        let wanted: Vec<i128> = numbers(fields[2])
            .iter()
            .map(|n| n.parse().unwrap())
            .collect();
        assert_eq!(
            allocate(fields[0].parse().unwrap(), &shares),
            wanted,
            "{line}"
        );
        rows += 1;
    }
    assert_eq!(rows, 10_000);
}

#[test]
fn the_ends_of_the_numbers_are_split_too() {
    for total in [i128::MAX, i128::MIN, i128::MIN + 1, 1, -1, 0] {
        for shares in [
            &[WHOLE][..],
            &[5_000, 5_000],
            &[3_333, 3_333, 3_334],
            &[0, WHOLE],
            &[1, 9_999],
        ] {
            let parts = allocate(total, shares);
            assert_eq!(parts.iter().sum::<i128>(), total, "{total} over {shares:?}");
        }
    }
}

#[test]
#[should_panic]
fn shares_of_another_sum_are_refused() {
    let _ = allocate(100, &[5_000, 4_999]);
}

/// Wide totals are taken apart in another way: where the two meet, and far beyond.
#[test]
fn wide_totals_follow_the_law_of_narrow_ones() {
    let shares = [3_333, 3_333, 3_334, 0];
    let edge = i128::from(i64::MAX);
    for total in [edge - 1, edge, edge + 1, edge + 2, edge * 10_007, i128::MAX] {
        for total in [total, -total] {
            let parts = allocate(total, &shares);
            assert_eq!(parts.iter().sum::<i128>(), total);
            for (part, share) in parts.iter().zip(shares) {
                let (whole, share) = (i128::from(WHOLE), i128::from(share));
                let floor = total / whole * share + total % whole * share / whole;
                assert!((part - floor).abs() <= 1 && (share > 0 || *part == 0));
            }
        }
    }
}
