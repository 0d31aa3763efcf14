// passa notice list: what was told, what waits, what was given up.
#include "cli/notice/desk.hpp"
#include "cli/spec/limited.hpp"

namespace passa::cli {

template <>
struct Words<notify::NoticeState> {
    static constexpr std::pair<std::string_view, notify::NoticeState> k_all[] = {
        {"waiting", notify::NoticeState::waiting},
        {"sent", notify::NoticeState::sent},
        {"dead", notify::NoticeState::dead}};
};

} // namespace passa::cli

namespace passa::cli::notice_list {

struct Args {
    std::optional<notify::NoticeState> state;
    RowLimit limit{50};
};

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    const auto notices =
        ctx.read([&](db::Transaction& tx) { return notify::load_notices(tx, org, args.state, args.limit.rows); });
    out::Records records;
    for (const auto& notice : notices) {
        records.push_back(notice_record(notice));
        records.back().emplace_back("created_at", notice.created_at);
        records.back().emplace_back("ended_at", notice.ended_at);
    }
    ctx.list(notice_columns(), records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "notice list",
    .summary = "List the newest notices: sent, waiting, given up",
    .options = {option("state", &Args::state, "STATE", "Only those that are waiting, sent or dead"),
                limit_option(&Args::limit)},
    .examples = {{"passa notice list --state dead", "what nobody was told, and why"}},
    .run = runner(run),
};

} // namespace passa::cli::notice_list
