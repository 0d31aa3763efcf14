// States are not stored: they follow from the call that a row belongs to (migration 0042).
#include "lib/contract/outbox.hpp"

#include "contract_sql.hpp"

namespace passa::contract {
namespace {

Queued read_queued(const db::Row& row) {
    using Text = std::optional<std::string>;
    return {row.get<OutboxId>("id"),
            {row.get<std::string>("contract"), row.get<std::string>("function"), row.get<std::string>("key"),
             row.get<std::string>("shared"), row.get<Text>("list"), row.get<Text>("item")},
            row.get<std::string>("state"),
            row.get<Text>("transaction"),
            row.get<Text>("refused"),
            row.get<std::string>("made_by"),
            row.get<Instant>("made_at")};
}

std::vector<Queued> read_all(const db::Rows& rows) {
    std::vector<Queued> all;
    for (const auto& row : rows) all.push_back(read_queued(row));
    return all;
}

} // namespace

bool queue(db::Transaction& tx, const Desk& desk, const Wish& wish) {
    if (tx.execute(sql::insert_wish, desk.organizer, desk.ids.make<OutboxTag>(), wish.contract, wish.function, wish.key,
                   wish.shared, wish.list, wish.item, desk.actor, desk.clock.now()) == 1)
        return true;
    const auto there =
        read_queued(tx.run(sql::find_wish, desk.organizer, wish.contract, wish.function, wish.key).one());
    if (there.wish == wish) return false;
    throw Error{
        {Kind::conflict, "contract.other_wish",
         fmt::format("{} of {} is to be told something else under key {}", wish.function, wish.contract, wish.key),
         "what was queued does not change: see passa contract queued " + wish.contract}};
}

std::vector<Queued> load_next(db::Transaction& tx, OrganizerId organizer, const std::string& contract,
                              std::int64_t limit) {
    return read_all(tx.run(sql::load_next_wishes, organizer, contract, limit));
}

std::vector<Queued> load_queue(db::Transaction& tx, OrganizerId organizer, const QueueFilter& filter) {
    return read_all(tx.run(sql::load_wishes, organizer, filter.contract, filter.state, filter.limit));
}

std::vector<Queued> load_queued(db::Transaction& tx, OrganizerId organizer, const std::string& function,
                                const std::string& key) {
    return read_all(tx.run(sql::load_wishes_of_key, organizer, function, key));
}

std::set<std::string> load_keys(db::Transaction& tx, OrganizerId organizer, const std::string& contract,
                                const std::string& function) {
    std::set<std::string> keys;
    for (const auto& row : tx.run(sql::load_wish_keys, organizer, contract, function))
        keys.insert(row.get<std::string>("key"));
    return keys;
}

std::vector<std::string> load_waiting_contracts(db::Transaction& tx, OrganizerId organizer) {
    std::vector<std::string> names;
    for (const auto& row : tx.run(sql::load_waiting_contracts, organizer))
        names.push_back(row.get<std::string>("contract"));
    return names;
}

void assign(db::Transaction& tx, const Desk& desk, const std::vector<Queued>& rows, CallId call) {
    for (const auto& row : rows)
        if (tx.execute(sql::assign_wish, desk.organizer, row.id, call) != 1)
            throw Error{{Kind::busy, "contract.told_elsewhere",
                         fmt::format("{} is on its way by another call", row.wish.key), "run it again"}};
}

void refuse(db::Transaction& tx, const Desk& desk, OutboxId id, std::string_view why) {
    tx.run(sql::refuse_wish, desk.organizer, id, why);
}

} // namespace passa::contract
