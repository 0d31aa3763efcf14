// passa proof verify: does every line of the file lead to this root? Nothing else is asked: no database, no network.
#include "cli/context.hpp"
#include "cli/proof/records.hpp"
#include "lib/base/text.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

namespace passa::cli::proof_verify {

struct Args {
    std::filesystem::path file;
    std::string root;
};

std::string read_text(const std::filesystem::path& path) {
    std::error_code unknown; // then opening it says what is wrong
    const bool is_folder = std::filesystem::is_directory(path, unknown);
    errno = 0;
    std::ifstream in{path, std::ios::binary};
    std::string text(proof::k_longest_file + 1, '\0'); // one more: then the parser says that it is too long
    if (in && !is_folder) in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (is_folder || in.bad() || !in.is_open())
        throw Error{{Kind::not_found, "proof.no_file",
                     fmt::format("cannot read {}: {}", printable(path.string(), 300),
                                 is_folder ? "it is a folder" : std::strerror(errno)),
                     "name the file that passa proof create wrote"}};
    text.resize(static_cast<std::size_t>(in.gcount()));
    return text;
}

Hash256 read_root(const std::string& text) {
    const auto root = parse_hex_fixed<32>(text);
    if (root) return *root;
    throw Error{{Kind::usage, "proof.root",
                 fmt::format("'{}' is no root: a root is 64 hexadecimal digits", printable(text, 80)),
                 "take it from where the organizer published it"}};
}

ExitCode run(Context& ctx, const Args& args) {
    const auto root = read_root(args.root);
    const auto file = proof::parse_file(read_text(args.file)).value_or_throw();
    proof::check(file, root).value_or_throw();
    ctx.show(proof_record(file));
    ctx.note(fmt::format("{} of the settlement's {} lines: proved by this root", file.proofs.size(),
                         file.proofs.front().line.lines));
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "proof verify",
    .summary = "Check a proof against a settlement's root, offline",
    .details =
        "Needs the file and the root, no database, no network and nobody's word. Take the root from where it was "
        "published, not from whoever sent the file. By hand: a line is hashed as SHA-256 of a zero byte and the line "
        "as "
        "jq -cSj prints it; on the way up each hash of the path is joined to it, left or right, behind a byte 1 "
        "(RFC 6962).",
    .options = {positional("FILE", &Args::file, "The proof"), option("root", &Args::root, "HEX", "The published root")},
    .examples = {{"passa proof verify headliner.json --root "
                  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
                  "what the headliner does"}},
    .exits = {{ExitCode::failed, "it does not hold: the message says what differs"},
              {ExitCode::usage, "the file is no proof, or the root no root"}},
    .run = runner(run),
};

} // namespace passa::cli::proof_verify
