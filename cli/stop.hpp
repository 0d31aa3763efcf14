// Ctrl-C and TERM for commands that can stop between two items: once means finish what was begun and stop, twice means
// leave at once. Commands that never ask keep the system's behaviour: the first signal ends them.
#pragma once
#include "lib/base/exit_code.hpp"

namespace passa::cli {

class Stop {
public:
    Stop(); // takes over SIGINT and SIGTERM from here on
    [[nodiscard]] bool requested() const;
    [[nodiscard]] ExitCode exit_code() const; // interrupted or terminated; asked only once it is requested
};

} // namespace passa::cli
