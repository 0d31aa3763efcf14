// fork, work, perhaps die.
#include "tests/sim/child.hpp"

#include "lib/base/error.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sys/wait.h>
#include <unistd.h>

namespace passa::test {

namespace {
constexpr int k_broken = 9;
} // namespace

pid_t start_child(const ChildFault& fault, const std::function<int()>& work) {
    const auto child = fork();
    if (child != 0) return child;
    setenv("PASSA_FAULT", fault.fault.c_str(), 1);
    if (!fault.log.empty()) setenv("PASSA_FAULT_LOG", fault.log.c_str(), 1);
    int code = k_broken;
    try {
        code = work();
    } catch (const Error& error) { // reported by its code: the parent has no other ears
        if (error.first().kind == Kind::busy)
            code = k_child_busy;
        else
            std::fprintf(stderr, "sim: %s: %s\n", error.first().code.c_str(), error.what());
    }
    _exit(code);
}

ChildEnd wait_for_child(pid_t child) {
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) return {true, -1};
    REQUIRE(WIFEXITED(status));
    REQUIRE(WEXITSTATUS(status) != k_broken);
    return {false, WEXITSTATUS(status)};
}

std::vector<Passed> read_passed_points(const std::filesystem::path& log) {
    std::vector<Passed> all;
    std::map<std::string, int> count;
    std::ifstream in{log};
    for (std::string line; std::getline(in, line);) all.push_back({line, ++count[line]});
    return all;
}

} // namespace passa::test
