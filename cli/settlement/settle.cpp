// passa settle: post what is due to date and not yet posted.
#include "cli/context.hpp"
#include "cli/settlement/records.hpp"
#include "jobs/anchoring.hpp"

namespace passa::cli::settle_event {

struct Args {
    std::string event;
    std::optional<Instant> through;
};

std::string said_of_later(Context& ctx, const Args& args, Instant through) {
    const auto org = ctx.organizer();
    const auto later = ctx.read([&](db::Transaction& tx) {
        return settle::count_later_lines(tx, org, event::get_event(tx, org, args.event).id, through);
    });
    if (later == 0) return {};
    return fmt::format("; {} sale line{} from after that", later, later == 1 ? " is" : "s are");
}

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    const auto now = ctx.clock().now();
    const auto through = args.through.value_or(now);
    const auto work = [&](db::Transaction& tx) {
        const auto event = event::get_event(tx, org, args.event);
        auto settlement = settle::settle({tx, org, ctx.ids(), now}, event, through, ctx.actor());
        jobs::queue_anchors(tx, {ctx.db(), org, ctx.ids(), ctx.clock(), ctx.actor()}, event);
        return settlement;
    };
    const auto settlement = ctx.globals().dry_run ? ctx.rehearse(work) : ctx.write(work);
    if (!settlement) {
        ctx.note(
            fmt::format("nothing to post: settled through {}{}", to_text(through), said_of_later(ctx, args, through)));
        if (ctx.is_for_tools())
            ctx.show({{"id", nullptr},
                      {"event", args.event},
                      {"through", through},
                      {"lines", 0},
                      {"settled_by", nullptr},
                      {"settled_at", nullptr},
                      {"posted", out::Records{}}});
        return ExitCode::ok;
    }
    ctx.show(settlement_record(*settlement, args.event, ctx.globals().dry_run));
    if (ctx.globals().dry_run) ctx.note("dry run: nothing was posted");
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "settle",
    .summary = "Post to every party what is due and not yet posted",
    .details = "Takes in all sale lines of the event that occurred before the cut and that no settlement has seen: "
               "late imports and refunds are picked up by the next one. A second run posts nothing.",
    .options = {option("event", &Args::event, "NAME", "The event"),
                option("through", &Args::through, "INSTANT",
                       "The cut, such as 2027-03-07T00:00:00+03:00; default: now")},
    .examples = {{"passa settle --event nairobi-live", "everything up to now"},
                 {"passa settle --event nairobi-live --dry-run", "what would be posted"}},
    .exits = {{ExitCode::unknown_outcome, "the connection was lost while committing: run it again, it looks first"},
              {ExitCode::balance_gap, "the books do not add up"},
              {ExitCode::busy, "another settlement of the event is running"}},
    .effect = Effect::writes,
    .dry_run = true,
    .run = runner(run),
};

} // namespace passa::cli::settle_event
