//! From the first day of a ticket to its last: issued in batches, checked in at the gate, ended.
use crate::error::Error;
use crate::event::{
    CheckInUndone, CheckedIn, HoldSet, Invalidated, Issued, Mint, TierSet, Unlisted,
};
use crate::rules::require_may_hold;
use crate::store::{self, Approved, Key, Offer, State, Ticket, Tier};
use crate::{require_admin, require_admin_or_guardian, require_open};
use crate::{EventTickets, EventTicketsArgs, EventTicketsClient};
use keeping::put;
use soroban_sdk::{contractimpl, contracttype, Address, BytesN, Env, Vec};

/// A ticket and its owner's balance are two entries of the 200 that a transaction writes, and the tier's count is one.
pub const MOST_ISSUED: u32 = 99;
/// One entry each, and the counts of their tiers.
pub const MOST_MARKED: u32 = 150;

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Issue {
    pub id: u32,
    pub to: Address,
    pub reference: BytesN<32>,
}

/// Of one ticket in a batch: what is wrong with one holds up no other.
#[contracttype]
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
#[repr(u32)]
pub enum Outcome {
    Done = 0,
    /// It was so already.
    Again = 1,
    Unknown = 2,
    Invalid = 3,
}

fn check_tier(rules: &Tier) -> Result<(), Error> {
    let windows = [&rules.gifts, &rules.sales];
    if rules.price < 0
        || rules.cap < 0
        || rules.royalty > split::WHOLE
        || windows.iter().any(|window| window.from > window.until)
    {
        return Err(Error::BadTier);
    }
    Ok(())
}

/// All tiers together hold no more than the event, and none holds less than are out.
pub fn store_tier(env: &Env, tier: u32, rules: &Tier) -> Result<(), Error> {
    check_tier(rules)?;
    if rules.capacity < store::live(env, tier) {
        return Err(Error::BelowLive);
    }
    let before = store::tier(env, tier).map_or(0, |old| old.capacity);
    let others = store::allotted(env) - before;
    let together = others.checked_add(rules.capacity);
    let Some(together) = together.filter(|sum| *sum <= store::event(env).capacity) else {
        return Err(Error::OverCapacity);
    };
    env.storage().instance().set(&Key::Allotted, &together);
    put(env, &Key::Tier(tier), rules);
    TierSet { tier }.publish(env);
    Ok(())
}

/// Whether it is to be made; not when it is there as it would be made, whoever holds it by now.
fn is_new(env: &Env, tier: u32, issue: &Issue) -> Result<bool, Error> {
    match store::ticket(env, issue.id) {
        Ok(there) if there.tier == tier && there.reference == issue.reference => Ok(false),
        Ok(_) => Err(Error::IdTaken),
        Err(_) => Ok(true),
    }
}

fn make(env: &Env, tier: u32, issue: Issue) {
    let ticket = Ticket {
        owner: issue.to.clone(),
        tier,
        reference: issue.reference,
        state: State::Valid,
        held: false,
        offer: Offer::No,
        approved: Approved::No,
    };
    store::set_ticket(env, issue.id, &ticket);
    let count = store::balance(env, &issue.to) + 1;
    store::set_balance(env, &issue.to, count);
    Mint {
        to: issue.to,
        token_id: issue.id,
    }
    .publish(env);
}

fn end_listing(env: &Env, id: u32, ticket: &mut Ticket) {
    if ticket.is_offered() {
        ticket.offer = Offer::No;
        Unlisted { token_id: id }.publish(env);
    }
}

/// Takes each ticket from one state to another, and says how it went with each.
fn mark(
    env: &Env,
    ids: &Vec<u32>,
    step: impl Fn(u32, &mut Ticket) -> Outcome,
) -> Result<(Vec<Outcome>, Vec<u32>), Error> {
    if ids.len() > MOST_MARKED {
        return Err(Error::TooMany);
    }
    let (mut outcomes, mut done) = (Vec::new(env), Vec::new(env));
    for id in ids.iter() {
        let Ok(mut ticket) = store::ticket(env, id) else {
            outcomes.push_back(Outcome::Unknown);
            continue;
        };
        let outcome = step(id, &mut ticket);
        if outcome == Outcome::Done {
            store::set_ticket(env, id, &ticket);
            done.push_back(id);
        }
        outcomes.push_back(outcome);
    }
    Ok((outcomes, done))
}

#[contractimpl]
impl EventTickets {
    /// As long as none of its tickets was issued the admin says what a tier is. Later changes are proposed.
    pub fn set_tier(env: Env, tier: u32, rules: Tier) -> Result<(), Error> {
        require_open(&env)?;
        require_admin(&env);
        if env.storage().persistent().has(&Key::Live(tier)) {
            return Err(Error::InUse);
        }
        store_tier(&env, tier, &rules)
    }

    /// Issues tickets of a tier, all or none. Whoever calls gives each its number, for good: a call that is repeated
    /// makes nothing twice. Returns how many were made.
    pub fn mint(env: Env, tier: u32, tickets: Vec<Issue>) -> Result<u32, Error> {
        require_open(&env)?;
        store::roles(&env).minter.require_auth();
        if tickets.len() > MOST_ISSUED {
            return Err(Error::TooMany);
        }
        let capacity = store::tier(&env, tier)?.capacity;
        let mut live = store::live(&env, tier);
        let mut count = 0;
        for issue in tickets.iter() {
            if !is_new(&env, tier, &issue)? {
                continue;
            }
            if live >= capacity {
                return Err(Error::TierFull);
            }
            require_may_hold(&env, &issue.to)?;
            make(&env, tier, issue);
            live += 1;
            count += 1;
        }
        if count > 0 {
            put(&env, &Key::Live(tier), &live);
            Issued { tier, count, live }.publish(&env);
        }
        Ok(count)
    }

    /// Ends tickets for good (refunded, cancelled, stolen): they stay with their owners, worth nothing, and as many may
    /// be issued again. By the admin.
    pub fn invalidate(env: Env, ids: Vec<u32>) -> Result<Vec<Outcome>, Error> {
        require_open(&env)?;
        require_admin(&env);
        let (outcomes, ids) = mark(&env, &ids, |id, ticket| {
            if ticket.state == State::Invalid {
                return Outcome::Again;
            }
            ticket.state = State::Invalid;
            end_listing(&env, id, ticket);
            let live = store::live(&env, ticket.tier) - 1;
            put(&env, &Key::Live(ticket.tier), &live);
            Outcome::Done
        })?;
        Invalidated { ids }.publish(&env);
        Ok(outcomes)
    }

    /// Who went in, as the gate tells afterwards: it does not wait for the chain, so nothing that stops sales stops this.
    /// A ticket that was offered for resale is so no longer.
    pub fn check_in(env: Env, ids: Vec<u32>) -> Result<Vec<Outcome>, Error> {
        keeping::keep_instance(&env);
        store::roles(&env).gate.require_auth();
        let (outcomes, ids) = mark(&env, &ids, |id, ticket| {
            match ticket.state {
                State::CheckedIn => return Outcome::Again,
                State::Invalid => return Outcome::Invalid,
                State::Valid => ticket.state = State::CheckedIn,
            }
            end_listing(&env, id, ticket);
            Outcome::Done
        })?;
        CheckedIn { ids }.publish(&env);
        Ok(outcomes)
    }

    /// Takes check-ins back that were mistakes. By the admin.
    pub fn undo_check_in(env: Env, ids: Vec<u32>) -> Result<Vec<Outcome>, Error> {
        require_open(&env)?;
        require_admin(&env);
        let (outcomes, ids) = mark(&env, &ids, |_, ticket| match ticket.state {
            State::Valid => Outcome::Again,
            State::Invalid => Outcome::Invalid,
            State::CheckedIn => {
                ticket.state = State::Valid;
                Outcome::Done
            }
        })?;
        CheckInUndone { ids }.publish(&env);
        Ok(outcomes)
    }

    /// Holds tickets where they are while somebody looks into them, or lets them go. By the admin or the guardian, `by`.
    pub fn set_held(env: Env, by: Address, ids: Vec<u32>, on: bool) -> Result<Vec<Outcome>, Error> {
        require_admin_or_guardian(&env, &by)?;
        let (outcomes, ids) = mark(&env, &ids, |_, ticket| {
            if ticket.held == on {
                return Outcome::Again;
            }
            ticket.held = on;
            Outcome::Done
        })?;
        HoldSet { ids, on }.publish(&env);
        Ok(outcomes)
    }
}
