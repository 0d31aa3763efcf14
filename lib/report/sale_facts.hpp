// Everything that is stored about a sale and what became of it, with the rules applied once more.
#pragma once
#include "lib/ledger/journal.hpp"
#include "lib/sale/import.hpp"
#include "lib/sale/read.hpp"
#include "lib/settle/settlement.hpp"

namespace passa::report {

// What decides the pool and the commission of a line.
struct LineKey {
    IdBytes plan_version{};
    std::optional<IdBytes> campaign_version;
    std::optional<PartyId> creator;
};

struct LineFacts {
    sale::SaleLine line;
    std::string event;
    LineKey key;
    std::optional<std::string> tier_title;
    std::optional<money::Amount> tier_price;
    std::string basis;
    Instant plan_from{}; // the plan version is in force from then; Instant::min(): from the beginning
    std::optional<std::string> commission_rate;
    std::optional<Instant> campaign_from;
    ImportId import;
    std::string imported_by;
    Hash256 profile_sha256{};
    std::vector<JournalId> journals;
    std::optional<SettlementId> settlement; // that took it in
};

// What a settlement made of the pool that a line went into.
struct SettledPool {
    SettlementId settlement;
    Instant through{};
    split::Pool pool; // to date
    struct Part {
        std::string party;
        bool commission = false;
        std::string rate;
        std::optional<money::Amount> base; // of a commission: what is eligible to date
        money::Amount due, before, posted;
    };
    std::vector<Part> parts;
};

struct SaleFacts {
    std::vector<LineFacts> lines;
    std::vector<SettledPool> pools; // each (settlement, plan version, creator) once
};

// All lines of a sale, by the id of any of them or by the order. Errors sale.not_found, explain.sale_differs when a
// rule applied again gives something else than what is stored, explain.replay_differs from the settlements.
SaleFacts explain_sale(db::Transaction& tx, OrganizerId organizer, std::string_view id_or_order);

} // namespace passa::report
