// Reads the trail and gives ids the form that other commands take.
#include "lib/audit/trail.hpp"

#include "audit_sql.hpp"
#include "lib/payout/payout.hpp"
#include "lib/recon/break.hpp"
#include "lib/settle/settlement.hpp"

namespace passa::audit {
namespace {

std::string subject_of(const db::Row& row) {
    auto subject = row.get<std::string>("subject");
    const auto id = row.get<std::optional<IdBytes>>("subject_id");
    if (!id) return subject;
    if (subject == "settlement") return SettlementId{*id}.text();
    return subject == "batch" ? BatchId{*id}.text() : BreakId{*id}.text();
}

} // namespace

std::vector<Act> load_trail(db::Transaction& tx, OrganizerId organizer, const TrailFilter& filter) {
    std::vector<Act> acts;
    for (const auto& row : tx.run(sql::load_trail, organizer, filter.since, filter.actor, filter.limit))
        acts.push_back({row.get<Instant>("at"), row.get<std::string>("actor"), row.get<std::string>("action"),
                        subject_of(row), row.get<std::string>("details")});
    return acts;
}

} // namespace passa::audit
