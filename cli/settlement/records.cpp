// Head, then one line per plan, party and kind.
#include "cli/settlement/records.hpp"

namespace passa::cli {

out::Records delta_records(const std::vector<settle::Delta>& deltas) {
    out::Records posted;
    for (const auto& d : deltas)
        posted.push_back({{"party", d.party_name},
                          {"kind", d.due.kind == split::DueKind::share ? "share" : "commission"},
                          {"due_to_date", d.due.amount},
                          {"posted_before", d.posted_before},
                          {"posted_now", d.delta},
                          {"plan", d.plan_name},
                          {"campaign", d.campaign_name}});
    return posted;
}

out::Record settlement_record(const settle::Settlement& settlement, const out::Value& event, bool dry_run) {
    return {{"id", dry_run ? out::Value{nullptr} : out::Value{settlement.id.text()}},
            {"event", event},
            {"through", settlement.through},
            {"lines", settlement.lines},
            {"settled_by", settlement.settled_by},
            {"settled_at", settlement.settled_at},
            {"posted", delta_records(settlement.deltas)}};
}

} // namespace passa::cli
