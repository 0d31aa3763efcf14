//! What an operation uses against what its transaction declared, and the diagnostic events that tell of both: the
//! reference implementation adds its counters to each invocation's events.

use soroban_env_host::xdr::{
    BytesM, ContractEvent, ContractEventBody, ContractEventType, ContractEventV0, DiagnosticEvent,
    ExtensionPoint, LedgerKey, ScBytes, ScError, ScErrorCode, ScString, ScSymbol, ScVal, ScVec,
    StringM, VecM,
};

use super::network::Network;
use super::resources::{count, Declared};
use super::Paid;

/// Its limit was passed, and the diagnostics say which.
#[derive(Debug)]
pub struct Exceeded;

#[derive(Debug)]
pub struct Meter<'a> {
    declared: &'a Declared<'a>,
    network: &'a Network,
    pub diagnostics: Vec<DiagnosticEvent>,
    pub counters: Counters,
    pub paid: Paid,
}

/// In entries, bytes and what the host counts in.
#[derive(Debug, Default)]
pub struct Counters {
    pub read_entries: u32,
    pub write_entries: u32,
    pub read_bytes: u32,
    pub write_bytes: u32,
    pub read_key_bytes: u32,
    pub read_data_bytes: u32,
    pub write_data_bytes: u32,
    pub read_code_bytes: u32,
    pub write_code_bytes: u32,
    pub events: u32,
    pub event_bytes: u32,
    pub instructions: u64,
    pub memory: u64,
    pub largest_key: u32,
    pub largest_data: u32,
    pub largest_code: u32,
    pub largest_event: u32,
}

impl<'a> Meter<'a> {
    pub fn new(declared: &'a Declared<'a>, network: &'a Network) -> Meter<'a> {
        Meter {
            declared,
            network,
            diagnostics: Vec::new(),
            counters: Counters::default(),
            paid: Paid::default(),
        }
    }

    /// Code and data have each their greatest size.
    pub fn check_entry(&mut self, key: &LedgerKey, size: u32) -> Result<(), Exceeded> {
        let (most, message) = match key {
            LedgerKey::ContractCode(_) => (
                self.network.most_code,
                "Wasm size exceeds network config maximum contract size",
            ),
            LedgerKey::ContractData(_) => (
                self.network.most_data,
                "ContractData size exceeds network config maximum size",
            ),
            _ => return Ok(()),
        };
        self.within(size.into(), most.into(), message)
    }

    pub fn read_from_disk(
        &mut self,
        key: &LedgerKey,
        key_size: u32,
        size: u32,
    ) -> Result<(), Exceeded> {
        let counters = &mut self.counters;
        counters.read_entries += 1;
        counters.read_key_bytes += key_size;
        counters.largest_key = counters.largest_key.max(key_size);
        counters.read_bytes += size;
        match is_code(key) {
            true => {
                counters.read_code_bytes += size;
                counters.largest_code = counters.largest_code.max(size);
            }
            false => {
                counters.read_data_bytes += size;
                counters.largest_data = counters.largest_data.max(size);
            }
        }
        let (used, most) = (
            counters.read_bytes,
            self.declared.resources().disk_read_bytes,
        );
        self.within(
            used.into(),
            most.into(),
            "operation byte-read resources exceeds amount specified",
        )
    }

    pub fn write(&mut self, key: &LedgerKey, key_size: u32, size: u32) -> Result<(), Exceeded> {
        let counters = &mut self.counters;
        counters.write_entries += 1;
        counters.largest_key = counters.largest_key.max(key_size);
        counters.write_bytes += size;
        match is_code(key) {
            true => {
                counters.write_code_bytes += size;
                counters.largest_code = counters.largest_code.max(size);
            }
            false => {
                counters.write_data_bytes += size;
                counters.largest_data = counters.largest_data.max(size);
            }
        }
        let (used, most) = (counters.write_bytes, self.declared.resources().write_bytes);
        self.within(
            used.into(),
            most.into(),
            "operation byte-write resources exceeds amount specified",
        )
    }

    pub fn emit(&mut self, size: usize) -> Result<(), Exceeded> {
        let size = count(size);
        self.counters.events += 1;
        self.counters.event_bytes += size;
        self.counters.largest_event = self.counters.largest_event.max(size);
        let (used, most) = (self.counters.event_bytes, self.network.most_events);
        self.within(
            used.into(),
            most.into(),
            "total events size exceeds network config maximum",
        )
    }

    pub fn return_value(&mut self, size: usize) -> Result<(), Exceeded> {
        self.counters.event_bytes += count(size);
        let (used, most) = (self.counters.event_bytes, self.network.most_events);
        self.within(
            used.into(),
            most.into(),
            "return value pushes events size above network config maximum",
        )
    }

    /// Rent first, then the price of the events, out of what is left of the resource fee.
    pub fn pay(&mut self, rent: i64) -> Result<(), Exceeded> {
        let before = self.declared.fee(self.network, 0);
        let most = self.declared.data.resource_fee - before.fixed;
        self.paid.rent = rent;
        if most < rent {
            return self.refuse(
                "refundable resource fee was not sufficient to cover the ledger storage rent: {} > {}",
                vec![wide(rent), wide(most)],
            );
        }
        let used = self
            .declared
            .fee(self.network, self.counters.event_bytes)
            .refundable;
        self.paid.refundable = rent + used;
        if most < self.paid.refundable {
            return self.refuse(
                "refundable resource fee was not sufficient to cover the events fee after paying for ledger storage \
                 rent: {} > {}",
                vec![wide(used), wide(most - rent)],
            );
        }
        Ok(())
    }

    pub fn within(&mut self, used: u64, most: u64, message: &str) -> Result<(), Exceeded> {
        match used <= most {
            true => Ok(()),
            false => self.refuse(message, vec![ScVal::U64(used), ScVal::U64(most)]),
        }
    }

    fn refuse(&mut self, message: &str, facts: Vec<ScVal>) -> Result<(), Exceeded> {
        self.say(ScError::Budget(ScErrorCode::ExceededLimit), message, facts);
        Err(Exceeded)
    }

    /// What the footprint calls for cannot be used: it is archived, and nobody said that it is to be restored.
    pub fn refuse_archived(&mut self, key: &LedgerKey) {
        let error = ScError::Value(ScErrorCode::InvalidInput);
        match key {
            LedgerKey::ContractCode(code) => self.say(
                error,
                "trying to access an archived contract code entry",
                vec![ScVal::Bytes(ScBytes(
                    BytesM::try_from(code.hash.0.to_vec()).unwrap_or_default(),
                ))],
            ),
            LedgerKey::ContractData(data) => self.say(
                error,
                "trying to access an archived contract data entry",
                vec![ScVal::Address(data.contract.clone()), data.key.clone()],
            ),
            _ => {}
        }
    }

    fn say(&mut self, error: ScError, message: &str, facts: Vec<ScVal>) {
        let mut data = vec![ScVal::String(ScString(
            StringM::try_from(message).unwrap_or_default(),
        ))];
        data.extend(facts);
        let data = ScVal::Vec(Some(ScVec(VecM::try_from(data).unwrap_or_default())));
        self.diagnostics.push(event(
            false,
            vec![symbol("error"), ScVal::Error(error)],
            data,
        ));
    }

    pub fn say_failed(&mut self, error: ScError) {
        self.diagnostics.push(event(
            false,
            vec![symbol("host_fn_failed"), ScVal::Error(error)],
            ScVal::Void,
        ));
    }

    /// All counters as events, in the reference implementation's order; the time that it took is nobody's business here.
    pub fn say_counters(&mut self, success: bool) {
        let counters = &self.counters;
        let told: [(&str, u64); 19] = [
            ("read_entry", counters.read_entries.into()),
            ("write_entry", counters.write_entries.into()),
            ("ledger_read_byte", counters.read_bytes.into()),
            ("ledger_write_byte", counters.write_bytes.into()),
            ("read_key_byte", counters.read_key_bytes.into()),
            ("write_key_byte", 0),
            ("read_data_byte", counters.read_data_bytes.into()),
            ("write_data_byte", counters.write_data_bytes.into()),
            ("read_code_byte", counters.read_code_bytes.into()),
            ("write_code_byte", counters.write_code_bytes.into()),
            ("emit_event", counters.events.into()),
            ("emit_event_byte", counters.event_bytes.into()),
            ("cpu_insn", counters.instructions),
            ("mem_byte", counters.memory),
            ("invoke_time_nsecs", 0),
            ("max_rw_key_byte", counters.largest_key.into()),
            ("max_rw_data_byte", counters.largest_data.into()),
            ("max_rw_code_byte", counters.largest_code.into()),
            ("max_emit_event_byte", counters.largest_event.into()),
        ];
        self.diagnostics.extend(told.map(|(name, value)| {
            event(
                success,
                vec![symbol("core_metrics"), symbol(name)],
                ScVal::U64(value),
            )
        }));
    }
}

fn is_code(key: &LedgerKey) -> bool {
    matches!(key, LedgerKey::ContractCode(_))
}

fn wide(amount: i64) -> ScVal {
    ScVal::U64(u64::try_from(amount).unwrap_or_default())
}

fn symbol(text: &str) -> ScVal {
    ScVal::Symbol(ScSymbol(StringM::try_from(text).unwrap_or_default()))
}

fn event(in_successful_contract_call: bool, topics: Vec<ScVal>, data: ScVal) -> DiagnosticEvent {
    let topics = VecM::try_from(topics).unwrap_or_default();
    DiagnosticEvent {
        in_successful_contract_call,
        event: ContractEvent {
            ext: ExtensionPoint::V0,
            contract_id: None,
            type_: ContractEventType::Diagnostic,
            body: ContractEventBody::V0(ContractEventV0 { topics, data }),
        },
    }
}
