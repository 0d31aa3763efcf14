// Frames of passa top: every width from 60 to 200 columns keeps what a person needs, whole.
#include "cli/top/frame.hpp"
#include "lib/base/text.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace passa;
using namespace passa::cli::top;

namespace {

const Instant k_now = parse_instant("2026-11-22T09:00:00Z").value();
Instant ago(std::string_view duration) { return k_now - parse_duration(duration).value(); }

Seen payday() {
    const money::Asset kes{"KES", 2}, usdc{"USDC:GDEMOISSUER", 7};
    Seen seen{{"Demo Organizer", {}, {}, {}, {}}, k_now};
    seen.overview.payouts = {
        {"unknown", "KES", 2, money::Amount{123'456, kes}, ago("4m")},
        {"sending", usdc.id, 1'204, money::Amount{money::Int128{9'999'999'999'999}, usdc}, ago("5s")},
        {"confirmed", "KES", 17, money::Amount{1'700'000, kes}, ago("3h")},
        {"settled", "KES", 31'000, {}, {}}};
    seen.overview.breaks = {{"STATUS_CONFLICT", "main-treasury", 1, ago("26h")},
                            {"MISSING_INTERNAL", "main-treasury", 12, ago("9m")}};
    seen.overview.jobs = {
        {"nightly", "settle", "", true, false, {}, k_now + std::chrono::hours{18}, "", "done", 0, ago("6h"), ""},
        {"reconcile-main", "reconcile", "main-treasury", true, false, ago("10m"), k_now + std::chrono::minutes{5}, "",
         "failed", 1, ago("15m"), "https://rpc.example.org did not answer within 10s; tried 5 times"},
        {"pay", "payout", "", true, true, {}, k_now + std::chrono::minutes{5}, "", "", {}, {}, ""},
        {"settle", "settle", "nairobi-live", false, false, {}, {}, "host-7:4711", "running", {}, ago("40s"), ""}};
    seen.overview.events = {
        {"nairobi-live", 48'213, 50'000, 61'344, 12, true, ago("30s"), ago("6h"),
         money::Amount{money::Int128{7'231'950'055}, kes}},
        {"mombasa-nights-at-the-old-town-square-2027", 0, {}, 0, 0, false, {}, {}, money::Amount{0, kes}}};
    return seen;
}

Look look(std::size_t width, std::size_t height = 0) { return {k_now, "", "every 2s, q leaves", {width, height}}; }

std::string text_of(const Lines& lines) {
    std::string text = "\n";
    for (const auto& line : lines) text += line.text + "\n";
    return text;
}

} // namespace

TEST_CASE("at 60 columns the figures that need a person stay", "[unit][cli][top]") {
    CHECK(text_of(frame(payday(), look(60))) == R"(
passa top  Demo Organizer               2026-11-22T09:00:00Z

PAYOUTS      COUNT                 TOTAL    OLDEST
unknown          2          1,234.56 KES        4m
sending      1,204  999,999.9999999 USDC        5s
confirmed       17         17,000.00 KES        3h
settled    31,000+                     -  last day

BREAKS            TREASURY       COUNT  OLDEST
STATUS_CONFLICT   main-treasury      1     26h
MISSING_INTERNAL  main-treasury     12      9m

JOBS               NEXT  LAST            AGO
reconcile-main  due 10m  failed, exit 1  15m
nightly          in 18h  done             6h
pay              paused  -                 -
settle                -  running         40s

EVENTS                 TICKETS  UNSETTLED        NET SETTLED
nairobi-live            48,213         12  72,319,500.55 KES
mombasa-nights-at-th…        0          0           0.00 KES
)");
}
TEST_CASE("at 80 columns", "[unit][cli][top]") {
    CHECK(text_of(frame(payday(), look(80))) == R"(
passa top  Demo Organizer               every 2s, q leaves  2026-11-22T09:00:00Z

PAYOUTS      COUNT                 TOTAL    OLDEST
unknown          2          1,234.56 KES        4m
sending      1,204  999,999.9999999 USDC        5s
confirmed       17         17,000.00 KES        3h
settled    31,000+                     -  last day

BREAKS            TREASURY       COUNT  OLDEST
STATUS_CONFLICT   main-treasury      1     26h
MISSING_INTERNAL  main-treasury     12      9m

JOBS               NEXT  LAST            AGO  ERROR
reconcile-main  due 10m  failed, exit 1  15m  https://rpc.example.org did not a…
nightly          in 18h  done             6h
pay              paused  -                 -
settle                -  running         40s

EVENTS                   TICKETS      OF  UNSETTLED        NET SETTLED  IMPORTED
nairobi-live              48,213  50,000         12  72,319,500.55 KES       now
mombasa-nights-at-the-…        0       -          0           0.00 KES         -
)");
}
TEST_CASE("at 120 columns", "[unit][cli][top]") {
    CHECK(text_of(frame(payday(), look(120))) == R"(
passa top  Demo Organizer                                                       every 2s, q leaves  2026-11-22T09:00:00Z

PAYOUTS      COUNT                 TOTAL    OLDEST
unknown          2          1,234.56 KES        4m
sending      1,204  999,999.9999999 USDC        5s
confirmed       17         17,000.00 KES        3h
settled    31,000+                     -  last day

BREAKS            TREASURY       COUNT  OLDEST
STATUS_CONFLICT   main-treasury      1     26h
MISSING_INTERNAL  main-treasury     12      9m

JOBS            SCOPE             NEXT  LAST            AGO  WORKER       ERROR
reconcile-main  main-treasury  due 10m  failed, exit 1  15m  -            https://rpc.example.org did not answer within…
nightly         -               in 18h  done             6h  -
pay             -               paused  -                 -  -
settle          nairobi-live         -  running         40s  host-7:4711

EVENTS                                      TICKETS      OF   LINES  UNSETTLED        NET SETTLED  IMPORTED  SETTLED
nairobi-live                                 48,213  50,000  61,344         12  72,319,500.55 KES       now       6h
mombasa-nights-at-the-old-town-square-2027        0       -       0          0           0.00 KES         -        -
)");
}
TEST_CASE("at 200 columns nothing gives way", "[unit][cli][top]") {
    CHECK(text_of(frame(payday(), look(200))) == R"(
passa top  Demo Organizer                                                                                                                                       every 2s, q leaves  2026-11-22T09:00:00Z

PAYOUTS      COUNT                 TOTAL    OLDEST
unknown          2          1,234.56 KES        4m
sending      1,204  999,999.9999999 USDC        5s
confirmed       17         17,000.00 KES        3h
settled    31,000+                     -  last day

BREAKS            TREASURY       COUNT  OLDEST
STATUS_CONFLICT   main-treasury      1     26h
MISSING_INTERNAL  main-treasury     12      9m

JOBS            SCOPE             NEXT  LAST            AGO  WORKER       ERROR
reconcile-main  main-treasury  due 10m  failed, exit 1  15m  -            https://rpc.example.org did not answer within 10s; tried 5 times
nightly         -               in 18h  done             6h  -
pay             -               paused  -                 -  -
settle          nairobi-live         -  running         40s  host-7:4711

EVENTS                                      TICKETS      OF   LINES  UNSETTLED        NET SETTLED  IMPORTED  SETTLED
nairobi-live                                 48,213  50,000  61,344         12  72,319,500.55 KES       now       6h
mombasa-nights-at-the-old-town-square-2027        0       -       0          0           0.00 KES         -        -
)");
}

TEST_CASE("no line is wider than the screen and none obeys remote text", "[unit][cli][top]") {
    auto seen = payday();
    seen.problem = "server closed\x1b[2J the connection";
    seen.overview.organizer = "Demo \x1b]0;owned\x07 Organizer";
    seen.overview.events[1].name = "日本語のとても長い名前のイベント\u202e flipped\r\n";
    seen.overview.jobs[1].last_error = fmt::format("{:x>5000}\x1b[31m", "");
    for (std::size_t width = 20; width <= 220; ++width) {
        const auto lines = frame(seen, look(width));
        for (const auto& line : lines) {
            INFO(width << ": " << line.text);
            REQUIRE(display_width(line.text) <= width);
            REQUIRE(std::none_of(line.text.begin(), line.text.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }));
            REQUIRE(line.text.find("\u202e") == std::string::npos);
        }
    }
}

TEST_CASE("a low screen keeps the head of every panel and says what is left out", "[unit][cli][top]") {
    auto seen = payday();
    for (int i = 0; i < 40; ++i) seen.overview.jobs.insert(seen.overview.jobs.begin(), seen.overview.jobs[0]);
    for (std::size_t height = 1; height <= 70; ++height) REQUIRE(frame(seen, look(80, height)).size() <= height);
    const auto text = text_of(frame(seen, look(80, 24)));
    for (const auto* kept : {"\nunknown ", "\nSTATUS_CONFLICT", "\nreconcile-main", "\nnairobi-live", "\n… 38 more"}) {
        INFO(kept << text);
        CHECK(text.find(kept) != std::string::npos);
    }
}

TEST_CASE("unknown payouts are shown first, and loudly; none is said too", "[unit][cli][top]") {
    auto seen = payday();
    CHECK(frame(seen, look(80))[3] == Line{"unknown          2          1,234.56 KES        4m", Tone::loud});
    seen.overview.payouts.erase(seen.overview.payouts.begin());
    CHECK(frame(seen, look(80))[3] == Line{"unknown          0                     -         -", Tone::plain});
}

TEST_CASE("old figures say how old they are, and why", "[unit][cli][top]") {
    auto seen = payday();
    seen.at = ago("90s");
    seen.problem = "the database cannot be reached";
    CHECK(frame(seen, look(80))[1] == Line{"as it was 90s ago: the database cannot be reached", Tone::loud});
}
