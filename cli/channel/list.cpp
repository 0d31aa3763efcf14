// passa channel list: a treasury's channels.
#include "cli/channel/pool.hpp"

namespace passa::cli::channel_list {

struct Args {
    std::string treasury;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto pool = channel::get_pool(ctx, args.treasury);
    out::Records records;
    for (const auto& channel : pool.channels)
        records.push_back({{"number", channel.number},
                           {"address", channel.address},
                           {"state", channel.state},
                           {"busy", channel.busy},
                           {"open_attempts", channel.open_attempts},
                           {"made_by", channel.made_by},
                           {"made_at", channel.made_at}});
    ctx.list({{"number", "number"},
              {"address", "address"},
              {"state", "state"},
              {"busy", "busy"},
              {"open_attempts", "open attempts"}},
             records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "channel list",
    .summary = "List the channels of a treasury",
    .details = "Those that are not closed. An open attempt is a transaction whose outcome is not proved: payout resume "
               "asks for it.",
    .options = {option("treasury", &Args::treasury, "NAME", "The treasury")},
    .examples = {{"passa channel list --treasury main", "which are open, and which pay right now"}},
    .run = runner(run),
};

} // namespace passa::cli::channel_list
