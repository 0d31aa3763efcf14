// How a run ends when there is something that a person must look at.
#include "tests/db/runner/worker.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>

using namespace passa;
using namespace passa::test;
using runner::Item;
using runner::RunState;

TEST_CASE("a defect in the last look at a run is told, and what was done stays done", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker worker{fresh, org, 1};
    Steps steps{worker, {"a"}};
    auto job = steps.job();
    job.conclude = [](const runner::Counts&) { throw std::runtime_error{"a library's own words"}; };
    const auto report = worker.execute(day(1), job);
    CHECK(report.run.state == RunState::done);
    CHECK(report.run.exit_code == static_cast<int>(ExitCode::internal));
    CHECK(report.run.error_code == "internal.unexpected");
    CHECK(report.items.at(0).state == runner::ItemState::done);
}

TEST_CASE("what a person must look at is told beside the items that were given up", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker worker{fresh, org, 1};
    Steps steps{worker, {"a", "b"}};
    steps.fail = [&](Item& item) {
        if (item.key() == "a") throw error(Kind::refused, "test.a");
    };
    auto job = steps.job();
    job.conclude = [](const runner::Counts&) { throw error(Kind::open_breaks, "test.breaks"); };
    const auto report = worker.execute(day(1), job);
    CHECK(report.run.state == RunState::partial);
    CHECK(report.run.exit_code == 3);
    REQUIRE(report.problems.size() == 2);
    CHECK(report.problems[0].code == "test.a");
    CHECK(report.problems[1].code == "test.breaks");
}

TEST_CASE("open breaks end a run as done, for a person to look at", "[runner]") {
    FreshDatabase fresh;
    const auto org = fresh.add_organizer("demo");
    Worker worker{fresh, org, 1};
    Steps steps{worker, {"a", "b"}};
    auto job = steps.job();
    runner::Counts counted;
    job.conclude = [&](const runner::Counts& all) {
        counted = all;
        throw error(Kind::open_breaks, "test.breaks");
    };
    const auto report = worker.execute(day(1), job);
    CHECK(counted == runner::Counts{{"lines", 4}});
    CHECK(report.run.state == RunState::done);
    CHECK(report.run.exit_code == 10);
    REQUIRE(report.problems.size() == 1);
    CHECK(report.problems[0].code == "test.breaks");
}
