// passa contract queued: what a contract is to be told, and what became of it.
#include "cli/contract/place.hpp"
#include "lib/contract/outbox.hpp"

#include <algorithm>
#include <array>

namespace passa::cli::contract_queued {

struct Args {
    std::string contract;
    std::optional<std::string> state;
    std::optional<std::int64_t> limit;
};

constexpr std::array<std::string_view, 4> k_states{"waiting", "sent", "done", "refused"};

ExitCode run(Context& ctx, const Args& args) {
    static_cast<void>(contract::get_declared(ctx, args.contract));
    if (args.state && std::find(k_states.begin(), k_states.end(), *args.state) == k_states.end())
        throw Error{{Kind::usage, "contract.queue_state", "a row is waiting, sent, done or refused",
                     "leave --state out to see all"}};
    const auto owner = ctx.organizer();
    out::Records records;
    for (const auto& one : ctx.read([&](db::Transaction& tx) {
             return passa::contract::load_queue(tx, owner, {args.contract, args.state, args.limit.value_or(100)});
         }))
        records.push_back({{"function", one.wish.function},
                           {"key", one.wish.key},
                           {"state", one.state},
                           {"transaction", one.transaction},
                           {"refused", one.refused},
                           {"queued_by", one.made_by},
                           {"queued_at", one.made_at}});
    ctx.list({{"function", "function"},
              {"key", "key"},
              {"state", "state"},
              {"transaction", "transaction"},
              {"refused", "refused"},
              {"queued_at", "queued at"}},
             records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "contract queued",
    .summary = "Show what a contract is to be told, and what became of it",
    .details = "Sent is what a call tells whose end is not proved yet; what came to nothing waits again.",
    .options = {positional("CONTRACT", &Args::contract, "A Contract's name"),
                option("state", &Args::state, "STATE", "Only waiting, sent, done or refused"),
                option("limit", &Args::limit, "N", "At most so many, the newest; default: 100")},
    .examples = {{"passa contract queued event-tickets --state refused",
                  "what the contract would not hear of, and why"}},
    .run = runner(run),
};

} // namespace passa::cli::contract_queued
