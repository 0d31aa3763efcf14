// Work in a process of its own, which may be killed at a fault point: the parent only looks at how it ended.
#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace passa::test {

// PASSA_FAULT and PASSA_FAULT_LOG of the child; empty: none.
struct ChildFault {
    std::string fault;
    std::string log;
};

struct ChildEnd {
    bool killed = false;
    int exit_code = 0; // what the work returned; -1 when it was killed
};

constexpr int k_child_busy = 8; // somebody else was at it

pid_t start_child(const ChildFault& fault, const std::function<int()>& work);
ChildEnd wait_for_child(pid_t child); // REQUIREs that it ended by its work or by SIGKILL

struct Passed {
    std::string point;
    int nth = 1;
    [[nodiscard]] std::string kill() const { return point + ":" + std::to_string(nth) + ":kill"; }
};
std::vector<Passed> read_passed_points(const std::filesystem::path& log); // as PASSA_FAULT_LOG wrote them

} // namespace passa::test
