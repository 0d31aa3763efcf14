//! The least contract whose code can be changed: what tests upgrade, and upgrade to. Never deployed where money is: anybody
//! may make it run other code.
#![no_std]
use soroban_sdk::{contract, contractimpl, BytesN, ContractExecutable, Env};

#[contract]
pub struct Successor;

#[contractimpl]
impl Successor {
    /// From the next call on it runs this code.
    pub fn upgrade(env: Env, new_wasm_hash: BytesN<32>) {
        let code = ContractExecutable::Wasm(new_wasm_hash);
        env.deployer().update_current_contract(code);
    }
}
