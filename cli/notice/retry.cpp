// passa notice retry: what was given up is told again, once its receiver is mended.
#include "cli/notice/desk.hpp"

namespace passa::cli::notice_retry {

struct Args {
    std::vector<NoticeId> ids;
    bool dead = false;
};

ExitCode run(Context& ctx, const Args& args) {
    if (args.ids.empty() != args.dead)
        throw Error{{Kind::usage, "notice.retry_which", "which notices are meant is not said",
                     "name them, or say --dead for all that were given up"}};
    const auto org = ctx.organizer();
    const notify::Retry retry{args.ids, ctx.actor(), ctx.ids().next()};
    const auto waiting = ctx.write([&](db::Transaction& tx) { return notify::retry_notices(tx, org, retry); });
    out::Records records;
    for (const auto& notice : waiting) records.push_back(notice_record(notice));
    ctx.list(notice_columns(), records);
    if (args.dead && static_cast<std::int64_t>(waiting.size()) == retry.most)
        ctx.note(fmt::format("these are the {} oldest; for those that are left: once more", retry.most));
    if (!waiting.empty()) ctx.note("they wait again; send them with: passa notice deliver");
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "notice retry",
    .summary = "Have notices tried again that were given up",
    .details =
        "They are tried as at first, under their old ids, with what their channel says now: all of them or, when "
        "one of the ids is of no such notice, none. Tests, and that a run began, are not told late.",
    .options = {positional("ID", &Args::ids, "The notices: passa notice list --state dead"),
                flag("dead", &Args::dead, "All that were given up, the oldest 1000 in one call")},
    .examples = {{"passa notice retry --dead && passa notice deliver", "once the mail server is back"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::notice_retry
