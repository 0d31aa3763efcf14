// The door: guard the process, parse, run, and turn what was thrown into words and an exit code.
#include "cli/context.hpp"
#include "cli/environment.hpp"
#include "cli/out/problem.hpp"
#include "cli/registry.hpp"
#include "cli/spec/help.hpp"
#include "cli/spec/parse.hpp"
#include "cli/version.hpp"
#include "lib/log/log.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace {

using namespace passa;
using namespace passa::cli;
using Line = std::vector<std::string>;

// A stream that was closed would give its number to the next file or socket opened, and results would go there. It is
// filled with one that refuses: writing to it is an error, as it should be.
void fill_closed_streams() {
    for (const int fd : {0, 1, 2})
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF) open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
}

// Keys may be in memory: no core file, no debugger of the same user, files for the owner alone.
void guard_process() {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
    umask(077);
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN)); // a closed pipe is an ordinary write error
}

// Looked up in the raw words: errors of parsing obey these options too.
bool is_given(const Line& words, std::string_view option) {
    return std::find(words.begin(), std::find(words.begin(), words.end(), "--"), option) !=
           std::find(words.begin(), words.end(), "--");
}

// The value of --format or -o that this word begins, behind it or in the word after it: `-o json`, `-qojson`.
std::string_view format_in(std::string_view word, std::string_view next) {
    constexpr std::string_view k_long = "--format", k_flags = "nqv"; // short forms that take no value
    if (word == k_long) return next;
    if (word.starts_with("--")) return word.starts_with("--format=") ? word.substr(k_long.size() + 1) : "";
    const auto letter = word.find_first_not_of(k_flags, 1);
    if (!word.starts_with('-') || letter == std::string_view::npos || word[letter] != 'o') return "";
    return letter + 1 == word.size() ? next : word.substr(letter + 1);
}

bool wants_json(const Line& words) {
    const auto end = std::find(words.begin(), words.end(), "--");
    for (auto word = words.begin(); word != end; ++word)
        if (format_in(*word, word + 1 == end ? "" : *(word + 1)).starts_with("json")) return true;
    return is_given(words, "--json");
}

int tell(const Problems& problems, const Line& words, ExitCode code) {
    Globals globals;
    globals.no_color = is_given(words, "--no-color");
    const auto settings = load_settings(globals); // broken ones are what is told, or told by the next command
    const auto terminal = out::find_terminal(settings ? colour_of(*settings) : out::Colour::never);
    out::write_stderr(wants_json(words) ? out::problems_json(problems, code) : out::problems_text(problems, terminal));
    return static_cast<int>(code);
}

// Who threw for want of a stdout has said so already.
int fail(Problems problems, const Line& words) {
    const auto code = out::exit_code_of(problems);
    const auto why = out::find_lost_result();
    if (why && !out::reader_has_left() && problems.front().code != "out.failed")
        problems.push_back({Kind::failed, "out.failed", "the result cannot be written either: " + *why, ""});
    return tell(problems, words, code);
}

void show_help(const std::vector<const Command*>& registry, const Parsed& parsed) {
    const auto width = out::find_terminal(out::Colour::never).width;
    if (parsed.command != nullptr) return out::write_stdout(command_help(*parsed.command, width));
    if (parsed.help.empty()) return out::write_stdout(overview(registry, width));
    if (parsed.help.front() == "errors") return out::write_stdout(error_help(width));
    if (parsed.help.front() == "json") return out::write_stdout(json_help(registry, width));
    if (parsed.help.front() == "commands") return out::write_stdout(all_commands(registry, width));
    out::write_stdout(noun_help(registry, fmt::format("{}", fmt::join(parsed.help, " ")), width));
}

// The work came to its end; whether its result reached anybody is another matter, and not success either.
int with_result_lost(ExitCode code, const Line& words) {
    const auto why = out::find_lost_result();
    if (!why) return static_cast<int>(code);
    if (out::reader_has_left()) return static_cast<int>(code == ExitCode::ok ? ExitCode::failed : code);
    if (code == ExitCode::ok)
        return fail(
            {{Kind::failed, "out.failed", "the work was done and is stored; only its result cannot be written: " + *why,
              "do not run it again for that: look at what it did"}},
            words);
    return tell(
        {{Kind::failed, "out.failed", "the work ended as the exit code says, and its result cannot be written: " + *why,
          "look at what it did before you run it again"}},
        words, code);
}

// Tells --verbose how long it took, however it ended.
class Stopwatch {
public:
    Stopwatch() = default;
    Stopwatch(const Stopwatch&) = delete;
    Stopwatch& operator=(const Stopwatch&) = delete;
    ~Stopwatch() {
        const auto took = std::chrono::steady_clock::now() - m_began;
        log::info("time", "{} ms", std::chrono::duration_cast<std::chrono::milliseconds>(took).count());
    }

private:
    std::chrono::steady_clock::time_point m_began = std::chrono::steady_clock::now();
};

int run(const Line& words) {
    const auto& registry = commands();
    const auto parsed = parse(registry, words);
    if (!parsed) return fail(parsed.problems(), words);
    if (parsed->version) return out::write_stdout(version_text(parsed->verbose)), 0;
    if (!parsed->args) return show_help(registry, *parsed), 0;
    Context ctx{{parsed->globals, *parsed->command, registry}, load_settings(parsed->globals).value_or_throw()};
    const Stopwatch stopwatch;
    if (parsed->explain) return with_result_lost(parsed->command->explain.run(ctx, parsed->args.get()), words);
    if (parsed->command->effect != Effect::reads && !parsed->globals.dry_run) out::work_on_without_stdout();
    return with_result_lost(parsed->command->run.run(ctx, parsed->args.get()), words);
}

} // namespace

int main(int argc, char** argv) {
    fill_closed_streams();
    guard_process();
    const Line words(argv + 1, argv + argc);
    try {
        return run(words);
    } catch (const Error& error) {
        if (out::reader_has_left() && error.first().code == "out.failed") return static_cast<int>(ExitCode::failed);
        return fail(error.problems(), words);
    } catch (const std::exception& error) {
        return fail({problem_of(error)}, words);
    }
}
