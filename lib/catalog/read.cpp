// Rows to objects.
#include "lib/catalog/read.hpp"

#include "catalog_sql.hpp"

namespace passa::catalog {

std::vector<Object> load_objects(db::Transaction& tx, OrganizerId organizer, const std::optional<std::string>& kind,
                                 const std::optional<std::string>& name) {
    std::vector<Object> objects;
    for (const auto& row : tx.run(sql::load_objects, organizer, kind, name))
        objects.push_back({row.get<std::string>("kind"), row.get<std::string>("name"), row.get<IdBytes>("id"),
                           row.get<std::int64_t>("generation"), row.get<std::string>("spec"),
                           row.get<std::string>("changed_by"), row.get<Instant>("changed_at"),
                           !row.is_null("archived_at"), row.get<bool>("drifted")});
    return objects;
}

std::vector<OrganizerName> load_organizers(db::Transaction& tx) {
    std::vector<OrganizerName> organizers;
    for (const auto& row : tx.run(sql::load_organizers))
        organizers.push_back({row.get<OrganizerId>("id"), row.get<std::string>("name")});
    return organizers;
}

std::vector<std::string> load_treasury_accounts(db::Transaction& tx) {
    std::vector<std::string> accounts;
    for (const auto& row : tx.run(sql::load_treasury_accounts)) accounts.push_back(row.get<std::string>("account"));
    return accounts;
}

} // namespace passa::catalog
