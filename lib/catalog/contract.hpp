// Declared contracts, as whoever deploys and calls them needs them.
#pragma once
#include "lib/base/time.hpp"
#include "lib/db/database.hpp"
#include "lib/money/amount.hpp"

#include <optional>
#include <string>
#include <vector>

namespace passa::catalog {

inline const money::Asset k_fee_asset{"XLM", 7}; // what networks charge in

struct Keep {              // a contract's rent
    std::string key;       // who pays, in the keystore
    Duration at_least{};   // paid again when less is left
    Duration extend_to{};  // from then on
    money::Amount max_fee; // of one run, in XLM
};
inline constexpr const char* k_keep_at_least = "14d"; // where a manifest says nothing
inline constexpr const char* k_keep_extend_to = "60d";
inline constexpr const char* k_keep_max_fee = "5";

struct Contract {
    std::string name;
    std::string network;
    // One of three: its code, its address, its asset.
    std::string wasm; // a path
    std::string address;
    std::string asset;
    // With wasm:
    std::string sha256;                    // in hex
    std::string key;                       // in the keystore
    std::string salt;                      // empty: the organizer's and the contract's name
    std::string arguments = "{}";          // JSON, by name
    std::optional<Keep> keep = {};         // none: nobody pays its rent by itself
    bool keeps_events = false;             // what it tells
    std::vector<std::string> anchors = {}; // events whose settlements' roots go there
};
std::optional<Contract> find_contract(db::Transaction& tx, OrganizerId organizer, const std::string& name);
std::vector<Contract> load_contracts(db::Transaction& tx, OrganizerId organizer); // by name

} // namespace passa::catalog
