// A process that outlives the command that started it: started, recognised again, stopped.
#pragma once
#include "lib/base/time.hpp"

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace passa::cli::localnet {

// A process id alone may belong to somebody else by now; with the start time it does not.
struct Process {
    pid_t pid = 0;
    std::int64_t started = 0; // clock ticks since the machine started (proc(5), stat, field 22)
};

bool is_alive(const Process& process);

// In a session of its own, without our files, its output appended to `log`; the id of the child. Error localnet.start.
pid_t start_in_background(const std::vector<std::string>& command, const std::filesystem::path& log);

// Whether our child has ended; it is then gone for good.
bool has_ended(pid_t child);

// Becomes the program; returns only as Error localnet.start.
[[noreturn]] void become(const std::vector<std::string>& command);

enum class Ending : std::uint8_t { asked, forced };

// TERM, and KILL when it is still there after `patience`. Error localnet.stop when it may not be stopped by us.
Ending stop(const Process& process, Duration patience);

} // namespace passa::cli::localnet
