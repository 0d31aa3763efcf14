//! Points are earned once for each thing that was done, under two caps, and spent on vouchers.
use crate::error::Error;
use crate::event::{DailyCapSet, EventCapSet, Mint, Rewarded, Spent};
use crate::store::{self, Earning, Key, Spending, Today};
use crate::token::burn_points;
use crate::{require_admin, require_open};
use crate::{LoyaltyPoints, LoyaltyPointsArgs, LoyaltyPointsClient};
use keeping::{find, put};
use soroban_sdk::{contractimpl, contracttype, Address, BytesN, Env, Vec};

/// A reward is two entries of the 200 that a transaction writes (the balance, and that it was given); event and day are two.
pub const MOST_REWARDED: u32 = 99;

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reward {
    pub to: Address,
    pub amount: i128,
}

/// Whether it is to be given; not when he has it already.
fn is_new(env: &Env, key: &Key, amount: i128) -> Result<bool, Error> {
    let before: Option<i128> = find(env, key);
    match before {
        None => Ok(true),
        Some(before) if amount == before => Ok(false),
        Some(_) => Err(Error::OtherAmount),
    }
}

/// By the event in all, and by all events in a day.
fn count(env: &Env, event: &BytesN<32>, mut earning: Earning, amount: i128) -> Result<(), Error> {
    let earned = earning.earned.checked_add(amount).ok_or(Error::Overflow)?;
    if earned > earning.cap {
        return Err(Error::OverEventCap);
    }
    earning.earned = earned;
    put(env, &Key::Earning(event.clone()), &earning);
    let Today { day, earned } = store::today(env);
    let earned = earned.checked_add(amount).ok_or(Error::Overflow)?;
    if earned > store::daily_cap(env) {
        return Err(Error::OverDailyCap);
    }
    put(env, &Key::Today, &Today { day, earned });
    Ok(())
}

pub fn store_daily_cap(env: &Env, cap: i128) -> Result<(), Error> {
    if cap < 0 {
        return Err(Error::BadAmount);
    }
    env.storage().instance().set(&Key::DailyCap, &cap);
    DailyCapSet { cap }.publish(env);
    Ok(())
}

#[contractimpl]
impl LoyaltyPoints {
    /// What may be earned by an event in all. Where it was more already, nothing is any more.
    pub fn set_event_cap(env: Env, event: BytesN<32>, cap: i128) -> Result<(), Error> {
        require_open(&env)?;
        require_admin(&env);
        if cap < 0 {
            return Err(Error::BadAmount);
        }
        let earned = store::earning(&env, &event).map_or(0, |before| before.earned);
        let key = Key::Earning(event.clone());
        put(&env, &key, &Earning { cap, earned });
        EventCapSet { event, cap }.publish(&env);
        Ok(())
    }

    /// Less may be earned in a day, at once. More is proposed.
    pub fn set_daily_cap(env: Env, cap: i128) -> Result<(), Error> {
        require_admin(&env);
        if cap > store::daily_cap(&env) {
            return Err(Error::NotLower);
        }
        store_daily_cap(&env, cap)
    }

    /// Rewards people for one kind of thing that they did at an event, all or none, each once: a call that is repeated
    /// gives nothing twice. Returns how many were new.
    pub fn reward(
        env: Env,
        event: BytesN<32>,
        kind: u32,
        rewards: Vec<Reward>,
    ) -> Result<u32, Error> {
        require_open(&env)?;
        store::roles(&env).rewarder.require_auth();
        if rewards.len() > MOST_REWARDED {
            return Err(Error::TooMany);
        }
        let earning = store::earning(&env, &event)?;
        let (mut new, mut sum) = (0, 0_i128);
        for Reward { to, amount } in rewards.iter() {
            if amount <= 0 {
                return Err(Error::BadAmount);
            }
            let key = Key::Rewarded(to.clone(), event.clone(), kind);
            if !is_new(&env, &key, amount)? {
                continue;
            }
            put(&env, &key, &amount);
            store::add(&env, &to, amount)?;
            Mint { to, amount }.publish(&env);
            new += 1;
            sum = sum.checked_add(amount).ok_or(Error::Overflow)?;
        }
        if new > 0 {
            count(&env, &event, earning, sum)?;
            Rewarded {
                event,
                kind,
                count: new,
                amount: sum,
            }
            .publish(&env);
        }
        Ok(new)
    }

    /// Burns points for a voucher, each voucher once. Whoever honours it looks who spent how much on it.
    pub fn spend(env: Env, from: Address, amount: i128, voucher: BytesN<32>) -> Result<(), Error> {
        require_open(&env)?;
        from.require_auth();
        if amount <= 0 {
            return Err(Error::BadAmount);
        }
        let key = Key::Voucher(voucher.clone());
        if env.storage().persistent().has(&key) {
            return Err(Error::KnownVoucher);
        }
        burn_points(&env, from.clone(), amount)?;
        let spending = Spending { from, amount };
        put(&env, &key, &spending);
        Spent {
            voucher,
            from: spending.from,
            amount,
        }
        .publish(&env);
        Ok(())
    }

    /// Who spent how much on it, if anybody has.
    pub fn voucher(env: Env, voucher: BytesN<32>) -> Option<Spending> {
        find(&env, &Key::Voucher(voucher))
    }

    /// What somebody was rewarded with for this.
    pub fn rewarded(env: Env, person: Address, event: BytesN<32>, kind: u32) -> Option<i128> {
        find(&env, &Key::Rewarded(person, event, kind))
    }

    pub fn earning(env: Env, event: BytesN<32>) -> Result<Earning, Error> {
        store::earning(&env, &event)
    }

    pub fn today(env: Env) -> Today {
        store::today(&env)
    }

    pub fn daily_cap(env: Env) -> i128 {
        store::daily_cap(&env)
    }
}
