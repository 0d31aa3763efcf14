// passa channel verify: what the network knows of each channel, beside the books.
#include "cli/channel/pool.hpp"
#include "lib/stellar/rpc/client.hpp"

namespace passa::cli::channel_verify {

struct Args {
    std::string treasury;
};

// Why it is not as the books have it; empty: it is.
std::string find_difference(const payout::Channel& channel, const std::optional<stellar::ChannelAccount>& there) {
    if (!there) return channel.state == "open" ? "it is not on the network" : "";
    if (channel.state == "made") return "it is on the network, and was never opened here";
    if (channel.used && there->sequence < *channel.used)
        return fmt::format("the network says that {} was its last number, and we proved {}", there->sequence,
                           *channel.used);
    if (channel.used && channel.open_attempts == 0 && there->sequence > *channel.used)
        return fmt::format("somebody used its numbers up to {}, and we up to {}", there->sequence, *channel.used);
    return there->oddity;
}

ExitCode run(Context& ctx, const Args& args) {
    const auto pool = channel::get_pool(ctx, args.treasury);
    const auto client = ctx.make_rpc(pool.network);
    const auto there = channel::look(*client, pool.channels);
    out::Records records;
    std::size_t differing = 0;
    for (std::size_t i = 0; i < pool.channels.size(); ++i) {
        const auto& channel = pool.channels[i];
        const auto difference = find_difference(channel, there[i]);
        if (!difference.empty()) ++differing;
        records.push_back({{"number", channel.number},
                           {"address", channel.address},
                           {"state", channel.state},
                           {"sequence", there[i] ? out::Value{std::to_string(there[i]->sequence)} : out::Value{}},
                           {"differs", difference.empty() ? out::Value{} : out::Value{difference}}});
    }
    ctx.list({{"number", "number"}, {"address", "address"}, {"state", "state"}, {"differs", "differs"}}, records);
    if (differing == 0) return ExitCode::ok;
    throw Error{{Kind::difference, "channel.differs",
                 fmt::format("{} of {} channels are not what the books say", differing, records.size()),
                 fmt::format("make what is missing: passa channel create --treasury {0}; or close them: passa channel "
                             "close --treasury {0}",
                             args.treasury)}};
}

extern const Command k_command = {
    .path = "channel verify",
    .summary = "Hold a treasury's channels against the network",
    .details = "Each must be there, hold nothing, have no signer but its own, be sponsored, and have used the sequence "
               "numbers that we used and no others.",
    .options = {option("treasury", &Args::treasury, "NAME", "The treasury")},
    .examples = {{"passa channel verify --treasury main", "exit 0: they are as the books say"}},
    .exits = {{ExitCode::differs, "one of them is not"}, {ExitCode::busy, "no server can be reached"}},
    .run = runner(run),
};

} // namespace passa::cli::channel_verify
