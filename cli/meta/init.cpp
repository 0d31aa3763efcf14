// passa init: a project folder with its settings, commented first manifests and three sales to try them with.
#include "cli/context.hpp"
#include "starter_files.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

namespace passa::cli::init_project {

struct Args {
    std::filesystem::path folder;
};

// Where each file goes, and what it says.
std::vector<std::pair<std::filesystem::path, std::string>> project_files(const std::filesystem::path& folder) {
    std::vector<std::pair<std::filesystem::path, std::string>> files{{folder / "passa.yaml", config::starter_file()}};
    for (const auto& [name, text] : starter::k_files)
        files.emplace_back(name.ends_with(".yaml") ? folder / "manifests" / name : folder / name, text);
    return files;
}

Error cannot_write(const std::filesystem::path& path, std::string_view why) {
    return Error{{Kind::failed, "out.failed", fmt::format("cannot write {}: {}", path.string(), why),
                  "choose a folder that you may write to: passa init DIR"}};
}

ExitCode run(Context& ctx, const Args& args) {
    const auto files = project_files(args.folder);
    for (const auto& [path, text] : files)
        if (std::filesystem::exists(path))
            throw Error{{Kind::conflict, "init.exists", fmt::format("{} is already there", path.string()),
                         "choose another folder: nothing is overwritten"}};
    std::error_code failed;
    std::filesystem::create_directories(args.folder / "manifests", failed);
    if (failed) throw cannot_write(args.folder / "manifests", failed.message());
    out::Records records;
    for (const auto& [path, text] : files) {
        errno = 0; // the stream has no words for why
        std::ofstream file{path};
        if (!(file << text).flush()) throw cannot_write(path, std::strerror(errno));
        std::filesystem::permissions(path, std::filesystem::perms{0644},
                                     failed); // whatever the umask: see lib/config/file.cpp
        records.push_back({{"file", path.string()}});
    }
    ctx.list({{"file", "FILE"}}, records);
    ctx.note(fmt::format("next: cd {}; passa apply manifests; passa sale import sales.csv --profile passa --event "
                         "demo-night; passa settle --event demo-night",
                         args.folder.string()));
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "init",
    .summary = "Make a project folder: settings, a commented first event, some sales",
    .details =
        "Writes passa.yaml, where every setting but the organizer stands commented out, manifests/ with a small event "
        "that is complete up to payouts on the local network, and sales.csv with three sales of it. Nothing that is "
        "there already is overwritten.",
    .options = {positional("DIR", &Args::folder, "The folder; made if missing")},
    .examples = {{"passa init my-event && passa apply my-event/manifests", "from nothing to a declared event"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::init_project
