//! SEP-50. Approvals are there, and lead past no rule: only those whom the admin trusts can be approved, and what they
//! move goes through the same door.
use crate::error::Error;
use crate::event::{Approve, ApproveForAll};
use crate::rules::{hand_over, Why};
use crate::store::{self, Approval, Approved, Ticket};
use crate::{EventTickets, EventTicketsArgs, EventTicketsClient};
use soroban_sdk::{contractimpl, Address, Bytes, Env, String};

fn is_operator(env: &Env, owner: &Address, who: &Address) -> bool {
    let until = store::operator(env, owner, who);
    until.is_some_and(|until| env.ledger().sequence() <= until)
}

fn approved(env: &Env, ticket: &Ticket) -> Option<Address> {
    let Approved::To(approval) = ticket.approved.clone() else {
        return None;
    };
    (env.ledger().sequence() <= approval.until).then_some(approval.to)
}

/// Until when somebody is approved; 0 ends it.
fn check_approval(env: &Env, who: &Address, until: u32) -> Result<(), Error> {
    let ledger = env.ledger();
    if until == 0 {
        return Ok(());
    }
    if until < ledger.sequence() || until > ledger.max_live_until_ledger() {
        return Err(Error::BadExpiry);
    }
    if !store::is_trusted(env, who) {
        return Err(Error::NotTrusted);
    }
    Ok(())
}

/// In decimal digits, without a formatter: that would be more code than all of this file.
fn push_number(text: &mut Bytes, number: u32) {
    if number >= 10 {
        push_number(text, number / 10);
    }
    text.push_back(b'0' + (number % 10) as u8);
}

#[contractimpl]
impl EventTickets {
    /// How many tickets are his, invalid ones among them.
    pub fn balance(env: Env, owner: Address) -> u32 {
        store::balance(&env, &owner)
    }

    pub fn owner_of(env: Env, token_id: u32) -> Result<Address, Error> {
        Ok(store::ticket(&env, token_id)?.owner)
    }

    /// A gift: by the owner, in the tier's window, to an account or a trusted contract.
    pub fn transfer(env: Env, from: Address, to: Address, token_id: u32) -> Result<(), Error> {
        keeping::keep_instance(&env);
        from.require_auth();
        let ticket = store::ticket(&env, token_id)?;
        if ticket.owner != from {
            return Err(Error::NotOwner);
        }
        hand_over(&env, token_id, ticket, &to, Why::Gift)
    }

    /// The same by somebody whom the owner has approved and the admin trusts, still.
    pub fn transfer_from(
        env: Env,
        spender: Address,
        from: Address,
        to: Address,
        token_id: u32,
    ) -> Result<(), Error> {
        keeping::keep_instance(&env);
        spender.require_auth();
        let ticket = store::ticket(&env, token_id)?;
        if ticket.owner != from {
            return Err(Error::NotOwner);
        }
        if spender != from {
            let is_approved = approved(&env, &ticket).as_ref() == Some(&spender);
            if !is_approved && !is_operator(&env, &from, &spender) {
                return Err(Error::NotApproved);
            }
            if !store::is_trusted(&env, &spender) {
                return Err(Error::NotTrusted);
            }
        }
        hand_over(&env, token_id, ticket, &to, Why::Gift)
    }

    /// Lets somebody whom the admin trusts move one ticket, until a ledger. Ledger 0, or the approver himself, ends it.
    pub fn approve(
        env: Env,
        approver: Address,
        approved: Address,
        token_id: u32,
        live_until_ledger: u32,
    ) -> Result<(), Error> {
        keeping::keep_instance(&env);
        approver.require_auth();
        let mut ticket = store::ticket(&env, token_id)?;
        let is_operator =
            is_operator(&env, &ticket.owner, &approver) && store::is_trusted(&env, &approver);
        if ticket.owner != approver && !is_operator {
            return Err(Error::NotOwner);
        }
        let ends = live_until_ledger == 0 || approved == approver;
        if ends {
            ticket.approved = Approved::No;
        } else {
            check_approval(&env, &approved, live_until_ledger)?;
            ticket.approved = Approved::To(Approval {
                to: approved.clone(),
                until: live_until_ledger,
            });
        }
        store::set_ticket(&env, token_id, &ticket);
        Approve {
            owner: ticket.owner,
            token_id,
            approved,
            live_until_ledger: if ends { 0 } else { live_until_ledger },
        }
        .publish(&env);
        Ok(())
    }

    /// Lets somebody whom the admin trusts move all of an owner's tickets, until a ledger; 0 ends it.
    pub fn approve_for_all(
        env: Env,
        owner: Address,
        operator: Address,
        live_until_ledger: u32,
    ) -> Result<(), Error> {
        keeping::keep_instance(&env);
        owner.require_auth();
        check_approval(&env, &operator, live_until_ledger)?;
        store::set_operator(&env, &owner, &operator, live_until_ledger);
        ApproveForAll {
            owner,
            operator,
            live_until_ledger,
        }
        .publish(&env);
        Ok(())
    }

    pub fn get_approved(env: Env, token_id: u32) -> Result<Option<Address>, Error> {
        Ok(approved(&env, &store::ticket(&env, token_id)?))
    }

    pub fn is_approved_for_all(env: Env, owner: Address, operator: Address) -> bool {
        is_operator(&env, &owner, &operator)
    }

    pub fn name(env: Env) -> String {
        store::event(&env).name
    }

    pub fn symbol(env: Env) -> String {
        store::event(&env).symbol
    }

    /// The event's, and the ticket's number: nothing of who holds it.
    pub fn token_uri(env: Env, token_id: u32) -> Result<String, Error> {
        store::ticket(&env, token_id)?;
        let mut text = Bytes::from(store::event(&env).uri);
        push_number(&mut text, token_id);
        Ok(String::from(text))
    }
}
