//! The transactions that wait for the next ledger. Submitting is a question with four answers; which of them is given
//! depends on what already waits, on what was refused lately, and on what there is room for. Classic transactions and those
//! that call contracts wait apart, and share nothing but their sources: one transaction of each.

mod crowd;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use stellar_xdr::{
    AccountId, FeeBumpTransactionInnerTx, Hash, TransactionEnvelope, TransactionResult,
    TransactionResultCode as Code, TransactionResultResult,
};

use crate::ledger::frame::{in_todays_form, Frame};
use crate::ledger::layers::View;
use crate::ledger::room::{Lane, Room};
use crate::ledger::{account, fees, hashing, payers, verdict, ClosedLedger, Ledger};
use crowd::{Bid, Crowd};

/// Ledgers a transaction waits before it is dropped and its hash banned.
const MOST_WAIT: u32 = 4;
/// Ledgers a hash stays banned.
const BAN_LEDGERS: usize = 10;
/// Ledgers' worth of transactions that may wait.
const ROOM_LEDGERS: i64 = 2;
/// Ledgers a transaction may take to be included, at most: it must still be in time after so many close times.
const LEDGERS_AHEAD: u64 = 2;
/// Seconds between the ledgers of the public network.
const USUAL_CLOSE: u64 = 5;
/// How many times as much a fee bump must offer to take a waiting transaction's place.
const REPLACE_TIMES: i64 = 10;

/// What a node says to someone who sends it a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Submission {
    Pending,
    Duplicate,
    TryAgainLater,
    Error(TransactionResult),
}

#[derive(Clone, Debug)]
struct Waiting {
    envelope: TransactionEnvelope,
    frame: Frame,
    /// Of the whole envelope, signatures included: what duplicates and bans go by.
    full_hash: Hash,
    /// Of a ledger's room.
    taken: Room,
    age: u32,
}

impl Waiting {
    fn lane(&self) -> Lane {
        Lane::of(&self.frame)
    }

    fn bid(&self) -> Bid<'_> {
        Bid {
            frame: &self.frame,
            full_hash: &self.full_hash,
            taken: self.taken,
        }
    }
}

#[derive(Clone, Debug, Default)]
struct PutOut {
    classic: Option<Frame>,
    contracts: Option<Frame>,
}

impl PutOut {
    fn of(&mut self, lane: Lane) -> &mut Option<Frame> {
        match lane {
            Lane::Classic => &mut self.classic,
            Lane::Contracts => &mut self.contracts,
        }
    }
}

/// At most one transaction of each source account.
#[derive(Clone, Debug)]
pub struct Queue {
    waiting: BTreeMap<AccountId, Waiting>,
    /// The newest ledger's bans in front.
    banned: VecDeque<BTreeSet<Hash>>,
    /// Of each lane the best bid that was put out for a better one since the last ledger.
    put_out: PutOut,
    /// The ledger for which all that waits was last found valid.
    checked: u32,
    /// Seconds for which a transaction must still be good.
    ahead: u64,
}

impl Default for Queue {
    fn default() -> Self {
        Queue::closing_every(USUAL_CLOSE)
    }
}

impl Queue {
    /// For a network whose ledgers are this many seconds apart.
    pub fn closing_every(seconds: u64) -> Queue {
        let banned = VecDeque::from(vec![BTreeSet::new(); BAN_LEDGERS]);
        Queue {
            waiting: BTreeMap::new(),
            banned,
            put_out: PutOut::default(),
            checked: 0,
            ahead: LEDGERS_AHEAD * seconds,
        }
    }

    /// `now` is the clock of this node, unix seconds.
    pub fn submit(&mut self, ledger: &Ledger, tx: TransactionEnvelope, now: u64) -> Submission {
        self.drop_invalid(ledger);
        let tx = in_todays_form(tx);
        let frame = Frame::new(&tx, &ledger.network_id());
        let newcomer = Waiting {
            full_hash: hashing::of_xdr(&tx),
            taken: Room::taken_by(&frame),
            envelope: tx,
            frame,
            age: 0,
        };
        match self.admit(ledger, &newcomer, now) {
            Ok(put_out) => {
                self.put_out(put_out);
                self.insert(newcomer);
                Submission::Pending
            }
            Err(submission) => submission,
        }
    }

    /// All that waits and is still valid; those that get no room in this ledger keep waiting, and so do those with the
    /// number at which accounts of the next ledger begin.
    pub fn take_for_close(&mut self, ledger: &Ledger) -> Vec<TransactionEnvelope> {
        self.drop_invalid(ledger);
        let forbidden = forbidden_number(ledger);
        self.waiting
            .values()
            .filter(|waiting| waiting.frame.sequence() != forbidden)
            .map(|waiting| waiting.envelope.clone())
            .collect()
    }

    /// Forgets what was applied or made useless by it, and lets the rest age.
    pub fn after_close(&mut self, closed: &ClosedLedger) {
        for applied in &closed.transactions {
            // Asked only for its source and number, which no network id changes.
            let frame = Frame::new(&applied.envelope, &Hash::default());
            let source = frame.source();
            if self
                .waiting
                .get(&source)
                .is_some_and(|held| held.frame.sequence() <= frame.sequence())
            {
                self.waiting.remove(&source);
            }
            self.ban(hashing::of_xdr(&applied.envelope));
        }
        self.drop_all(|waiting| closed.refused.contains(&waiting.full_hash));
        self.banned.pop_back();
        self.banned.push_front(BTreeSet::new());
        self.put_out = PutOut::default();
        self.waiting
            .values_mut()
            .for_each(|waiting| waiting.age += 1);
        self.drop_all(|waiting| waiting.age >= MOST_WAIT);
    }

    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Who has to go to let the newcomer in; or why it cannot come in.
    fn admit(
        &mut self,
        ledger: &Ledger,
        newcomer: &Waiting,
        now: u64,
    ) -> Result<Vec<AccountId>, Submission> {
        let refuse = |code, fee| Submission::Error(verdict::error(code, fee));
        let current = self.waiting.get(&newcomer.frame.source());
        if current.is_some_and(|held| held.lane() != newcomer.lane()) {
            return Err(Submission::TryAgainLater);
        }
        if !newcomer.frame.has_valid_fee() {
            return Err(refuse(Code::TxMalformed, 0));
        }
        if self.is_banned(&newcomer.full_hash) {
            return Err(Submission::TryAgainLater);
        }
        if let Some(current) = current {
            may_replace(current, newcomer)?;
        }
        let refund = current.filter(|held| held.frame.fee_source() == newcomer.frame.fee_source());
        let refund = refund.map_or(0, |held| held.frame.fee());
        let put_out = match self.make_room(ledger, newcomer) {
            Ok(put_out) => put_out,
            Err(least_fee) => {
                self.ban(newcomer.full_hash.clone());
                return Err(least_fee.map_or(Submission::TryAgainLater, |fee| {
                    refuse(Code::TxInsufficientFee, fee)
                }));
            }
        };
        let result = ledger.validate(&newcomer.envelope, self.latest_close(ledger, now));
        if !is_success(&result) {
            return Err(Submission::Error(result));
        }
        match self.affords(ledger, newcomer, refund) {
            true => Ok(put_out),
            false => Err(refuse(Code::TxInsufficientBalance, 0)),
        }
    }

    /// When the ledger that takes a transaction closes at the latest.
    fn latest_close(&self, ledger: &Ledger, now: u64) -> u64 {
        let last = View::header(ledger).scp_value.close_time.0;
        now.max(last).saturating_add(self.ahead)
    }

    /// The fee source must be able to pay for everything it has promised to pay for in this lane.
    fn affords(&self, ledger: &Ledger, newcomer: &Waiting, refund: i64) -> bool {
        let frame = &newcomer.frame;
        let payer = frame.fee_source();
        let promised = self
            .lane(newcomer.lane())
            .filter(|waiting| waiting.frame.fee_source() == payer);
        let promised: i128 = promised
            .map(|waiting| i128::from(waiting.frame.fee()))
            .sum();
        let money = ledger.account(&payer).map_or(0, |account| {
            account::available(View::header(ledger), account)
        });
        i128::from(money) - i128::from(frame.fee() - refund) >= promised
    }

    /// Who has to go; or the least fee that would do, if any would.
    fn make_room(
        &mut self,
        ledger: &Ledger,
        newcomer: &Waiting,
    ) -> Result<Vec<AccountId>, Option<i64>> {
        let (lane, frame) = (newcomer.lane(), &newcomer.frame);
        let put_out = self.put_out.of(lane).as_ref();
        if let Some(put_out) = put_out.filter(|put_out| fees::bids_at_least(put_out, frame, 1)) {
            return Err(Some(fees::better_than(frame, put_out)));
        }
        let crowd = Crowd {
            bids: self.lane(lane).map(Waiting::bid).collect(),
            limit: ledger.room(lane).times(ROOM_LEDGERS),
        };
        crowd.who_gives_way(newcomer.bid())
    }

    fn lane(&self, lane: Lane) -> impl Iterator<Item = &Waiting> {
        self.waiting
            .values()
            .filter(move |waiting| waiting.lane() == lane)
    }

    fn put_out(&mut self, sources: Vec<AccountId>) {
        for source in sources {
            if let Some(gone) = self.waiting.remove(&source) {
                let lane = gone.lane();
                self.ban(gone.full_hash);
                *self.put_out.of(lane) = Some(gone.frame);
            }
        }
    }

    fn insert(&mut self, newcomer: Waiting) {
        let source = newcomer.frame.source();
        let age = self.waiting.get(&source).map_or(0, |held| held.age);
        self.waiting.insert(source, Waiting { age, ..newcomer });
    }

    /// Once for every ledger: what the last one made invalid is banned, and so is everything of a payer who can no
    /// longer afford all of it. What cannot be in the next ledger anyway is judged after it.
    fn drop_invalid(&mut self, ledger: &Ledger) {
        let sequence = View::header(ledger).ledger_seq;
        if self.checked == sequence {
            return;
        }
        let closed_at = View::header(ledger).scp_value.close_time.0;
        let latest = self.latest_close(ledger, closed_at);
        let forbidden = forbidden_number(ledger);
        let is_judged = |waiting: &Waiting| waiting.frame.sequence() != forbidden;
        self.drop_all(|waiting| {
            is_judged(waiting) && !is_success(&ledger.validate(&waiting.envelope, latest))
        });
        let judged = self.waiting.values().filter(|waiting| is_judged(waiting));
        let broke = payers::Overdrawn::among(ledger, judged.map(|waiting| &waiting.frame));
        self.drop_all(|waiting| is_judged(waiting) && broke.includes(&waiting.frame));
        self.checked = sequence;
    }

    fn drop_all(&mut self, is_dropped: impl Fn(&Waiting) -> bool) {
        let dropped = self
            .waiting
            .iter()
            .filter(|(_, waiting)| is_dropped(waiting));
        let dropped: Vec<_> = dropped.map(|(source, _)| source.clone()).collect();
        for source in dropped {
            if let Some(waiting) = self.waiting.remove(&source) {
                self.ban(waiting.full_hash);
            }
        }
    }

    fn ban(&mut self, full_hash: Hash) {
        if let Some(newest) = self.banned.front_mut() {
            newest.insert(full_hash);
        }
    }

    fn is_banned(&self, full_hash: &Hash) -> bool {
        self.banned.iter().any(|banned| banned.contains(full_hash))
    }
}

/// The number at which accounts of the next ledger begin: nothing with it can be in that ledger.
fn forbidden_number(ledger: &Ledger) -> i64 {
    (i64::from(View::header(ledger).ledger_seq) + 1) << 32
}

/// A waiting transaction gives way to nothing but a fee bump over the same sequence number with a far better bid.
fn may_replace(current: &Waiting, newcomer: &Waiting) -> Result<(), Submission> {
    let (held, frame) = (&current.frame, &newcomer.frame);
    if is_duplicate(current, newcomer) {
        Err(Submission::Duplicate)
    } else if frame.sequence() < held.sequence() {
        Err(Submission::Error(verdict::error(Code::TxBadSeq, 0)))
    } else if frame.bump.is_none() || frame.sequence() != held.sequence() {
        Err(Submission::TryAgainLater)
    } else if !fees::bids_at_least(frame, held, REPLACE_TIMES) {
        let least = fees::least_for(frame, held, REPLACE_TIMES);
        Err(Submission::Error(verdict::error(
            Code::TxInsufficientFee,
            least,
        )))
    } else {
        Ok(())
    }
}

/// The same bytes, or the very envelope that a waiting fee bump wraps.
fn is_duplicate(current: &Waiting, newcomer: &Waiting) -> bool {
    match (&current.envelope, &newcomer.envelope) {
        (TransactionEnvelope::TxFeeBump(outer), TransactionEnvelope::Tx(plain)) => {
            let FeeBumpTransactionInnerTx::Tx(inner) = &outer.tx.inner_tx;
            inner == plain
        }
        _ => current.full_hash == newcomer.full_hash,
    }
}

fn is_success(result: &TransactionResult) -> bool {
    matches!(
        result.result,
        TransactionResultResult::TxSuccess(_) | TransactionResultResult::TxFeeBumpInnerSuccess(_)
    )
}
