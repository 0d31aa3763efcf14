//! SEP-41: points are a token like any other to wallets and exchanges.
use crate::error::Error;
use crate::event::{Approve, Burn, Transfer, TransferMuxed};
use crate::require_open;
use crate::store::{self, Allowance};
use crate::{LoyaltyPoints, LoyaltyPointsArgs, LoyaltyPointsClient};
use soroban_sdk::{contractimpl, Address, Env, MuxedAddress, String};

fn require_amount(amount: i128) -> Result<(), Error> {
    if amount < 0 {
        return Err(Error::BadAmount);
    }
    Ok(())
}

fn move_points(env: &Env, from: &Address, to: &Address, amount: i128) -> Result<(), Error> {
    require_amount(amount)?;
    store::take(env, from, amount)?;
    store::add(env, to, amount)
}

fn use_allowance(env: &Env, from: &Address, spender: &Address, amount: i128) -> Result<(), Error> {
    require_amount(amount)?;
    let mut allowance = store::allowance(env, from, spender);
    if allowance.amount < amount {
        return Err(Error::OverAllowance);
    }
    if amount > 0 {
        allowance.amount -= amount;
        store::set_allowance(env, from, spender, &allowance);
    }
    Ok(())
}

/// What is burned is nobody's.
pub fn burn_points(env: &Env, from: Address, amount: i128) -> Result<(), Error> {
    require_amount(amount)?;
    store::take(env, &from, amount)?;
    Burn { from, amount }.publish(env);
    Ok(())
}

#[contractimpl]
impl LoyaltyPoints {
    pub fn allowance(env: Env, from: Address, spender: Address) -> i128 {
        store::allowance(&env, &from, &spender).amount
    }

    pub fn approve(
        env: Env,
        from: Address,
        spender: Address,
        amount: i128,
        live_until_ledger: u32,
    ) -> Result<(), Error> {
        require_open(&env)?;
        from.require_auth();
        require_amount(amount)?;
        let ledger = env.ledger();
        let is_over = live_until_ledger < ledger.sequence();
        if live_until_ledger > ledger.max_live_until_ledger() || is_over && amount > 0 {
            return Err(Error::BadExpiry);
        }
        let allowance = Allowance {
            amount,
            until: live_until_ledger,
        };
        store::set_allowance(&env, &from, &spender, &allowance);
        Approve {
            from,
            spender,
            amount,
            live_until_ledger,
        }
        .publish(&env);
        Ok(())
    }

    pub fn balance(env: Env, id: Address) -> i128 {
        store::balance(&env, &id)
    }

    pub fn transfer(env: Env, from: Address, to: MuxedAddress, amount: i128) -> Result<(), Error> {
        require_open(&env)?;
        from.require_auth();
        let (id, to) = (to.id(), to.address());
        move_points(&env, &from, &to, amount)?;
        match id {
            Some(to_muxed_id) => TransferMuxed {
                from,
                to,
                to_muxed_id,
                amount,
            }
            .publish(&env),
            None => Transfer { from, to, amount }.publish(&env),
        }
        Ok(())
    }

    pub fn transfer_from(
        env: Env,
        spender: Address,
        from: Address,
        to: Address,
        amount: i128,
    ) -> Result<(), Error> {
        require_open(&env)?;
        spender.require_auth();
        use_allowance(&env, &from, &spender, amount)?;
        move_points(&env, &from, &to, amount)?;
        Transfer { from, to, amount }.publish(&env);
        Ok(())
    }

    pub fn burn(env: Env, from: Address, amount: i128) -> Result<(), Error> {
        require_open(&env)?;
        from.require_auth();
        burn_points(&env, from, amount)
    }

    pub fn burn_from(env: Env, spender: Address, from: Address, amount: i128) -> Result<(), Error> {
        require_open(&env)?;
        spender.require_auth();
        use_allowance(&env, &from, &spender, amount)?;
        burn_points(&env, from, amount)
    }

    pub fn decimals(env: Env) -> u32 {
        store::name(&env).decimals
    }

    pub fn name(env: Env) -> String {
        store::name(&env).name
    }

    pub fn symbol(env: Env) -> String {
        store::name(&env).symbol
    }
}
