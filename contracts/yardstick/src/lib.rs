//! The least that paying many can cost, and the least contract whose code can be changed: for measuring and for tests.
//! Never deployed where money is: anybody may send what it holds, and make it run other code.
#![no_std]
use soroban_sdk::{
    contract, contractimpl, token::TokenClient, Address, BytesN, ContractExecutable, Env, Vec,
};

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

    /// From the next call on it runs this code.
    pub fn upgrade(env: Env, new_wasm_hash: BytesN<32>) {
        let code = ContractExecutable::Wasm(new_wasm_hash);
        env.deployer().update_current_contract(code);
    }
}
