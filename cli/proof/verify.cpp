// passa proof verify: does every line of the file lead to this root? Nothing else is asked: no database, and no network
// but for a root that a contract keeps.
#include "cli/contract/place.hpp"
#include "cli/proof/records.hpp"
#include "lib/base/text.hpp"
#include "lib/stellar/contract/arguments.hpp"
#include "lib/stellar/contract/call.hpp"
#include "lib/stellar/contract/simulate.hpp"
#include "lib/stellar/contract/told.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstring>
#include <fstream>

namespace passa::cli::proof_verify {

namespace soroban = stellar::contract;

struct Args {
    std::filesystem::path file;
    std::optional<std::string> root;
    std::optional<std::string> contract;
    std::optional<std::string> network;
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

// What the contract keeps under this settlement: {"root": HEX, "at": when it was told}, or null.
Hash256 anchored_root(Context& ctx, const Args& args, const std::string& settlement) {
    const auto place = contract::find_place(ctx, *args.contract, args.network);
    const auto client = ctx.make_rpc(place.network);
    const auto told = contract::get_on_chain(*client, place);
    const auto* function = soroban::get_function(told.spec, "anchored").value_or_throw();
    auto values = soroban::read_named_arguments(
                      {told.spec}, *function,
                      {{"kind", std::string{proof::k_anchor_kind}}, {"id", to_hex(proof::anchor_id(settlement))}})
                      .value_or_throw();
    const soroban::Call call{{}, soroban::make_invoke({place.id, "anchored", std::move(values)}), {}, &told.spec};
    const auto simulation = soroban::simulate(*client, call, soroban::Auth::record).value_or_throw();
    const auto json = soroban::returned_json(told.spec, "anchored", *simulation.value);
    const auto root = json.is_object() ? json.find("root") : json.end();
    if (json.is_object() && root != json.end() && root->is_string())
        return parse_hex_fixed<32>(root->get<std::string>()).value_or_throw();
    throw Error{{Kind::not_found, "proof.not_anchored",
                 fmt::format("contract {} keeps no root of settlement {}", stellar::xdr::to_text(place.id), settlement),
                 "ask the organizer for the contract, or for the root: passa settlement show"}};
}

void require_one_source(const Args& args) {
    if (args.root.has_value() != args.contract.has_value()) return;
    throw Error{{Kind::usage, "proof.which_root", "the root comes from where it was published: from one place",
                 "--root HEX, or --contract C... --network NAME"}};
}

ExitCode run(Context& ctx, const Args& args) {
    require_one_source(args);
    const auto given = args.root ? std::optional{read_root(*args.root)} : std::nullopt;
    const auto file = proof::parse_file(read_text(args.file)).value_or_throw();
    const auto root = given ? *given : anchored_root(ctx, args, file.proofs.front().line.settlement);
    proof::check(file, root).value_or_throw();
    ctx.show(proof_record(file));
    ctx.note(fmt::format("{} of the settlement's {} lines: proved by this root", file.proofs.size(),
                         file.proofs.front().line.lines));
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "proof verify",
    .summary = "Check a proof against a settlement's root",
    .details =
        "Needs the file and the root, and nobody's word; with --root no database and no network either. Take the root "
        "from where it was published, not from whoever sent the file; --contract asks the network for what stands "
        "there. By hand: a line is hashed as SHA-256 of a zero byte and the line "
        "as "
        "jq -cSj prints it; on the way up each hash of the path is joined to it, left or right, behind a byte 1 "
        "(RFC 6962).",
    .options = {positional("FILE", &Args::file, "The proof"), option("root", &Args::root, "HEX", "The published root"),
                option("contract", &Args::contract, "CONTRACT",
                       "Read the root where it was anchored: a Contract's name or an address"),
                option("network", &Args::network, "NAME", "The network of an address (also: PASSA_NETWORK)")},
    .examples = {{"passa proof verify headliner.json --root "
                  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
                  "what the headliner does"},
                 {"passa proof verify headliner.json --contract "
                  "CCW67TSZV3SSS2HXMBQ5JFGCKJNXKZM7UQUWUZPUTHXSTZLEO7SJMI75 --network mainnet",
                  "with the root that stands on the chain"}},
    .exits = {{ExitCode::failed, "it does not hold: the message says what differs"},
              {ExitCode::usage, "the file is no proof, or the root no root"}},
    .run = runner(run),
};

} // namespace passa::cli::proof_verify
