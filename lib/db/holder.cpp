// Asked in a session of its own, as the user that connected: the application role may not see what others are called.
#include "lib/db/holder.hpp"

#include "lib/base/text.hpp"

#include <algorithm>

namespace passa::db {
namespace {

struct Holder {
    std::string command;
    std::int64_t seconds;
};

// Locks of rows are the transaction's own lock. Who waits for a lock is held up as well, by the one that is wanted
// here.
std::vector<Holder> load_holders(const ConnectOptions& options, int our_pid) {
    Connection connection{{options.target, options.application_name, ""}};
    const auto rows = connection.raw(fmt::format(
        "SELECT coalesce(nullif(a.application_name, ''), 'another program') AS name, "
        "extract(epoch FROM clock_timestamp() - a.xact_start)::bigint AS seconds FROM pg_stat_activity a "
        "WHERE a.datname = current_database() AND a.pid NOT IN ({}, pg_backend_pid()) AND a.xact_start IS NOT NULL "
        "AND a.wait_event_type IS DISTINCT FROM 'Lock' AND EXISTS (SELECT 1 FROM pg_locks l WHERE l.pid = a.pid "
        "AND l.granted AND l.locktype IN ('advisory', 'transactionid')) ORDER BY a.xact_start LIMIT 3",
        our_pid));
    std::vector<Holder> holders;
    for (const auto& row : rows) {
        auto name = printable(row.get<std::string>("name"), 60);
        if (name.starts_with("passa.")) std::replace(name.begin(), name.end(), '.', ' ');
        holders.push_back({std::move(name), row.get<std::int64_t>("seconds")});
    }
    return holders;
}

std::string text_of(const std::vector<Holder>& holders) {
    const auto& first = holders.front();
    if (holders.size() == 1)
        return fmt::format("{} holds what this needs (its transaction is open since {} s)", first.command,
                           first.seconds);
    auto text = fmt::format("another one holds what this needs: {} (its transaction is open since {} s)", first.command,
                            first.seconds);
    for (std::size_t i = 1; i < holders.size(); ++i)
        text += fmt::format(" or {} (since {} s)", holders[i].command, holders[i].seconds);
    return text;
}

} // namespace

Problem name_holder(const ConnectOptions& options, int our_pid, Problem locked) {
    locked.message = "somebody else held what this needs";
    try {
        const auto holders = load_holders(options, our_pid);
        if (holders.empty()) return locked;
        locked.message = text_of(holders);
        locked.hint = "try again when it is done";
    } catch (const Error&) { // NOLINT(bugprone-empty-catch)
        // No session is left for the question: what was found out before it stands.
    }
    return locked;
}

} // namespace passa::db
