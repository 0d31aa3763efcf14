//! The life of a contract on a network with mainnet's limits: uploaded, made, called, kept, run out, brought back.

mod support;

use std::sync::Arc;

use localnet::{mainnet_settings, Applied, AuthMode, Ledger, Simulated, Wish};
use stellar_xdr::*;
use support::build::{address, ledger_of, run, signed, transaction};
use support::network::{id, key};
use support::vectors::{decoded, text, vectors};

const MIN_PERSISTENT: u32 = 120_960;

struct Scene {
    ledger: Arc<Ledger>,
    count: i64,
}

impl Scene {
    fn begin() -> Scene {
        let mut ledger = ledger_of(&["a"]);
        ledger.settle(mainnet_settings());
        Scene {
            ledger: Arc::new(ledger),
            count: 0,
        }
    }

    fn simulate(&self, body: &OperationBody, footprint: LedgerFootprint) -> Simulated {
        self.ledger.simulate(Wish {
            source: id(&key("a")),
            body: body.clone(),
            footprint,
            auth: AuthMode::Record,
            upgraded_auth: false,
            leeway: 0,
        })
    }

    /// As it is simulated, so it is sent, and runs.
    fn perform(&mut self, body: OperationBody, footprint: LedgerFootprint) -> Applied {
        let simulated = self.simulate(&body, footprint);
        let data = simulated
            .data
            .unwrap_or_else(|| panic!("{:?}", simulated.error));
        let auth = simulated.returned.map(|(_, auth)| auth).unwrap_or_default();
        self.send(with_auth(body, auth), data)
    }

    fn send(&mut self, body: OperationBody, data: SorobanTransactionData) -> Applied {
        self.count += 1;
        let mut tx = transaction("a", self.count, vec![body]);
        tx.fee += u32::try_from(data.resource_fee).expect("a small fee");
        tx.ext = TransactionExt::V1(data);
        let envelope = signed(&self.ledger, &tx, &["a"]);
        run(Arc::make_mut(&mut self.ledger), envelope)
    }

    fn skip(&mut self, ledgers: u32) {
        let target = self.ledger.header().ledger_seq + ledgers;
        Arc::make_mut(&mut self.ledger).skip_to(target);
    }

    /// The recorded contract of ours, and its code and instance.
    fn make(&mut self) -> (ContractId, [LedgerKey; 2]) {
        let code = recorded_code();
        let uploaded = self.perform(
            invoke(HostFunction::UploadContractWasm(code)),
            LedgerFootprint::default(),
        );
        let ScVal::Bytes(hash) = returned(&uploaded) else {
            panic!("no hash")
        };
        let hash = Hash(hash.0.as_slice().try_into().expect("32 bytes"));
        let made = self.perform(
            invoke(HostFunction::CreateContractV2(CreateContractArgsV2 {
                contract_id_preimage: ContractIdPreimage::Address(ContractIdPreimageFromAddress {
                    address: ScAddress::Account(id(&key("a"))),
                    salt: Uint256([5; 32]),
                }),
                executable: ContractExecutable::Wasm(hash.clone()),
                constructor_args: VecM::default(),
            })),
            LedgerFootprint::default(),
        );
        let ScVal::Address(ScAddress::Contract(contract)) = returned(&made) else {
            panic!("no contract")
        };
        let instance = LedgerKey::ContractData(LedgerKeyContractData {
            contract: ScAddress::Contract(contract.clone()),
            key: ScVal::LedgerKeyContractInstance,
            durability: ContractDataDurability::Persistent,
        });
        (
            contract,
            [
                instance,
                LedgerKey::ContractCode(LedgerKeyContractCode { hash }),
            ],
        )
    }

    fn live_until(&self, key: &LedgerKey) -> u32 {
        self.ledger.live_until(key).expect("it has a time to live")
    }
}

fn recorded_code() -> BytesM {
    let scenario = vectors("network/soroban_basic.json");
    let steps = scenario["steps"].as_array().expect("steps");
    let upload = steps
        .iter()
        .find(|step| step["label"] == "upload")
        .expect("an upload");
    let TransactionEnvelope::Tx(envelope) = decoded(text(upload, "envelope")) else {
        panic!("no transaction")
    };
    match &envelope.tx.operations[0].body {
        OperationBody::InvokeHostFunction(InvokeHostFunctionOp {
            host_function: HostFunction::UploadContractWasm(code),
            ..
        }) => code.clone(),
        other => panic!("no upload: {other:?}"),
    }
}

fn invoke(host_function: HostFunction) -> OperationBody {
    OperationBody::InvokeHostFunction(InvokeHostFunctionOp {
        host_function,
        auth: VecM::default(),
    })
}

fn with_auth(body: OperationBody, auth: Vec<SorobanAuthorizationEntry>) -> OperationBody {
    match body {
        OperationBody::InvokeHostFunction(op) => {
            OperationBody::InvokeHostFunction(InvokeHostFunctionOp {
                auth: auth.try_into().expect("few authorizations"),
                ..op
            })
        }
        other => other,
    }
}

fn hello(contract: &ContractId) -> OperationBody {
    let symbol = |text: &str| ScSymbol(text.try_into().expect("a symbol"));
    invoke(HostFunction::InvokeContract(InvokeContractArgs {
        contract_address: ScAddress::Contract(contract.clone()),
        function_name: symbol("hello"),
        args: VecM::default(),
    }))
}

fn meta(applied: &Applied) -> &TransactionMetaV4 {
    match &applied.meta {
        TransactionMeta::V4(meta) => meta,
        other => panic!("{other:?}"),
    }
}

fn returned(applied: &Applied) -> ScVal {
    let told = meta(applied)
        .soroban_meta
        .as_ref()
        .and_then(|told| told.return_value.clone());
    told.unwrap_or_else(|| panic!("{:?}", applied.result))
}

fn succeeded(applied: &Applied) -> bool {
    matches!(applied.result.result, TransactionResultResult::TxSuccess(_))
}

fn keys(read_only: &[LedgerKey], read_write: &[LedgerKey]) -> LedgerFootprint {
    LedgerFootprint {
        read_only: read_only.to_vec().try_into().expect("few keys"),
        read_write: read_write.to_vec().try_into().expect("few keys"),
    }
}

/// What was told as restored, in the order of the keys.
fn restored(applied: &Applied) -> Vec<LedgerKey> {
    let changes = meta(applied).operations[0].changes.0.iter();
    let mut keys: Vec<_> = changes
        .filter_map(|change| match change {
            LedgerEntryChange::Restored(entry) => Some(entry.to_key()),
            _ => None,
        })
        .collect();
    keys.sort();
    keys
}

#[test]
fn a_contract_is_made_and_called_and_pays_back_what_it_did_not_use() {
    let mut scene = Scene::begin();
    let (contract, held) = scene.make();
    let before = balance(&scene.ledger);
    let applied = scene.perform(hello(&contract), LedgerFootprint::default());
    assert!(
        matches!(returned(&applied), ScVal::Symbol(_)),
        "{:?}",
        returned(&applied)
    );
    assert_eq!(
        before - balance(&scene.ledger),
        applied.result.fee_charged,
        "refunded to the stroop"
    );
    for key in &held {
        assert!(scene.live_until(key) >= MIN_PERSISTENT);
    }
}

fn balance(ledger: &Ledger) -> i64 {
    match ledger
        .get(&LedgerKey::Account(LedgerKeyAccount {
            account_id: id(&key("a")),
        }))
        .map(|entry| &entry.data)
    {
        Some(LedgerEntryData::Account(account)) => account.balance,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_archived_is_restored_by_the_call_that_says_so() {
    let mut scene = Scene::begin();
    let (contract, held) = scene.make();
    scene.skip(2 * MIN_PERSISTENT);
    assert_eq!(
        held.clone().map(|key| scene.ledger.live_until(&key)),
        [Some(0), Some(0)],
        "archived"
    );
    let simulated = scene.simulate(&hello(&contract), LedgerFootprint::default());
    let data = simulated.data.expect("it can be called");
    let SorobanTransactionDataExt::V1(ext) = &data.ext else {
        panic!("nothing is to be restored")
    };
    assert_eq!(ext.archived_soroban_entries.as_slice(), [0, 1]);

    let unsaid = SorobanTransactionData {
        ext: SorobanTransactionDataExt::V0,
        ..data.clone()
    };
    let refused = scene.send(hello(&contract), unsaid);
    assert!(
        format!("{:?}", refused.result).contains("EntryArchived"),
        "{:?}",
        refused.result
    );

    let called = scene.send(hello(&contract), data);
    assert!(succeeded(&called), "{:?}", called.result);
    let told = restored(&called);
    assert_eq!(told.len(), 4, "both, and their times to live: {told:?}");
    let now = scene.ledger.header().ledger_seq;
    for key in &held {
        let entry = scene.ledger.get(key).expect("it lives again");
        assert_eq!(entry.last_modified_ledger_seq, now, "written anew");
    }
    for key in &held {
        assert!(told.contains(key));
        assert_eq!(scene.live_until(key), now + MIN_PERSISTENT - 1);
    }
}

#[test]
fn what_is_archived_is_restored_by_itself_and_kept_for_longer() {
    let mut scene = Scene::begin();
    let (contract, held) = scene.make();
    scene.skip(2 * MIN_PERSISTENT);
    let back = OperationBody::RestoreFootprint(RestoreFootprintOp {
        ext: ExtensionPoint::V0,
    });
    let applied = scene.perform(back, keys(&[], &held));
    assert!(succeeded(&applied), "{:?}", applied.result);
    assert_eq!(restored(&applied).len(), 4);

    let longer = OperationBody::ExtendFootprintTtl(ExtendFootprintTtlOp {
        ext: ExtensionPoint::V0,
        extend_to: 500_000,
    });
    let applied = scene.perform(longer, keys(&held, &[]));
    assert!(succeeded(&applied), "{:?}", applied.result);
    let now = scene.ledger.header().ledger_seq;
    for key in &held {
        assert_eq!(scene.live_until(key), now + 500_000);
    }
    assert!(succeeded(
        &scene.perform(hello(&contract), LedgerFootprint::default())
    ));
}

#[test]
fn limits_hold_before_anything_runs() {
    let mut scene = Scene::begin();
    let (contract, _) = scene.make();
    let data = scene
        .simulate(&hello(&contract), LedgerFootprint::default())
        .data
        .expect("it can be called");
    let refuse = |change: fn(&mut SorobanTransactionData)| {
        let mut data = data.clone();
        change(&mut data);
        let mut tx = transaction("a", scene.count + 1, vec![hello(&contract)]);
        tx.fee += u32::try_from(data.resource_fee).expect("a small fee");
        tx.ext = TransactionExt::V1(data);
        let envelope = signed(&scene.ledger, &tx, &["a"]);
        scene.ledger.validate(&envelope, 2_000).result
    };
    let invalid = TransactionResultResult::TxSorobanInvalid;
    assert_eq!(
        refuse(|data| data.resources.instructions = 400_000_001),
        invalid
    );
    assert_eq!(refuse(|data| data.resources.write_bytes = 132_097), invalid);
    assert_eq!(
        refuse(|data| data.resources.disk_read_bytes = 200_001),
        invalid
    );
    assert_eq!(refuse(|data| data.resource_fee = 1), invalid);
    assert!(
        matches!(refuse(|_| ()), TransactionResultResult::TxSuccess(_)),
        "{:?}",
        address("a")
    );
}
