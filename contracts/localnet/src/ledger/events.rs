//! Events of classic operations in the form of asset contracts (CAP-67): who paid whom, and what the fee was.

use stellar_xdr::{
    AccountId, Asset, BytesM, ContractEvent, ContractEventBody, ContractEventType, ContractEventV0,
    ContractId, ExtensionPoint, Hash, Int128Parts, Memo, MuxedAccount, ScAddress, ScBytes, ScMap,
    ScMapEntry, ScString, ScSymbol, ScVal, StringM, TransactionEvent, TransactionEventStage, VecM,
};

use super::{account, asset};

/// Collects what one operation moved.
#[derive(Debug)]
pub struct Events<'a> {
    network_id: &'a Hash,
    memo: &'a Memo,
    list: Vec<ContractEvent>,
}

/// A payment to be told: `to` keeps its id, if it has one.
#[derive(Clone, Copy, Debug)]
pub struct Transfer<'a> {
    pub asset: &'a Asset,
    pub from: &'a MuxedAccount,
    pub to: &'a MuxedAccount,
    pub amount: i64,
}

impl<'a> Events<'a> {
    pub fn new(network_id: &'a Hash, memo: &'a Memo) -> Self {
        Events {
            network_id,
            memo,
            list: Vec::new(),
        }
    }

    pub fn into_list(self) -> VecM<ContractEvent> {
        VecM::try_from(self.list).unwrap_or_default()
    }

    /// From the issuer it is a mint, back to the issuer a burn.
    pub fn transfer(&mut self, transfer: Transfer) {
        let (from, to) = (account::id_of(transfer.from), account::id_of(transfer.to));
        let issuer = asset::issuer(transfer.asset);
        let (mints, burns) = (issuer == Some(&from), issuer == Some(&to));
        let named = string(asset::name(transfer.asset).as_bytes());
        let (topics, data) = match (mints, burns) {
            (true, false) => (
                vec![symbol("mint"), address(to), named],
                self.received(&transfer),
            ),
            (false, true) => (
                vec![symbol("burn"), address(from), named],
                amount(transfer.amount),
            ),
            _ => (
                vec![symbol("transfer"), address(from), address(to), named],
                self.received(&transfer),
            ),
        };
        self.list.push(event(
            asset::contract_id(transfer.asset, self.network_id),
            topics,
            data,
        ));
    }

    /// An issuer has said whether a line may hold its asset.
    pub fn authorized(&mut self, what: &Asset, holder: &AccountId, may_hold: bool) {
        let named = string(asset::name(what).as_bytes());
        self.list.push(event(
            asset::contract_id(what, self.network_id),
            vec![symbol("set_authorized"), address(holder.clone()), named],
            ScVal::Bool(may_hold),
        ));
    }

    /// An issuer has taken back what somebody held.
    pub fn clawback(&mut self, what: &Asset, from: ScAddress, taken: i64) {
        let named = string(asset::name(what).as_bytes());
        self.list.push(event(
            asset::contract_id(what, self.network_id),
            vec![symbol("clawback"), ScVal::Address(from), named],
            amount(taken),
        ));
    }

    /// To or from what no account is: a balance that waits to be claimed.
    pub fn between(&mut self, what: &Asset, from: ScAddress, to: ScAddress, moved: i64) {
        let issuer = asset::issuer(what).cloned().map(ScAddress::Account);
        let (mints, burns) = (issuer.as_ref() == Some(&from), issuer.as_ref() == Some(&to));
        let named = string(asset::name(what).as_bytes());
        let topics = match (mints, burns) {
            (true, false) => vec![symbol("mint"), ScVal::Address(to), named],
            (false, true) => vec![symbol("burn"), ScVal::Address(from), named],
            _ => vec![
                symbol("transfer"),
                ScVal::Address(from),
                ScVal::Address(to),
                named,
            ],
        };
        self.list.push(event(
            asset::contract_id(what, self.network_id),
            topics,
            amount(moved),
        ));
    }

    /// The amount, and which of the receiver's customers it is for: the id of its address, else the memo.
    fn received(&self, transfer: &Transfer) -> ScVal {
        let plain = amount(transfer.amount);
        let customer = match (transfer.to, self.memo) {
            (MuxedAccount::MuxedEd25519(muxed), _) => ScVal::U64(muxed.id),
            (_, Memo::None) => return plain,
            (_, Memo::Text(text)) => string(text.as_slice()),
            (_, Memo::Id(id)) => ScVal::U64(*id),
            (_, Memo::Hash(hash) | Memo::Return(hash)) => {
                ScVal::Bytes(ScBytes(BytesM::try_from(hash.0).unwrap_or_default()))
            }
        };
        let entries = vec![
            ScMapEntry {
                key: symbol("amount"),
                val: plain,
            },
            ScMapEntry {
                key: symbol("to_muxed_id"),
                val: customer,
            },
        ];
        ScVal::Map(Some(ScMap(VecM::try_from(entries).unwrap_or_default())))
    }
}

/// The fee as it was taken, before any transaction of the ledger ran; none for a fee of zero.
pub fn fee(network_id: &Hash, payer: &AccountId, charged: i64) -> Option<TransactionEvent> {
    charge(
        network_id,
        payer,
        charged,
        TransactionEventStage::BeforeAllTxs,
    )
}

/// What was given back of it, after all of the ledger's transactions had run: a charge below zero.
pub fn refund(network_id: &Hash, payer: &AccountId, back: i64) -> Option<TransactionEvent> {
    charge(network_id, payer, -back, TransactionEventStage::AfterAllTxs)
}

fn charge(
    network_id: &Hash,
    payer: &AccountId,
    charged: i64,
    stage: TransactionEventStage,
) -> Option<TransactionEvent> {
    let topics = vec![symbol("fee"), address(payer.clone())];
    (charged != 0).then(|| TransactionEvent {
        stage,
        event: event(
            asset::contract_id(&Asset::Native, network_id),
            topics,
            amount(charged),
        ),
    })
}

fn event(contract: ContractId, topics: Vec<ScVal>, data: ScVal) -> ContractEvent {
    let topics = VecM::try_from(topics).unwrap_or_default();
    ContractEvent {
        ext: ExtensionPoint::V0,
        contract_id: Some(contract),
        type_: ContractEventType::Contract,
        body: ContractEventBody::V0(ContractEventV0 { topics, data }),
    }
}

fn amount(amount: i64) -> ScVal {
    let wide = i128::from(amount);
    ScVal::I128(Int128Parts {
        hi: (wide >> 64) as i64,
        lo: wide as u64,
    })
}

fn symbol(text: &str) -> ScVal {
    ScVal::Symbol(ScSymbol(StringM::try_from(text).unwrap_or_default()))
}

fn string(text: &[u8]) -> ScVal {
    ScVal::String(ScString(
        StringM::try_from(text.to_vec()).unwrap_or_default(),
    ))
}

fn address(id: AccountId) -> ScVal {
    ScVal::Address(ScAddress::Account(id))
}
