//! Keys of storage.

/// An enumeration of keys that are made into what `contracttype` would make of it: a list of the name, at most nine
/// letters, and its fields. The name is made when the contract is built and not letter by letter at each call, and where
/// a key is named nothing is left of the others.
#[macro_export]
macro_rules! keys {
    ($(#[$of_all:meta])* $vis:vis enum $keys:ident {
        $($(#[$of_one:meta])* $name:ident $(($($field:ident: $type:ty),+))?,)+
    }) => {
        $(#[$of_all])*
        $vis enum $keys {
            $($(#[$of_one])* $name $(($($type),+))?,)+
        }

        impl $crate::soroban_sdk::TryFromVal<$crate::soroban_sdk::Env, $keys> for $crate::soroban_sdk::Val {
            type Error = $crate::soroban_sdk::ConversionError;

            #[inline(always)]
            fn try_from_val(env: &$crate::soroban_sdk::Env, key: &$keys) -> Result<Self, Self::Error> {
                use $crate::soroban_sdk::{IntoVal, Symbol};
                Ok(match key {
                    $($keys::$name $(($($field),+))? => {
                        #[allow(deprecated)] // symbol_short takes nothing but a letter-for-letter text
                        const NAME: Symbol = Symbol::short(stringify!($name));
                        (NAME, $($($field.clone(),)+)?).into_val(env)
                    })+
                })
            }
        }
    };
}
