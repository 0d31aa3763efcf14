// How schedules are said to systemd and to cron; tests/sim/job.py holds the timers against PostgreSQL's ticks.
#include "cli/job/units.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::cli;

namespace {

runner::Declared job(std::string schedule) {
    runner::Declared declared;
    declared.name = "nightly";
    declared.schedule = std::move(schedule);
    declared.zone = "Europe/Berlin";
    return declared;
}

using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("a schedule is said to systemd in UTC or in its zone, there also an hour later", "[unit]") {
    CHECK(on_calendar(job("every 15m")) == Lines{"*-*-* *:00/15:00 UTC"});
    CHECK(on_calendar(job("every 6h")) == Lines{"*-*-* 00/06:00:00 UTC"});
    CHECK(on_calendar(job("daily at 02:30")) == Lines{"*-*-* 02:30:00 Europe/Berlin", "*-*-* 03:30:00 Europe/Berlin"});
    CHECK(on_calendar(job("daily at 23:45")) == Lines{"*-*-* 23:45:00 Europe/Berlin", "*-*-* 00:45:00 Europe/Berlin"});
    CHECK(on_calendar(job("weekly on sunday at 23:45")) ==
          Lines{"Sun *-*-* 23:45:00 Europe/Berlin", "Mon *-*-* 00:45:00 Europe/Berlin"});
}

TEST_CASE("cron fires at every tick in whatever zone it is: offsets from UTC are whole quarters of an hour", "[unit]") {
    CHECK(cron_fields(job("every 5m")) == "0-59/5 * * * *");
    CHECK(cron_fields(job("every 6m")) == "0-59/3 * * * *");
    CHECK(cron_fields(job("every 10m")) == "0-59/5 * * * *");
    CHECK(cron_fields(job("every 12h")) == "0-59/15 * * * *");
    CHECK(cron_fields(job("daily at 02:30")) == "0-59/15 * * * *");
    CHECK(cron_fields(job("weekly on monday at 03:52")) == "7-59/15 * * * *");
}

TEST_CASE("a percent sign of the database's words is none of systemd's", "[unit]") {
    const Placement placement{"demo", "/usr/bin/passa", "postgresql://%2Frun%2Fpg/books", "", false};
    const auto files = make_files(Scheduler::systemd, placement, {job("every 1h")});
    CHECK(files.at("passa.demo.nightly.service").find("Environment=\"PASSA_DB=postgresql://%%2Frun%%2Fpg/books\"") !=
          std::string::npos);
    CHECK(make_files(Scheduler::cron, placement, {}).at("passa-demo").find("PASSA_DB=postgresql://%2Frun%2Fpg/books") !=
          std::string::npos);
    for (const auto& [name, text] : files) {
        CAPTURE(name, text);
        CHECK(text.find('{') == std::string::npos); // every word was filled in
        CHECK(is_ours(Scheduler::systemd, placement, name, text));
    }
    const auto& text = files.at("passa.demo.nightly.timer");
    CHECK(is_ours(Scheduler::systemd, placement, "passa.demo.nightly.timer", text));
    CHECK_FALSE(is_ours(Scheduler::systemd, placement, "passa.demo-two.nightly.timer", text));
    CHECK_FALSE(is_ours(Scheduler::systemd, placement, "passa.demo.nightly.timer", "[Timer]\n"));
}
