// The manifest kind Job knows the same jobs as the registry, and the same scopes: lib may not ask jobs/.
#include "jobs/jobs.hpp"
#include "lib/catalog/kinds.hpp"
#include "lib/catalog/rules.hpp"
#include "lib/manifest/read.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace passa;

namespace {

std::vector<std::string> refused(std::string_view job, const std::string& more, std::string_view name = "one") {
    const auto text =
        fmt::format("apiVersion: passa/v1\nkind: Job\nmetadata: {{name: {}}}\nspec:\n  job: {}\n  schedule: "
                    "daily at 03:00\n{}",
                    name, job, more);
    const auto manifests =
        manifest::check(manifest::read_text(text, "test.yaml").value(), catalog::kinds()).value_or_throw();
    std::vector<std::string> codes;
    for (const auto& problem : catalog::check_rules(manifests.front())) codes.push_back(problem.code);
    return codes;
}

using Codes = std::vector<std::string>;

// What a job cannot be declared without, but for the word that is tried.
std::string needs_of(std::string_view job, std::string_view tried) {
    if (job == "payout" || job.starts_with("contract-") || job == "escrow-pay") return "  network: local\n";
    if (job != "import-watch") return "";
    return std::string{"  folder: /srv/exports\n  profile: passa\n"} + (tried == "event" ? "" : "  event: other\n");
}

} // namespace

TEST_CASE("manifests know every job, and what each may be narrowed to", "[unit][catalog]") {
    const auto& fields = catalog::find_kind("Job")->spec;
    std::vector<std::string> names;
    for (const auto& kind : jobs::kinds()) {
        names.emplace_back(kind.name);
        for (const std::string word : {"event", "treasury"}) {
            CAPTURE(kind.name, word);
            CHECK(refused(kind.name, needs_of(kind.name, word) + "  " + word + ": some\n") ==
                  (word == kind.scope ? Codes{} : Codes{"job.scope"}));
        }
        CHECK(refused(kind.name, needs_of(kind.name, ""), kind.name) == Codes{"job.name_taken"});
    }
    CHECK(std::find_if(fields.begin(), fields.end(), [](const auto& f) { return f.name == "job"; })->choices == names);
}

TEST_CASE("a job makes up for one period at least, and not for all of history at once", "[unit][catalog]") {
    CHECK(refused("settle", "  maxCatchup: 1\n").empty());
    CHECK(refused("settle", "  maxCatchup: 1000\n").empty());
    CHECK(refused("settle", "  maxCatchup: 0\n") == Codes{"job.catchup"});
    CHECK(refused("settle", "  maxCatchup: 1001\n") == Codes{"job.catchup"});
}
