// What was paid of what was earned, and whether the rails' own statements agree.
#pragma once
#include "lib/event/event.hpp"

#include <string>
#include <vector>

namespace passa::report {

using money::Amount;

// Per party and asset. earned less paid less under way is what the books owe, unless something else was posted.
struct PartyBalance {
    PartyId id;
    std::string party;
    Amount share, commission, paid, under_way, owed; // owed below zero: the party owes it
    [[nodiscard]] Amount other() const { return owed - (share + commission - paid - under_way); }
};

// One for each asset, of "All parties"; balances come by asset.
std::vector<PartyBalance> totals_by_asset(const std::vector<PartyBalance>& balances);

struct PaidOut {
    std::string id; // pay_...
    std::string party;
    Amount owed, amount;
    std::string rate; // "1 USDC = 129.35 KES ..."; empty: paid in the asset owed
    std::string state, reason, rail, destination, network, at;
    std::string key; // of the last attempt: on Stellar the transaction hash; empty before the first
    Instant moved_at{};
    bool from_payable = false; // else out of the organizer's own pocket: nothing that was owed is less for it
    [[nodiscard]] bool is_paid() const { return state == "confirmed" || state == "settled"; }
    [[nodiscard]] bool is_under_way() const {
        return state == "reserved" || state == "sending" || state == "accepted" || state == "unknown";
    }
};

struct TreasuryProof {
    std::string treasury, account;
    std::int64_t runs = 0;
    std::string ran;  // empty: never
    std::string hole; // why the newest run could not see all of the history; empty: it could
    std::int64_t to_ledger = 0, lines_read = 0, matched = 0;
    struct Line {
        Amount opening, money_in, money_out, fees, closing, gap;
    };
    std::vector<Line> lines; // by asset
};

struct OpenBreak {
    std::string type, subject, treasury, opened;
    std::int64_t days = 0;
    Amount amount;
};

struct Payments {
    std::vector<PartyBalance> balances;
    std::vector<PaidOut> payouts;
    std::int64_t paid = 0, matched = 0; // payouts, and how many of them a statement confirms
    std::vector<TreasuryProof> treasuries;
    std::vector<OpenBreak> breaks;
};

Payments load_payments(db::Transaction& tx, OrganizerId organizer, EventId event, Instant now);
std::vector<PaidOut> load_payouts(db::Transaction& tx, OrganizerId organizer, EventId event,
                                  std::optional<PartyId> party);

} // namespace passa::report
