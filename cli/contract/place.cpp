// Names, addresses and assets to a contract's id.
#include "cli/contract/place.hpp"

#include "cli/account/place.hpp"
#include "cli/spec/suggest.hpp"
#include "lib/base/text.hpp"
#include "lib/catalog/read.hpp"
#include "lib/crypto/hash.hpp"
#include "lib/stellar/contract/call.hpp"
#include "lib/stellar/strkey.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace passa::cli::contract {
namespace {

namespace xdr = stellar::xdr;

Error unknown_contract(Context& ctx, const std::string& word) {
    const auto owner = ctx.organizer();
    std::vector<std::string> names;
    for (const auto& one : ctx.read([&](db::Transaction& tx) { return catalog::load_contracts(tx, owner); }))
        names.push_back(one.name);
    return Error{{Kind::not_found, "contract.unknown", fmt::format("there is no contract {}", printable(word, 60)),
                  nearest_hint(word, names, "see them with: passa contract list; or name one by its address, C...")}};
}

xdr::ContractId parse_contract(const std::string& text) {
    const auto key = stellar::parse_strkey(text).value_or_throw();
    if (key.kind != stellar::StrkeyKind::contract)
        throw Error{{Kind::invalid_input, "strkey.kind", fmt::format("{} is no contract", printable(text, 80)),
                     "a contract's address begins with C"}};
    xdr::ContractId id;
    std::copy(key.payload.begin(), key.payload.end(), id.hash.begin());
    return id;
}

// No name has capitals.
bool looks_like_an_address(const std::string& word) {
    return word.size() == 56 && word.front() >= 'A' && word.front() <= 'Z';
}

std::string organizer_name(Context& ctx) {
    const auto owner = ctx.organizer();
    for (const auto& one : ctx.read([](db::Transaction& tx) { return catalog::load_organizers(tx); }))
        if (one.id == owner) return one.name;
    return {};
}

xdr::ScAddress parse_address(const std::string& text) {
    xdr::ScAddress address;
    if (!xdr::from_text(text, address))
        throw Error{{Kind::invalid_input, "contract.value", fmt::format("{} is no address", printable(text, 80)), ""}};
    return address;
}

xdr::ScAddress address_of_party(Context& ctx, const std::string& name) {
    const auto owner = ctx.organizer();
    const auto objects = ctx.read([&](db::Transaction& tx) { return catalog::load_objects(tx, owner, {}, name); });
    for (const auto& object : objects) {
        if (object.archived || (object.kind != "Party" && object.kind != "Creator")) continue;
        const auto spec = nlohmann::json::parse(object.spec);
        const auto paid = spec.find("payout");
        if (paid != spec.end() && paid->value("rail", "") == "stellar")
            return parse_address(paid->value("address", ""));
        throw Error{{Kind::not_found, "contract.name", fmt::format("{} is not paid on Stellar", printable(name, 60)),
                     "write an address, G... or C..."}};
    }
    throw Error{{Kind::not_found, "contract.name", fmt::format("there is no party {}", printable(name, 60)),
                 "see them with: passa get party"}};
}

} // namespace

catalog::Contract get_declared(Context& ctx, const std::string& name) {
    const auto owner = ctx.organizer();
    auto found = ctx.read([&](db::Transaction& tx) { return catalog::find_contract(tx, owner, name); });
    if (!found) throw unknown_contract(ctx, name);
    return *std::move(found);
}

xdr::AccountId deployer_of(Context& ctx, const catalog::Contract& contract) { return which_account(ctx, contract.key); }

FixedBytes<32> salt_of(Context& ctx, const catalog::Contract& contract) {
    if (const auto hex = parse_hex_fixed<32>(contract.salt)) return *hex;
    if (!contract.salt.empty()) return crypto::sha256(as_bytes(contract.salt));
    return crypto::sha256(as_bytes(fmt::format("passa contract\n{}\n{}", organizer_name(ctx), contract.name)));
}

xdr::ContractId id_of(Context& ctx, const catalog::Contract& contract) {
    if (!contract.address.empty()) return parse_contract(contract.address);
    const auto network = stellar::make_network_id(ctx.network(contract.network).passphrase);
    if (!contract.asset.empty())
        return stellar::contract::asset_contract_id(stellar::tx::parse_asset(contract.asset).value_or_throw(), network);
    const auto deployer = stellar::contract::to_address(deployer_of(ctx, contract));
    return stellar::contract::contract_id(deployer, salt_of(ctx, contract), network);
}

Place find_place(Context& ctx, const std::string& word, const std::optional<std::string>& network) {
    if (looks_like_an_address(word)) return {word, which_network(ctx, network), parse_contract(word), {}};
    auto declared = get_declared(ctx, word);
    ctx.require_network(declared.network, "contract " + declared.name, network);
    const auto id = id_of(ctx, declared);
    return {word, declared.network, id, std::move(declared)};
}

stellar::contract::OnChain get_on_chain(stellar::rpc::Client& client, const Place& place) {
    auto found = stellar::contract::find_contract(client, place.id).value_or_throw();
    if (found) return *std::move(found);
    const bool is_ours = place.declared && !place.declared->wasm.empty();
    throw Error{{Kind::not_found, "contract.absent",
                 fmt::format("there is no contract {} on {}", xdr::to_text(place.id), place.network),
                 is_ours ? fmt::format("deploy it: passa contract apply {}", place.word)
                         : "look at the address and at the network"}};
}

stellar::contract::FindAddress address_finder(Context& ctx, const std::string& network) {
    return [&ctx, network](std::string_view kind, std::string_view name) -> Result<xdr::ScAddress> {
        try {
            const std::string word{name};
            if (kind == "account") return stellar::contract::to_address(which_account(ctx, word));
            if (kind == "contract") return stellar::contract::to_address(find_place(ctx, word, network).id);
            if (kind == "party") return address_of_party(ctx, word);
        } catch (const Error& error) {
            return error.problems();
        }
        return Problem{Kind::invalid_input, "contract.name",
                       fmt::format("'{}' names nothing that has an address", printable(kind, 40)),
                       "write party:NAME, account:NAME or contract:NAME"};
    };
}

} // namespace passa::cli::contract
