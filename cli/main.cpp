// The door: guard the process, parse, run, and turn what was thrown into words and an exit code.
#include "cli/context.hpp"
#include "cli/out/problem.hpp"
#include "cli/registry.hpp"
#include "cli/spec/help.hpp"
#include "cli/version.hpp"

#include <algorithm>
#include <csignal>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace {

using namespace passa;
using namespace passa::cli;

// Keys may be in memory: no core file, no debugger of the same user, files for the owner alone.
void guard_process() {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
    umask(077);
    std::signal(SIGPIPE, SIG_IGN); // a closed pipe is an ordinary write error
}

int fail(const Problems& problems, bool json) {
    out::write_stderr(json ? out::problems_json(problems) : out::problems_text(problems, out::find_terminal(false)));
    return static_cast<int>(exit_code_for(problems.front().kind));
}

void show_help(const std::vector<const Command*>& registry, const Parsed& parsed) {
    if (parsed.command != nullptr)
        return out::write_stdout(command_help(*parsed.command, out::find_terminal(true).width));
    if (parsed.help.empty()) return out::write_stdout(overview(registry));
    out::write_stdout(noun_help(registry, parsed.help.front()));
}

int run(const std::vector<std::string>& words, bool json) {
    const auto& registry = commands();
    const auto parsed = parse(registry, words);
    if (!parsed) return fail(parsed.problems(), json);
    if (parsed->version) return out::write_stdout(version_text(parsed->verbose)), 0;
    if (!parsed->args) return show_help(registry, *parsed), 0;
    Context ctx{parsed->globals, *parsed->command, registry};
    return static_cast<int>(parsed->command->run.run(ctx, parsed->args.get()));
}

} // namespace

int main(int argc, char** argv) {
    guard_process();
    const std::vector<std::string> words(argv + 1, argv + argc);
    const bool json = std::find(words.begin(), words.end(), "--json") != words.end();
    try {
        return run(words, json);
    } catch (const Error& error) {
        return fail(error.problems(), json);
    } catch (const std::exception& error) {
        return fail({{Kind::internal, "internal.unexpected", error.what(),
                      "please report this, with the command that led to it"}},
                    json);
    }
}
