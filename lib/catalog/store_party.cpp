// Parties and creators: the same rows, told apart by their role.
#include "catalog_sql.hpp"
#include "lib/catalog/store.hpp"

namespace passa::catalog {

void store_party(Store& store, const manifest::Manifest& manifest, const IdBytes& id) {
    const Spec spec{manifest};
    const auto payout = spec.find_object("payout");
    std::optional<std::string> rail, address, memo, asset;
    if (payout) {
        rail = payout->text("rail");
        address = payout->text("address");
        memo = payout->find_text("memo");
        asset = payout->find_text("asset");
    }
    if (asset) {
        const auto known = ensure_asset(store, *asset);
        if (!known) return payout->refuse(store, "asset", known.problem());
    }
    if (const auto other = store.tx.run(sql::find_party_of_other_role, store.organizer, manifest.name, id).find())
        return spec.refuse(
            store, "",
            {Kind::invalid_input, "party.name_taken",
             fmt::format("{} is already the name of a {}", manifest.name, other->get<std::string>("role")),
             "choose another name"});
    store.tx.run(sql::upsert_party, store.organizer, id, manifest.name,
                 manifest.kind->name == "Creator" ? "creator" : "party", spec.text("title"), rail, address, memo,
                 asset);
}

} // namespace passa::catalog
