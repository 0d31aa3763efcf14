// One question to another program: bytes to its standard input, its standard output back, within bounds of size and
// time. No shell. It gets none of our files, and of our environment only what says where and in which language it runs:
// no PASSA_ variable, no credentials folder.
#pragma once
#include "lib/base/time.hpp"

#include <functional>
#include <string>
#include <vector>

namespace passa {

struct ProgramQuestion {
    std::vector<std::string> words; // the program first: its full path, or its name to be looked for along PATH
    std::string_view input = {};
    Duration time = std::chrono::seconds{60};                                      // then it is killed
    std::size_t most_bytes = 4096;                                                 // of its answer
    std::function<void(std::string_view line)> complain = [](std::string_view) {}; // each line of its standard error
    std::string folder = {};                                                       // that it runs in; empty: ours
    std::vector<std::string> variables = {}; // beginnings of names that it gets besides: "CARGO_"
};

struct ProgramAnswer {
    enum class End : std::uint8_t { exited, killed, too_late, too_long, not_started };
    End end = End::not_started;
    int code = 0; // exited: its exit code; killed: the signal; not_started: errno
    std::string output;
};

// However it ends, no child is left. A question that it does not read to its end is no error.
ProgramAnswer ask_program(const ProgramQuestion& question);

} // namespace passa
