// passa dump: generated documents, for scripts/regen and the tests that compare them.
#include "cli/context.hpp"
#include "cli/spec/help.hpp"

#include <algorithm>
#include <fstream>

namespace passa::cli::dump {

struct Args {
    std::string what;
    std::optional<std::filesystem::path> out;
};

void write_man_pages(const std::vector<const Command*>& registry, const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    for (const auto* command : registry) {
        if (command->hidden) continue;
        auto name = "passa-" + command->path + ".1";
        std::replace(name.begin(), name.end(), ' ', '-');
        std::ofstream file{folder / name};
        file << man_page(*command);
        if (!file.flush())
            throw Error{{Kind::failed, "out.failed", fmt::format("cannot write {}", (folder / name).string()), ""}};
    }
}

ExitCode run(Context& ctx, const Args& args) {
    if (args.what == "readme-table") return ctx.text(readme_table(ctx.registry())), ExitCode::ok;
    if (args.what == "man" && args.out) return write_man_pages(ctx.registry(), *args.out), ExitCode::ok;
    if (args.what == "commands") {
        out::Records records;
        for (const auto* c : ctx.registry()) {
            out::Records options;
            for (const auto& o : c->options)
                options.push_back({{"name", o.name}, {"positional", o.positional}, {"required", o.required}});
            records.push_back({{"path", c->path},
                               {"summary", c->summary},
                               {"hidden", c->hidden},
                               {"examples", static_cast<std::int64_t>(c->examples.size())},
                               {"options", options}});
        }
        ctx.show({{"items", records}});
        return ExitCode::ok;
    }
    throw Error{{Kind::usage, "cli.dump", fmt::format("there is nothing called '{}' to dump", args.what),
                 "choose readme-table, commands, or man --out DIR"}};
}

extern const Command k_command = {
    .path = "dump",
    .summary = "Print generated documents",
    .options = {positional("WHAT", &Args::what, "readme-table, commands or man"),
                option("out", &Args::out, "DIR", "Where man pages go")},
    .examples = {{"passa dump man --out man", "all man pages"}},
    .hidden = true,
    .run = runner(run),
};

} // namespace passa::cli::dump
