// A run as commands show it.
#pragma once
#include "cli/out/value.hpp"
#include "lib/runner/run.hpp"

namespace passa::cli {

inline std::string_view state_word(const runner::Run& run) {
    return run.state == runner::RunState::running && !run.is_held ? "interrupted" : runner::name(run.state);
}

inline out::Record run_record(const runner::Run& run) {
    return {{"run", run.id.text()},
            {"job", run.key.job},
            {"scope", run.key.scope.empty() ? out::Value{nullptr} : out::Value{run.key.scope}},
            {"from", run.key.from},
            {"until", run.key.until},
            {"state", state_word(run)},
            {"attempts", run.attempts},
            {"planned", run.planned},
            {"counts", out::JsonText{runner::counts_json(run.counts)}},
            {"exit_code", run.exit_code},
            {"error", run.error.empty() ? out::Value{nullptr} : out::Value{run.error}},
            {"started_at", run.started_at},
            {"finished_at", run.finished_at},
            {"asked_by", run.asked_by},
            {"declared", run.declared.empty() ? out::Value{nullptr} : out::Value{run.declared}},
            {"skipped_by", run.skipped_by.empty() ? out::Value{nullptr} : out::Value{run.skipped_by}},
            {"skip_reason", run.skip_reason.empty() ? out::Value{nullptr} : out::Value{run.skip_reason}},
            {"worker", run.worker},
            {"code_version", run.code_version},
            {"inputs_hash", run.inputs ? out::Value{to_hex(*run.inputs)} : out::Value{nullptr}}};
}

inline out::Records item_records(const std::vector<runner::EndedItem>& items) {
    out::Records records;
    for (const auto& item : items)
        records.push_back({{"item", item.key},
                           {"state", runner::name(item.state)},
                           {"tries", item.tries},
                           {"counts", out::JsonText{runner::counts_json(item.counts)}},
                           {"error", item.error.empty() ? out::Value{nullptr} : out::Value{item.error}},
                           {"ended_at", item.at},
                           {"decided_by", item.decided_by.empty() ? out::Value{nullptr} : out::Value{item.decided_by}},
                           {"reason", item.reason.empty() ? out::Value{nullptr} : out::Value{item.reason}}});
    return records;
}

} // namespace passa::cli
