//! Lists of the host's, a whole one by one call: each look into one is a call of its own, and so is each thing added.
use alloc::{vec, vec::Vec};
use soroban_sdk::{Address, Env, EnvBase, IntoVal, Map, TryFromVal, Val};

/// All that is in it, in its order.
///
/// # Panics
/// When something else is in it than it says, as when it is looked into one by one.
pub fn all<T>(list: &soroban_sdk::Vec<T>) -> impl ExactSizeIterator<Item = T>
where
    T: IntoVal<Env, Val> + TryFromVal<Env, Val>,
{
    let env = list.env().clone();
    let mut values = vec![Val::VOID.to_val(); list.len() as usize];
    env.vec_unpack_to_slice(list.to_object(), &mut values)
        .unwrap();
    values
        .into_iter()
        .map(move |value| T::try_from_val(&env, &value).unwrap_or_else(|_| panic!()))
}

pub fn of_amounts(env: &Env, amounts: &[i128]) -> soroban_sdk::Vec<i128> {
    let values: Vec<Val> = amounts.iter().map(|amount| amount.into_val(env)).collect();
    let list = env.vec_new_from_slice(&values).unwrap();
    list.into_val(env)
}

/// By a function of the host that is needed anyway: the network charges each call for every one that a contract names.
pub fn empty_map(env: &Env) -> Map<Address, Val> {
    env.map_new_from_slices(&[], &[]).unwrap().into_val(env)
}
