// A transaction in words: what whoever signs it agrees to.
#pragma once
#include "lib/base/time.hpp"
#include "lib/money/amount.hpp"
#include "lib/stellar/xdr/types_transaction.hpp"

namespace passa::stellar {

struct TransactionWords {
    std::string source; // G or M; of a fee bump, the inner one's
    std::int64_t sequence = 0;
    std::string fee_source;             // who pays
    money::Amount fee;                  // at most
    std::optional<Instant> valid_until; // none: for ever
    std::string conditions;             // beside that end, as SEP-51; empty: none
    std::string memo;                   // empty: none
    std::vector<std::string> does;      // a line for each operation, and one for each call it authorises, behind `> `
    std::size_t signatures = 0;
};
// Nothing is cut: what is long is shown long, so that whoever signs can read all of it.
TransactionWords words_of(const xdr::TransactionEnvelope& envelope);

// The same a line each, for whoever is shown no table.
std::vector<std::string> lines_of(const TransactionWords& words);

// Accounts whose holdings or numbers it uses: its source, those of its operations, those that authorise calls.
std::vector<xdr::AccountId> parties_of(const xdr::TransactionEnvelope& envelope);

} // namespace passa::stellar
