// From the instance to what runs it, hop by hop.
#include "lib/stellar/contract/on_chain.hpp"

#include "lib/crypto/hash.hpp"
#include "lib/stellar/contract/call.hpp"
#include "lib/stellar/contract/wasm.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/text_forms.hpp"
#include "lib/stellar/xdr/types_ledger_entries.hpp"

#include <algorithm>

namespace passa::stellar::contract {
namespace {

struct Found {
    xdr::LedgerEntryData data;
    Life life;
};

// One entry that lives for a while.
Result<std::optional<Found>> find_entry(rpc::Client& client, const xdr::LedgerKey& key) {
    const auto text = to_base64(xdr::encode(key));
    const auto entries = client.get_entries({text});
    if (!entries) return entries.problems();
    const auto entry = std::find_if(entries->found.begin(), entries->found.end(),
                                    [&](const rpc::Entry& one) { return one.key == text; });
    if (entry == entries->found.end()) return std::optional<Found>{};
    auto data = xdr::decode_base64<xdr::LedgerEntryData>(entry->data);
    if (!data)
        return Problem{Kind::unavailable, "rpc.not_rpc",
                       fmt::format("the server sent a ledger entry that cannot be read: {}", data.problem().message),
                       "ask another server"};
    return std::optional{Found{std::move(data).value(), {entry->live_until.value_or(0), entries->latest_ledger}}};
}

Problem odd(const xdr::ContractId& contract, const char* what) {
    return {Kind::unavailable, "contract.executable", fmt::format("{}: {}", xdr::to_text(contract), what),
            "ask another server, or look whether this version of passa is older than the network"};
}

// The hash under which another contract keeps the code of this one (CAP-85).
Result<Hash256> follow(rpc::Client& client, const xdr::ContractId& contract,
                       const xdr::ContractExecutableExternalRef& reference) {
    const xdr::LedgerKey key{
        xdr::as<xdr::LedgerEntryType::contract_data>,
        xdr::LedgerKeyContractData{reference.executable_owner,
                                   xdr::ScVal{xdr::as<xdr::ScValType::executable_tag>, reference.tag},
                                   xdr::ContractDataDurability::persistent}};
    const auto found = find_entry(client, key);
    if (!found) return found.problems();
    const auto* data = *found ? (*found)->data.find<xdr::LedgerEntryType::contract_data>() : nullptr;
    const auto* bytes = data == nullptr ? nullptr : data->val.find<xdr::ScValType::bytes>();
    Hash256 hash{};
    if (bytes == nullptr || bytes->size() != hash.size())
        return odd(contract, "it runs code of another contract, which does not say which");
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    return hash;
}

Result<Hash256> hash_of(rpc::Client& client, const xdr::ContractId& contract,
                        const xdr::ContractExecutable& executable) {
    if (const auto* hash = executable.find<xdr::ContractExecutableType::wasm>()) return *hash;
    return follow(client, contract, executable.get<xdr::ContractExecutableType::external_ref>());
}

Result<Done> add_code(rpc::Client& client, const xdr::ContractId& contract, OnChain& told) {
    const auto code = find_code(client, told.code);
    if (!code) return code.problems();
    if (!*code)
        return Problem{Kind::refused, "contract.no_code",
                       fmt::format("the code of {} is not to be had: it is archived, or the server has lost it",
                                   xdr::to_text(contract)),
                       "restore it: passa contract restore"};
    told.code_life = (*code)->life;
    auto module = read_module((*code)->wasm);
    if (!module) return module.problems();
    told.interface = crypto::sha256(read_sections((*code)->wasm, "contractspecv0").value_or_throw());
    told.spec = std::move(module.value().spec);
    return Done{};
}

} // namespace

Result<std::optional<Code>> find_code(rpc::Client& client, const Hash256& sha256) {
    auto found = find_entry(client, code_key(sha256));
    if (!found) return found.problems();
    if (!*found) return std::optional<Code>{};
    auto* entry = found.value()->data.find<xdr::LedgerEntryType::contract_code>();
    if (entry == nullptr || crypto::sha256(entry->code) != sha256)
        return Problem{Kind::unavailable, "rpc.not_rpc", "the server sent other code than was asked for",
                       "ask another server"};
    return std::optional{Code{std::move(entry->code), (*found)->life}};
}

Result<std::optional<OnChain>> find_contract(rpc::Client& client, const xdr::ContractId& contract) {
    const auto found = find_entry(client, instance_key(contract));
    if (!found) return found.problems();
    if (!*found) return std::optional<OnChain>{};
    const auto* data = (*found)->data.find<xdr::LedgerEntryType::contract_data>();
    const auto* instance = data == nullptr ? nullptr : data->val.find<xdr::ScValType::contract_instance>();
    if (instance == nullptr) return odd(contract, "the server's entry is no contract");
    OnChain told;
    told.life = (*found)->life;
    told.is_asset = instance->executable.type() == xdr::ContractExecutableType::stellar_asset;
    if (told.is_asset) {
        told.spec = asset_spec();
        return std::optional{std::move(told)};
    }
    const auto hash = hash_of(client, contract, instance->executable);
    if (!hash) return hash.problems();
    told.code = *hash;
    if (const auto done = add_code(client, contract, told); !done) return done.problems();
    return std::optional{std::move(told)};
}

} // namespace passa::stellar::contract
