// Rows of a settlement and of what it is computed from.
#pragma once
#include "lib/settle/settlement.hpp"

namespace passa::settle {

std::vector<split::PlanVersion> load_plans(db::Transaction& tx, OrganizerId organizer, EventId event);
std::vector<creator::Terms> load_terms(db::Transaction& tx, OrganizerId organizer, EventId event,
                                       const money::Asset& currency);
// Totals to date over the settlements up to and including `upto` (by time), or all.
std::vector<split::Intake> load_intakes(db::Transaction& tx, OrganizerId organizer, EventId event,
                                        std::optional<SettlementId> upto);

using DueKey = std::tuple<IdBytes, std::string, split::DueKind, PartyId, std::optional<IdBytes>>;
DueKey key_of(const split::Due& due);
std::map<DueKey, money::Amount> load_posted(db::Transaction& tx, OrganizerId organizer, EventId event,
                                            std::optional<SettlementId> before);

std::map<PartyId, std::string> load_party_names(db::Transaction& tx, OrganizerId organizer);
// Differences between what is due and what was posted; a key that is no longer due is due zero.
std::vector<Delta> differences(const std::vector<split::Due>& dues, const std::map<DueKey, money::Amount>& posted);

} // namespace passa::settle
