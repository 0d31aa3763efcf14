//! What stands under a key must be found by it for ever, whoever made it.
extern crate std;

use crate::keys;
use soroban_sdk::testutils::Address as _;
use soroban_sdk::xdr::ToXdr;
use soroban_sdk::{contracttype, Address, BytesN, Env, IntoVal, Val};

keys! {
    pub enum Key {
        Roles,
        /// As long as a name may be.
        NineChars,
        Plan(version: u32),
        Credit(version: u32, token: Address, creator: Address),
        Reference(reference: BytesN<32>),
    }
}

#[contracttype]
pub enum Plain {
    Roles,
    NineChars,
    Plan(u32),
    Credit(u32, Address, Address),
    Reference(BytesN<32>),
}

#[test]
fn a_key_is_what_contracttype_would_make_of_it() {
    let env = Env::default();
    let (one, other) = (Address::generate(&env), Address::generate(&env));
    let number = BytesN::from_array(&env, &[7; 32]);
    let pairs: [(Val, Val); 5] = [
        (Key::Roles.into_val(&env), Plain::Roles.into_val(&env)),
        (
            Key::NineChars.into_val(&env),
            Plain::NineChars.into_val(&env),
        ),
        (Key::Plan(3).into_val(&env), Plain::Plan(3).into_val(&env)),
        (
            Key::Credit(1, one.clone(), other.clone()).into_val(&env),
            Plain::Credit(1, one, other).into_val(&env),
        ),
        (
            Key::Reference(number.clone()).into_val(&env),
            Plain::Reference(number).into_val(&env),
        ),
    ];
    for (key, plain) in pairs {
        assert_eq!(key.to_xdr(&env), plain.to_xdr(&env));
    }
}
