// From what is owed, or from a file, to a batch that waits for approval. Nothing is set aside yet: that happens when it
// is sent. In one transaction, with the organizer's row locked, so that limits are counted once.
#pragma once
#include "lib/payout/payout.hpp"
#include "lib/payout/plan.hpp"

#include <span>

namespace passa::payout {

// One line of a payment file, checked (file.hpp).
struct FileLine {
    std::int64_t line = 0;
    std::optional<std::string> party;
    std::optional<std::string> destination; // none: the party's own
    Amount amount;
    std::optional<std::string> memo;
    std::string reference;
    int column = 1; // of the payee, where the line names one
};

struct PaymentFile {
    Hash256 sha256{}; // over what it says
    std::vector<FileLine> lines;
    std::string path = {};
    Problems problems = {}; // of its lines: with one, nobody is paid, there is no hash, and amounts may be zero
};
inline constexpr std::size_t k_most_problems = 200; // told of one file

struct CreateOrder {
    std::optional<EventId> event;
    std::optional<IdBytes> settlement; // what is owed through it; its event is taken
    std::optional<PaymentFile> file;
    bool again = false;                   // leave out the lines of the file that are paid or on their way
    std::optional<std::string> treasury;  // none: the only one
    rail::FindFault find_fault = {};      // none: addresses and memos are looked at when it is sent
    std::vector<std::string> payees = {}; // of those who are owed, by party name; empty: all
};

struct Created {
    Batch batch; // id nil: nobody can be paid now, nothing was written; the plan says why
    Plan plan;
};

// What is wrong with a file is told at once, by line. Errors: those of its lines (file.hpp), payout.no_treasury,
// payout.which_treasury, payout.no_policy, payout.which_policy, payout.file_known, payout.line_known, payout.file_paid,
// payout.over_batch_limit, payout.over_day_limit, payout.unknown_party, payout.file_payee, payout.no_payee.
Created create(db::Transaction& tx, const Desk& desk, const CreateOrder& order);

} // namespace passa::payout
