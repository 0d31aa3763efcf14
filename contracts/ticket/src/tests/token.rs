//! A token that moves what it says and refuses whom it is told to refuse: accounts need no trust lines here.
use soroban_sdk::{
    contract, contracterror, contractimpl, contracttype, Address, Env, MuxedAddress,
};

#[contracterror]
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
#[repr(u32)]
pub enum TokenError {
    Refused = 1,
    TooLittle = 2,
}

#[contracttype]
enum Holding {
    Of(Address),
    Refused(Address),
}

#[contract]
pub struct PlainToken;

#[contractimpl]
impl PlainToken {
    pub fn give(env: Env, to: Address, amount: i128) {
        let before = Self::balance(env.clone(), to.clone());
        let storage = env.storage().persistent();
        storage.set(&Holding::Of(to), &(before + amount));
    }

    pub fn refuse(env: Env, whom: Address, on: bool) {
        env.storage().persistent().set(&Holding::Refused(whom), &on);
    }

    pub fn balance(env: Env, id: Address) -> i128 {
        let storage = env.storage().persistent();
        storage.get(&Holding::Of(id)).unwrap_or(0)
    }

    pub fn transfer(
        env: Env,
        from: Address,
        to: MuxedAddress,
        amount: i128,
    ) -> Result<(), TokenError> {
        from.require_auth();
        let storage = env.storage().persistent();
        let is_refused = storage.get(&Holding::Refused(to.address()));
        if is_refused.unwrap_or(false) {
            return Err(TokenError::Refused);
        }
        let left = Self::balance(env.clone(), from.clone()) - amount;
        if left < 0 {
            return Err(TokenError::TooLittle);
        }
        storage.set(&Holding::Of(from), &left);
        Self::give(env, to.address(), amount);
        Ok(())
    }
}
