//! Resale, here and nowhere else: an offered ticket is held where it is, the price has a cap, and what the buyer pays is
//! split to the unit between the seller and those who get the royalty.
use crate::error::Error;
use crate::event::{Claimed, Kept, Listed, Sold, Unlisted};
use crate::require_open;
use crate::rules::{hand_over, require_movable, Why};
use crate::store::{self, Key, Listing, Offer, Share};
use crate::{EventTickets, EventTicketsArgs, EventTicketsClient};
use alloc::vec::Vec as Parts;
use keeping::put;
use soroban_sdk::{contractimpl, token::TokenClient, Address, Env, Vec};

const MOST_PARTIES: u32 = 10;

pub fn check_royalties(env: &Env, shares: &Vec<Share>) -> Result<(), Error> {
    if shares.is_empty() || shares.len() > MOST_PARTIES {
        return Err(Error::BadRoyalties);
    }
    let here = env.current_contract_address();
    let mut sum = 0_u64;
    for (at, share) in shares.iter().enumerate() {
        let mut before = shares.iter().take(at);
        if share.party == here || before.any(|other| other.party == share.party) {
            return Err(Error::BadRoyalties);
        }
        sum += u64::from(share.bps);
    }
    if sum != u64::from(split::WHOLE) {
        return Err(Error::BadRoyalties);
    }
    Ok(())
}

/// The seller's part, and the royalty's.
fn halves(price: i128, royalty: u32) -> (i128, i128) {
    let parts = split::allocate(price, &[split::WHOLE - royalty, royalty]);
    (parts[0], parts[1])
}

/// What each gets of a price: the seller first. The parts add up to it.
fn parts(env: &Env, seller: Address, price: i128, royalty: u32) -> Parts<(Address, i128)> {
    let (to_seller, to_others) = halves(price, royalty);
    let shares = store::royalties(env);
    let bps: Parts<u32> = shares.iter().map(|share| share.bps).collect();
    let each = split::allocate(to_others, &bps);
    let mut parts = Parts::with_capacity(each.len() + 1);
    parts.push((seller, to_seller));
    parts.extend(shares.iter().map(|share| share.party).zip(each));
    parts
}

/// Out of what this contract holds. Whom the token refuses holds up no sale: his part is kept for him.
fn pay(env: &Env, token: &TokenClient, payee: Address, amount: i128) -> Result<(), Error> {
    if amount == 0 {
        return Ok(());
    }
    let sent = token.try_transfer(&env.current_contract_address(), &payee, &amount);
    if matches!(sent, Ok(Ok(()))) {
        return Ok(());
    }
    let owed = store::owed(env, &payee).checked_add(amount);
    put(
        env,
        &Key::Owed(payee.clone()),
        &owed.ok_or(Error::Overflow)?,
    );
    Kept { payee, amount }.publish(env);
    Ok(())
}

#[contractimpl]
impl EventTickets {
    /// Offers a ticket, or offers it anew. Nothing moves it then but its sale, and only the seller ends that.
    pub fn list(
        env: Env,
        seller: Address,
        token_id: u32,
        price: i128,
        until: u64,
    ) -> Result<(), Error> {
        require_open(&env)?;
        seller.require_auth();
        let mut ticket = store::ticket(&env, token_id)?;
        if ticket.owner != seller {
            return Err(Error::NotOwner);
        }
        if price <= 0 {
            return Err(Error::BadAmount);
        }
        if until <= env.ledger().timestamp() {
            return Err(Error::Expired);
        }
        require_movable(&env, &ticket, Why::Sale(price))?;
        ticket.offer = Offer::At(Listing { price, until });
        store::set_ticket(&env, token_id, &ticket);
        Listed {
            token_id,
            seller,
            price,
            until,
        }
        .publish(&env);
        Ok(())
    }

    /// By the owner, at any time.
    pub fn unlist(env: Env, token_id: u32) -> Result<(), Error> {
        keeping::keep_instance(&env);
        let mut ticket = store::ticket(&env, token_id)?;
        ticket.owner.require_auth();
        if !ticket.is_offered() {
            return Err(Error::NotListed);
        }
        ticket.offer = Offer::No;
        store::set_ticket(&env, token_id, &ticket);
        Unlisted { token_id }.publish(&env);
        Ok(())
    }

    /// Buys an offered ticket at the price that the buyer has seen. Ticket and money change hands in one step or not at all.
    pub fn buy(env: Env, buyer: Address, token_id: u32, price: i128) -> Result<(), Error> {
        require_open(&env)?;
        buyer.require_auth();
        let ticket = store::ticket(&env, token_id)?;
        let Offer::At(listing) = ticket.offer.clone() else {
            return Err(Error::NotListed);
        };
        if env.ledger().timestamp() >= listing.until {
            return Err(Error::Expired);
        }
        if price != listing.price {
            return Err(Error::OtherPrice);
        }
        let seller = ticket.owner.clone();
        let bps = store::tier(&env, ticket.tier)?.royalty;
        hand_over(&env, token_id, ticket, &buyer, Why::Sale(price))?;
        let token = TokenClient::new(&env, &store::event(&env).token);
        token.transfer(&buyer, env.current_contract_address(), &price);
        for (payee, amount) in parts(&env, seller.clone(), price, bps) {
            pay(&env, &token, payee, amount)?;
        }
        Sold {
            token_id,
            seller,
            buyer,
            price,
            royalty: halves(price, bps).1,
        }
        .publish(&env);
        Ok(())
    }

    /// A payee whom the token had refused takes what is kept for him, to wherever he says. Returns how much.
    pub fn claim(env: Env, payee: Address, to: Address) -> Result<i128, Error> {
        require_open(&env)?;
        payee.require_auth();
        let amount = store::owed(&env, &payee);
        if amount == 0 {
            return Err(Error::NothingOwed);
        }
        env.storage().persistent().remove(&Key::Owed(payee.clone()));
        let token = TokenClient::new(&env, &store::event(&env).token);
        token.transfer(&env.current_contract_address(), &to, &amount);
        Claimed { payee, to, amount }.publish(&env);
        Ok(amount)
    }

    pub fn owed(env: Env, payee: Address) -> i128 {
        store::owed(&env, &payee)
    }

    /// Who would get what if the ticket were sold at this price: its owner first.
    pub fn shares_of(env: Env, token_id: u32, price: i128) -> Result<Vec<(Address, i128)>, Error> {
        if price <= 0 {
            return Err(Error::BadAmount);
        }
        let ticket = store::ticket(&env, token_id)?;
        let bps = store::tier(&env, ticket.tier)?.royalty;
        Ok(Vec::from_iter(&env, parts(&env, ticket.owner, price, bps)))
    }
}
