// What a contract transaction may touch and spend.
// Source: Stellar-transaction.x.
#pragma once
#include "lib/stellar/xdr/types_basic.hpp"
#include "lib/stellar/xdr/types_ledger.hpp"

namespace passa::stellar::xdr {

struct SorobanResourcesExtV0 {
    List<std::uint32_t> archived_soroban_entries;
    PASSA_XDR(SorobanResourcesExtV0, archived_soroban_entries)
};

struct SorobanTransactionDataExt : Union<std::int32_t, Void<0>, Arm<1, SorobanResourcesExtV0>> {
    PASSA_XDR_UNION(SorobanTransactionDataExt)
};

struct LedgerFootprint {
    List<LedgerKey> read_only;
    List<LedgerKey> read_write;
    PASSA_XDR(LedgerFootprint, read_only, read_write)
};

struct SorobanResources {
    LedgerFootprint footprint;
    std::uint32_t instructions{};
    std::uint32_t disk_read_bytes{};
    std::uint32_t write_bytes{};
    PASSA_XDR(SorobanResources, footprint, instructions, disk_read_bytes, write_bytes)
};

struct SorobanTransactionData {
    SorobanTransactionDataExt ext;
    SorobanResources resources;
    std::int64_t resource_fee{};
    PASSA_XDR(SorobanTransactionData, ext, resources, resource_fee)
};

} // namespace passa::stellar::xdr
