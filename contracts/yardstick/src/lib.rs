//! The least that paying many can cost: for measuring. Never deployed where money is: anybody may send what it holds.
#![no_std]
use soroban_sdk::{contract, contractimpl, token::TokenClient, Address, Env, Vec};

#[contract]
pub struct Yardstick;

#[contractimpl]
impl Yardstick {
    /// So much to each, of what this contract holds.
    pub fn pay(env: Env, token: Address, payees: Vec<Address>, amount: i128) {
        let token = TokenClient::new(&env, &token);
        let here = env.current_contract_address();
        for payee in payees.iter() {
            token.transfer(&here, &payee, &amount);
        }
    }
}
