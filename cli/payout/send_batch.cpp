// Look, show the plan, get consent, unlock the key, send, tell.
#include "cli/payout/send_batch.hpp"

#include "cli/out/progress.hpp"
#include "cli/payout/desk.hpp"
#include "cli/payout/records.hpp"
#include "lib/payout/approve.hpp"
#include "lib/payout/send.hpp"

#include <algorithm>
#include <thread>

namespace passa::cli {
namespace {

struct Looked {
    payout::Batch batch;
    std::vector<payout::StateSum> sums; // of payouts that may leave, or have
    std::int64_t outdated_rates = 0;
};

Looked look(Context& ctx, const payout::Desk& desk, BatchId id) {
    return ctx.read([&](db::Transaction& tx) {
        auto sendable = payout::get_sendable(tx, desk, id);
        Looked looked{std::move(sendable.batch), std::move(sendable.sums), payout::count_outdated_rates(tx, desk, id)};
        std::erase_if(looked.sums, [&](const auto& s) {
            return !payout::may_have_left(s.state) && (sendable.expired || !payout::is_unsent(s.state));
        });
        return looked;
    });
}

money::Amount find_held(const std::vector<money::Amount>& balances, const money::Asset& asset) {
    for (const auto& balance : balances)
        if (balance.asset().id == asset.id) return balance;
    return {0, asset};
}

// Without the rail: what is to be sent, which may be nothing.
out::Plan plan_of(const Looked& looked) {
    const auto& batch = looked.batch;
    money::Amount total{0, batch.treasury.asset};
    for (const auto& sum : looked.sums) total += sum.amount;
    return {network_of(batch.treasury),
            total.number(),
            {{"batch", batch.id.text()},
             {"sha256", to_hex(batch.sha256)},
             {"treasury", batch.treasury.name},
             {"to_send", count_of(looked.sums)},
             {"total", total}}};
}

// What stays is the least that can: every payment made, each at the highest fee. Fees may come from another purse.
out::Plan plan_of(const Looked& looked, rail::Rail& rail) {
    const auto& batch = looked.batch;
    const auto balances = rail.balances();
    const auto held = find_held(balances, batch.treasury.asset);
    const auto fee = rail.most_cost(static_cast<std::size_t>(count_of(looked.sums)));
    const bool one_purse = fee.asset().id == held.asset().id;
    auto plan = plan_of(looked);
    auto left = one_purse ? held - fee : held;
    for (const auto& sum : looked.sums) left -= sum.amount;
    plan.shown.emplace_back("fee_at_most", fee);
    plan.shown.emplace_back("holds", held);
    plan.shown.emplace_back("holds_after", left);
    if (!one_purse) {
        const auto for_fees = find_held(balances, fee.asset());
        plan.shown.emplace_back("holds_for_fees", for_fees);
        plan.shown.emplace_back("holds_for_fees_after", for_fees - fee);
    }
    return plan;
}

RailWish wish_of(Context& ctx, const SendArgs& args, const Looked& looked) {
    RailWish wish{looked.batch.treasury.name};
    if (ctx.globals().dry_run) return wish;
    wish.unlock = {args.passphrase_fd, args.passphrase_file, false, !ctx.globals().no_input};
    wish.will_sign = std::any_of(looked.sums.begin(), looked.sums.end(),
                                 [](const auto& sum) { return payout::is_unsent(sum.state); });
    return wish;
}

// A lane's rail: the same treasury and key, other numbers.
std::function<std::unique_ptr<rail::Rail>(const payout::Channel&)> open_channel(Context& ctx, RailWish wish) {
    return [&ctx, wish = std::move(wish)](const payout::Channel& channel) {
        auto of_channel = wish;
        of_channel.channel = {channel.number, channel.address};
        return ctx.make_rail(of_channel);
    };
}

std::size_t most_channels(const SendArgs& args) {
    const auto most = args.channels.value_or(payout::k_polite_channels);
    if (most < 0 || most > payout::k_most_channels)
        throw Error{{Kind::usage, "payout.channels", fmt::format("{} channels cannot pay at once", most),
                     fmt::format("write --channels 0 to {}", payout::k_most_channels)}};
    return static_cast<std::size_t>(most);
}

// In small steps, so that Ctrl-C is heard.
void wait(Stop& stop, Duration time) {
    const auto until = std::chrono::steady_clock::now() + time;
    while (!stop.requested() && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
}

out::Record record_of(const payout::Sent& sent, const Shown& shown) {
    auto record = batch_record(sent.batch, shown);
    for (const auto& [key, count] :
         {std::pair{"paid", sent.paid()}, std::pair{"open", sent.open()}, std::pair{"left", sent.left()},
          std::pair{"failed", sent.count(payout::State::failed)},
          std::pair{"blocked", sent.count(payout::State::blocked)}})
        record.emplace_back(key, count);
    return record;
}

// What is not paid out of settlements stays owed; an expense is owed to nobody.
std::string what_next(const Shown& shown) {
    const auto& payouts = shown.payouts;
    const bool from_file = !payouts.empty() && payouts.front().source == "expense";
    const std::string reasons = static_cast<std::int64_t>(payouts.size()) == shown.count()
                                    ? "see the reasons above"
                                    : "see the reasons with passa payout show BATCH --state failed, or blocked";
    return from_file ? fmt::format("were not paid: {}; once they are mended: passa payout create --file FILE --again",
                                   reasons)
                     : "were not paid and stay owed: " + reasons;
}

std::string nothing_sent(const payout::Sent& sent) {
    std::int64_t all = 0;
    for (const auto& [state, count] : sent.counts) all += count;
    return sent.paid() == all ? "everything was paid before: nothing was sent" : "nothing was left to send";
}

ExitCode exit_of(Context& ctx, const payout::Sent& sent, const Shown& shown) {
    if (sent.halted) {
        auto problem = *sent.halted;
        if (sent.paid() > 0 && problem.kind != Kind::unknown_outcome) problem.kind = Kind::partial;
        throw Error{std::move(problem)};
    }
    if (sent.stopped && sent.left() + sent.open() > 0) {
        ctx.note(fmt::format("stopped; go on with: passa payout resume {}", sent.batch.id));
        return ctx.stop().exit_code();
    }
    const auto refused = sent.count(payout::State::failed) + sent.count(payout::State::blocked);
    if (refused == 0) return ExitCode::ok;
    ctx.note(fmt::format("{} of {} {}", refused, refused + sent.paid(), what_next(shown)));
    return sent.paid() > 0 ? ExitCode::partial : ExitCode::failed;
}

} // namespace

ExitCode send_batch(Context& ctx, const SendArgs& args) {
    const auto most = most_channels(args);
    const auto desk = make_desk(ctx);
    const auto looked = look(ctx, desk, args.batch);
    const auto& treasury = looked.batch.treasury.name;
    ctx.require_network(network_of(looked.batch.treasury), "treasury " + treasury);
    if (looked.outdated_rates > 0)
        ctx.note(fmt::format("{} payouts are converted at an exchange rate that was replaced since they were approved",
                             looked.outdated_rates));
    if (looked.sums.empty() && ctx.globals().dry_run) {
        if (ctx.is_for_tools())
            static_cast<void>(ctx.may_move(plan_of(looked)));
        else
            ctx.note("dry run: nothing is left to be paid, and nothing was done");
        return ExitCode::ok;
    }
    const auto rail = ctx.make_rail(wish_of(ctx, args, looked));
    if (!looked.sums.empty() && !ctx.may_move(plan_of(looked, *rail))) return ExitCode::ok;
    out::ProgressLine line{ctx.terminal(), ctx.globals().quiet};
    auto& stop = ctx.stop();
    payout::Means means;
    if (args.wait) means.patience.limit = *args.wait;
    means.patience.wait = [&](Duration time) { wait(stop, time); };
    means.patience.stop = [&] { return stop.requested(); };
    means.patience.say = [&](std::string_view what) { line.show(what, 0, 0); };
    means.channels = {open_channel(ctx, wish_of(ctx, args, looked)), most};
    const auto sent = payout::send(desk, *rail, args.batch, means);
    const auto shown = ctx.read([&](db::Transaction& tx) { return load_shown(tx, desk.organizer, args.batch); });
    ctx.show(record_of(sent, shown));
    tell_more(ctx, args.batch, shown);
    if (looked.sums.empty()) ctx.note(nothing_sent(sent));
    return exit_of(ctx, sent, shown);
}

std::vector<Option> send_options() {
    return {
        positional("BATCH", &SendArgs::batch, "The batch"),
        option("wait", &SendArgs::wait, "TIME", "How long to ask for the outcome of one transaction; default: 10m"),
        option("channels", &SendArgs::channels, "N",
               "Pay by at most so many of the treasury's channels at once, 100 payments a ledger each; 0: by its own "
               "sequence numbers alone; default: 5"),
        option("passphrase-fd", &SendArgs::passphrase_fd, "N", "Read the key's passphrase from this file descriptor"),
        option("passphrase-file", &SendArgs::passphrase_file, "FILE",
               "Read the key's passphrase from the first line of this file")};
}

std::vector<ExitNote> send_exits() {
    return {
        {ExitCode::partial, "some were paid; the reasons for the rest are listed"},
        {ExitCode::unauthorised, "the batch is not approved, or its approval has expired"},
        {ExitCode::unknown_outcome, "a transaction may have happened: the resume command is printed"},
        {ExitCode::configuration, "the key is not here, its passphrase is wrong, or a server is of another network"},
        {ExitCode::busy, "somebody else sends from this treasury, or no server answers"},
        {ExitCode::interrupted, "stopped by Ctrl-C; what had left was followed as far as it went"},
        {ExitCode::terminated, "stopped by TERM, in the same way"}};
}

} // namespace passa::cli
