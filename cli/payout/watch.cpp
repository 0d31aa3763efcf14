// passa payout watch: how fast a batch is paid, until it is.
#include "cli/following.hpp"
#include "cli/out/progress.hpp"
#include "lib/payout/progress.hpp"

#include <chrono>
#include <deque>

namespace passa::cli::payout_watch {

struct Args {
    BatchId batch;
};

namespace {

using Time = std::chrono::steady_clock::time_point;
constexpr Duration k_pause = std::chrono::seconds{1};
constexpr auto k_window = std::chrono::seconds{30}; // ledgers close every 5 s: what was paid in a few of them

const std::vector<out::Column> k_columns{{"state", "STATE"},
                                         {"payouts", "PAYOUTS"},
                                         {"paid", "PAID"},
                                         {"open", "OPEN"},
                                         {"left", "LEFT"},
                                         {"not_paid", "NOT PAID"},
                                         {"per_second", "PER SECOND"},
                                         {"seconds_left", "SECONDS LEFT"},
                                         {"fees", "FEES"}};

// Payments in the newest part of what was seen; none before two looks saw a payment between them.
class Pace {
public:
    void add(Time at, std::int64_t paid) {
        m_seen.emplace_back(at, paid);
        while (m_seen.size() > 2 && at - m_seen.front().first > k_window) m_seen.pop_front();
    }
    [[nodiscard]] std::optional<std::int64_t> tenths() const { // of a payment a second
        const auto paid = m_seen.back().second - m_seen.front().second;
        const auto ms = milliseconds();
        if (paid <= 0 || ms <= 0) return std::nullopt;
        return paid * 10'000 / ms;
    }
    [[nodiscard]] std::optional<std::int64_t> seconds_for(std::int64_t payments) const {
        const auto paid = m_seen.back().second - m_seen.front().second;
        if (paid <= 0) return std::nullopt;
        return (payments * milliseconds() / paid + 999) / 1000;
    }

private:
    [[nodiscard]] std::int64_t milliseconds() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(m_seen.back().first - m_seen.front().first)
            .count();
    }
    std::deque<std::pair<Time, std::int64_t>> m_seen;
};

std::string text_of(const std::vector<money::Amount>& fees) {
    std::string text;
    for (const auto& fee : fees) text += (text.empty() ? "" : ", ") + fee.text();
    return text;
}

std::optional<std::string> rate_of(const Pace& pace) {
    const auto tenths = pace.tenths();
    if (!tenths) return std::nullopt;
    return fmt::format("{}.{}", *tenths / 10, *tenths % 10);
}

out::Record record_of(const payout::Progress& now, const Pace& pace) {
    return {{"state", now.state},
            {"payouts", now.payouts},
            {"paid", now.paid},
            {"open", now.open},
            {"left", now.left},
            {"not_paid", now.not_paid},
            {"per_second", rate_of(pace)},
            {"seconds_left", pace.seconds_for(now.open + now.left)},
            {"fees", text_of(now.fees)}};
}

std::string line_of(const payout::Progress& now, const Pace& pace) {
    auto line = fmt::format("{}: {} open, {} not paid", now.state, now.open, now.not_paid);
    if (const auto rate = rate_of(pace)) line += fmt::format(", {} a second", *rate);
    if (const auto left = pace.seconds_for(now.open + now.left)) line += fmt::format(", {} s left", *left);
    if (!now.fees.empty()) line += ", fees " + text_of(now.fees);
    return line + ", paid";
}

// As payout send ends.
ExitCode exit_of(Context& ctx, const payout::Progress& last) {
    if (last.not_paid == 0) return ExitCode::ok;
    ctx.note(fmt::format("{} of {} were not paid", last.not_paid, last.payouts));
    return last.paid > 0 ? ExitCode::partial : ExitCode::failed;
}

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    const bool redraws = ctx.terminal().stdout_is_tty && ctx.terminal().stderr_is_tty && !ctx.is_for_tools();
    out::ProgressLine line{ctx.terminal(), ctx.globals().quiet || !redraws};
    Following list{ctx, k_columns};
    Pace pace;
    payout::Progress told;
    const auto org = ctx.organizer();
    do {
        const auto now = ctx.read([&](db::Transaction& tx) { return payout::get_progress(tx, org, args.batch); });
        pace.add(std::chrono::steady_clock::now(), now.paid);
        if (redraws && !now.is_over()) line.show(line_of(now, pace), now.paid, now.payouts);
        const bool is_shown = redraws ? now.is_over() : now != told;
        if (is_shown && ctx.is_json()) ctx.list_page(Format::jsonl, {record_of(now, pace)}, false);
        if (is_shown && !ctx.is_json()) list.show({record_of(now, pace)});
        if (now.is_over()) return exit_of(ctx, now);
        told = now;
    } while (!is_stopped(ctx, k_pause));
    return ctx.stop().exit_code();
}

extern const Command k_command = {
    .path = "payout watch",
    .summary = "Follow a batch until all of it is sent or refused",
    .details =
        "Looks once a second: on a terminal at one line that is written over, elsewhere a line for each change, with "
        "--json an object a line. The pace is that of the last 30 seconds; fees are those that the book has so far. It "
        "sends nothing, and waits as long as nobody approves or sends the batch; Ctrl-C ends it and leaves the batch "
        "as it is.",
    .options = {positional("BATCH", &Args::batch, "The batch")},
    .examples = {{"passa payout watch bat_01h455vb4pex5vsknk084sn02q",
                  "beside the terminal, or the job, that sends it"}},
    .exits = {{ExitCode::failed, "nothing of it was paid"},
              {ExitCode::partial, "some of it was not paid: see payout show"},
              {ExitCode::interrupted, "Ctrl-C; the batch goes on"},
              {ExitCode::terminated, "TERM; the batch goes on"}},
    .run = runner(run),
};

} // namespace passa::cli::payout_watch
