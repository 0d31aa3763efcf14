// A declared contract against the network: what is missing, and how it comes there.
#pragma once
#include "cli/contract/send.hpp"
#include "lib/base/bytes.hpp"

namespace passa::cli::contract {

enum class State : std::uint8_t {
    deployed, // as declared
    absent,   // not there yet
    archived, // there, but its rent was not paid: to be restored
    drifted,  // it runs other code than declared
};
std::string_view name(State state);

struct Looked {
    catalog::Contract declared;
    stellar::xdr::ContractId id;
    State state = State::absent;
    bool has_code = false;       // uploaded and alive
    std::optional<Hash256> runs; // what runs there, if it is not an asset's
    stellar::contract::Life life;
    Hash256 interface {}; // SHA-256 of what runs there says of itself
    Bytes wasm;           // once loaded
    stellar::contract::Spec spec;

    [[nodiscard]] bool is_ours() const { return !declared.wasm.empty(); }
    [[nodiscard]] std::vector<std::string> steps() const; // upload, create; empty: nothing is to be done
};

// By hash and address alone: the file is not needed. Errors key.*, those of find_contract.
Looked look(Context& ctx, stellar::rpc::Client& client, const catalog::Contract& declared);
// The code, for who deploys it. Errors contract.file, contract.pinned: the file is not what the manifest pins.
void load_code(Looked& looked);

// Those named, or all, on one network. Errors contract.unknown, contract.networks, contract.none.
std::vector<catalog::Contract> choose(Context& ctx, const std::vector<std::string>& names,
                                      const std::optional<std::string>& network);

stellar::contract::Call upload_call(const Looked& looked, const stellar::xdr::AccountId& source);
stellar::contract::Call create_call(Context& ctx, const Looked& looked, const stellar::xdr::AccountId& source);

out::Record record_of(const Looked& looked); // contract, network, address, state, sha256, runs, steps

} // namespace passa::cli::contract
