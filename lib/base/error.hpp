// One payload for everything that can go wrong, and two carriers: Result<T> (result.hpp) where failure is an ordinary
// answer, Error (an exception) where the caller cannot go on. `kind` alone decides the exit code; `code` is stable
// dotted text for scripts; `hint` is what to type next.
#pragma once
#include "lib/base/exit_code.hpp"

#include <fmt/format.h>

#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace passa {

enum class Kind : std::uint8_t {
    failed,          // it was tried and did not work
    usage,           // the command line
    invalid_input,   // a manifest, file or value
    not_found,       // a named thing does not exist
    conflict,        // it exists already, or differs from what is stored
    refused,         // a law or policy of the house forbids it
    unauthorised,    // this person or role may not
    unavailable,     // a database, network or file cannot be reached now
    busy,            // somebody else is doing it
    partial,         // done in part
    difference,      // diff, drift, stale plan
    open_breaks,     // reconciliation
    balance_gap,     // books or chain do not add up
    unknown_outcome, // may have happened: resolve before trying again
    configuration,   // settings, keys, credentials
    internal,        // a defect of passa
};

ExitCode exit_code_for(Kind kind);
std::string_view kind_name(Kind kind);

// A place in a text file; line and column count from 1, 0 means unknown.
struct Place {
    std::string file;
    int line = 0;
    int column = 0;
    std::string source_line; // without its line break; empty when not at hand
    std::string note;        // shown behind the caret
};

struct Problem {
    Kind kind = Kind::failed;
    std::string code;    // stable: "split.sum"
    std::string message; // what happened, to which thing, why
    std::string hint;    // what to type or change next; may be empty
    std::vector<std::pair<std::string, std::string>> facts = {};
    std::vector<std::string> frames = {}; // outermost first, from in()
    std::optional<Place> place = {};
};

using Problems = std::vector<Problem>; // never empty where it stands for a failure

class Error : public std::exception {
public:
    explicit Error(Problem problem);
    explicit Error(Problems problems);
    [[nodiscard]] const Problems& problems() const noexcept { return m_problems; }
    [[nodiscard]] const Problem& first() const noexcept { return m_problems.front(); }
    [[nodiscard]] const char* what() const noexcept override { return m_problems.front().message.c_str(); }

private:
    Problems m_problems;
};

// Of an exception that is no Error: what the file system refused (file.refused), or a defect (internal.unexpected).
Problem problem_of(const std::exception& error);

// Names what the code is busy with until the end of the scope; an Error made meanwhile carries it.
//   const auto busy_with = in("posting batch {}", id);
class [[nodiscard]] Frame {
public:
    explicit Frame(std::string text);
    ~Frame();
    Frame(const Frame&) = delete;
    Frame& operator=(const Frame&) = delete;
};

template <typename... Args>
Frame in(fmt::format_string<Args...> format, Args&&... args) {
    return Frame{fmt::format(format, std::forward<Args>(args)...)};
}

} // namespace passa
