// passa settlement show: one settlement and what it posted.
#include "cli/context.hpp"
#include "cli/settlement/records.hpp"

namespace passa::cli::settlement_show {

struct Args {
    SettlementId id;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    const auto settlement = ctx.read([&](db::Transaction& tx) { return settle::get_settlement(tx, org, args.id); });
    auto record = settlement_record(settlement, settlement.event_name, false);
    record.insert(record.end() - 1,
                  {"root", settlement.root ? out::Value{to_hex(*settlement.root)} : out::Value{nullptr}});
    ctx.show(record);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "settlement show",
    .summary = "Show one settlement and what it posted",
    .details =
        "The root is that of the Merkle tree over the lines it posted: published, it lets every party check its own "
        "(passa proof create).",
    .options = {positional("ID", &Args::id, "The settlement")},
    .examples = {{"passa settlement show set_01h455vb4pex5vsknk084sn02q", "one settlement"}},
    .run = runner(run),
};

} // namespace passa::cli::settlement_show
