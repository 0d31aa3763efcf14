//! SEP-41, through the client that wallets use.
use super::*;
use soroban_sdk::testutils::{Events as _, MuxedAddress as _};
use soroban_sdk::{Event as _, MuxedAddress};

#[test]
fn points_move_as_those_of_any_token() {
    let w = World::new();
    let (ann, ben, shop) = (w.rich(100), w.person(), w.person());
    let token = w.token();
    token.transfer(&ann, &ben, &30);
    assert_eq!((token.balance(&ann), token.balance(&ben)), (70, 30));
    token.approve(&ben, &shop, &25, &1_000);
    assert_eq!(token.allowance(&ben, &shop), 25);
    token.transfer_from(&shop, &ben, &ann, &10);
    token.burn_from(&shop, &ben, &5);
    assert_eq!(token.allowance(&ben, &shop), 10);
    assert_eq!((token.balance(&ann), token.balance(&ben)), (80, 15));
    token.burn(&ann, &80);
    assert_eq!(token.balance(&ann), 0);
    token.transfer(&ben, &ben, &15);
    assert_eq!(token.balance(&ben), 15, "to himself");
    assert_eq!(token.decimals(), 2);
    assert_eq!(token.name(), String::from_str(&w.env, "Demo Sphere"));
    assert_eq!(token.symbol(), String::from_str(&w.env, "SPHERE"));
}

#[test]
fn nobody_gives_what_he_does_not_have_or_less_than_nothing() {
    let w = World::new();
    let (ann, ben) = (w.rich(100), w.person());
    let c = &w.contract;
    for amount in [101, i128::MAX] {
        assert_eq!(
            refused!(c.try_transfer(&ann, &ben, &amount)),
            Error::TooLittle
        );
        assert_eq!(refused!(c.try_burn(&ann, &amount)), Error::TooLittle);
    }
    for amount in [-1, i128::MIN] {
        assert_eq!(
            refused!(c.try_transfer(&ann, &ben, &amount)),
            Error::BadAmount
        );
        assert_eq!(refused!(c.try_burn(&ann, &amount)), Error::BadAmount);
        assert_eq!(
            refused!(c.try_approve(&ann, &ben, &amount, &99)),
            Error::BadAmount
        );
        let moved = c.try_transfer_from(&ben, &ann, &ben, &amount);
        assert_eq!(refused!(moved), Error::BadAmount);
        assert_eq!(
            refused!(c.try_burn_from(&ben, &ann, &amount)),
            Error::BadAmount
        );
    }
    let here = c.try_transfer(&ann, &c.address, &1);
    assert_eq!(refused!(here), Error::BadHolder);
    c.approve(&ann, &ben, &1, &99);
    let here = c.try_transfer_from(&ben, &ann, &c.address, &1);
    assert_eq!(refused!(here), Error::BadHolder);
    c.transfer(&ann, &ben, &0);
    assert_eq!(c.balance(&ann), 100);
}

#[test]
fn an_allowance_is_used_up_ends_and_is_nobody_elses() {
    let w = World::new();
    let (ann, ben, shop) = (w.rich(100), w.person(), w.person());
    let c = &w.contract;
    let take = |amount: i128| c.try_transfer_from(&shop, &ann, &shop, &amount);
    assert_eq!(refused!(take(1)), Error::OverAllowance);
    c.approve(&ann, &shop, &10, &500);
    assert_eq!(refused!(take(11)), Error::OverAllowance);
    let other = c.try_transfer_from(&ben, &ann, &ben, &1);
    assert_eq!(refused!(other), Error::OverAllowance);
    assert!(take(10).is_ok());
    assert_eq!(refused!(take(1)), Error::OverAllowance, "used up");
    c.approve(&ann, &shop, &10, &500);
    c.approve(&ann, &shop, &3, &500);
    assert_eq!(c.allowance(&ann, &shop), 3, "not added up");
    w.env.ledger().set_sequence_number(500);
    assert!(take(1).is_ok());
    w.env.ledger().set_sequence_number(501);
    assert_eq!(c.allowance(&ann, &shop), 0);
    assert_eq!(refused!(take(1)), Error::OverAllowance, "over");
    assert_eq!(
        refused!(c.try_burn_from(&shop, &ann, &1)),
        Error::OverAllowance
    );
    c.approve(&ann, &shop, &1, &501); // this very ledger
    assert_eq!(c.allowance(&ann, &shop), 1);
    w.env.ledger().set_sequence_number(502); // it is stored still
    assert_eq!(c.allowance(&ann, &shop), 0);
    for until in [500, u32::MAX] {
        assert_eq!(
            refused!(c.try_approve(&ann, &shop, &1, &until)),
            Error::BadExpiry
        );
    }
    c.approve(&ann, &shop, &10, &600);
    c.approve(&ann, &shop, &0, &0);
    assert_eq!(c.allowance(&ann, &shop), 0);
    c.approve(&ann, &shop, &200, &600);
    assert_eq!(
        refused!(take(150)),
        Error::TooLittle,
        "allowed more than there is"
    );
}

#[test]
fn movements_are_told_as_the_standard_says() {
    let w = World::new();
    let (ann, ben) = (w.rich(100), w.person());
    let here = &w.contract.address;
    let told = || w.env.events().all().filter_by_contract(here);
    w.contract.transfer(&ann, &ben, &30);
    let transfer = event::Transfer {
        from: ann.clone(),
        to: ben.clone(),
        amount: 30,
    };
    assert_eq!(told(), [transfer.to_xdr(&w.env, here)]);
    let account = MuxedAddress::generate(&w.env);
    w.contract.transfer(&ann, &account, &5);
    let muxed = event::TransferMuxed {
        from: ann.clone(),
        to: account.address(),
        to_muxed_id: account.id().unwrap(),
        amount: 5,
    };
    assert_eq!(told(), [muxed.to_xdr(&w.env, here)]);
    assert_eq!(w.contract.balance(&account.address()), 5);
    w.contract.burn(&ann, &7);
    let burn = event::Burn {
        from: ann.clone(),
        amount: 7,
    };
    assert_eq!(told(), [burn.to_xdr(&w.env, here)]);
    w.contract.approve(&ann, &ben, &3, &90);
    let approve = event::Approve {
        from: ann,
        spender: ben,
        amount: 3,
        live_until_ledger: 90,
    };
    assert_eq!(told(), [approve.to_xdr(&w.env, here)]);
}
