// Since version 4 events stand with the operation that told them; a contract transaction has one.
#include "lib/stellar/contract/returned.hpp"

namespace passa::stellar::contract {
namespace {

std::int64_t rent_of(const xdr::SorobanTransactionMetaExt& ext) {
    const auto* v1 = ext.find<1>();
    return v1 == nullptr ? 0 : v1->rent_fee_charged;
}

} // namespace

Returned read_returned(const xdr::TransactionMeta& meta) {
    Returned returned;
    if (const auto* v4 = meta.find<4>()) {
        for (const auto& operation : v4->operations)
            returned.events.insert(returned.events.end(), operation.events.begin(), operation.events.end());
        if (!v4->soroban_meta) return returned;
        returned.value = v4->soroban_meta->return_value;
        returned.rent = rent_of(v4->soroban_meta->ext);
    } else if (const auto* v3 = meta.find<3>(); v3 != nullptr && v3->soroban_meta) {
        returned.value = v3->soroban_meta->return_value;
        returned.events = v3->soroban_meta->events;
        returned.rent = rent_of(v3->soroban_meta->ext);
    }
    return returned;
}

} // namespace passa::stellar::contract
