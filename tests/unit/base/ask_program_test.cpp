// Programs that answer, that do not, and that say too much.
#include "lib/base/ask_program.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

using namespace passa;
using End = ProgramAnswer::End;

namespace {

ProgramAnswer ask(const std::string& script, std::string_view input = "", std::string* complaints = nullptr) {
    std::signal(SIGPIPE, SIG_IGN); // as passa does
    ProgramQuestion question{{"/bin/sh", "-c", script}, input, std::chrono::milliseconds{1500}, 100};
    if (complaints != nullptr)
        question.complain = [&](std::string_view line) { *complaints += fmt::format("<{}>", line); };
    return ask_program(question);
}

} // namespace

TEST_CASE("a program is shown its question and gives its answer", "[unit]") {
    std::string complaints;
    const auto answer = ask("read a; echo $a; printf 'one\\033[2Jtwo\\nthree' >&2; exit 3", "hello\n", &complaints);
    CHECK(answer.end == End::exited);
    CHECK(answer.code == 3);
    CHECK(answer.output == "hello\n");
    CHECK(complaints == "<one\\x1b[2Jtwo><three>");
}

TEST_CASE("a program that ends badly is told from one that answers", "[unit]") {
    const auto killed = ask("echo half; kill -9 $$");
    CHECK(killed.end == End::killed);
    CHECK(killed.code == SIGKILL);
    CHECK(killed.output.empty());
    CHECK(ask("exec sleep 60").end == End::too_late);
    CHECK(ask("exec >&- 2>&-; exec sleep 60").end == End::too_late); // its streams closed, and still there
    CHECK(ask("exec yes").end == End::too_long);
    const auto none = ask_program({{"/nonexistent/program"}, ""});
    CHECK(none.end == End::not_started);
    CHECK(none.code == ENOENT);
}

TEST_CASE("a question that nobody reads is no error", "[unit]") {
    const std::string much(1'000'000, 'x');
    const auto answer = ask("echo done", much);
    CHECK(answer.end == End::exited);
    CHECK(answer.output == "done\n");
}

TEST_CASE("a program gets no secret of ours", "[unit]") {
    setenv("PASSA_DB", "host=x password=secret", 1);
    setenv("CREDENTIALS_DIRECTORY", "/run/credentials/x", 1);
    const int open_file = open("/dev/null", O_RDONLY); // NOLINT: inherited on purpose, as from a shell
    CHECK(ask("env | grep -c -e PASSA -e CREDENTIALS").output == "0\n");
    CHECK(ask("ls /proc/self/fd | wc -l").output == "4\n"); // the three of its own, and the folder it reads
    CHECK(ask("test -n \"$PATH\" && echo yes").output == "yes\n");
    close(open_file);
    unsetenv("PASSA_DB");
    unsetenv("CREDENTIALS_DIRECTORY");
}
