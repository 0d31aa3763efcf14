// passa tx show and wait: what became of a transaction, now or as soon as it is known.
#include "cli/account/place.hpp"
#include "cli/tx/found.hpp"

#include <thread>

namespace passa::cli {

namespace {

namespace rpc = stellar::rpc;

constexpr auto k_poll = std::chrono::seconds{1};
constexpr auto k_longest_wait = std::chrono::hours{1};

struct ShowArgs {
    std::string hash;
    std::optional<std::string> network;
};

struct WaitArgs {
    std::string hash;
    std::optional<std::string> network;
    std::optional<Duration> timeout;
};

ExitCode show(Context& ctx, const std::string& network, const rpc::Transaction& transaction) {
    ctx.show(as_record(network, transaction));
    return transaction.status == rpc::Status::failed ? ExitCode::failed : ExitCode::ok;
}

Error not_seen(const std::string& hash, const std::string& network, const rpc::History& history) {
    return Error{
        {Kind::not_found, "tx.not_found",
         fmt::format("no transaction {} on {} in ledgers {} to {}", hash, network, history.oldest_ledger,
                     history.latest_ledger),
         fmt::format("it may be older than the server's history, on another network, or not applied yet: passa tx "
                     "wait {} --network {}",
                     hash, network)}};
}

ExitCode run_show(Context& ctx, const ShowArgs& args) {
    const auto hash = read_hash(args.hash);
    const auto network = which_network(ctx, args.network);
    const auto heard = ctx.make_rpc(network)->get_transaction(hash).value_or_throw();
    if (heard.answer.transaction.status == rpc::Status::not_found) throw not_seen(hash, network, heard.answer.history);
    return show(ctx, network, heard.answer.transaction);
}

ExitCode run_wait(Context& ctx, const WaitArgs& args) {
    const auto hash = read_hash(args.hash);
    const auto network = which_network(ctx, args.network);
    const auto limit = std::min<Duration>(args.timeout.value_or(std::chrono::seconds{60}), k_longest_wait);
    const auto client = ctx.make_rpc(network);
    const auto until = std::chrono::steady_clock::now() + limit;
    for (;;) {
        const auto heard = client->get_transaction(hash).value_or_throw();
        if (heard.answer.transaction.status != rpc::Status::not_found)
            return show(ctx, network, heard.answer.transaction);
        if (std::chrono::steady_clock::now() >= until) break;
        std::this_thread::sleep_for(k_poll);
    }
    throw Error{{Kind::unknown_outcome, "tx.unknown",
                 fmt::format("no transaction {} on {} within {}", hash, network, to_text(limit)),
                 fmt::format("ask again: passa tx wait {} --network {}", hash, network)}};
}

} // namespace

namespace tx_show {
extern const Command k_command = {
    .path = "tx show",
    .summary = "Show what became of a transaction",
    .options = {positional("HASH", &ShowArgs::hash, "The transaction's hash, 64 hex digits"),
                option("network", &ShowArgs::network, "NAME", "The network (also: PASSA_NETWORK)")},
    .examples = {{"passa tx show 3389e9f0f1a65f19736cacf544c2e825313e8447f569233bb8db39aa607c8889 --network testnet",
                  "status, fee, ledger"}},
    .exits = {{ExitCode::failed, "not found, or it failed"}, {ExitCode::busy, "no server can be reached"}},
    .run = runner(run_show),
};
} // namespace tx_show

namespace tx_wait {
extern const Command k_command = {
    .path = "tx wait",
    .summary = "Wait until a transaction is in a ledger",
    .options = {positional("HASH", &WaitArgs::hash, "The transaction's hash, 64 hex digits"),
                option("network", &WaitArgs::network, "NAME", "The network (also: PASSA_NETWORK)"),
                option("timeout", &WaitArgs::timeout, "TIME", "How long at most, up to 1h; default: 60s")},
    .examples = {{"passa tx wait 3389e9f0f1a65f19736cacf544c2e825313e8447f569233bb8db39aa607c8889 --network testnet "
                  "--timeout 5m",
                  "status, fee, ledger"}},
    .exits = {{ExitCode::failed, "it failed"},
              {ExitCode::unknown_outcome, "not seen in time"},
              {ExitCode::busy, "no server can be reached"}},
    .run = runner(run_wait),
};
} // namespace tx_wait

} // namespace passa::cli
