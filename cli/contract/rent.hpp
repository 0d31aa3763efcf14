// A contract's rent: how long it and its code are paid for, and what pays for longer.
#pragma once
#include "cli/contract/send.hpp"

#include <chrono>

namespace passa::cli::contract {

inline constexpr Duration k_ledger = std::chrono::seconds{5}; // networks close one in about this time
inline constexpr std::int64_t k_longest_rent = 3'110'399;     // ledgers: maxEntryTTL less one (SLP-4)

struct Deed { // one transaction
    passa::contract::Purpose purpose{};
    std::string words;
    stellar::xdr::Operation operation;
    stellar::xdr::LedgerFootprint footprint;
};
Deed make_extension(stellar::rpc::Client& client, const Place& place, std::uint32_t ledgers);
// In as many as the network's limits ask for: code and contract together may be larger than one may write. Error
// contract.limit: one entry alone is.
std::vector<Deed> make_restorations(stellar::rpc::Client& client, const Place& place);

std::string words_of(const std::vector<Deed>& deeds); // one line

struct Priced {
    stellar::contract::Call call;
    stellar::contract::Fees fees;
};
// Errors of simulate and reckon_fees.
Priced price(stellar::rpc::Client& client, const Deed& deed, const stellar::xdr::AccountId& source,
             const stellar::contract::Terms& terms);

struct Rent {
    bool is_archived = false;
    std::uint32_t ledger = 0; // as of which
    std::int64_t left = 0;    // ledgers, of whichever ends first
    std::uint32_t until = 0;  // the last ledger that is paid for
};
// Error contract.absent.
Rent get_rent(stellar::rpc::Client& client, const Place& place);

std::int64_t to_ledgers(Duration time);

// What a declared contract needs now, to be kept as it says; nothing: it is paid for long enough.
std::vector<Deed> find_need(stellar::rpc::Client& client, const Place& place, const Rent& rent,
                            const catalog::Keep& keep);

struct Kept {
    std::int64_t extended = 0, restored = 0;
    money::Amount fee; // of all that was sent
    Rent rent;
};
struct Payer {
    stellar::rpc::Client& client;
    Keyring& keys;
    std::function<void()> before = [] {}; // each transaction
};
// Until nothing is needed. Errors contract.budget: it costs more than declared; contract.behind: servers do not show
// what was paid; contract.no_help: it did not help; those of Line.
Kept keep_alive(Context& ctx, const Payer& payer, const catalog::Contract& declared);

} // namespace passa::cli::contract
