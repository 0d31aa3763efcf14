//! Resale: one ticket for one price, under the cap, and every unit of it accounted for.
use super::*;
use soroban_sdk::testutils::Events as _;
use soroban_sdk::Event as _;

#[test]
fn a_price_is_split_to_the_unit_and_the_ticket_is_the_buyers() {
    let w = World::new();
    let (ann, ben) = (w.holder(STRICT, 1), w.person(2));
    w.list(&ann, 1, 1_009);
    let offer = Offer::At(Listing {
        price: 1_009,
        until: NOW + 50 * DAY,
    });
    assert_eq!(w.contract.ticket(&1).offer, offer);
    let money = [w.token.balance(&ann), w.token.balance(&ben)];
    w.contract.buy(&ben, &1, &1_009);
    let told = w.env.events().all().filter_by_contract(&w.contract.address);
    let (transfer, sold) = (
        event::Transfer {
            from: ann.clone(),
            to: ben.clone(),
            token_id: 1,
        },
        event::Sold {
            token_id: 1,
            seller: ann.clone(),
            buyer: ben.clone(),
            price: 1_009,
            royalty: 101,
        },
    );
    let here = &w.contract.address;
    assert_eq!(
        told,
        [transfer.to_xdr(&w.env, here), sold.to_xdr(&w.env, here)]
    );
    assert_eq!(w.token.balance(&ann) - money[0], 908);
    assert_eq!(money[1] - w.token.balance(&ben), 1_009);
    assert_eq!(w.token.balance(&w.parties[0]), 71);
    assert_eq!(w.token.balance(&w.parties[1]), 30);
    assert_eq!(w.token.balance(here), 0);
    let ticket = w.contract.ticket(&1);
    assert_eq!((ticket.owner, ticket.offer), (ben.clone(), Offer::No));
    assert_eq!(
        refused!(w.contract.try_buy(&w.person(3), &1, &1_009)),
        Error::NotListed
    );
    assert_eq!(
        refused!(w.contract.try_list(&ann, &1, &5, &ENDS)),
        Error::NotOwner,
        "sold once"
    );
}

#[test]
fn the_parts_of_every_price_add_up_to_it() {
    let w = World::new();
    let ann = w.holder(OPEN, 1);
    for royalty in [0, 1, 333, 5_000, 9_999, 10_000] {
        w.change(Change::Tier(
            OPEN,
            Tier {
                royalty,
                ..tier_of(10)
            },
        ));
        for price in (1..40).chain([CAP, i128::MAX]) {
            let parts = w.contract.shares_of(&1, &price);
            assert_eq!(parts.iter().map(|(_, amount)| amount).sum::<i128>(), price);
            assert!(parts.iter().all(|(_, amount)| amount >= 0));
            assert_eq!(parts.get(0).unwrap().0, ann);
        }
    }
    assert_eq!(refused!(w.contract.try_shares_of(&1, &0)), Error::BadAmount);
    assert_eq!(refused!(w.contract.try_shares_of(&2, &1)), Error::NoTicket);
}

#[test]
fn no_resale_costs_more_than_the_cap_even_one_that_was_offered_before() {
    let w = World::new();
    let (ann, ben) = (w.holder(OPEN, 1), w.person(2));
    let over = w.contract.try_list(&ann, &1, &(CAP + 1), &ENDS);
    assert_eq!(refused!(over), Error::OverCap);
    w.contract.list(&ann, &1, &CAP, &ENDS);
    w.change(Change::Tier(
        OPEN,
        Tier {
            cap: CAP - 1,
            ..tier_of(10)
        },
    ));
    assert_eq!(refused!(w.contract.try_buy(&ben, &1, &CAP)), Error::OverCap);
    w.contract.list(&ann, &1, &(CAP - 1), &ENDS);
    w.contract.buy(&ben, &1, &(CAP - 1));
    w.env.ledger().set_timestamp(ENDS);
    let keepsake = w.contract.try_list(&ben, &1, &CAP, &(ENDS + DAY));
    assert_eq!(refused!(keepsake), Error::OverCap);
}

#[test]
fn an_offer_is_looked_at() {
    let w = World::new();
    let (ann, ben) = (w.holder(OPEN, 1), w.person(2));
    for price in [0, -1, i128::MIN] {
        let offer = w.contract.try_list(&ann, &1, &price, &ENDS);
        assert_eq!(refused!(offer), Error::BadAmount);
    }
    assert_eq!(
        refused!(w.contract.try_list(&ann, &1, &5, &NOW)),
        Error::Expired
    );
    assert_eq!(
        refused!(w.contract.try_list(&ben, &1, &5, &ENDS)),
        Error::NotOwner
    );
    assert_eq!(
        refused!(w.contract.try_list(&ann, &2, &5, &ENDS)),
        Error::NoTicket
    );
    assert_eq!(refused!(w.contract.try_unlist(&1)), Error::NotListed);
    assert_eq!(refused!(w.contract.try_unlist(&2)), Error::NoTicket);
    assert_eq!(refused!(w.contract.try_buy(&ben, &1, &5)), Error::NotListed);
    w.contract.list(&ann, &1, &5, &(NOW + DAY));
    assert_eq!(
        refused!(w.contract.try_buy(&ben, &1, &4)),
        Error::OtherPrice
    );
    assert_eq!(refused!(w.contract.try_buy(&ann, &1, &5)), Error::SameOwner);
    w.contract.list(&ann, &1, &6, &(NOW + DAY));
    assert_eq!(
        refused!(w.contract.try_buy(&ben, &1, &5)),
        Error::OtherPrice,
        "changed meanwhile"
    );
    w.pass(DAY);
    assert_eq!(refused!(w.contract.try_buy(&ben, &1, &6)), Error::Expired);
    assert_eq!(
        refused!(w.contract.try_transfer(&ann, &ben, &1)),
        Error::Listed
    );
    w.contract.unlist(&1);
    w.contract.transfer(&ann, &ben, &1);
}

#[test]
fn what_stops_tickets_stops_resale_but_nobody_is_locked_in() {
    let w = World::new();
    let (ann, ben) = (w.holder(OPEN, 1), w.person(2));
    w.list(&ann, 1, 100);
    let buy = || w.contract.try_buy(&ben, &1, &100);
    let offer = || w.contract.try_list(&ann, &1, &100, &ENDS);
    let both = || (refused!(buy()), refused!(offer()));
    w.contract.set_frozen(&w.roles.admin, &true);
    assert_eq!(both(), (Error::Frozen, Error::Frozen));
    w.contract.set_frozen(&w.roles.admin, &false);
    w.contract.set_held(&w.roles.admin, &w.one(1), &true);
    assert_eq!(both(), (Error::Held, Error::Held));
    w.contract.set_held(&w.roles.admin, &w.one(1), &false);
    w.contract.pause();
    assert_eq!(both(), (Error::Paused, Error::Paused));
    w.contract.unlist(&1);
    w.contract.unpause();
    let over = Window {
        from: NOW,
        until: NOW + DAY,
    };
    w.change(Change::Tier(
        OPEN,
        Tier {
            sales: over,
            ..tier_of(10)
        },
    ));
    assert_eq!(refused!(offer()), Error::OutsideWindow);
    w.contract.check_in(&w.one(1));
    assert_eq!(refused!(offer()), Error::CheckedIn);
    w.contract.invalidate(&w.one(1));
    assert_eq!(refused!(offer()), Error::Invalid);
}

#[test]
fn a_buyer_without_the_money_gets_nothing_and_changes_nothing() {
    let w = World::new();
    let ann = w.holder(OPEN, 1);
    let poor = account(&w.env, 5);
    w.list(&ann, 1, 100);
    assert!(w.contract.try_buy(&poor, &1, &100).is_err());
    let ticket = w.contract.ticket(&1);
    assert!(ticket.owner == ann && ticket.is_offered());
    assert_eq!(
        (w.contract.balance(&ann), w.contract.balance(&poor)),
        (1, 0)
    );
}

#[test]
fn whom_the_token_refuses_holds_up_no_sale_and_claims_his_part_later() {
    let w = World::new();
    let (ann, ben) = (w.holder(OPEN, 1), w.person(2));
    w.token.refuse(&ann, &true);
    w.token.refuse(&w.parties[0], &true);
    for round in 1..=2 {
        w.list(&ann, 1, 1_000);
        w.contract.buy(&ben, &1, &1_000);
        assert_eq!(w.contract.owed(&ann), 900 * round);
        assert_eq!(w.contract.owed(&w.parties[0]), 70 * round);
        w.contract.transfer(&ben, &ann, &1);
    }
    assert_eq!(w.token.balance(&w.parties[1]), 60);
    assert_eq!(w.token.balance(&w.contract.address), 1_940);
    let elsewhere = account(&w.env, 6);
    assert_eq!(w.contract.claim(&ann, &elsewhere), 1_800);
    assert_eq!(w.token.balance(&elsewhere), 1_800);
    let again = w.contract.try_claim(&ann, &elsewhere);
    assert_eq!(refused!(again), Error::NothingOwed);
    assert!(w.contract.try_claim(&w.parties[0], &w.parties[0]).is_err());
    assert_eq!(w.contract.owed(&w.parties[0]), 140, "refused still");
    w.token.refuse(&w.parties[0], &false);
    w.contract.pause();
    let paused = w.contract.try_claim(&w.parties[0], &w.parties[0]);
    assert_eq!(refused!(paused), Error::Paused);
    w.contract.unpause();
    w.contract.claim(&w.parties[0], &w.parties[0]);
    assert_eq!(w.token.balance(&w.contract.address), 0);
}

#[test]
fn more_than_any_amount_is_owed_to_nobody() {
    let w = World::new();
    let (ann, ben) = (w.holder(OPEN, 1), w.person(2));
    w.env.as_contract(&w.contract.address, || {
        keeping::put(&w.env, &Key::Owed(ann.clone()), &i128::MAX);
    });
    w.token.refuse(&ann, &true);
    w.list(&ann, 1, 10);
    assert_eq!(refused!(w.contract.try_buy(&ben, &1, &10)), Error::Overflow);
}

#[test]
fn royalties_are_whole_and_name_each_party_once() {
    let w = World::new();
    let refusal = |parties: &[Address], bps: &[u32]| {
        let shares = shares_of(&w.env, parties, bps);
        let id = w.contract.propose(&Change::Royalties(shares));
        w.pass(w.roles.delay);
        refused!(w.contract.try_carry_out(&id))
    };
    let some = &w.parties;
    let many: std::vec::Vec<Address> = (0..11).map(|n| account(&w.env, n)).collect();
    assert_eq!(refusal(some, &[5_000, 4_999]), Error::BadRoyalties);
    assert_eq!(refusal(some, &[u32::MAX, 10_001]), Error::BadRoyalties);
    assert_eq!(refusal(&[], &[]), Error::BadRoyalties);
    let twice = [some[0].clone(), some[0].clone()];
    assert_eq!(refusal(&twice, &[5_000, 5_000]), Error::BadRoyalties);
    let here = core::slice::from_ref(&w.contract.address);
    assert_eq!(refusal(here, &[10_000]), Error::BadRoyalties);
    let mut bps = [1_000; 11];
    bps[10] = 0;
    assert_eq!(refusal(&many, &bps), Error::BadRoyalties);
    let shares = shares_of(&w.env, &many[..10], &bps[..10]);
    w.change(Change::Royalties(shares.clone()));
    assert_eq!(w.contract.royalties(), shares);
}
