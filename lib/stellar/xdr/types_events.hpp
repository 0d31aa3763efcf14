// Events of contracts and, since protocol 23, of classic operations (CAP-67).
// Source: Stellar-ledger.x.
#pragma once
#include "lib/stellar/xdr/types_basic.hpp"
#include "lib/stellar/xdr/types_contract_value.hpp"

#include <optional>

namespace passa::stellar::xdr {

PASSA_XDR_ENUM(ContractEventType, "", system = 0, contract = 1, diagnostic = 2);

struct ContractEventV0 {
    List<ScVal> topics;
    ScVal data;
    PASSA_XDR(ContractEventV0, topics, data)
};

struct ContractEventBody : Union<std::int32_t, Void<>, Arm<0, ContractEventV0>> {
    PASSA_XDR_UNION(ContractEventBody)
};

struct ContractEvent {
    ExtensionPoint ext;
    std::optional<ContractId> contract_id;
    ContractEventType type{};
    ContractEventBody body;
    PASSA_XDR(ContractEvent, ext, contract_id, type, body)
};

struct DiagnosticEvent {
    bool in_successful_contract_call{};
    ContractEvent event;
    PASSA_XDR(DiagnosticEvent, in_successful_contract_call, event)
};

PASSA_XDR_ENUM(TransactionEventStage, "TRANSACTION_EVENT_STAGE_", before_all_txs = 0, after_tx = 1, after_all_txs = 2);

struct TransactionEvent {
    TransactionEventStage stage{};
    ContractEvent event;
    PASSA_XDR(TransactionEvent, stage, event)
};

} // namespace passa::stellar::xdr
