// passa completion: what a shell needs to finish our words.
#include "cli/context.hpp"
#include "cli/spec/help.hpp"

namespace passa::cli::completion_print {

struct Args {
    std::string shell;
};

ExitCode run(Context& ctx, const Args& args) {
    if (args.shell != "bash" && args.shell != "zsh" && args.shell != "fish")
        throw Error{{Kind::usage, "cli.shell", fmt::format("there is no completion for '{}'", args.shell),
                     "choose bash, zsh or fish"}};
    const auto script = completion(ctx.registry(), args.shell);
    if (ctx.globals().json)
        ctx.show({{"shell", args.shell}, {"script", script}});
    else
        ctx.text(script);
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
