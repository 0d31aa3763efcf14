//! What the recorder can say, and what he cannot.
use super::*;
use crate::event::{RowsRecorded, RunWhole};
use soroban_sdk::testutils::Events as _;
use soroban_sdk::Event as _;

#[test]
fn a_run_is_recorded_in_batches_of_any_size_each_once() {
    let w = World::new();
    let run = w.plan(1, &[10, 20, 30, 40, 50]);
    w.fund(150, 1);
    w.approve(&run);
    assert_eq!(w.record(&run, 0, 2), 2);
    assert_eq!(w.record(&run, 0, 2), 0);
    assert_eq!(w.record(&run, 1, 4), 2, "one of them was there");
    assert_eq!(w.contract.run(&run.id).whole_at, 0);
    assert_eq!(w.record(&run, 4, 5), 1);
    let here = &w.contract.address;
    let (id, until) = (run.id.clone(), NOW + WINDOW);
    let recorded = RowsRecorded {
        run: id.clone(),
        rows: 1,
        amount: 50,
    };
    let whole = RunWhole { run: id, until };
    let told = [recorded.to_xdr(&w.env, here), whole.to_xdr(&w.env, here)];
    assert_eq!(w.env.events().all(), told);
    let kept = w.contract.run(&run.id);
    assert_eq!(
        (kept.recorded, kept.recorded_rows, kept.whole_at),
        (150, 5, NOW)
    );
    w.pass(1);
    assert_eq!(w.record(&run, 0, 5), 0);
    assert_eq!(w.contract.run(&run.id), kept, "a replay opens no window");
    let row = w.contract.row(&run.id, &run.creator(4)).unwrap();
    assert_eq!(
        (row.amount, row.conversions, row.standing),
        (50, 3, Standing::Due)
    );
}

/// What a thief who has the recorder's key tries; nothing of it is kept.
#[test]
fn nothing_can_be_recorded_but_what_was_approved() {
    let w = World::new();
    let run = w.plan(1, &[10, 20, 30]);
    w.fund(60, 1);
    w.approve(&run);
    let try_record = |rows: &[Row], rest: &BytesN<32>| {
        let rows = Vec::from_iter(&w.env, rows.iter().cloned());
        refused!(w.contract.try_record(&run.id, &rows, rest))
    };
    let mine = |row: &Row| Row {
        creator: w.person(),
        ..row.clone()
    };
    let (one, two, three) = (&run.rows[0], &run.rows[1], &run.rows[2]);
    let after = &run.digests;
    assert_eq!(try_record(&[mine(one)], &after[1]), Error::OtherDigest);
    let more = Row {
        amount: 11,
        ..one.clone()
    };
    assert_eq!(try_record(&[more], &after[1]), Error::OtherDigest);
    assert_eq!(
        try_record(std::slice::from_ref(two), &after[2]),
        Error::OtherDigest
    ); // not the next
    assert_eq!(
        try_record(&[two.clone(), one.clone()], &after[2]),
        Error::OtherDigest
    );
    assert_eq!(
        try_record(std::slice::from_ref(one), &after[3]),
        Error::OtherDigest
    ); // and the rest left out
    assert_eq!(
        try_record(&[one.clone(), one.clone()], &after[2]),
        Error::OtherDigest
    );
    assert_eq!(w.contract.row(&run.id, &one.creator), None);
    w.record(&run, 0, 3);
    let other = Row {
        conversions: 4,
        ..three.clone()
    };
    assert_eq!(try_record(&[other], &after[3]), Error::OtherNumbers);
    assert_eq!(try_record(&[mine(three)], &after[3]), Error::OtherDigest);
    assert_eq!(w.contract.run(&run.id).recorded, 60);
}

#[test]
fn a_digest_is_good_for_one_run() {
    let w = World::new();
    let run = w.plan(1, &[10]);
    w.fund(30, 1);
    w.approve(&run);
    w.approve(&run); // again: nothing changes
    assert_eq!(w.contract.book().reserved, 10);
    for (digest, total, rows) in [(2, 10, 1), (1, 11, 1), (1, 10, 2)] {
        let digest = if digest == 1 {
            run.digests[0].clone()
        } else {
            w.number(digest)
        };
        let other = w.contract.try_approve_run(&run.id, &digest, &total, &rows);
        assert_eq!(refused!(other), Error::OtherRun);
    }
    let copy = w.number(2);
    w.contract.approve_run(&copy, &run.digests[0], &10, &1);
    let (rows, _) = w.batch(&run, 0, 1);
    for rest in [&run.id, &copy] {
        let replayed = w.contract.try_record(&copy, &rows, rest);
        let why = refused!(replayed);
        assert!(matches!(why, Error::OtherDigest | Error::NotWhole));
    }
}

#[test]
fn count_and_total_are_met_exactly_or_nothing_is_whole() {
    let w = World::new();
    w.fund(1_000, 1);
    for (id, total, rows) in [(1, 31, 2), (2, 29, 2), (3, 30, 3), (4, 30, 1)] {
        let run = w.plan(id, &[10, 20]);
        w.contract
            .approve_run(&run.id, &run.digests[0], &total, &rows);
        let (batch, rest) = w.batch(&run, 0, 2);
        let done = w.contract.try_record(&run.id, &batch, &rest);
        assert_eq!(refused!(done), Error::NotWhole);
    }
    // The digest goes on where count and total are met.
    let run = w.plan(5, &[10, 20, 5]);
    w.contract.approve_run(&run.id, &run.digests[0], &30, &2);
    let (batch, rest) = w.batch(&run, 0, 2);
    let done = w.contract.try_record(&run.id, &batch, &rest);
    assert_eq!(refused!(done), Error::NotWhole);
}

#[test]
fn a_creator_has_one_row_whatever_was_approved() {
    let w = World::new();
    w.fund(1_000, 1);
    let one = w.plan(1, &[10]).rows.remove(0);
    let run = w.plan_of(2, std::vec![one.clone(), one.clone()]);
    w.approve(&run);
    let (batch, rest) = w.batch(&run, 0, 2);
    let twice = w.contract.try_record(&run.id, &batch, &rest);
    assert_eq!(refused!(twice), Error::OtherDigest);
    w.record(&run, 0, 1);
    assert_eq!(w.record(&run, 1, 2), 0, "it is the one that is there");
    assert_eq!(w.contract.run(&run.id).recorded, 10);
}

#[test]
fn amounts_counts_and_creators_are_looked_at() {
    let w = World::new();
    w.fund(1_000, 1);
    let digest = w.number(9);
    let approve = |total: i128, rows| {
        refused!(w
            .contract
            .try_approve_run(&w.number(1), &digest, &total, &rows))
    };
    assert_eq!(approve(0, 1), Error::BadAmount);
    assert_eq!(approve(-1, 1), Error::BadAmount);
    assert_eq!(approve(1, 0), Error::BadCount);
    assert_eq!(approve(1, 100_001), Error::BadCount);
    let absent = w.contract.try_record(&w.number(1), &list![&w.env], &digest);
    assert_eq!(refused!(absent), Error::NoRun);
    assert_eq!(refused!(w.contract.try_run(&w.number(1))), Error::NoRun);
    let many = w.plan(2, &[1; 200]);
    w.approve(&many);
    let (batch, rest) = w.batch(&many, 0, 200);
    let done = w.contract.try_record(&many.id, &batch, &rest);
    assert_eq!(refused!(done), Error::TooMany);
    let less = w.plan(3, &[10, -5]);
    w.approve(&less);
    let (batch, rest) = w.batch(&less, 0, 2);
    let done = w.contract.try_record(&less.id, &batch, &rest);
    assert_eq!(refused!(done), Error::BadAmount);
    let here = Row {
        amount: 5,
        conversions: 1,
        creator: w.contract.address.clone(),
    };
    let own = w.plan_of(4, std::vec![here]);
    w.approve(&own);
    let (batch, rest) = w.batch(&own, 0, 1);
    let done = w.contract.try_record(&own.id, &batch, &rest);
    assert_eq!(refused!(done), Error::BadCreator);
}

/// What whoever makes a digest elsewhere holds his own against; README.md tells the same.
#[test]
fn the_digest_is_the_one_that_the_readme_tells() {
    let w = World::new();
    let creator = "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ";
    let other = "CA3D5KRYM6CB7OWQ6TWYRR3Z4T7GNZLKERYNZGGA5SOAOPIFY6YQGAXE";
    let row = |amount, conversions, creator| Row {
        amount,
        conversions,
        creator: Address::from_str(&w.env, creator),
    };
    let run = w.plan_of(7, std::vec![row(1_250_000, 3, creator), row(1, 1, other)]);
    let bytes = run.digests[0].to_array();
    let hex: std::string::String = bytes
        .iter()
        .map(|byte| std::format!("{byte:02x}"))
        .collect();
    let readme = include_str!("../../README.md");
    assert!(readme.contains(&hex), "{hex}");
}
