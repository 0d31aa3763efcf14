// passa channel close: channels merged back into the treasury, which frees what was bound for them.
#include "cli/channel/pool.hpp"
#include "cli/payout/desk.hpp"
#include "lib/stellar/rpc/client.hpp"

#include <algorithm>

namespace passa::cli::channel_close {

struct Args {
    std::string treasury;
    std::optional<std::int64_t> keep;
    std::optional<std::int64_t> passphrase_fd;
    std::optional<std::filesystem::path> passphrase_file;
};

constexpr std::int64_t k_fee_a_channel = 10'000; // stroops: one operation, at the cap on the bid

// The highest numbers go first.
std::vector<payout::Channel> choose(const channel::Pool& pool, std::int64_t keep) {
    auto chosen = pool.channels;
    chosen.erase(chosen.begin(), chosen.begin() + std::min<std::ptrdiff_t>(keep, std::ssize(chosen)));
    for (const auto& channel : chosen)
        if (channel.busy || channel.open_attempts > 0)
            throw Error{
                {Kind::busy, "channel.in_use",
                 fmt::format("channel {} {}", channel.number,
                             channel.busy ? "is being paid by" : "has a transaction whose outcome is not proved"),
                 "when it is, passa payout list shows it drained; then close it"}};
    return chosen;
}

// From here on no lane takes it.
void mark(Context& ctx, std::vector<payout::Channel>& channels) {
    const auto desk = make_desk(ctx);
    ctx.write([&](db::Transaction& tx) {
        for (auto& channel : channels)
            if (channel.state != "closing") payout::begin_closing(tx, desk, channel);
    });
    for (auto& channel : channels) channel.state = "closing";
}

// Those that a killed run has closed already are not there any more.
void close_all(Context& ctx, const channel::Crew& crew, const std::vector<payout::Channel>& channels) {
    const auto desk = make_desk(ctx);
    const auto closed = [&](const payout::Channel& channel) {
        ctx.write([&](db::Transaction& tx) { payout::step_channel(tx, desk, channel, "closed"); });
    };
    const auto there = channel::look(crew.client, channels);
    std::vector<payout::Channel> standing;
    for (std::size_t i = 0; i < channels.size(); ++i) there[i] ? standing.push_back(channels[i]) : closed(channels[i]);
    channel::carry_out(crew, standing, {stellar::close_channels, closed});
}

bool may_close(Context& ctx, const Args& args, const channel::Pool& pool, std::int64_t count) {
    return ctx.may_move(
        {pool.network,
         args.treasury,
         {{"treasury", args.treasury}, {"channels", count}, {"fee_at_most", channel::lumens(k_fee_a_channel, count)}}});
}

ExitCode run(Context& ctx, const Args& args) {
    const auto keep = args.keep.value_or(0);
    if (keep < 0) throw Error{{Kind::usage, "channel.count", "fewer than none cannot be kept", "write --keep 0"}};
    const auto pool = channel::get_pool(ctx, args.treasury);
    auto channels = choose(pool, keep);
    const auto count = std::ssize(channels);
    if (count > 0) {
        if (!may_close(ctx, args, pool, count)) return ExitCode::ok;
        const auto client = ctx.make_rpc(pool.network);
        const auto signers =
            channel::unlock(ctx, pool, {args.passphrase_fd, args.passphrase_file, false, !ctx.globals().no_input});
        mark(ctx, channels);
        close_all(ctx, {*client, pool, signers}, channels);
    }
    ctx.show({{"treasury", args.treasury},
              {"network", pool.network},
              {"closed", std::int64_t{count}},
              {"channels", std::ssize(pool.channels) - count}});
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "channel close",
    .summary = "Close channels of a treasury and free what is bound for them",
    .details = "They are merged into the treasury. One that pays right now, or whose last transaction is not proved, "
               "stays: nothing is closed then. Run again, it finishes what was cut off. A number is never used twice.",
    .options = {option("treasury", &Args::treasury, "NAME", "The treasury"),
                option("keep", &Args::keep, "N", "Keep so many, those with the lowest numbers; default: 0"),
                option("passphrase-fd", &Args::passphrase_fd, "N", "Read the passphrase from this file descriptor"),
                option("passphrase-file", &Args::passphrase_file, "FILE",
                       "Read the passphrase from the first line of this file")},
    .examples = {{"passa channel close --treasury main", "all of them"},
                 {"passa channel close --treasury main --keep 5", "all but five"}},
    .exits = {{ExitCode::unknown_outcome, "it is not known whether it happened: run the same again"},
              {ExitCode::busy, "one is in use, or no server can be reached"}},
    .effect = Effect::moves_money,
    .run = runner(run),
};

} // namespace passa::cli::channel_close
