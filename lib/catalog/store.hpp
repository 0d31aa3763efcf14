// Writes a checked manifest into the typed tables of its kind. `id` is the object's; it stays the same over changes.
#pragma once
#include "lib/catalog/spec.hpp"

namespace passa::catalog {

void store(Store& store, const manifest::Manifest& manifest, const IdBytes& id);

// One per kind; each in its own file or beside its neighbours.
void store_party(Store& store, const manifest::Manifest& manifest, const IdBytes& id);
void store_event(Store& store, const manifest::Manifest& manifest, const IdBytes& id);
void store_split_plan(Store& store, const manifest::Manifest& manifest, const IdBytes& id);
void store_campaign(Store& store, const manifest::Manifest& manifest, const IdBytes& id);
void store_asset(Store& store, const manifest::Manifest& manifest);
void store_network(Store& store, const manifest::Manifest& manifest);
void store_exchange_rate(Store& store, const manifest::Manifest& manifest);
void store_treasury(Store& store, const manifest::Manifest& manifest, const IdBytes& id);
void store_payout_policy(Store& store, const manifest::Manifest& manifest);
void store_job(Store& store, const manifest::Manifest& manifest, const IdBytes& id);
void store_notice_channel(Store& store, const manifest::Manifest& manifest, const IdBytes& id);

// A time to come, in whole hours: an example of when a new version of the rules may begin.
Instant soon(const Store& store);

// The id of an object that a spec refers to by name; a problem with the nearest names if there is none.
std::optional<IdBytes> find_reference(Store& store, const Spec& spec, std::string_view key, std::string_view kind);
struct Named { // one of several that a field refers to
    std::string_view key, kind;
    std::string name;
};
std::optional<IdBytes> find_named(Store& store, const Spec& spec, const Named& named);

} // namespace passa::catalog
