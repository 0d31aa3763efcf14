//! Builds and signs transactions, and puts them through a network made by hand.

use ed25519_dalek::{Signer as _, SigningKey};
use localnet::{Applied, Ledger};
use stellar_xdr::{
    Asset, BytesM, DecoratedSignature, FeeBumpTransaction, FeeBumpTransactionEnvelope,
    FeeBumpTransactionExt, FeeBumpTransactionInnerTx, Hash, Memo, MuxedAccount, Operation,
    OperationBody, PaymentOp, Preconditions, PreconditionsV2, SequenceNumber, SetOptionsOp,
    Signature, SignatureHint, Signer, SignerKey, Transaction, TransactionEnvelope, TransactionExt,
    TransactionV1Envelope, Uint256, VecM,
};

use super::network::{account, id, key, settings, PASSPHRASE};

/// Accounts of 100 XLM by name, each at sequence 1 << 32; the ledger stands at 10.
pub fn ledger_of(names: &[&str]) -> Ledger {
    let entries = names
        .iter()
        .map(|name| account(id(&key(name)), 1_000_000_000, 1 << 32))
        .collect();
    Ledger::load(settings(PASSPHRASE), 10, 1_000, 0, entries)
}

pub fn address(name: &str) -> MuxedAccount {
    MuxedAccount::Ed25519(Uint256(key(name).verifying_key().to_bytes()))
}

pub fn operation(source: Option<&str>, body: OperationBody) -> Operation {
    Operation {
        source_account: source.map(address),
        body,
    }
}

pub fn pay(to: &str, amount: i64) -> OperationBody {
    OperationBody::Payment(PaymentOp {
        destination: address(to),
        asset: Asset::Native,
        amount,
    })
}

pub fn no_options() -> SetOptionsOp {
    SetOptionsOp {
        inflation_dest: None,
        clear_flags: None,
        set_flags: None,
        master_weight: None,
        low_threshold: None,
        med_threshold: None,
        high_threshold: None,
        home_domain: None,
        signer: None,
    }
}

pub fn add_signer(key: SignerKey, weight: u32) -> OperationBody {
    OperationBody::SetOptions(SetOptionsOp {
        signer: Some(Signer { key, weight }),
        ..no_options()
    })
}

pub fn signer_key(name: &str) -> SignerKey {
    SignerKey::Ed25519(Uint256(key(name).verifying_key().to_bytes()))
}

pub fn no_conditions() -> PreconditionsV2 {
    PreconditionsV2 {
        time_bounds: None,
        ledger_bounds: None,
        min_seq_num: None,
        min_seq_age: stellar_xdr::Duration(0),
        min_seq_ledger_gap: 0,
        extra_signers: VecM::default(),
    }
}

/// The `count`th transaction of the source after its making, at the least fee.
pub fn transaction(source: &str, count: i64, bodies: Vec<OperationBody>) -> Transaction {
    let operations: Vec<_> = bodies
        .into_iter()
        .map(|body| operation(None, body))
        .collect();
    Transaction {
        source_account: address(source),
        fee: 100 * u32::try_from(operations.len()).expect("few operations"),
        seq_num: SequenceNumber((1 << 32) + count),
        cond: Preconditions::None,
        memo: Memo::None,
        operations: operations.try_into().expect("at most 100 operations"),
        ext: TransactionExt::V0,
    }
}

pub fn hash(ledger: &Ledger, tx: &Transaction) -> Hash {
    Hash(tx.hash(ledger.network_id().0).expect("hashes"))
}

pub fn signature(signer: &SigningKey, message: &[u8]) -> DecoratedSignature {
    let public = signer.verifying_key().to_bytes();
    let hint = SignatureHint([public[28], public[29], public[30], public[31]]);
    let signed: BytesM<64> = signer
        .sign(message)
        .to_bytes()
        .try_into()
        .expect("64 bytes");
    DecoratedSignature {
        hint,
        signature: Signature(signed),
    }
}

pub fn signed(ledger: &Ledger, tx: &Transaction, names: &[&str]) -> TransactionEnvelope {
    let hash = hash(ledger, tx);
    with_signatures(
        tx,
        names
            .iter()
            .map(|name| signature(&key(name), &hash.0))
            .collect(),
    )
}

pub fn with_signatures(
    tx: &Transaction,
    signatures: Vec<DecoratedSignature>,
) -> TransactionEnvelope {
    let signatures = signatures.try_into().expect("at most 20 signatures");
    TransactionEnvelope::Tx(TransactionV1Envelope {
        tx: tx.clone(),
        signatures,
    })
}

pub fn bump(
    ledger: &Ledger,
    inner: &TransactionEnvelope,
    payer: &str,
    fee: i64,
) -> TransactionEnvelope {
    let TransactionEnvelope::Tx(inner) = inner else {
        panic!("a fee bump wraps a plain transaction")
    };
    let inner_tx = FeeBumpTransactionInnerTx::Tx(inner.clone());
    let tx = FeeBumpTransaction {
        fee_source: address(payer),
        fee,
        inner_tx,
        ext: FeeBumpTransactionExt::V0,
    };
    let hash = tx.hash(ledger.network_id().0).expect("hashes");
    let signatures = vec![signature(&key(payer), &hash)]
        .try_into()
        .expect("one signature");
    TransactionEnvelope::TxFeeBump(FeeBumpTransactionEnvelope { tx, signatures })
}

pub fn now(ledger: &Ledger) -> u64 {
    ledger.header().scp_value.close_time.0
}

/// Closes the next ledger, five seconds later, with one transaction that must be included.
pub fn run(ledger: &mut Ledger, envelope: TransactionEnvelope) -> Applied {
    let result = ledger.validate(&envelope, now(ledger));
    let closed = ledger.close(now(ledger) + 5, vec![envelope]);
    closed
        .transactions
        .into_iter()
        .next()
        .unwrap_or_else(|| panic!("not included: {result:?}"))
}
