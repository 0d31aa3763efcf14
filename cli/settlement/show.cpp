// passa settlement show: one settlement and what it posted.
#include "cli/context.hpp"
#include "cli/settlement/records.hpp"
#include "jobs/anchoring.hpp"

namespace passa::cli::settlement_show {

struct Args {
    SettlementId id;
};

out::Records anchor_records(const std::vector<passa::contract::Queued>& anchors) {
    out::Records records;
    for (const auto& each : anchors)
        records.push_back({{"contract", each.wish.contract}, {"state", each.state}, {"transaction", each.transaction}});
    return records;
}

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    std::vector<passa::contract::Queued> anchors;
    const auto settlement = ctx.read([&](db::Transaction& tx) {
        anchors = passa::contract::load_queued(tx, org, jobs::k_anchor_function, args.id.text());
        return settle::get_settlement(tx, org, args.id);
    });
    auto record = settlement_record(settlement, settlement.event_name, false);
    record.insert(record.end() - 1,
                  {"root", settlement.root ? out::Value{to_hex(*settlement.root)} : out::Value{nullptr}});
    record.insert(record.end() - 1, {"anchors", anchor_records(anchors)});
    ctx.show(record);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "settlement show",
    .summary = "Show one settlement and what it posted",
    .details =
        "The root is that of the Merkle tree over the lines it posted: published, it lets every party check its own "
        "(passa proof create). Anchors are the contracts that keep it, by their field anchors, and whether they were "
        "told: passa proof verify --contract reads it there.",
    .options = {positional("ID", &Args::id, "The settlement")},
    .examples = {{"passa settlement show set_01h455vb4pex5vsknk084sn02q", "one settlement"}},
    .run = runner(run),
};

} // namespace passa::cli::settlement_show
