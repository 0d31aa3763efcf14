// passa channel create: as many channels as are wanted, made where they are missing.
#include "cli/channel/pool.hpp"
#include "cli/payout/desk.hpp"
#include "lib/stellar/rpc/client.hpp"
#include "lib/stellar/rpc/read_ledger.hpp"
#include "lib/stellar/strkey.hpp"

#include <algorithm>

namespace passa::cli::channel_create {

struct Args {
    std::string treasury;
    std::optional<std::int64_t> count;
    std::optional<std::int64_t> passphrase_fd;
    std::optional<std::filesystem::path> passphrase_file;
};

constexpr std::int64_t k_usual = 10;
constexpr std::int64_t k_fee_a_channel = 30'000; // stroops: three operations, at the cap on the bid

std::int64_t read_count(const Args& args) {
    const auto count = args.count.value_or(k_usual);
    if (count < 1 || count > payout::k_most_channels)
        throw Error{{Kind::usage, "channel.count", fmt::format("a treasury cannot have {} channels", count),
                     fmt::format("write --count 1 to {}", payout::k_most_channels)}};
    return count;
}

std::int64_t count_of(const channel::Pool& pool, std::string_view state) {
    return std::count_if(pool.channels.begin(), pool.channels.end(),
                         [&](const auto& channel) { return channel.state == state; });
}

// Stored before the network is asked: what a killed run made is found again by its number.
void store_missing(Context& ctx, channel::Pool& pool, const channel::Signers& signers, std::int64_t count) {
    const auto desk = make_desk(ctx);
    ctx.write([&](db::Transaction& tx) {
        payout::lock_channels(tx, desk);
        pool.channels = payout::load_channels(tx, desk.organizer, pool.treasury.id);
        auto number = payout::find_next_channel(tx, desk.organizer, pool.treasury.id);
        for (auto have = std::ssize(pool.channels) - count_of(pool, "closing"); have < count; ++have, ++number) {
            const auto address = stellar::format_account(signers.channel(number)->public_key());
            pool.channels.push_back({ctx.ids().make<ChannelTag>(), number, address, "made"});
            payout::store_channel(tx, desk, pool.treasury.id, pool.channels.back());
        }
    });
}

// Those that are stored and not open: some may be there already, of a run that was cut off.
void open_all(Context& ctx, stellar::rpc::Client& client, channel::Pool& pool, const channel::Signers& signers) {
    const auto desk = make_desk(ctx);
    const auto opened = [&](const payout::Channel& channel) {
        ctx.write([&](db::Transaction& tx) { payout::step_channel(tx, desk, channel, "open"); });
    };
    std::vector<payout::Channel> made, missing;
    std::copy_if(pool.channels.begin(), pool.channels.end(), std::back_inserter(made),
                 [](const auto& channel) { return channel.state == "made"; });
    const auto there = channel::look(client, made);
    for (std::size_t i = 0; i < made.size(); ++i) there[i] ? opened(made[i]) : missing.push_back(made[i]);
    channel::carry_out({client, pool, signers}, missing, {stellar::make_channels, opened});
}

ExitCode run(Context& ctx, const Args& args) {
    const auto count = read_count(args);
    auto pool = channel::get_pool(ctx, args.treasury);
    const auto open = count_of(pool, "open");
    const auto wanted = std::max(count, open + count_of(pool, "made")) - open;
    const auto client = ctx.make_rpc(pool.network);
    if (wanted > 0) {
        const auto reserve = stellar::rpc::get_base_reserve(*client).value_or_throw();
        const out::Plan plan{pool.network,
                             args.treasury,
                             {{"treasury", args.treasury},
                              {"channels", wanted},
                              {"reserve_bound", channel::lumens(reserve * stellar::k_reserves_a_channel, wanted)},
                              {"fee_at_most", channel::lumens(k_fee_a_channel, wanted)}}};
        if (!ctx.may_move(plan)) return ExitCode::ok;
        const auto signers =
            channel::unlock(ctx, pool, {args.passphrase_fd, args.passphrase_file, false, !ctx.globals().no_input});
        store_missing(ctx, pool, signers, count);
        open_all(ctx, *client, pool, signers);
    }
    ctx.show({{"treasury", args.treasury}, {"network", pool.network}, {"opened", wanted}, {"channels", open + wanted}});
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "channel create",
    .summary = "Let many transactions of a treasury be under way at once",
    .details =
        "An account on Stellar has one transaction in a ledger. A channel lends the treasury its sequence numbers: "
        "with "
        "ten of them, payouts go out by ten transactions a ledger, of up to 100 payments each. A channel holds no "
        "money: the treasury sponsors its reserve (1 XLM is bound for each until it is closed) and pays its fees, and "
        "its key is derived from the treasury's, so there is nothing to keep. Run again, it makes what is missing; "
        "payout send uses them by itself.",
    .options = {option("treasury", &Args::treasury, "NAME", "The treasury"),
                option("count", &Args::count, "N", "How many there shall be, at most 100; default: 10"),
                option("passphrase-fd", &Args::passphrase_fd, "N", "Read the passphrase from this file descriptor"),
                option("passphrase-file", &Args::passphrase_file, "FILE",
                       "Read the passphrase from the first line of this file")},
    .examples = {{"passa channel create --treasury main --count 10", "asks before 10 XLM are bound"}},
    .exits = {{ExitCode::unknown_outcome, "it is not known whether it happened: run the same again"},
              {ExitCode::configuration, "the key is not here, or cannot have channels"},
              {ExitCode::busy, "no server can be reached"}},
    .effect = Effect::moves_money,
    .run = runner(run),
};

} // namespace passa::cli::channel_create
