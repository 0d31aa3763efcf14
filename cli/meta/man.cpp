// passa man: the manual, one page or all of them.
#include "cli/context.hpp"
#include "cli/spec/help.hpp"
#include "cli/spec/suggest.hpp"
#include "lib/base/text.hpp"

#include <algorithm>
#include <fstream>

namespace passa::cli::man_print {

struct Args {
    std::vector<std::string> command;
    std::optional<std::filesystem::path> out;
};

void write_page(const std::filesystem::path& folder, const std::string& name, const std::string& page) {
    std::ofstream file{folder / (name + ".1")};
    if (!(file << page).flush())
        throw Error{{Kind::failed, "out.failed", fmt::format("cannot write {}", (folder / (name + ".1")).string()),
                     "name a folder you may write to"}};
}

out::Records write_all(const Registry& registry, const std::filesystem::path& folder) {
    std::error_code failed; // seen when the first page is written
    std::filesystem::create_directories(folder, failed);
    write_page(folder, "passa", man_overview(registry));
    out::Records written{{{"page", "passa.1"}}};
    for (const auto* command : registry) {
        if (command->hidden) continue;
        write_page(folder, man_name(*command), man_page(*command));
        written.push_back({{"page", man_name(*command) + ".1"}});
    }
    return written;
}

std::string page_of(const Registry& registry, const std::vector<std::string>& words) {
    if (words.empty()) return man_overview(registry);
    const auto path = join(words, " ");
    const auto it = std::find_if(registry.begin(), registry.end(), [&](const auto* c) { return c->path == path; });
    if (it == registry.end()) throw Error{unknown_command(registry, words)};
    return man_page(**it);
}

ExitCode run(Context& ctx, const Args& args) {
    if (args.out)
        ctx.list({{"page", "PAGE"}}, write_all(ctx.registry(), *args.out));
    else
        ctx.document("roff", page_of(ctx.registry(), args.command));
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "man",
    .summary = "Print a manual page as roff, or write all of them",
    .options = {positional("COMMAND", &Args::command, "Words of a command; none: passa itself"),
                option("out", &Args::out, "DIR", "Write every page into this folder")},
    .examples = {{"passa man settlement show | man -l -", "read one page"},
                 {"passa man --out /usr/local/share/man/man1", "install all pages"}},
    .run = runner(run),
};

} // namespace passa::cli::man_print
