// Progress is silent for quick work, redrawn on a terminal, a line a minute elsewhere.
#include "cli/out/progress.hpp"

#include <catch2/catch.hpp>

using namespace passa::cli::out;
using namespace std::chrono_literals;

namespace {

struct Fake {
    ProgressLine::Time now{};
    std::string written;
    ProgressLine::World world() {
        return {[this] { return now; }, [this](std::string_view text) { written += text; }};
    }
};

Terminal terminal(bool tty) {
    Terminal t;
    t.stderr_is_tty = tty;
    t.width = 40;
    return t;
}

} // namespace

TEST_CASE("progress on a terminal begins after half a second and is taken away at the end", "[unit]") {
    Fake fake;
    {
        ProgressLine line{terminal(true), false, fake.world()};
        fake.now += 499ms;
        line.show("check", 1, 10);
        REQUIRE(fake.written.empty());
        fake.now += 1ms;
        line.show("check", 2, 10);
        REQUIRE(fake.written == "\r\x1b[Kcheck 2/10, 0 s");
        line.show("check", 3, 10); // too soon to redraw
        REQUIRE(fake.written == "\r\x1b[Kcheck 2/10, 0 s");
    }
    REQUIRE(fake.written == "\r\x1b[Kcheck 2/10, 0 s\r\x1b[K");
}

TEST_CASE("progress off a terminal is a line a minute without control characters", "[unit]") {
    Fake fake;
    {
        ProgressLine line{terminal(false), false, fake.world()};
        for (int second = 1; second <= 150; ++second) {
            fake.now += 1s;
            line.show("rows", second, 0);
        }
    }
    REQUIRE(fake.written == "rows 60, 60 s\nrows 120, 120 s\n");
}

TEST_CASE("quiet and dumb terminals see no redrawing", "[unit]") {
    Fake fake;
    auto dumb = terminal(true);
    dumb.is_dumb = true;
    {
        ProgressLine quiet{terminal(true), true, fake.world()};
        ProgressLine line{dumb, false, fake.world()};
        fake.now += 61s;
        quiet.show("a", 1, 2);
        line.show("b", 1, 2);
    }
    REQUIRE(fake.written == "b 1/2, 61 s\n");
}

TEST_CASE("what is shown of remote names cannot steer a terminal", "[unit]") {
    Fake fake;
    ProgressLine line{terminal(true), false, fake.world()};
    fake.now += 1s;
    line.show("file \x1b]0;x\x07", 0, 0);
    REQUIRE(fake.written.find("\x1b]0") == std::string::npos);
}
