// passa top: what sells, what is owed and paid, what runs and what is open, as it changes.
#include "cli/context.hpp"
#include "cli/environment.hpp"
#include "cli/top/refresh.hpp"
#include "cli/top/screen.hpp"
#include "lib/event/event.hpp"
#include "lib/log/held.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace passa::cli::top_view {

struct Args {
    std::optional<std::string> event;
    std::optional<Duration> interval;
    bool once = false;
};

namespace {

constexpr auto k_default_interval = std::chrono::seconds{2};
constexpr auto k_longest_interval = std::chrono::hours{1};
constexpr auto k_tick = std::chrono::seconds{1};     // ages grow while figures stay
constexpr auto k_patience = std::chrono::seconds{1}; // with a database that hangs, before it is left hanging

template <typename Items, typename Of>
out::Records records_of(const Items& items, Of&& of) {
    out::Records records;
    for (const auto& each : items) records.push_back(of(each));
    return records;
}

out::Value text_or_null(const std::string& text) { return text.empty() ? out::Value{nullptr} : out::Value{text}; }

out::Record event_record(const overview::EventNow& each) {
    return {{"name", each.name},
            {"sold", each.sold},
            {"capacity", each.capacity},
            {"lines", each.lines},
            {"unsettled", each.unsettled},
            {"importing", each.is_importing},
            {"imported_at", each.imported_at},
            {"settled_through", each.settled_through},
            {"settled_net", each.settled}};
}

out::Record payouts_record(const overview::PayoutsNow& each) {
    return {{"state", each.state},
            {"asset", each.asset},
            {"count", each.count},
            {"total", each.total},
            {"oldest_since", each.oldest_since}};
}

out::Record job_record(const overview::JobNow& each) {
    return {{"name", each.name},
            {"job", each.job},
            {"scope", text_or_null(each.scope)},
            {"declared", each.is_declared},
            {"paused", each.is_paused},
            {"due_since", each.due_since},
            {"next", each.next},
            {"worker", text_or_null(each.worker)},
            {"last_state", text_or_null(each.last_state)},
            {"last_exit", each.last_exit ? out::Value{*each.last_exit} : out::Value{nullptr}},
            {"last_at", each.last_at},
            {"last_error", text_or_null(each.last_error)}};
}

out::Record breaks_record(const overview::BreaksNow& each) {
    return {
        {"type", each.type}, {"treasury", each.treasury}, {"count", each.count}, {"oldest_since", each.oldest_since}};
}

out::Record record_of(const top::Seen& seen, const Args& args) {
    const auto& all = seen.overview;
    return {{"at", seen.at},
            {"organizer", all.organizer},
            {"event", args.event},
            {"payouts", records_of(all.payouts, payouts_record)},
            {"breaks", records_of(all.breaks, breaks_record)},
            {"jobs", records_of(all.jobs, job_record)},
            {"events", records_of(all.events, event_record)}};
}

bool wants_colour(Context& ctx) {
    const auto wish = colour_of(ctx.settings());
    return wish == out::Colour::always || (wish == out::Colour::automatic && !ctx.terminal().is_dumb);
}

ExitCode show_once(Context& ctx, const Args& args, const top::Seen& seen) {
    if (ctx.is_json()) return ctx.show(record_of(seen, args)), ExitCode::ok;
    std::string text;
    for (const auto& line : frame(seen, {seen.at, args.event.value_or(""), "", {ctx.terminal().width, 0}}))
        text += line.text + "\n";
    ctx.document("text", text);
    return ExitCode::ok;
}

ExitCode watch(Context& ctx, const Args& args, top::Refresh& refresh) {
    const auto every = args.interval.value_or(k_default_interval);
    const log::Held held; // told behind the picture, not into it
    top::Screen screen{wants_colour(ctx)};
    const top::Look look{{}, args.event.value_or(""), fmt::format("every {}, q leaves", to_text(every)), {}};
    for (;;) {
        auto now = look;
        now.now = ctx.clock().now();
        now.size = top::Screen::size();
        screen.draw(frame(refresh.newest(), now));
        switch (screen.wait(refresh.ready(), k_tick)) {
        case top::Wake::key_quit: return ExitCode::ok;
        case top::Wake::interrupted: return ExitCode::interrupted;
        case top::Wake::terminated: return ExitCode::terminated;
        case top::Wake::time:
        case top::Wake::figures:
        case top::Wake::resized: break;
        }
    }
}

void check(Context& ctx, const Args& args) {
    const auto every = args.interval.value_or(k_default_interval);
    if (every < std::chrono::seconds{1} || every > k_longest_interval)
        throw Error{{Kind::usage, "top.interval", "--interval is from 1s to 1h", "leave it out for 2s"}};
    if (ctx.is_for_tools() && !args.once)
        throw Error{{Kind::usage, "top.once", "a live view is for people", "for machines: passa top --once --json"}};
}

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    check(ctx, args);
    const auto org = ctx.organizer();
    std::optional<EventId> event;
    if (args.event) event = ctx.read([&](db::Transaction& tx) { return event::get_event(tx, org, *args.event).id; });
    const auto load = [&ctx, org, event] {
        const auto now = ctx.clock().now();
        return top::Seen{ctx.read([&](db::Transaction& tx) { return overview::load_overview(tx, org, event, now); }),
                         now};
    };
    const auto first = load(); // what is wrong from the start is an error, not a screen
    if (args.once) return show_once(ctx, args, first);
    top::Refresh refresh{load, args.interval.value_or(k_default_interval), first};
    const auto code = watch(ctx, args, refresh);
    if (!refresh.end(k_patience)) std::_Exit(static_cast<int>(code)); // it only reads: nothing is lost
    return code;
}

extern const Command k_command = {
    .path = "top",
    .summary = "Watch sales, settlement, payouts, jobs and breaks as they change",
    .details =
        "Redrawn every two seconds in one read-only transaction by indexes; q or Ctrl-C leaves, and the terminal is as "
        "it was. Payouts stand by state, the unknown ones first; those that are over are counted for one day. Of jobs: "
        "when they are next due, how their newest run ended, who works on them. --event narrows sales and payouts; "
        "jobs and breaks are the organizer's. Where the window is narrow, the less important columns give way; where "
        "the database cannot be asked, the figures stay, with their age and the reason.",
    .options = {option("event", &Args::event, "NAME", "Sales and payouts of this event alone"),
                option("interval", &Args::interval, "DURATION", "How often it is drawn: 1s to 1h; default: 2s"),
                flag("once", &Args::once, "Print it once, to a pipe too")},
    .examples = {{"passa top", "on payday"},
                 {"passa top --once --json | jq '.payouts[] | select(.state == \"unknown\")'",
                  "what nobody knows yet"}},
    .exits = {{ExitCode::interrupted, "left by Ctrl-C"}, {ExitCode::terminated, "left by TERM"}},
    .run = runner(run),
};

} // namespace passa::cli::top_view
