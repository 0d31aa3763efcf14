// Read by column name; counts are a flat JSON object of numbers.
#include "lib/runner/run.hpp"

#include "runner_sql.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace passa::runner {
namespace {

constexpr auto k_states = std::to_array<std::pair<RunState, std::string_view>>({
    {RunState::running, "running"},
    {RunState::done, "done"},
    {RunState::partial, "partial"},
    {RunState::failed, "failed"},
    {RunState::skipped, "skipped"},
});

constexpr auto k_item_states = std::to_array<std::pair<ItemState, std::string_view>>({
    {ItemState::done, "done"},
    {ItemState::dead, "dead"},
    {ItemState::discarded, "discarded"},
});

template <typename Table>
auto parse_word(const Table& table, const std::string& text) {
    const auto it = std::find_if(table.begin(), table.end(), [&](const auto& s) { return s.second == text; });
    PASSA_ASSERT(it != table.end()); // the CHECK of the table
    return it->first;
}

Run read_run(const db::Row& row) {
    Run run;
    run.id = row.get<JobRunId>("id");
    run.key = {row.get<std::string>("job"), row.get<std::string>("scope"), row.get<Instant>("period_start"),
               row.get<Instant>("period_end")};
    run.state = parse_word(k_states, row.get<std::string>("state"));
    run.attempts = row.get<int>("attempts");
    run.planned = row.get<std::optional<int>>("planned");
    run.inputs = row.get<std::optional<Hash256>>("inputs_hash");
    run.counts = parse_counts(row.get<std::string>("counts"));
    run.exit_code = row.get<std::optional<int>>("exit_code");
    run.error_code = row.get<std::string>("error_code");
    run.error = row.get<std::string>("error");
    run.asked_by = row.get<std::string>("asked_by");
    run.declared = row.get<std::string>("declared");
    run.skipped_by = row.get<std::string>("skipped_by");
    run.skip_reason = row.get<std::string>("skip_reason");
    run.code_version = row.get<std::string>("code_version");
    run.started_at = row.get<Instant>("started_at");
    run.finished_at = row.get<std::optional<Instant>>("finished_at");
    run.worker = row.get<std::string>("worker");
    run.is_held = row.get<bool>("is_held");
    return run;
}

} // namespace

std::string_view name(RunState state) { return k_states[static_cast<std::size_t>(state)].second; }
std::string_view name(ItemState state) { return k_item_states[static_cast<std::size_t>(state)].second; }

Counts& operator+=(Counts& sum, const Counts& more) {
    for (const auto& [word, count] : more) sum[word] += count;
    return sum;
}
std::string counts_json(const Counts& counts) { return nlohmann::json(counts).dump(); }
Counts parse_counts(const std::string& json) { return nlohmann::json::parse(json).get<Counts>(); }

std::vector<Run> load_runs(db::Transaction& tx, OrganizerId organizer, const RunFilter& filter) {
    std::vector<Run> runs;
    for (const auto& row : tx.run(sql::load_runs, organizer, filter.job, filter.id, filter.limit, filter.declared))
        runs.push_back(read_run(row));
    return runs;
}

Run get_run(db::Transaction& tx, OrganizerId organizer, JobRunId id) {
    const auto runs = load_runs(tx, organizer, {.job = {}, .id = id, .limit = 1});
    if (!runs.empty()) return runs.front();
    throw Error{
        {Kind::not_found, "job.no_run", fmt::format("there is no run {}", id), "see them with: passa job status"}};
}

std::set<std::string> find_ended(db::Transaction& tx, OrganizerId organizer, const JobScope& what,
                                 const std::vector<std::string>& keys) {
    std::set<std::string> ended;
    for (const auto& row : tx.run(sql::find_ended, organizer, what.job, what.scope, keys))
        ended.insert(row.get<std::string>("key"));
    return ended;
}

std::vector<JobRunId> find_old_runs(db::Transaction& tx, OrganizerId organizer, Duration kept, std::int64_t limit) {
    std::vector<JobRunId> old;
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(kept).count();
    for (const auto& row : tx.run(sql::find_old_runs, organizer, seconds, limit))
        old.push_back(row.get<JobRunId>("id"));
    return old;
}

void delete_runs(db::Transaction& tx, OrganizerId organizer, const std::vector<JobRunId>& runs) {
    std::vector<std::string> uuids;
    for (const auto& id : runs) uuids.push_back(id_text::uuid(id.bytes()));
    tx.run(sql::delete_runs, organizer, uuids);
}

std::vector<EndedItem> load_items(db::Transaction& tx, OrganizerId organizer, JobRunId run) {
    std::vector<EndedItem> items;
    for (const auto& row : tx.run(sql::load_items, organizer, run))
        items.push_back({row.get<std::string>("key"), parse_word(k_item_states, row.get<std::string>("state")),
                         row.get<int>("tries"), parse_counts(row.get<std::string>("counts")),
                         row.get<std::string>("error_code"), row.get<std::string>("error"),
                         row.get<Instant>("ended_at"), row.get<std::string>("decided_by"),
                         row.get<std::string>("reason")});
    return items;
}

} // namespace passa::runner
