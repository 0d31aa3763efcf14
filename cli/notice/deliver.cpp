// passa notice deliver: try what is due, once each.
#include "cli/notice/desk.hpp"

#include <algorithm>

namespace passa::cli::notice_deliver {

struct Args {};

ExitCode run(Context& ctx, const Args&) {
    const NoticeDesk desk{ctx};
    const auto tried = notify::deliver_due(desk.courier());
    out::Records records;
    for (const auto& notice : tried) records.push_back(notice_record(notice));
    ctx.list(notice_columns(), records);
    const auto sent =
        std::count_if(tried.begin(), tried.end(), [](const auto& n) { return n.state == notify::NoticeState::sent; });
    if (sent == static_cast<std::ptrdiff_t>(tried.size())) return ExitCode::ok;
    ctx.note(fmt::format("{} of {} notices were sent; what waits is tried again when it is due", sent, tried.size()));
    return ExitCode::partial;
}

extern const Command k_command = {
    .path = "notice deliver",
    .summary = "Send the notices that are due",
    .details =
        "A notice is committed with the fact that it tells of, and sent by this command: run it every minute from a "
        "timer. It goes out at least once, always under the same id: the header webhook-id, the Message-ID of a "
        "letter. What could not be sent is tried again after 1, 5 and 30 minutes, 2, 5, 10, 14 and 20 hours, or later "
        "where the receiver asks for it, and then given up; so is what the receiver refuses for good. No job fails by "
        "that. Receivers inside your own network need privateAddresses in the NoticeChannel; redirects are not "
        "followed.",
    .examples = {{"passa notice deliver --quiet", "every minute, from cron or a timer"}},
    .exits = {{ExitCode::partial, "not all of them were taken; each says why"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::notice_deliver
