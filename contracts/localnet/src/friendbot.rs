//! Friendbot: gives 10,000 XLM of the root account to whoever asks for the first time.
//! Requests that arrive between two ledgers share one transaction of the root account, since a node queues only one
//! transaction of each source.

use std::collections::{HashMap, HashSet};

use ed25519_dalek::{Signer, SigningKey};
use localnet::{ClosedLedger, Ledger};
use stellar_xdr::{
    AccountId, CreateAccountOp, DecoratedSignature, Error, Hash, LedgerEntryData, LedgerKey,
    LedgerKeyAccount, Limits, Memo, MuxedAccount, Operation, OperationBody, OperationResult,
    OperationResultTr, Preconditions, PublicKey, SequenceNumber, Signature, SignatureHint,
    Transaction, TransactionEnvelope, TransactionExt, TransactionResultResult,
    TransactionV1Envelope, Uint256, WriteXdr,
};

/// 10,000 XLM in stroops.
const STARTING_BALANCE: i64 = 100_000_000_000;
/// Stroops bid for an operation: enough to win against everybody else; the ledger takes only what is needed.
const BID: u32 = 10_000;
const MAX_OPERATIONS: usize = 100;
/// A queued transaction that no ledger took for this long is gone (stellar-core drops it after 4).
const PATIENCE: u32 = 8;

pub type Ticket = u64;

#[derive(Clone)]
pub struct Grant {
    pub hash: Hash,
    pub envelope: TransactionEnvelope,
    pub result: stellar_xdr::TransactionResult,
}

#[derive(Clone)]
pub enum Outcome {
    Granted(Grant),
    /// Somebody else created the account in the same ledger.
    Refused,
}

struct Flight {
    hash: Hash,
    requests: Vec<(Ticket, AccountId)>,
    since: u32,
}

#[derive(Default)]
pub struct Friendbot {
    last_ticket: Ticket,
    waiting: Vec<(Ticket, AccountId)>,
    prepared: Option<Flight>,
    flight: Option<Flight>,
    outcomes: HashMap<Ticket, Outcome>,
}

impl Friendbot {
    pub fn request(&mut self, account: AccountId) -> Ticket {
        self.last_ticket += 1;
        self.waiting.push((self.last_ticket, account));
        self.last_ticket
    }

    pub fn take_outcome(&mut self, ticket: Ticket) -> Option<Outcome> {
        self.outcomes.remove(&ticket)
    }

    /// The asker went away: nobody will fetch the outcome.
    pub fn forget(&mut self, ticket: Ticket) {
        self.waiting.retain(|(t, _)| *t != ticket);
        self.outcomes.remove(&ticket);
    }

    /// A transaction for those who wait, unless one is on its way.
    pub fn next_transaction(&mut self, ledger: &Ledger) -> Option<TransactionEnvelope> {
        if self.flight.is_some() || self.waiting.is_empty() {
            return None;
        }
        let (taken, later) = without_repeats(std::mem::take(&mut self.waiting));
        self.waiting = later;
        match create_accounts(ledger, &taken) {
            Ok((envelope, hash)) => {
                let since = ledger.header().ledger_seq;
                self.prepared = Some(Flight {
                    hash,
                    requests: taken,
                    since,
                });
                Some(envelope)
            }
            Err(_) => {
                self.waiting.extend(taken);
                None
            }
        }
    }

    pub fn submitted(&mut self, accepted: bool) {
        match self.prepared.take() {
            Some(flight) if accepted => self.flight = Some(flight),
            Some(flight) => self.waiting.splice(0..0, flight.requests).for_each(drop),
            None => {}
        }
    }

    pub fn after_close(&mut self, closed: &ClosedLedger) {
        let Some(flight) = self.flight.take() else {
            return;
        };
        let applied = closed.transactions.iter().find(|t| t.hash == flight.hash);
        match applied {
            Some(applied) => {
                let grant = Grant {
                    hash: flight.hash,
                    envelope: applied.envelope.clone(),
                    result: applied.result.clone(),
                };
                self.settle(flight.requests, &grant);
            }
            None if closed.header.header.ledger_seq > flight.since + PATIENCE => {
                self.waiting.splice(0..0, flight.requests).for_each(drop);
            }
            None => self.flight = Some(flight),
        }
    }

    /// All got theirs, or those who broke the transaction are told so and the others try again.
    fn settle(&mut self, requests: Vec<(Ticket, AccountId)>, grant: &Grant) {
        let TransactionResultResult::TxFailed(results) = &grant.result.result else {
            let granted = matches!(grant.result.result, TransactionResultResult::TxSuccess(_));
            for (ticket, account) in requests {
                match granted {
                    true => self
                        .outcomes
                        .insert(ticket, Outcome::Granted(grant.clone()))
                        .map_or((), drop),
                    false => self.waiting.push((ticket, account)),
                }
            }
            return;
        };
        for ((ticket, account), result) in requests.into_iter().zip(results.iter()) {
            match is_success(result) {
                true => self.waiting.push((ticket, account)),
                false => self
                    .outcomes
                    .insert(ticket, Outcome::Refused)
                    .map_or((), drop),
            }
        }
    }
}

/// The key of the root account is the network's id: everybody has it.
fn root_key(ledger: &Ledger) -> SigningKey {
    SigningKey::from_bytes(&ledger.network_id().0)
}

pub fn root_account(ledger: &Ledger) -> AccountId {
    let key = root_key(ledger).verifying_key().to_bytes();
    AccountId(PublicKey::PublicKeyTypeEd25519(Uint256(key)))
}

pub fn account_key(account: &AccountId) -> LedgerKey {
    LedgerKey::Account(LedgerKeyAccount {
        account_id: account.clone(),
    })
}

/// As many as one transaction holds, each account once; the rest waits.
fn without_repeats(
    requests: Vec<(Ticket, AccountId)>,
) -> (Vec<(Ticket, AccountId)>, Vec<(Ticket, AccountId)>) {
    let mut seen = HashSet::new();
    requests
        .into_iter()
        .partition(|(_, account)| seen.len() < MAX_OPERATIONS && seen.insert(account.clone()))
}

fn create_accounts(
    ledger: &Ledger,
    requests: &[(Ticket, AccountId)],
) -> Result<(TransactionEnvelope, Hash), Error> {
    let key = root_key(ledger);
    let source = root_account(ledger);
    let Some(LedgerEntryData::Account(root)) = ledger.get(&account_key(&source)).map(|e| &e.data)
    else {
        return Err(Error::Invalid);
    };
    let operations: Vec<_> = requests
        .iter()
        .map(|(_, account)| Operation {
            source_account: None,
            body: OperationBody::CreateAccount(CreateAccountOp {
                destination: account.clone(),
                starting_balance: STARTING_BALANCE,
            }),
        })
        .collect();
    let transaction = Transaction {
        source_account: MuxedAccount::from(source),
        fee: BID * operations.len() as u32,
        seq_num: SequenceNumber(root.seq_num.0 + 1),
        cond: Preconditions::None,
        memo: Memo::None,
        operations: operations.try_into()?,
        ext: TransactionExt::V0,
    };
    let hash = transaction.hash(ledger.network_id().0)?;
    let public = key.verifying_key().to_bytes();
    let signature = DecoratedSignature {
        hint: SignatureHint([public[28], public[29], public[30], public[31]]),
        signature: Signature(key.sign(&hash).to_bytes().to_vec().try_into()?),
    };
    let envelope = TransactionEnvelope::Tx(TransactionV1Envelope {
        tx: transaction,
        signatures: vec![signature].try_into()?,
    });
    envelope.to_xdr(Limits::none())?;
    Ok((envelope, Hash(hash)))
}

fn is_success(result: &OperationResult) -> bool {
    matches!(
        result,
        OperationResult::OpInner(OperationResultTr::CreateAccount(
            stellar_xdr::CreateAccountResult::Success
        ))
    )
}
