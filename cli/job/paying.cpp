// Consent names the network, as for every command that moves money; what lies on other networks is left alone.
#include "cli/job/paying.hpp"

#include "cli/environment.hpp"
#include "cli/payout/desk.hpp"
#include "jobs/jobs.hpp"
#include "lib/catalog/contract.hpp"
#include "lib/contract/outbox.hpp"
#include "lib/escrow/escrow.hpp"
#include "lib/event/event.hpp"
#include "lib/payout/read.hpp"

#include <algorithm>

namespace passa::cli {
namespace {

namespace fs = std::filesystem;

// A flag, a systemd credential, a file in passa's folder, or whoever sits there.
out::PassphraseSource source_of(Context& ctx, const KeyWish& wish) {
    out::PassphraseSource source{{}, wish.passphrase_file, false, !ctx.globals().no_input};
    if (source.file) return source;
    const auto systemd = environment("CREDENTIALS_DIRECTORY");
    const auto own = ctx.home() / "credentials" / "passa-passphrase";
    std::error_code unreadable;
    if (!(systemd && fs::exists(fs::path{*systemd} / "passa-passphrase", unreadable)) && fs::exists(own, unreadable))
        source.file = own;
    return source;
}

struct Waiting {      // what the job would pay for, each by its network
    std::string what; // as the plan calls them
    std::vector<std::string> networks;
};

Waiting load_batches(Context& ctx, const std::string& scope) {
    const auto books = make_desk(ctx);
    const auto approved = ctx.read([&](db::Transaction& tx) {
        std::optional<EventId> event;
        if (!scope.empty()) event = event::get_event(tx, books.organizer, scope).id;
        return payout::load_approved(tx, books, event);
    });
    Waiting waiting{"batches", {}};
    for (const auto& each : approved)
        if (!each.expired) waiting.networks.push_back(each.network);
    return waiting;
}

Waiting load_kept(Context& ctx) {
    const auto owner = ctx.organizer();
    Waiting waiting{"contracts", {}};
    for (const auto& each : ctx.read([&](db::Transaction& tx) { return catalog::load_contracts(tx, owner); }))
        if (each.keep) waiting.networks.push_back(each.network);
    return waiting;
}

Waiting load_told(Context& ctx) {
    const auto owner = ctx.organizer();
    return ctx.read([&](db::Transaction& tx) {
        Waiting waiting{"contracts", {}};
        for (const auto& name : passa::contract::load_waiting_contracts(tx, owner))
            if (const auto declared = catalog::find_contract(tx, owner, name))
                waiting.networks.push_back(declared->network);
        return waiting;
    });
}

Waiting load_escrows(Context& ctx, const std::string& scope) {
    const auto owner = ctx.organizer();
    const auto escrows = ctx.read([&](db::Transaction& tx) {
        std::optional<EventId> event;
        if (!scope.empty()) event = event::get_event(tx, owner, scope).id;
        return passa::escrow::load_escrows(tx, owner, event);
    });
    Waiting waiting{"contracts", {}};
    for (const auto& each : escrows) waiting.networks.push_back(each.network);
    return waiting;
}

Waiting load_waiting(Context& ctx, const runner::RunKey& key) {
    if (key.job == "contract-keep") return load_kept(ctx);
    if (key.job == "contract-send") return load_told(ctx);
    return key.job == "escrow-pay" ? load_escrows(ctx, key.scope) : load_batches(ctx, key.scope);
}

std::string choose_network(Context& ctx, const Waiting& waiting) {
    if (ctx.globals().yes) return *ctx.globals().yes;
    if (const auto chosen = ctx.chosen_network()) return *chosen;
    std::string network;
    for (const auto& each : waiting.networks) {
        if (network.empty()) network = each;
        if (each != network)
            throw Error{{Kind::usage, "job.which_network",
                         fmt::format("{} wait on {} and on {}", waiting.what, network, each),
                         "choose one: --network NAME"}};
    }
    return network;
}

} // namespace

Paying rehearse(Context& ctx, const runner::RunKey& key) {
    if (!jobs::get_kind(key.job).moves_money) return {};
    const auto network = choose_network(ctx, load_waiting(ctx, key));
    ctx.require_network(network, "the job " + key.job);
    return {network, {}};
}

Paying agree(Context& ctx, const runner::RunKey& key, const KeyWish& wish) {
    if (!jobs::get_kind(key.job).moves_money) return {};
    const auto waiting = load_waiting(ctx, key);
    const auto network = choose_network(ctx, waiting);
    ctx.require_network(network, "the job " + key.job);
    const auto there = std::count(waiting.networks.begin(), waiting.networks.end(), network);
    if (there > 0 && !ctx.may_move({network, network, {{waiting.what, static_cast<std::int64_t>(there)}}})) return {};
    return {network, source_of(ctx, wish)};
}

Paying agree(Context& ctx, const runner::Declared& declared, const KeyWish& wish) {
    if (!jobs::get_kind(declared.job).moves_money) return {};
    ctx.require_network(declared.network.value_or(""), "the job " + declared.name);
    return {declared.network, source_of(ctx, wish)};
}

} // namespace passa::cli
