// passa notice test: whether a channel works, before something happens.
#include "cli/notice/desk.hpp"
#include "lib/base/text.hpp"

namespace passa::cli::notice_test {

struct Args {
    std::string channel;
};

namespace {

Error no_channel(const std::string& wanted, const std::vector<std::string>& names) {
    const auto near = nearest_names(wanted, names);
    return Error{{Kind::not_found, "notice.no_channel", fmt::format("there is no channel {}", printable(wanted, 60)),
                  near.empty() ? "declare it: passa manifest explain NoticeChannel"
                               : fmt::format("did you mean {}?", near.front())}};
}

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    const auto id = ctx.ids().make<NoticeTag>();
    ctx.write([&](db::Transaction& tx) {
        if (!notify::find_channel(tx, org, args.channel))
            throw no_channel(args.channel, notify::load_channel_names(tx, org));
        notify::add_test(tx, org, id, args.channel);
    });
    const NoticeDesk desk{ctx};
    const auto notice = notify::deliver_one(desk.courier(), id);
    ctx.show(notice_record(notice));
    if (notice.state == notify::NoticeState::sent) return ExitCode::ok;
    throw Error{{Kind::failed, "notice.not_sent",
                 fmt::format("the channel {} did not take a notice: {}", args.channel, notice.error),
                 "mend the NoticeChannel or its credential, and test it again"}};
}

extern const Command k_command = {
    .path = "notice test",
    .summary = "Send a test notice over a channel, now",
    .options = {positional("CHANNEL", &Args::channel, "The NoticeChannel: passa get NoticeChannel")},
    .examples = {{"passa notice test ops-mail", "before something happens"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::notice_test
