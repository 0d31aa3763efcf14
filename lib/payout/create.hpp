// From what is owed, or from a file, to a batch that waits for approval. Nothing is set aside yet: that happens when it
// is sent. In one transaction, with the organizer's row locked, so that limits are counted once.
#pragma once
#include "lib/payout/payout.hpp"
#include "lib/payout/plan.hpp"

#include <functional>

namespace passa::payout {

// One line of a payment file, checked (file.hpp).
struct FileLine {
    std::int64_t line = 0;
    std::optional<std::string> party;
    std::optional<std::string> destination; // none: the party's own
    Amount amount;
    std::optional<std::string> memo;
    std::string reference;
    std::optional<std::string> key = {}; // the caller's own name for it: paid once under it, whatever else changes
    int column = 1;                      // of the payee, where the line names one
};

inline constexpr std::size_t k_most_problems = 200; // told of one file

// What is wrong with a file: the first of it in full, and how much more there is.
struct Findings {
    Problems problems = {};
    std::int64_t more = 0;
    void add(Problem problem);
    [[nodiscard]] bool empty() const { return problems.empty(); }
};

struct FileFacts {
    Hash256 sha256{}; // over what it says; none with a problem
    Findings findings = {};
};

// Payments that somebody wrote down. `read` goes through all of them from the first, in bounded memory, as often as it
// is called; one whose amount is wrong comes with none, so that its payee is looked at too.
struct PaymentFile {
    std::string path;
    std::function<FileFacts(const std::function<void(const FileLine&)>& take)> read;
};

struct CreateOrder {
    std::optional<EventId> event;
    std::optional<IdBytes> settlement; // what is owed through it; its event is taken
    std::optional<PaymentFile> file;
    bool again = false;                        // leave out the lines of the file that are paid or on their way
    std::optional<std::string> treasury;       // none: the only one
    rail::FindFault find_fault = {};           // none: addresses and memos are looked at when it is sent
    std::vector<std::string> payees = {};      // of those who are owed, by party name; empty: all
    std::optional<std::string> key = {};       // the caller's name for the batch: under it, it is made once
    std::optional<Duration> alike_within = {}; // how far back a payment of the same to the same payee is worth a word
    bool only_look = false;                    // nothing is written
};

struct Alike {
    std::int64_t payouts = 0;
    std::optional<PayoutId> example = {}; // an earlier one
};

struct Created {
    Batch batch;            // id nil: nobody can be paid now, nothing was written; `first` and `carried` say why
    bool was_known = false; // made before under the same key: nothing was written
    std::vector<StateSum> sums = {};   // of all its payouts
    std::vector<Payout> first = {};    // in order, at most k_most_told
    std::vector<Carried> carried = {}; // at most k_most_told
    std::int64_t carried_count = 0;
    Alike alike = {};
};
inline constexpr std::int64_t k_most_told = 1'000;

// What is wrong with a file is told at once, by line. Errors: those of its lines (file.hpp), payout.no_treasury,
// payout.which_treasury, payout.no_policy, payout.which_policy, payout.file_known, payout.line_known, payout.file_paid,
// payout.over_batch_limit, payout.over_day_limit, payout.unknown_party, payout.file_payee, payout.no_payee,
// payout.file_more, payout.key_differs.
Created create(db::Transaction& tx, const Desk& desk, const CreateOrder& order);

} // namespace passa::payout
