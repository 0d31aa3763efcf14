// passa completion: what a shell needs to finish our words.
#include "cli/context.hpp"
#include "cli/spec/help.hpp"

namespace passa::cli::completion_print {

struct Args {
    Shell shell{};
};

ExitCode run(Context& ctx, const Args& args) {
    ctx.document("script", completion(ctx.registry(), args.shell));
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "completion",
    .summary = "Print the completion script for bash, zsh or fish",
    .options = {positional("SHELL", &Args::shell, "bash, zsh or fish")},
    .examples = {{"source <(passa completion bash)", "in this shell"}},
    .run = runner(run),
};

} // namespace passa::cli::completion_print
