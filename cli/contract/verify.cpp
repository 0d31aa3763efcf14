// passa contract verify: whether what runs on a network is what its manifest, its file and the lock file say.
#include "cli/contract/deploy.hpp"
#include "cli/contract/lock.hpp"
#include "cli/contract/wasm_file.hpp"
#include "lib/base/text.hpp"
#include "lib/crypto/hash.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <algorithm>

namespace passa::cli::contract_verify {

namespace soroban = stellar::contract;

struct Args {
    std::string contract;
    std::optional<std::filesystem::path> wasm;
    std::optional<std::filesystem::path> lock;
    std::optional<std::string> network;
};

struct Check { // something that says which code it should be
    std::string who;
    std::string says;
    bool agrees = false;
};

std::vector<Check> check(const contract::Place& place, const Args& args, const soroban::OnChain& told) {
    std::vector<Check> checks;
    const auto code = to_hex(told.code);
    const auto add = [&](std::string who, std::string says, const std::string& is) {
        const bool agrees = says == is;
        checks.push_back({std::move(who), std::move(says), agrees});
    };
    if (place.declared && !place.declared->sha256.empty()) add("manifest", to_lower(place.declared->sha256), code);
    std::error_code none;
    const auto declared = place.declared ? std::filesystem::path{place.declared->wasm} : std::filesystem::path{};
    const auto file = args.wasm.value_or(std::filesystem::exists(declared, none) ? declared : "");
    if (!file.empty()) add(file.string(), to_hex(crypto::sha256(contract::load_wasm(file))), code);
    if (!place.declared) return checks;
    const contract::LockFile lock{args.lock.value_or("."), place.network};
    if (const auto* locked = lock.find(place.declared->name)) {
        add("lock file: address", locked->address, stellar::xdr::to_text(place.id));
        if (!locked->sha256.empty()) add("lock file: code", locked->sha256, code);
        if (!locked->interface.empty()) add("lock file: interface", locked->interface, to_hex(told.interface));
    }
    return checks;
}

ExitCode run(Context& ctx, const Args& args) {
    const auto place = contract::find_place(ctx, args.contract, args.network);
    const auto client = ctx.make_rpc(place.network);
    const auto told = contract::get_on_chain(*client, place);
    if (told.is_asset)
        throw Error{{Kind::usage, "contract.no_code",
                     fmt::format("{} is an asset's: the network itself runs it", args.contract),
                     "there is nothing to verify"}};
    const auto checks = check(place, args, told);
    if (checks.empty())
        throw Error{{Kind::usage, "contract.nothing_to_verify", "nothing says which code it should be",
                     "name its file: --wasm FILE"}};
    out::Records records;
    for (const auto& one : checks)
        records.push_back(
            {{"by", printable(one.who, 300)}, {"says", printable(one.says, 100)}, {"agrees", one.agrees}});
    ctx.show({{"contract", stellar::xdr::to_text(place.id)},
              {"network", place.network},
              {"sha256", to_hex(told.code)},
              {"interface", to_hex(told.interface)},
              {"ledger", std::int64_t{told.life.ledger}},
              {"checks", records}});
    const bool all = std::all_of(checks.begin(), checks.end(), [](const Check& one) { return one.agrees; });
    return all ? ExitCode::ok : ExitCode::differs;
}

extern const Command k_command = {
    .path = "contract verify",
    .summary = "Compare what a contract runs with its manifest, file and lock",
    .details = "The code is read from the network and hashed here. Whoever has the source builds it himself and names "
               "the file.",
    .options = {positional("CONTRACT", &Args::contract, "A Contract's name or an address"),
                option("wasm", &Args::wasm, "FILE", "The code that it should run; default: its manifest's file"),
                option("lock", &Args::lock, "DIR", "Where the lock file is; default: this folder"),
                option("network", &Args::network, "NAME", "The network of an address (also: PASSA_NETWORK)")},
    .examples = {{"passa contract verify festival-money", "exit 5 if anything differs"},
                 {"passa contract verify CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC --wasm built.wasm "
                  "--network testnet",
                  "somebody else's, from its source"}},
    .exits = {{ExitCode::differs, "something says otherwise"}, {ExitCode::busy, "no server can be reached"}},
    .run = runner(run),
};

} // namespace passa::cli::contract_verify
