// Double entry. An Entry is posted once per (kind, cause, key): the same content again changes nothing, other content
// under the same key is an Error. A debit is positive, a credit negative; per asset they sum to zero, which the
// database proves.
//
// The flows of the house, each balanced in itself:
// clang-format off
//   sales       Dr gateway_receivable (gross - fees)   Dr platform_fee   Dr payment_fee
//               Cr tax_held   Cr event_proceeds (gross - tax)
//   settlement  Dr event_proceeds (gross - tax of the lines taken in)
//               Cr platform_fee   Cr payment_fee   Cr party_payable   Cr commission_payable
//   reserve     Dr party_payable, commission_payable   Cr payout_clearing; with a conversion both sides pass through fx
//   paid        Dr payout_clearing   Cr treasury
//   by contract, as it tells:
//   settlement  Cr contract_payable in place of party_payable and commission_payable
//   deposited   Dr contract_held   Cr contract_transit; the treasury's line: Dr contract_transit   Cr treasury
//   paid        Dr contract_payable   Cr contract_held
// clang-format on
// So once everything is settled the fee accounts and the proceeds are zero, and what is left is owed or held.
#pragma once
#include "lib/ledger/account.hpp"

#include <string>
#include <vector>

namespace passa::ledger {

// Who writes, into whose book, when.
struct Book {
    db::Transaction& tx;
    OrganizerId organizer;
    IdSource& ids;
    Instant now;
};

struct Posting {
    AccountKey account;
    money::Amount amount; // positive debits; zero postings are left out
};

struct Entry {
    std::string kind; // a journal kind of 0004_ledger.sql or 0041_escrow.sql
    IdBytes cause{};  // the import, settlement, payout ... that made it
    std::string key;  // tells several entries of one cause apart
    std::optional<EventId> event;
    Instant effective_at;
    std::string note;
    std::vector<Posting> postings;
};

// Errors ledger.cause_differs, ledger.unbalanced, ledger.empty.
JournalId post(const Book& book, const Entry& entry);

// One of many entries that are alike but for their cause and amounts.
struct Alike {
    IdBytes cause{};
    std::vector<Posting> postings;
};
// The same as post() for each of them, in a few statements for all: `common` gives what they share. As many ids, in
// order.
std::vector<JournalId> post_each(const Book& book, const Entry& common, const std::vector<Alike>& entries);

// Undoes an entry, posting by posting. Twice is once. Error ledger.no_entry.
JournalId reverse(const Book& book, JournalId original, std::string_view note);

} // namespace passa::ledger
