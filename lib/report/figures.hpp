// What the report of an event says, as stored rows say it: nothing here is computed by another rule than the one that
// posted it. Texts of times are made in SQL, in the event's zone.
#pragma once
#include "lib/event/event.hpp"
#include "lib/ledger/check.hpp"
#include "lib/report/payments.hpp"
#include "lib/settle/settlement.hpp"

namespace passa::report {

struct DaySales {
    Day day;
    std::int64_t tickets = 0;
    Amount sold;
    Amount undone; // refunds, cancellations, chargebacks: zero or negative
};

struct TierSales {
    std::string title;
    std::int64_t tickets = 0;
    std::optional<std::int64_t> capacity;
    Amount sold, undone, gross, tax, fees, net;
};

// One step from gross to nothing left: `left` is what remains after it.
struct Step {
    enum class Kind : std::uint8_t { total, deduction, commission, share, unsettled };
    Kind kind{};
    std::string label;
    Amount amount; // signed as it moves what is left
    Amount left;
};

struct Share {
    std::string party;
    std::string rate; // "12.5%"; empty: the party only bears fees or commissions of the plan
    Amount posted;
};

struct PlanShares {
    std::string plan; // "nairobi-live v2"
    std::string terms;
    std::vector<Share> shares;
    Amount total;
};

struct CreatorCommission {
    std::string creator, codes, campaign, rate;
    std::optional<Amount> cap;
    std::int64_t tickets = 0;
    Amount sold, undone, eligible; // sold + undone = eligible, by the rule of passa_eligible: kept fees are not undone
    Amount posted, taken_back;
};

// Everything in one asset.
struct Book {
    money::Asset asset;
    std::int64_t lines = 0, tickets = 0, unsettled_lines = 0;
    Amount sold, undone, gross, tax, fee_platform, fee_payment, net, unsettled;
    std::vector<DaySales> days;
    std::vector<TierSales> tiers;
    std::vector<Step> steps;
    std::vector<PlanShares> plans;
    std::vector<CreatorCommission> commissions;
    Amount commissions_posted, shares_posted;
};

struct SettlementHead {
    SettlementId id;
    std::int64_t lines = 0;
    Instant cut{}, settled_at{}; // sales before the cut
    std::string through, settled, settled_by;
};

struct ImportedFile {
    std::string name, sha256, profile, imported, imported_by;
    bool done = false; // else its import was interrupted
};

struct Head {
    std::string name, title, venue, zone, organizer, starts, generated;
    money::Asset currency;
};

struct EventFigures {
    Head head;
    std::vector<Book> books; // by asset; empty before the first sale
    Payments payments;
    std::vector<SettlementHead> settlements;
    std::vector<settle::Replay> replays; // of the same
    std::vector<ImportedFile> files;
    std::vector<ledger::CheckResult> checks;
    [[nodiscard]] bool all_hold() const; // every law, and every waterfall ends at zero
};

// Error explain.replay_differs: no figure is shown that its stored inputs do not lead to.
EventFigures load_event_figures(db::Transaction& tx, OrganizerId organizer, const event::Event& event, Instant now);

} // namespace passa::report
