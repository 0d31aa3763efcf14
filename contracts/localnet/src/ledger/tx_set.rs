//! The set of transactions a ledger was closed with, in the form the network agrees on.

use stellar_xdr::{
    GeneralizedTransactionSet, Hash, ParallelTxsComponent, TransactionPhase, TransactionSetV1,
    TxSetComponent, TxSetComponentTxsMaybeDiscountedFee, VecM,
};

use super::inclusion::Chosen;

/// Classic transactions at one base fee, and an empty phase for contracts.
pub fn tx_set(previous: &Hash, chosen: &Chosen) -> GeneralizedTransactionSet {
    let envelopes: Vec<_> = chosen
        .candidates
        .iter()
        .map(|held| held.envelope.clone())
        .collect();
    let component =
        TxSetComponent::TxsetCompTxsMaybeDiscountedFee(TxSetComponentTxsMaybeDiscountedFee {
            base_fee: Some(chosen.base_fee),
            txs: VecM::try_from(envelopes).unwrap_or_default(),
        });
    let components = if chosen.candidates.is_empty() {
        Vec::new()
    } else {
        vec![component]
    };
    let phases = vec![
        TransactionPhase::V0(VecM::try_from(components).unwrap_or_default()),
        TransactionPhase::V1(ParallelTxsComponent {
            base_fee: None,
            execution_stages: VecM::default(),
        }),
    ];
    GeneralizedTransactionSet::V1(TransactionSetV1 {
        previous_ledger_hash: previous.clone(),
        phases: VecM::try_from(phases).unwrap_or_default(),
    })
}
