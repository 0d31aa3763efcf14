//! A network of one payer, an asset and payees who trust it; what is simulated on it is sent, and must succeed.
use ed25519_dalek::{Signer, SigningKey};
use localnet::{mainnet_settings, new_account, Applied, AuthMode, Ledger, Settings, Wish};
use std::sync::Arc;
use stellar_xdr::*;

const XLM: i64 = 10_000_000; // in stroops
const PAYEES: u8 = 60;

/// What a transaction declared, and what it was charged.
#[derive(Clone, Debug)]
pub struct Cost {
    pub instructions: u32,
    pub disk_reads: usize, // entries of accounts and trust lines
    pub footprint: usize,
    pub writes: usize,
    pub written: u32,  // bytes
    pub events: usize, // bytes
    pub fee: i64,      // stroops
}

pub struct Network {
    ledger: Arc<Ledger>,
    source: u8, // whose transactions they are
    sequences: [i64; 256],
    pub token: ScAddress,
    pub payees: Vec<ScAddress>,
}

fn key(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32])
}

fn id(number: u8) -> AccountId {
    AccountId(PublicKey::PublicKeyTypeEd25519(Uint256(
        key(number).verifying_key().to_bytes(),
    )))
}

const ISSUER: u8 = 250;
const PAYER: u8 = 251;

fn entry(data: LedgerEntryData) -> LedgerEntry {
    LedgerEntry {
        last_modified_ledger_seq: 1,
        data,
        ext: LedgerEntryExt::V0,
    }
}

fn account(number: u8) -> LedgerEntry {
    let mut account = new_account(id(number), 1_000_000 * XLM, 1 << 32);
    account.num_sub_entries = u32::from(number != ISSUER);
    entry(LedgerEntryData::Account(account))
}

fn credit() -> AlphaNum4 {
    AlphaNum4 {
        asset_code: AssetCode4(*b"USDC"),
        issuer: id(ISSUER),
    }
}

fn trust_line(number: u8) -> LedgerEntry {
    entry(LedgerEntryData::Trustline(TrustLineEntry {
        account_id: id(number),
        asset: TrustLineAsset::CreditAlphanum4(credit()),
        balance: if number == PAYER { 1 << 50 } else { 0 },
        limit: i64::MAX,
        flags: 1, // authorized
        ext: TrustLineEntryExt::V0,
    }))
}

fn footprint(data: &SorobanTransactionData) -> impl Iterator<Item = &LedgerKey> {
    let touched = &data.resources.footprint;
    touched.read_only.iter().chain(touched.read_write.iter())
}

fn is_on_disk(key: &LedgerKey) -> bool {
    matches!(key, LedgerKey::Account(_) | LedgerKey::Trustline(_))
}

fn told(applied: &Applied) -> Option<(usize, ScVal)> {
    let TransactionResultResult::TxSuccess(_) = applied.result.result else {
        return None;
    };
    let TransactionMeta::V4(meta) = &applied.meta else {
        return None;
    };
    let events = meta.operations.iter().flat_map(|one| one.events.iter());
    let bytes = events.map(|event| event.to_xdr(Limits::none()).map_or(0, |bytes| bytes.len()));
    let returned = meta.soroban_meta.as_ref()?.return_value.clone()?;
    Some((bytes.sum(), returned))
}

impl Network {
    pub fn begin() -> Network {
        let settings = Settings {
            passphrase: "Bench of contracts".into(),
            protocol_version: 28,
            base_fee: 100,
            base_reserve: 5_000_000,
            max_tx_set_ops: 1_000,
        };
        let mut entries = vec![account(ISSUER), account(PAYER), trust_line(PAYER)];
        entries.extend((1..=PAYEES).flat_map(|number| [account(number), trust_line(number)]));
        let mut ledger = Ledger::load(settings, 10, 1_800_000_000, 0, entries);
        ledger.settle(mainnet_settings());
        let mut network = Network {
            ledger: Arc::new(ledger),
            source: PAYER,
            sequences: [1 << 32; 256],
            token: ScAddress::Account(id(PAYER)), // until it is made
            payees: (1..=PAYEES)
                .map(|number| ScAddress::Account(id(number)))
                .collect(),
        };
        network.token = network
            .create(
                ContractIdPreimage::Asset(Asset::CreditAlphanum4(credit())),
                ContractExecutable::StellarAsset,
                Vec::new(),
            )
            .0;
        network
    }

    /// Of somebody who has no account yet: it can own what a contract counts.
    pub fn stranger(number: u8) -> ScAddress {
        ScAddress::Account(id(number))
    }

    /// Admin, guardian and depositor of everything.
    pub fn payer(&self) -> ScAddress {
        ScAddress::Account(id(PAYER))
    }

    pub fn pass(&mut self, seconds: u64) {
        let ledger = Arc::make_mut(&mut self.ledger);
        let next = ledger.header().scp_value.close_time.0 + seconds;
        ledger.close(next, Vec::new());
    }

    pub fn perform(&mut self, what: &str, function: HostFunction) -> (Cost, ScVal) {
        let op = |auth| {
            OperationBody::InvokeHostFunction(InvokeHostFunctionOp {
                host_function: function.clone(),
                auth,
            })
        };
        let simulated = self.ledger.simulate(Wish {
            source: id(self.source),
            body: op(VecM::default()),
            footprint: LedgerFootprint::default(),
            auth: AuthMode::Record,
            upgraded_auth: false,
            leeway: 0,
        });
        let (Some(data), Some((_, auth))) = (simulated.data, simulated.returned) else {
            panic!("{what}: {:?}", simulated.error)
        };
        let envelope = self.signed(op(auth.try_into().expect("few signatures")), data.clone());
        let ledger = Arc::make_mut(&mut self.ledger);
        let next = ledger.header().scp_value.close_time.0 + 5;
        let closed = ledger.close(next, vec![envelope]);
        let applied = closed.transactions.first();
        let Some((events, returned)) = applied.and_then(told) else {
            panic!("{what}: {:?}", applied.map(|one| &one.result))
        };
        let cost = Cost {
            instructions: data.resources.instructions,
            disk_reads: footprint(&data).filter(|key| is_on_disk(key)).count(),
            footprint: footprint(&data).count(),
            writes: data.resources.footprint.read_write.len(),
            written: data.resources.write_bytes,
            events,
            fee: applied.map_or(0, |one| one.result.fee_charged),
        };
        (cost, returned)
    }

    fn signed(&mut self, body: OperationBody, data: SorobanTransactionData) -> TransactionEnvelope {
        let sequence = &mut self.sequences[usize::from(self.source)];
        *sequence += 1;
        let (signer, sequence) = (key(self.source), *sequence);
        let public = signer.verifying_key().to_bytes();
        let operation = Operation {
            source_account: None,
            body,
        };
        let tx = Transaction {
            source_account: MuxedAccount::Ed25519(Uint256(public)),
            fee: 100 + u32::try_from(data.resource_fee).expect("a fee of a transaction"),
            seq_num: SequenceNumber(sequence),
            cond: Preconditions::None,
            memo: Memo::None,
            operations: vec![operation].try_into().expect("one operation"),
            ext: TransactionExt::V1(data),
        };
        let hash = tx.hash(self.ledger.network_id().0).expect("it has a hash");
        let signature = DecoratedSignature {
            hint: SignatureHint([public[28], public[29], public[30], public[31]]),
            signature: Signature(signer.sign(&hash).to_bytes().try_into().expect("64 bytes")),
        };
        TransactionEnvelope::Tx(TransactionV1Envelope {
            tx,
            signatures: vec![signature].try_into().expect("one signature"),
        })
    }

    fn create(
        &mut self,
        contract_id_preimage: ContractIdPreimage,
        executable: ContractExecutable,
        args: Vec<ScVal>,
    ) -> (ScAddress, Cost) {
        let (cost, made) = self.perform(
            "create",
            HostFunction::CreateContractV2(CreateContractArgsV2 {
                contract_id_preimage,
                executable,
                constructor_args: args.try_into().expect("few arguments"),
            }),
        );
        match made {
            ScVal::Address(address) => (address, cost),
            other => panic!("no contract: {other:?}"),
        }
    }

    pub fn upload(&mut self, code: &[u8]) -> (Hash, Cost) {
        let code = code
            .to_vec()
            .try_into()
            .expect("a file of the network's size");
        let (cost, hash) = self.perform("upload", HostFunction::UploadContractWasm(code));
        match hash {
            ScVal::Bytes(hash) => (Hash(hash.0.as_slice().try_into().expect("32 bytes")), cost),
            other => panic!("no hash: {other:?}"),
        }
    }

    /// Each of another salt: of the sequence number.
    pub fn deploy(&mut self, code: &Hash, args: Vec<ScVal>) -> (ScAddress, Cost) {
        let mut salt = [0; 32];
        salt[..8].copy_from_slice(&self.sequences[usize::from(PAYER)].to_be_bytes());
        let preimage = ContractIdPreimage::Address(ContractIdPreimageFromAddress {
            address: self.payer(),
            salt: Uint256(salt),
        });
        self.create(preimage, ContractExecutable::Wasm(code.clone()), args)
    }

    /// By the payee at this place, who signs and pays.
    pub fn call_as(
        &mut self,
        payee: usize,
        contract: &ScAddress,
        name: &str,
        args: Vec<ScVal>,
    ) -> Cost {
        self.source = 1 + payee as u8;
        let cost = self.call(contract, name, args);
        self.source = PAYER;
        cost
    }

    pub fn call(&mut self, contract: &ScAddress, name: &str, args: Vec<ScVal>) -> Cost {
        let function = HostFunction::InvokeContract(InvokeContractArgs {
            contract_address: contract.clone(),
            function_name: ScSymbol(name.try_into().expect("a name of a function")),
            args: args.try_into().expect("few arguments"),
        });
        self.perform(name, function).0
    }
}
