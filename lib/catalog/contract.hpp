// Declared contracts, as whoever deploys and calls them needs them.
#pragma once
#include "lib/db/database.hpp"

#include <optional>
#include <string>
#include <vector>

namespace passa::catalog {

struct Contract {
    std::string name;
    std::string network;
    // One of three: its code, its address, its asset.
    std::string wasm; // a path
    std::string address;
    std::string asset;
    // With wasm:
    std::string sha256;           // in hex
    std::string key;              // in the keystore
    std::string salt;             // empty: the organizer's and the contract's name
    std::string arguments = "{}"; // JSON, by name
};
std::optional<Contract> find_contract(db::Transaction& tx, OrganizerId organizer, const std::string& name);
std::vector<Contract> load_contracts(db::Transaction& tx, OrganizerId organizer); // by name

} // namespace passa::catalog
