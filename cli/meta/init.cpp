// passa init: a project folder with a commented first event.
#include "cli/context.hpp"
#include "starter_files.hpp"

#include <fstream>

namespace passa::cli::init_project {

struct Args {
    std::filesystem::path folder;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto folder = args.folder / "manifests";
    for (const auto& [name, text] : starter::k_files)
        if (std::filesystem::exists(folder / name))
            throw Error{{Kind::conflict, "init.exists", fmt::format("{} is already there", (folder / name).string()),
                         "choose another folder: nothing is overwritten"}};
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    out::Records records;
    for (const auto& [name, text] : starter::k_files) {
        std::ofstream file{folder / name};
        if (!(file << text).flush())
            throw Error{{Kind::failed, "out.failed", fmt::format("cannot write {}", (folder / name).string()), ""}};
        records.push_back({{"file", (folder / name).string()}});
    }
    ctx.list({{"file", "FILE"}}, records);
    ctx.note(fmt::format("next: edit it, then passa apply {}", folder.string()));
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "init",
    .summary = "Make a project folder with a commented first event",
    .options = {positional("DIR", &Args::folder, "The folder; made if missing")},
    .examples = {{"passa init my-event && passa apply my-event/manifests", "from nothing to a declared event"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::init_project
