// The first byte of an XDR fuzz input says what the rest claims to be: the types that arrive from networks and users.
#pragma once
#include "lib/stellar/xdr/registry.hpp"

namespace passa::test {

inline const stellar::xdr::Shape& fuzzed_type(std::uint8_t choice) {
    constexpr std::string_view k_names[] = {
        "TransactionEnvelope", "TransactionResult", "TransactionMeta", "LedgerEntryData", "LedgerKey",   "LedgerHeader",
        "DiagnosticEvent",     "TransactionEvent",  "ScVal",           "ScSpecEntry",     "ScMetaEntry", "LedgerEntry"};
    const auto* const shape = stellar::xdr::find_type(k_names[choice % std::size(k_names)]);
    PASSA_ASSERT(shape != nullptr);
    return *shape;
}

} // namespace passa::test
