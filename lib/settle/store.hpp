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

// What each settlement added to the same figures, counted from the sale lines themselves, in one pass over them.
struct Recount {
    std::vector<split::Intake> intakes;
    Instant newest = Instant::min(); // of its lines
};
std::map<SettlementId, Recount> recount_intakes(db::Transaction& tx, OrganizerId organizer, EventId event,
                                                std::optional<SettlementId> upto);

using DueKey = std::tuple<IdBytes, std::string, split::DueKind, PartyId, std::optional<IdBytes>>;
DueKey key_of(const split::Due& due);
std::map<DueKey, money::Amount> load_posted(db::Transaction& tx, OrganizerId organizer, EventId event,
                                            std::optional<SettlementId> before);

std::map<PartyId, std::string> load_party_names(db::Transaction& tx, OrganizerId organizer);
std::map<IdBytes, std::string> load_version_names(db::Transaction& tx, OrganizerId organizer, EventId event);
// Names the parties and versions of its deltas, and puts them in their order.
void name_deltas(db::Transaction& tx, OrganizerId organizer, Settlement& settlement);

// What a settlement posts: its lines leave the proceeds, its differences go to the parties.
std::vector<ledger::Posting> postings_of(db::Transaction& tx, OrganizerId organizer, const Settlement& settlement);
std::vector<PostedLine> load_postings(db::Transaction& tx, OrganizerId organizer, SettlementId id);

// Differences between what is due and what was posted; a key that is no longer due is due zero.
std::vector<Delta> differences(const std::vector<split::Due>& dues, const std::map<DueKey, money::Amount>& posted);

} // namespace passa::settle
