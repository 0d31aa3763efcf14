// The verdict stands beside the item, which stays as it was.
#include "lib/runner/dead.hpp"

#include "lib/base/text.hpp"
#include "runner_sql.hpp"

namespace passa::runner {

std::vector<DeadItem> load_dead(db::Transaction& tx, OrganizerId organizer, const std::optional<std::string>& job,
                                std::int64_t limit) {
    std::vector<DeadItem> all;
    for (const auto& row : tx.run(sql::load_dead, organizer, job, limit)) {
        EndedItem item;
        item.key = row.get<std::string>("key");
        item.state = ItemState::dead;
        item.tries = row.get<int>("tries");
        item.error_code = row.get<std::string>("error_code");
        item.error = row.get<std::string>("error");
        item.at = row.get<Instant>("ended_at");
        all.push_back(
            {row.get<JobRunId>("run_id"), row.get<std::string>("job"), row.get<std::string>("scope"), std::move(item)});
    }
    return all;
}

void decide(const Desk& desk, const Run& run, const Decision& decision) {
    const bool is_again = decision.verdict == DeadVerdict::retried;
    const std::string_view word = is_again ? "retried" : "discarded";
    db::transact(desk.db, {.organizer = desk.organizer, .what = "job.decide"}, [&](db::Transaction& tx) {
        require_idle(tx, desk, run.key); // whoever works on the run has read its items already
        if (tx.execute(sql::insert_verdict, desk.organizer, run.id, decision.item, word, desk.actor, decision.reason) !=
            1)
            throw Error{
                {Kind::not_found, "job.not_dead",
                 fmt::format("run {} has no item {} that waits for a decision", run.id, printable(decision.item, 100)),
                 "see those that do: passa job dead list"}};
        if (is_again && get_run(tx, desk.organizer, run.id).state == RunState::skipped) // by now
            throw Error{{Kind::refused, "job.ended",
                         fmt::format("run {} was cancelled: nothing of it is tried again", run.id),
                         "discard the item, or run the job anew: passa job run"}};
        if (is_again) tx.run(sql::reopen_run, desk.organizer, run.id);
        tx.run(sql::audit_job, desk.organizer, desk.ids.next(), desk.actor, word,
               fmt::format("job {}{}{}", run.key.job, run.key.scope.empty() ? "" : " ", run.key.scope),
               fmt::format("item {} of {}: {}", decision.item, run.id, decision.reason));
    });
}

} // namespace passa::runner
