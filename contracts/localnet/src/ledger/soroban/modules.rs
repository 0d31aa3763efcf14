//! Parsed code of contracts, kept from ledger to ledger as the reference implementation keeps it: a call of code that was
//! there when its ledger began does not pay for reading it, and one that follows the upload in the same ledger does.

use std::fmt;

use soroban_env_host::budget::{AsBudget, Budget};
use soroban_env_host::xdr::{ContractCostParams, LedgerEntryData, LedgerKey};
use soroban_env_host::{CompilationContext, Error, ErrorHandler, HostError, ModuleCache, Val};

use crate::ledger::layers::View;

/// Clones share what is parsed: it is named by its hash.
#[derive(Clone, Default)]
pub struct Modules {
    cache: Option<ModuleCache>,
}

impl fmt::Debug for Modules {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str("Modules")
    }
}

impl Modules {
    /// Takes in what these keys name and the ledger holds. Code that cannot be parsed is left out: its call will say why.
    pub fn prepare<'a>(&mut self, view: &impl View, keys: impl Iterator<Item = &'a LedgerKey>) {
        let (unlimited, free) = (u64::MAX, ContractCostParams::default);
        let Ok(budget) = Budget::try_from_configs(unlimited, unlimited, free(), free()) else {
            return;
        };
        let compiler = Compiler(budget);
        if self.cache.is_none() {
            self.cache = ModuleCache::new(&compiler).ok(); // the host counts otherwise where there is none
        }
        let Some(cache) = &self.cache else { return };
        let protocol = view.header().ledger_version;
        for key in keys.filter(|key| matches!(key, LedgerKey::ContractCode(_))) {
            let Some(LedgerEntryData::ContractCode(code)) =
                view.entry(key).map(|entry| &entry.data)
            else {
                continue;
            };
            if !cache.contains_module(&code.hash).unwrap_or(false) {
                let _left_out =
                    cache.parse_and_cache_module_simple(&compiler, protocol, &code.code);
            }
        }
    }

    pub fn cache(&self) -> Option<ModuleCache> {
        self.cache.clone()
    }
}

/// Parsing happens outside of any call, at nobody's cost.
#[derive(Clone)]
struct Compiler(Budget);

impl AsBudget for Compiler {
    fn as_budget(&self) -> &Budget {
        &self.0
    }
}

impl ErrorHandler for Compiler {
    fn map_err<T, E>(&self, result: Result<T, E>) -> Result<T, HostError>
    where
        Error: From<E>,
        E: fmt::Debug,
    {
        result.map_err(HostError::from)
    }

    fn error(&self, error: Error, _: &str, _: &[Val]) -> HostError {
        HostError::from(error)
    }
}

impl CompilationContext for Compiler {}
