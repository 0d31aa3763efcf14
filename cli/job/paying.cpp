// Consent names the network, as for every command that moves money; what lies on other networks is left alone.
#include "cli/job/paying.hpp"

#include "cli/environment.hpp"
#include "cli/payout/desk.hpp"
#include "jobs/jobs.hpp"
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

std::vector<payout::ApprovedBatch> load_due(Context& ctx, const std::string& scope) {
    const auto books = make_desk(ctx);
    auto due = ctx.read([&](db::Transaction& tx) {
        std::optional<EventId> event;
        if (!scope.empty()) event = event::get_event(tx, books.organizer, scope).id;
        return payout::load_approved(tx, books, event);
    });
    std::erase_if(due, [](const payout::ApprovedBatch& each) { return each.expired.has_value(); });
    return due;
}

std::string choose_network(Context& ctx, const std::vector<payout::ApprovedBatch>& due) {
    if (ctx.globals().yes) return *ctx.globals().yes;
    if (const auto chosen = ctx.chosen_network()) return *chosen;
    std::string network;
    for (const auto& each : due) {
        if (network.empty()) network = each.network;
        if (each.network != network)
            throw Error{{Kind::usage, "job.which_network",
                         fmt::format("approved batches wait on {} and on {}", network, each.network),
                         "choose one: --network NAME"}};
    }
    return network;
}

} // namespace

Paying rehearse(Context& ctx, const runner::RunKey& key) {
    if (!jobs::get_kind(key.job).moves_money) return {};
    const auto network = choose_network(ctx, load_due(ctx, key.scope));
    ctx.require_network(network, "the job " + key.job);
    return {network, {}};
}

Paying agree(Context& ctx, const runner::RunKey& key, const KeyWish& wish) {
    if (!jobs::get_kind(key.job).moves_money) return {};
    const auto due = load_due(ctx, key.scope);
    const auto network = choose_network(ctx, due);
    ctx.require_network(network, "the job " + key.job);
    const auto batches = std::count_if(due.begin(), due.end(),
                                       [&](const payout::ApprovedBatch& each) { return each.network == network; });
    if (batches > 0 && !ctx.may_move({network, network, {{"batches", static_cast<std::int64_t>(batches)}}})) return {};
    return {network, source_of(ctx, wish)};
}

Paying agree(Context& ctx, const runner::Declared& declared, const KeyWish& wish) {
    if (!jobs::get_kind(declared.job).moves_money) return {};
    ctx.require_network(declared.network.value_or(""), "the job " + declared.name);
    return {declared.network, source_of(ctx, wish)};
}

} // namespace passa::cli
