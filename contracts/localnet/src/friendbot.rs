//! Friendbot: gives 10,000 XLM of the root account to whoever asks for the first time.
//! Requests that arrive between two ledgers share one transaction of the root account, since a node queues only one
//! transaction of each source.

use std::collections::{HashMap, HashSet};

use ed25519_dalek::{Signer, SigningKey};
use localnet::{Applied, ClosedLedger, Ledger, Submission};
use stellar_xdr::{
    AccountId, CreateAccountOp, CreateAccountResult, DecoratedSignature, Error, Hash,
    LedgerEntryData, LedgerKey, LedgerKeyAccount, Limits, Memo, MuxedAccount, Operation,
    OperationBody, OperationResult, OperationResultTr, Preconditions, PublicKey, SequenceNumber,
    Signature, SignatureHint, Transaction, TransactionEnvelope, TransactionExt,
    TransactionResultResult, TransactionV1Envelope, Uint256, WriteXdr,
};

/// 10,000 XLM in stroops.
const STARTING_BALANCE: i64 = 100_000_000_000;
/// Stroops bid for an operation: enough to win against everybody else; the ledger takes only what is needed.
const BID: u32 = 10_000;
const MAX_OPERATIONS: usize = 100;
/// A queued transaction that no ledger took for this long is gone (stellar-core drops it after 4).
const PATIENCE: u32 = 8;

pub type Ticket = u64;
type Requests = Vec<(Ticket, AccountId)>;

#[derive(Clone)]
pub struct Grant {
    pub hash: Hash,
    pub envelope: TransactionEnvelope,
    pub result: stellar_xdr::TransactionResult,
}

#[derive(Clone)]
pub enum Outcome {
    Granted(Box<Grant>),
    /// Somebody else created the account in the same ledger.
    Exists,
    /// What the network said of the transaction or of its part for this account.
    Refused(String),
}

struct Flight {
    hash: Hash,
    requests: Requests,
    since: u32,
}

#[derive(Default)]
pub struct Friendbot {
    last_ticket: Ticket,
    waiting: Requests,
    flight: Option<Flight>,
    outcomes: HashMap<Ticket, Outcome>,
}

impl Friendbot {
    pub fn request(&mut self, account: AccountId) -> Ticket {
        self.last_ticket += 1;
        self.waiting.push((self.last_ticket, account));
        self.last_ticket
    }

    /// Not yet decided.
    pub fn is_waiting(&self, ticket: Ticket) -> bool {
        !self.outcomes.contains_key(&ticket)
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
        let Ok((envelope, hash)) = create_accounts(ledger, &taken) else {
            self.put_back(taken);
            return None;
        };
        self.flight = Some(Flight {
            hash,
            requests: taken,
            since: ledger.header().ledger_seq,
        });
        Some(envelope)
    }

    /// The queue would not take the transaction: the next ledger may, unless the root account itself is at fault.
    pub fn was_refused(&mut self, why: &Submission) {
        let Some(flight) = self.flight.take() else {
            return;
        };
        match why {
            Submission::Error(result) => self.refuse(flight.requests, result.result.name()),
            _ => self.put_back(flight.requests),
        }
    }

    fn refuse(&mut self, requests: Requests, why: &str) {
        let told = Outcome::Refused(why.to_owned());
        self.outcomes
            .extend(requests.into_iter().map(|(t, _)| (t, told.clone())));
    }

    pub fn after_close(&mut self, closed: &ClosedLedger) {
        let Some(flight) = self.flight.take() else {
            return;
        };
        let applied = closed.transactions.iter().find(|t| t.hash == flight.hash);
        match applied {
            Some(applied) => self.settle(flight.requests, applied),
            None if closed.header.header.ledger_seq > flight.since + PATIENCE => {
                self.put_back(flight.requests)
            }
            None => self.flight = Some(flight),
        }
    }

    /// All got theirs, or those who broke the transaction are told so and the others try again.
    fn settle(&mut self, requests: Requests, applied: &Applied) {
        match &applied.result.result {
            TransactionResultResult::TxSuccess(_) => {
                let grant = Grant {
                    hash: applied.hash.clone(),
                    envelope: applied.envelope.clone(),
                    result: applied.result.clone(),
                };
                let granted = Outcome::Granted(Box::new(grant));
                (self.outcomes).extend(requests.into_iter().map(|(t, _)| (t, granted.clone())));
            }
            TransactionResultResult::TxFailed(results) => {
                let judged = requests.into_iter().zip(results.iter());
                let mut innocent = Vec::new();
                for (request, result) in judged {
                    match refusal(result) {
                        Some(told) => drop(self.outcomes.insert(request.0, told)),
                        None => innocent.push(request),
                    }
                }
                self.put_back(innocent);
            }
            other => self.refuse(requests, other.name()),
        }
    }

    fn put_back(&mut self, mut requests: Requests) {
        requests.append(&mut self.waiting);
        self.waiting = requests;
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
fn without_repeats(requests: Requests) -> (Requests, Requests) {
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

/// None: this part went well.
fn refusal(result: &OperationResult) -> Option<Outcome> {
    use CreateAccountResult as Created;
    match result {
        OperationResult::OpInner(OperationResultTr::CreateAccount(created)) => match created {
            Created::Success => None,
            Created::AlreadyExist => Some(Outcome::Exists),
            other => Some(Outcome::Refused(format!("createAccount{}", other.name()))),
        },
        other => Some(Outcome::Refused(other.name().to_owned())),
    }
}
