//! Who stops what until when, and what comes of it.
use super::*;

#[test]
fn a_held_row_waits_and_the_others_are_paid() {
    let w = World::new();
    let run = w.whole(1, &[10, 20, 30]);
    w.contract.hold_row(&run.id, &run.creator(1), &7);
    let again = w.contract.try_hold_row(&run.id, &run.creator(1), &8);
    assert_eq!(refused!(again), Error::Held);
    let row = w.contract.row(&run.id, &run.creator(1)).unwrap();
    assert_eq!(row.standing, Standing::Held(7));
    w.pass(100 * DAY);
    assert_eq!(w.distribute(&run), 40, "a hold does not end by itself");
    let claim = w
        .contract
        .try_claim(&run.creator(1), &run.id, &run.creator(1));
    assert_eq!(refused!(claim), Error::Held);
    w.contract.resolve_row(&run.id, &run.creator(1), &true);
    assert_eq!(w.distribute(&run), 20);
    assert_eq!(w.contract.book().reserved, 0);
}

#[test]
fn a_voided_row_frees_what_it_reserved_and_is_never_paid() {
    let w = World::new();
    let run = w.whole(1, &[10, 20]);
    w.contract.hold_row(&run.id, &run.creator(0), &7);
    w.contract.resolve_row(&run.id, &run.creator(0), &false);
    assert_eq!(w.contract.book().free(), 10);
    let again = w.contract.try_resolve_row(&run.id, &run.creator(0), &false);
    assert_eq!(refused!(again), Error::NotHeld);
    let hold = w.contract.try_hold_row(&run.id, &run.creator(0), &7);
    assert_eq!(refused!(hold), Error::Void);
    assert_eq!(w.record(&run, 0, 2), 0, "it is not recorded anew");
    w.pass(WINDOW);
    let claim = w
        .contract
        .try_claim(&run.creator(0), &run.id, &run.creator(0));
    assert_eq!(refused!(claim), Error::Void);
    assert_eq!(w.distribute(&run), 20);
    assert_eq!(w.here(), 10);
}

#[test]
fn a_held_run_goes_on_or_is_void_with_all_that_is_left_of_it() {
    let w = World::new();
    let run = w.whole(1, &[10, 20, 30]);
    w.contract.hold_run(&run.id, &7);
    assert_eq!(refused!(w.contract.try_hold_run(&run.id, &8)), Error::Held);
    w.pass(WINDOW);
    let pay = w.contract.try_distribute(&run.id, &run.creators(&w.env));
    assert_eq!(refused!(pay), Error::Held);
    w.contract.resolve_run(&run.id, &true);
    let done = w.contract.try_resolve_run(&run.id, &true);
    assert_eq!(refused!(done), Error::NotHeld);
    assert_eq!(w.distribute(&run), 60);

    let run = w.whole(2, &[10, 20, 30]);
    for at in [0, 1] {
        w.contract.hold_row(&run.id, &run.creator(at), &7);
    }
    w.contract.resolve_row(&run.id, &run.creator(0), &false);
    w.contract.hold_run(&run.id, &7);
    w.contract.resolve_run(&run.id, &false);
    assert_eq!(
        w.contract.book().free(),
        60,
        "each unit of it is freed once"
    );
    let row = w.contract.try_resolve_row(&run.id, &run.creator(1), &false);
    assert_eq!(refused!(row), Error::Void);
    assert_eq!(refused!(w.contract.try_hold_run(&run.id, &7)), Error::Void);
    let (rows, rest) = w.batch(&run, 0, 3);
    let record = w.contract.try_record(&run.id, &rows, &rest);
    assert_eq!(refused!(record), Error::Void);
    w.pass(WINDOW);
    let claim = w
        .contract
        .try_claim(&run.creator(2), &run.id, &run.creator(2));
    assert_eq!(refused!(claim), Error::Void);
    assert_eq!(w.here(), 60);
}

#[test]
fn a_run_that_never_becomes_whole_is_voided_and_its_money_free() {
    let w = World::new();
    let run = w.plan(1, &[10, 20]);
    w.fund(30, 1);
    w.approve(&run);
    w.record(&run, 0, 1);
    w.pass(100 * DAY);
    let claim = w
        .contract
        .try_claim(&run.creator(0), &run.id, &run.creator(0));
    assert_eq!(refused!(claim), Error::InWindow);
    w.contract.hold_run(&run.id, &7);
    let (rows, rest) = w.batch(&run, 1, 2);
    let record = w.contract.try_record(&run.id, &rows, &rest);
    assert_eq!(refused!(record), Error::Held);
    w.contract.resolve_run(&run.id, &false);
    assert_eq!(w.contract.book().free(), 30);
}

#[test]
fn the_window_opens_when_the_run_is_whole_and_nothing_is_held_after_it() {
    let w = World::new();
    let run = w.whole(1, &[10, 20]);
    w.pass(WINDOW - 1);
    assert_eq!(w.contract.owed(&run.id, &run.creator(0)), 0);
    let early = w.contract.try_distribute(&run.id, &run.creators(&w.env));
    assert_eq!(refused!(early), Error::InWindow);
    w.contract.hold_row(&run.id, &run.creator(1), &7);
    w.pass(1);
    assert_eq!(w.contract.owed(&run.id, &run.creator(0)), 10);
    assert_eq!(w.contract.owed(&run.id, &run.creator(1)), 0);
    let late = w.contract.try_hold_row(&run.id, &run.creator(0), &7);
    assert_eq!(refused!(late), Error::WindowOver);
    assert_eq!(
        refused!(w.contract.try_hold_run(&run.id, &7)),
        Error::WindowOver
    );
    let nobody = w.contract.try_resolve_row(&run.id, &w.person(), &true);
    assert_eq!(refused!(nobody), Error::NoRow);
    let absent = w.contract.try_hold_run(&w.number(9), &7);
    assert_eq!(refused!(absent), Error::NoRun);
}

#[test]
fn a_pause_stops_no_challenge() {
    let w = World::new();
    let run = w.whole(1, &[10, 20]);
    w.contract.pause();
    w.contract.hold_row(&run.id, &run.creator(0), &7);
    w.contract.resolve_row(&run.id, &run.creator(0), &false);
    w.contract.hold_run(&run.id, &7);
    w.contract.resolve_run(&run.id, &true);
    w.contract.unpause();
    w.pass(WINDOW);
    assert_eq!(w.distribute(&run), 20);
}
