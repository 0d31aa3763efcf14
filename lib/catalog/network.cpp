// Rows to networks and treasuries.
#include "lib/catalog/network.hpp"

#include "catalog_sql.hpp"

namespace passa::catalog {
namespace {

Network read_network(const db::Row& row) {
    return {row.get<std::string>("name"), row.get<std::string>("passphrase"),
            row.get<std::vector<std::string>>("endpoints"), row.get<std::optional<std::string>>("friendbot")};
}

} // namespace

std::optional<Network> find_network(db::Transaction& tx, OrganizerId organizer, const std::string& name) {
    const auto row = tx.run(sql::find_network, organizer, name).find();
    return row ? std::optional{read_network(*row)} : std::nullopt;
}

std::vector<Network> load_networks(db::Transaction& tx, OrganizerId organizer) {
    std::vector<Network> networks;
    for (const auto& row : tx.run(sql::load_networks, organizer)) networks.push_back(read_network(row));
    return networks;
}

std::vector<std::string> load_networks_in_use(db::Transaction& tx, OrganizerId organizer) {
    std::vector<std::string> names;
    for (const auto& row : tx.run(sql::load_networks_in_use, organizer)) names.push_back(row.get<std::string>("name"));
    return names;
}

std::optional<Treasury> find_treasury(db::Transaction& tx, OrganizerId organizer, const std::string& name) {
    const auto row = tx.run(sql::find_treasury, organizer, name).find();
    if (!row) return std::nullopt;
    return Treasury{row->get<std::string>("name"),
                    row->get<std::string>("rail"),
                    row->get<std::optional<std::string>>("network_name"),
                    row->get<std::string>("account"),
                    row->get<std::optional<std::string>>("key_name"),
                    row->asset(),
                    row->get<bool>("has_channels")};
}

} // namespace passa::catalog
