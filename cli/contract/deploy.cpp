// Recognised by hash and id: what is there is never made again.
#include "cli/contract/deploy.hpp"

#include "cli/contract/wasm_file.hpp"
#include "lib/base/text.hpp"
#include "lib/crypto/hash.hpp"
#include "lib/stellar/contract/arguments.hpp"
#include "lib/stellar/contract/call.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace passa::cli::contract {
namespace {

namespace soroban = stellar::contract;
namespace xdr = stellar::xdr;

Hash256 pinned(const catalog::Contract& declared) { return parse_hex_fixed<32>(declared.sha256).value_or_throw(); }

State judge(const Looked& looked, const soroban::OnChain& told) {
    if (told.life.is_archived() || (!told.is_asset && told.code_life.is_archived())) return State::archived;
    if (looked.is_ours() && told.code != pinned(looked.declared)) return State::drifted;
    return State::deployed;
}

} // namespace

std::string_view name(State state) {
    switch (state) {
    case State::deployed: return "deployed";
    case State::absent: return "absent";
    case State::archived: return "archived";
    case State::drifted: return "drifted";
    }
    return "absent";
}

std::vector<std::string> Looked::steps() const {
    if (state != State::absent) return {};
    if (!is_ours())
        return declared.asset.empty() || declared.key.empty() ? std::vector<std::string>{}
                                                              : std::vector<std::string>{"create"};
    return has_code ? std::vector<std::string>{"create"} : std::vector<std::string>{"upload", "create"};
}

Looked look(Context& ctx, stellar::rpc::Client& client, const catalog::Contract& declared) {
    Looked looked;
    looked.declared = declared;
    looked.id = id_of(ctx, declared);
    if (looked.is_ours()) {
        const auto code = soroban::find_code(client, pinned(declared)).value_or_throw();
        looked.has_code = code && !code->life.is_archived();
    }
    const auto told = soroban::find_contract(client, looked.id).value_or_throw();
    if (!told) return looked;
    looked.state = judge(looked, *told);
    looked.life = told->life;
    if (told->is_asset) return looked;
    looked.runs = told->code;
    looked.interface = told->interface;
    return looked;
}

void load_code(Looked& looked) {
    const auto& declared = looked.declared;
    if (!looked.is_ours()) return;
    looked.wasm = load_wasm(declared.wasm);
    const auto hash = crypto::sha256(looked.wasm);
    if (hash != pinned(declared))
        throw Error{{Kind::refused, "contract.pinned",
                     fmt::format("{} is {}, but Contract {} pins {}", declared.wasm, to_hex(hash), declared.name,
                                 to_lower(declared.sha256)),
                     "if the new code is meant, write its hash into the manifest and apply it"}};
    looked.spec = soroban::read_module(looked.wasm).value_or_throw().spec;
}

std::vector<catalog::Contract> choose(Context& ctx, const std::vector<std::string>& names,
                                      const std::optional<std::string>& network) {
    const auto owner = ctx.organizer();
    std::vector<catalog::Contract> chosen;
    if (names.empty()) chosen = ctx.read([&](db::Transaction& tx) { return catalog::load_contracts(tx, owner); });
    for (const auto& name : names) chosen.push_back(get_declared(ctx, name));
    if (const auto wanted = network ? network : ctx.chosen_network(); wanted && names.empty())
        std::erase_if(chosen, [&](const catalog::Contract& one) { return one.network != *wanted; });
    if (chosen.empty())
        throw Error{{Kind::not_found, "contract.none", "no contract is declared",
                     "declare one: passa manifest explain Contract"}};
    for (const auto& one : chosen)
        if (one.network != chosen.front().network)
            throw Error{{Kind::usage, "contract.networks",
                         fmt::format("{} is on {}, {} on {}", chosen.front().name, chosen.front().network, one.name,
                                     one.network),
                         "choose one network at a time: --network NAME"}};
    return chosen;
}

soroban::Call upload_call(const Looked& looked, const xdr::AccountId& source) {
    return {source, soroban::make_upload(looked.wasm), {}, nullptr};
}

soroban::Call create_call(Context& ctx, const Looked& looked, const xdr::AccountId& source) {
    const auto& declared = looked.declared;
    if (!looked.is_ours())
        return {source,
                soroban::make_asset_contract(stellar::tx::parse_asset(declared.asset).value_or_throw()),
                {},
                nullptr};
    static const xdr::ScSpecFunctionV0 k_no_constructor{.name = {std::string{"__constructor"}}};
    const auto* constructor = looked.spec.find_function("__constructor");
    const soroban::Reading reading{looked.spec, address_finder(ctx, declared.network)};
    auto arguments = soroban::read_named_arguments(reading, constructor == nullptr ? k_no_constructor : *constructor,
                                                   nlohmann::ordered_json::parse(declared.arguments))
                         .value_or_throw();
    return {source,
            soroban::make_create(
                {soroban::to_address(source), salt_of(ctx, declared), pinned(declared), std::move(arguments)}),
            {},
            nullptr};
}

out::Record record_of(const Looked& looked) {
    return {{"contract", looked.declared.name},
            {"network", looked.declared.network},
            {"address", xdr::to_text(looked.id)},
            {"state", std::string{name(looked.state)}},
            {"sha256", looked.is_ours() ? out::Value{to_lower(looked.declared.sha256)} : out::Value{}},
            {"runs", looked.runs ? out::Value{to_hex(*looked.runs)} : out::Value{}},
            {"lives_until",
             looked.state == State::absent ? out::Value{} : out::Value{std::int64_t{looked.life.live_until}}},
            {"steps", join(looked.steps(), ", ")}};
}

} // namespace passa::cli::contract
