//! The set of transactions a ledger was closed with, in the form the network agrees on.

use stellar_xdr::{
    DependentTxCluster, GeneralizedTransactionSet, Hash, ParallelTxExecutionStage,
    ParallelTxsComponent, TransactionEnvelope, TransactionPhase, TransactionSetV1, TxSetComponent,
    TxSetComponentTxsMaybeDiscountedFee, VecM,
};

use super::inclusion::{Candidate, Chosen};

/// Classic transactions at one base fee, and those that call contracts, one after the other, at another.
pub fn tx_set(previous: &Hash, chosen: &Chosen) -> GeneralizedTransactionSet {
    let envelopes = listed(&chosen.candidates);
    let component =
        TxSetComponent::TxsetCompTxsMaybeDiscountedFee(TxSetComponentTxsMaybeDiscountedFee {
            base_fee: Some(chosen.base_fees.classic),
            txs: envelopes.clone(),
        });
    let components = if envelopes.is_empty() {
        Vec::new()
    } else {
        vec![component]
    };
    let phases = vec![
        TransactionPhase::V0(VecM::try_from(components).unwrap_or_default()),
        TransactionPhase::V1(contracts(chosen)),
    ];
    GeneralizedTransactionSet::V1(TransactionSetV1 {
        previous_ledger_hash: previous.clone(),
        phases: VecM::try_from(phases).unwrap_or_default(),
    })
}

/// One stage of one cluster: nothing runs beside anything else.
fn contracts(chosen: &Chosen) -> ParallelTxsComponent {
    let envelopes = listed(&chosen.contracts);
    if envelopes.is_empty() {
        return ParallelTxsComponent {
            base_fee: None,
            execution_stages: VecM::default(),
        };
    }
    let clusters = vec![DependentTxCluster(envelopes)];
    let stages = vec![ParallelTxExecutionStage(
        VecM::try_from(clusters).unwrap_or_default(),
    )];
    ParallelTxsComponent {
        base_fee: Some(chosen.base_fees.contracts),
        execution_stages: VecM::try_from(stages).unwrap_or_default(),
    }
}

fn listed(candidates: &[Candidate]) -> VecM<TransactionEnvelope> {
    let envelopes: Vec<_> = candidates
        .iter()
        .map(|held| held.envelope.clone())
        .collect();
    VecM::try_from(envelopes).unwrap_or_default()
}
