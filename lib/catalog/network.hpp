// Declared networks and treasuries, as whoever builds a rail needs them.
#pragma once
#include "lib/db/database.hpp"
#include "lib/money/asset.hpp"

#include <optional>
#include <string>
#include <vector>

namespace passa::catalog {

struct Network {
    std::string name;
    std::string passphrase;
    std::vector<std::string> endpoints; // first choice first
    std::optional<std::string> friendbot;
};
std::optional<Network> find_network(db::Transaction& tx, OrganizerId organizer, const std::string& name);
std::vector<Network> load_networks(db::Transaction& tx, OrganizerId organizer);
std::vector<std::string> load_networks_in_use(db::Transaction& tx,
                                              OrganizerId organizer); // names, those of treasuries too

struct Treasury {
    std::string name;
    std::string rail; // "stellar"
    std::optional<std::string> network;
    std::string account;
    std::optional<std::string> key; // in the keystore
    money::Asset asset;
    bool has_channels = false; // that may lend it their sequence numbers (lib/payout/channel.hpp)
};
std::optional<Treasury> find_treasury(db::Transaction& tx, OrganizerId organizer, const std::string& name);

} // namespace passa::catalog
