// One row a job and scope, as long as nothing succeeds.
#include "lib/runner/circuit.hpp"

#include "lib/base/text.hpp"
#include "runner_sql.hpp"

#include <algorithm>

namespace passa::runner {
namespace {

struct Dependency {
    std::string_view code; // that its problems begin with
    std::string_view name;
    bool may_be_busy; // busy says that it stays away, not that somebody else works
};
constexpr Dependency k_dependencies[] = {{"rpc.", "rpc", true}, {"db.", "database", false}};

Circuit read_circuit(const db::Row& row) {
    return {row.get<std::string>("dependency"), row.get<int>("failures"), row.get<std::optional<Instant>>("open_until"),
            row.get<bool>("is_open"), row.get<std::string>("error")};
}

} // namespace

std::optional<std::string_view> find_dependency(const Problem& problem) {
    for (const auto& each : k_dependencies)
        if (problem.code.starts_with(each.code) &&
            (problem.kind == Kind::unavailable || (problem.kind == Kind::busy && each.may_be_busy)))
            return each.name;
    return std::nullopt;
}

std::optional<Circuit> find_circuit(db::Transaction& tx, OrganizerId organizer, const JobScope& what) {
    const auto row = tx.run(sql::find_circuit, organizer, what.job, what.scope).find();
    return row ? std::optional{read_circuit(*row)} : std::nullopt;
}

Circuit note_failure(db::Transaction& tx, OrganizerId organizer, const JobScope& what, const Problem& why) {
    return read_circuit(tx.run(sql::note_failure, organizer, what.job, what.scope, find_dependency(why).value(),
                               printable(why.message, k_longest_error))
                            .one());
}

void close_circuit(db::Transaction& tx, OrganizerId organizer, const JobScope& what) {
    tx.run(sql::delete_circuit, organizer, what.job, what.scope);
}

Error circuit_open(const JobScope& what, const Circuit& circuit) {
    return Error{{Kind::busy, "job.circuit_open",
                  fmt::format("{} stayed away from {} items of {}{}{} in a row: {}", circuit.dependency,
                              circuit.failures, what.job, what.scope.empty() ? "" : " ", what.scope, circuit.error),
                  fmt::format("it is tried again by itself from {} on; at once: run it by hand",
                              to_text(circuit.open_until.value()))}};
}

} // namespace passa::runner
