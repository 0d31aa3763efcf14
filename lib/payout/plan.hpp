// Makes payouts out of what is owed: converts each sum once, applies the policy's limits, and says of every payee why
// it is paid, blocked or carried forward. Pure: the database and the rails are asked before and after, not here.
#pragma once
#include "lib/base/id.hpp"
#include "lib/money/rate.hpp"
#include "lib/payout/state.hpp"
#include "lib/rail/rail.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace passa::payout {

using money::Amount;

// Why a payable waits.
inline constexpr std::string_view k_contested =
    "the chain says otherwise than the book about an earlier payout: close that break first (passa recon list)";

// What one party is owed for one event in one asset.
struct Payable {
    IdBytes party{};
    std::string party_name;
    IdBytes event{};
    Amount owed;
    std::optional<std::string> rail; // as the party's manifest says; none: not told yet
    std::optional<std::string> destination;
    std::optional<std::string> memo;
    std::optional<money::Asset> payout_asset; // none: the asset owed
    std::optional<Amount> planned = {};       // of what is owed, what open batches already mean to pay
    std::optional<Amount> netting = {};       // of all that the party owes us, what open batches already net
    std::optional<Amount> elsewhere = {};     // what it may still get for events outside the plan
    bool contested = false;                   // the chain contradicts the book about an earlier payout of it
    bool is_expense = false;                  // from a file: out of the organizer's own pocket
    std::string reference = {};               // the file's own word for it
    std::optional<std::int64_t> file_line = {};
    std::optional<std::string> row_key = {};
    bool own_memo = false; // the file's line brought it
};

struct RateVersion {
    IdBytes id{};
    money::Exchange exchange; // from the asset owed to the payout asset
};

// Limits of one payout asset; an absent one does not limit. A policy with limits has some for every asset it lets pass.
struct Limits {
    std::optional<Amount> minimum;
    std::optional<Amount> per_payout;
    std::optional<Amount> per_batch;
    std::optional<Amount> per_day;
};

struct Policy {
    IdBytes id{};
    std::string name;
    bool single_person = false;           // the maker may approve
    std::map<std::string, Limits> limits; // by asset id
};

struct Planned {
    Payable payable; // owed: after netting
    Amount netted;   // what the party owes us for other events, cleared with this payout
    Amount amount;   // in the payout asset; zero of it while blocked for want of a rate
    std::optional<IdBytes> exchange_rate;
    State state = State::ready; // ready or blocked
    std::string reason;         // why blocked
};

struct Carried {
    Payable payable;
    std::string reason;
};

struct Plan {
    std::vector<Planned> payouts;        // by party name: the order of the batch
    std::vector<Carried> carried;        // below the minimum, or nothing owed
    std::map<std::string, Amount> total; // of what is ready, by asset id
};

// What counts into a day's limit, of one asset.
struct DaySpent {
    Amount reserved;                       // today, and paid or on its way
    Amount planned;                        // by batches that were not sent yet
    std::vector<std::string> batches = {}; // those, as text
    std::string first_batch = {};          // the id of the oldest
};

struct PlanInput {
    std::vector<Payable> payables;
    Policy policy;
    std::vector<RateVersion> rates; // in force now
    std::string treasury_rail;      // only payees of this rail are ready
    std::string treasury_asset;     // asset id it pays in
    std::string treasury_account = {};
    rail::FindFault find_fault = {};             // none: addresses and memos are not looked at
    std::map<std::string, DaySpent> spent_today; // by asset id
};

// What becomes of a payable by itself: one of a file, of which nothing is netted. Amounts as of Planned.
struct Verdict {
    Planned planned;
    std::string carried = {}; // why it is not paid now; empty: it is
};
Verdict judge_expense(const Payable& payable, const PlanInput& input);

// Of all that is ready.
struct Whole {
    std::map<std::string, Amount> total; // by asset id
    std::int64_t ready = 0;
    bool of_file = false;
};
// payout.no_limit (the policy limits other assets, and says nothing of this one), payout.over_batch_limit,
// payout.over_day_limit: the whole plan is refused, nothing is cut silently.
Problems find_excess(const PlanInput& input, const Whole& whole);

Result<Plan> make_plan(const PlanInput& input); // errors of find_excess

} // namespace passa::payout
