//! The one door through which a ticket changes hands. A gift, an operator's move and a resale all go through
//! `hand_over`; nothing else writes an owner, but for the issue itself.
use crate::error::Error;
use crate::event::Transfer;
use crate::store::{self, Approved, Key, Offer, State, Ticket, Window};
use soroban_sdk::xdr::ToXdr;
use soroban_sdk::{Address, Env};

/// Why it changes hands.
#[derive(Copy, Clone)]
pub enum Why {
    Gift,
    /// At this price.
    Sale(i128),
}

impl Window {
    pub fn is_open(&self, now: u64) -> bool {
        self.from <= now && now < self.until
    }
}

/// Of an address as it is written: type of the value, type of the address, 32 bytes.
const TYPE_AT: u32 = 7;
const ACCOUNT: u8 = 0;

fn is_contract(env: &Env, who: &Address) -> bool {
    who.to_xdr(env).get(TYPE_AT) != Some(ACCOUNT)
}

/// A foreign market would hold tickets between seller and buyer: contracts hold none, but for those that the admin trusts,
/// which are people's wallets. This one holds none ever.
pub fn require_may_hold(env: &Env, who: &Address) -> Result<(), Error> {
    if is_contract(env, who)
        && (*who == env.current_contract_address() || !store::is_trusted(env, who))
    {
        return Err(Error::NotTrusted);
    }
    Ok(())
}

/// Whether the ticket may change hands for this at all, whoever gets it.
pub fn require_movable(env: &Env, ticket: &Ticket, why: Why) -> Result<(), Error> {
    if keeping::is_set(env, &Key::Paused) {
        return Err(Error::Paused);
    }
    if keeping::is_set(env, &Key::Frozen) {
        return Err(Error::Frozen);
    }
    if ticket.held {
        return Err(Error::Held);
    }
    if ticket.state == State::Invalid {
        return Err(Error::Invalid);
    }
    let tier = store::tier(env, ticket.tier)?;
    if matches!(why, Why::Sale(price) if price > tier.cap) {
        return Err(Error::OverCap);
    }
    let now = env.ledger().timestamp();
    if now >= store::event(env).ends {
        return Ok(()); // a keepsake
    }
    if ticket.state == State::CheckedIn {
        return Err(Error::CheckedIn);
    }
    let window = match why {
        Why::Gift => tier.gifts,
        Why::Sale(_) => tier.sales,
    };
    if !window.is_open(now) {
        return Err(Error::OutsideWindow);
    }
    Ok(())
}

/// Whoever calls has seen to it that the owner wants it.
pub fn hand_over(
    env: &Env,
    id: u32,
    mut ticket: Ticket,
    to: &Address,
    why: Why,
) -> Result<(), Error> {
    require_movable(env, &ticket, why)?;
    if ticket.owner == *to {
        return Err(Error::SameOwner);
    }
    if matches!(why, Why::Gift) && ticket.is_offered() {
        return Err(Error::Listed);
    }
    require_may_hold(env, to)?;
    let from = ticket.owner;
    ticket.owner = to.clone();
    ticket.offer = Offer::No;
    ticket.approved = Approved::No;
    store::set_ticket(env, id, &ticket);
    store::set_balance(env, &from, store::balance(env, &from) - 1);
    store::set_balance(env, to, store::balance(env, to) + 1);
    Transfer {
        from,
        to: to.clone(),
        token_id: id,
    }
    .publish(env);
    Ok(())
}
