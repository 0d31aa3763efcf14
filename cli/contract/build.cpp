// passa contract build: the Wasm files of a Rust workspace, by cargo, and what they are pinned by.
#include "cli/context.hpp"
#include "cli/contract/wasm_file.hpp"
#include "lib/base/ask_program.hpp"
#include "lib/base/text.hpp"
#include "lib/crypto/hash.hpp"
#include "lib/stellar/contract/spec.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>

namespace passa::cli::contract_build {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using End = ProgramAnswer::End;

struct Args {
    std::optional<fs::path> folder;
    std::vector<std::string> packages;
    std::optional<std::string> profile;
    std::optional<fs::path> out;
};

constexpr const char* k_target = "wasm32v1-none"; // no later feature of Wasm than networks know
constexpr std::size_t k_most_words = std::size_t{64} << 20U;
constexpr Duration k_longest = std::chrono::hours{2};

Error failed(std::string message, std::string hint) {
    return Error{{Kind::failed, "contract.build", std::move(message), std::move(hint)}};
}

// What cargo says to its standard output; its own words to people go on to them.
std::string ask_cargo(Context& ctx, const Args& args, std::vector<std::string> words) {
    words.insert(words.begin(), "cargo");
    ProgramQuestion question{.words = std::move(words), .time = k_longest, .most_bytes = k_most_words};
    question.complain = [&ctx](std::string_view line) { ctx.note(line); };
    question.folder = args.folder.value_or(".").string();
    question.variables = {"CARGO_", "RUST", "SOROBAN_", "SOURCE_DATE_EPOCH"};
    auto answer = ask_program(question);
    if (answer.end == End::not_started)
        throw failed(fmt::format("cargo cannot be started in {}: {}", printable(question.folder, 300),
                                 std::strerror(answer.code)),
                     "name the folder of a Rust workspace; cargo is part of Rust: https://rustup.rs, or apt install "
                     "cargo");
    if (answer.end == End::exited && answer.code == 0) return std::move(answer.output);
    throw failed(answer.end == End::exited ? fmt::format("cargo ended with {}", answer.code)
                                           : std::string{"cargo was killed, or did not come to an end"},
                 fmt::format("what it said stands above; what the target needs: rustup target add {}", k_target));
}

bool is_loadable(const Json& target) {
    const auto kinds = target.value("crate_types", Json::array());
    return std::find(kinds.begin(), kinds.end(), "cdylib") != kinds.end();
}

// A contract is what is built to be loaded: a package with a target of type cdylib.
std::vector<std::string> find_contracts(Context& ctx, const Args& args) {
    const auto text = ask_cargo(ctx, args, {"metadata", "--locked", "--no-deps", "--format-version", "1"});
    const auto json = Json::parse(text, nullptr, false);
    if (!json.is_object()) throw failed("cargo metadata answers in another form", "try another version of cargo");
    std::vector<std::string> names;
    for (const auto& package : json.value("packages", Json::array())) {
        const auto targets = package.value("targets", Json::array());
        const auto name = package.value("name", "");
        const bool is_wanted =
            args.packages.empty() || std::find(args.packages.begin(), args.packages.end(), name) != args.packages.end();
        if (is_wanted && std::any_of(targets.begin(), targets.end(), is_loadable)) names.push_back(name);
    }
    for (const auto& wanted : args.packages)
        if (std::find(names.begin(), names.end(), wanted) == names.end())
            throw Error{{Kind::not_found, "contract.no_package",
                         fmt::format("the workspace has no contract {}", printable(wanted, 60)),
                         "a contract is a package with crate-type = [\"cdylib\"]"}};
    if (names.empty())
        throw Error{{Kind::not_found, "contract.no_package", "the workspace has no contract",
                     "a contract is a package with crate-type = [\"cdylib\"]"}};
    std::sort(names.begin(), names.end());
    return names;
}

// One line of JSON for each thing that cargo made or found made.
std::vector<fs::path> find_files(const std::string& told) {
    std::vector<fs::path> files;
    for (const auto line : split_at(told, '\n')) {
        const auto json = Json::parse(line, nullptr, false);
        if (!json.is_object() || json.value("reason", "") != "compiler-artifact") continue;
        if (!is_loadable(json.value("target", Json::object()))) continue;
        for (const auto& file : json.value("filenames", Json::array()))
            if (file.is_string() && file.get_ref<const std::string&>().ends_with(".wasm"))
                files.emplace_back(file.get<std::string>());
    }
    std::sort(files.begin(), files.end());
    return files;
}

fs::path copy_into(const fs::path& built, const fs::path& folder) {
    auto file = folder / built.filename();
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (!failed) fs::copy_file(built, file, fs::copy_options::overwrite_existing, failed);
    if (!failed) return file;
    throw Error{{Kind::failed, "contract.copy",
                 fmt::format("{} cannot be written: {}", printable(file.string(), 300), failed.message()),
                 "choose another folder: --out FOLDER"}};
}

out::Record take(const Args& args, const fs::path& built) {
    const auto wasm = contract::load_wasm(built);
    const auto module = stellar::contract::read_module(wasm).value_or_throw();
    const auto file = args.out ? copy_into(built, *args.out) : built;
    return {{"file", printable(file.string(), 300)},
            {"sha256", to_hex(crypto::sha256(wasm))},
            {"bytes", static_cast<std::int64_t>(wasm.size())},
            {"functions", static_cast<std::int64_t>(module.spec.functions.size())},
            {"protocol", std::int64_t{module.protocol}}};
}

// One by one, as nothing but a contract: what is a library for others too is optimised less, and every call of it costs
// more.
std::vector<fs::path> build(Context& ctx, const Args& args) {
    std::vector<fs::path> files;
    for (const auto& name : find_contracts(ctx, args)) {
        const auto told =
            ask_cargo(ctx, args,
                      {"rustc", "--locked", "--target", k_target, "--profile", args.profile.value_or("release"), "-p",
                       name, "--lib", "--crate-type", "cdylib", "--message-format=json-render-diagnostics"});
        for (auto& file : find_files(told)) files.push_back(std::move(file));
    }
    return files;
}

ExitCode run(Context& ctx, const Args& args) {
    const auto files = build(ctx, args);
    if (files.empty()) throw failed("cargo made no Wasm file", "try another version of cargo");
    out::Records records;
    for (const auto& file : files) records.push_back(take(args, file));
    ctx.list({{"file", "file"},
              {"bytes", "bytes"},
              {"sha256", "sha256"},
              {"functions", "functions"},
              {"protocol", "protocol"}},
             records);
    ctx.note("pin a file by its sha256 in its Contract: what passa contract apply uploads is that, or nothing");
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "contract build",
    .summary = "Build the contracts of a Rust workspace, and say what pins them",
    .details =
        "Runs cargo with the workspace's own lock file, for the target that networks take. Every package made to be "
        "loaded (crate-type cdylib) is a contract. The same compiler makes the same bytes: the sha256 goes into the "
        "manifest, and whoever builds it elsewhere compares.",
    .options = {positional("FOLDER", &Args::folder, "The workspace; default: this folder"),
                option("package", &Args::packages, "NAME", "Only this contract; may be given again"),
                option("profile", &Args::profile, "NAME", "The profile of Cargo.toml; default: release"),
                option("out", &Args::out, "FOLDER", "Copy the files there")},
    .examples = {{"passa contract build contracts --profile contract --out wasm", "all contracts of the workspace"},
                 {"passa contract build contracts --package ticket", "one of them"}},
    .exits = {{ExitCode::failed, "cargo could not build it: what it said stands above"}},
    .run = runner(run),
};

} // namespace passa::cli::contract_build
