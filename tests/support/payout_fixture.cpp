// Rows as the catalog and a settlement would have left them.
#include "tests/support/payout_fixture.hpp"

#include "lib/ledger/journal.hpp"
#include "lib/ledger/read.hpp"
#include "lib/payout/approve.hpp"
#include "lib/payout/store.hpp"

#include <unistd.h>

namespace passa::test {
namespace {

template <typename... Args>
void run(db::Transaction& tx, std::string_view sql, const Args&... args) {
    const auto name = fmt::format("test.{}", std::hash<std::string_view>{}(sql));
    tx.run(db::Statement{name, sql}, args...);
}

} // namespace

PayoutWorld::PayoutWorld(FreshDatabase& database, const std::string& name, const std::vector<OwedParty>& owed,
                         money::Asset pays_in)
    : db(database), org(db.add_organizer(name)), asset(std::move(pays_in)),
      clock(parse_instant("2026-11-21T09:00:00Z").value()) {
    db::transact(db.app(), {org}, [&](db::Transaction& tx) {
        for (const auto& a : {money::Asset{"KES", 2}, money::Asset{"XLM", 7}, asset})
            run(tx, "INSERT INTO asset (organizer_id, id, scale) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", org, a.id,
                a.scale);
        run(tx,
            "INSERT INTO treasury (organizer_id, id, name, rail, network_name, account, asset_id) VALUES ($1, $2, "
            "'main', 'stellar', 'fake', 'FAKE', $3)",
            org, db.ids.next(), asset.id);
        for (const auto& p : owed) {
            parties[p.name] = db.ids.make<PartyTag>();
            run(tx,
                "INSERT INTO party (organizer_id, id, name, role, title, rail, destination, memo, payout_asset_id) "
                "VALUES ($1, $2, $3, 'party', $3, 'stellar', $4, $5, $6)",
                org, parties[p.name], p.name,
                p.destination && *p.destination == "somewhere" ? std::optional{"to-" + p.name} : p.destination, p.memo,
                asset.id);
        }
    });
    event = add_event("show");
    add_policy("usual", false);
    for (const auto& p : owed) {
        owe(p.name, ledger::AccountKind::party_payable, p.minor);
        owe(p.name, ledger::AccountKind::commission_payable, p.commission);
    }
}

EventId PayoutWorld::add_event(std::string_view name) {
    const auto id = db.ids.make<EventTag>();
    db::transact(db.app(), {org}, [&](db::Transaction& tx) {
        run(tx,
            "INSERT INTO event (organizer_id, id, name, title, zone, currency_id, starts_at, ends_at) VALUES ($1, $2, "
            "$3, $3, 'Africa/Nairobi', 'KES', now(), now())",
            org, id, name);
    });
    return id;
}

void PayoutWorld::add_policy(std::string_view name, bool single_person) {
    db::transact(db.app(), {org}, [&](db::Transaction& tx) {
        run(tx,
            "INSERT INTO payout_policy (organizer_id, id, name, version, effective_from, single_person, created_at) "
            "VALUES ($1, $2, $3, 1, '-infinity', $4, now())",
            org, db.ids.next(), name, single_person);
    });
}

void PayoutWorld::set_policy(std::string_view name) {
    db::transact(db.app(), {org}, [&](db::Transaction& tx) {
        run(tx, "UPDATE treasury SET policy_name = $2 WHERE organizer_id = $1", org, name);
    });
}

void PayoutWorld::set_policy_of(std::string_view treasury, std::string_view name) {
    db::transact(db.app(), {org}, [&](db::Transaction& tx) {
        run(tx, "UPDATE treasury SET policy_name = $3 WHERE organizer_id = $1 AND name = $2", org, treasury, name);
    });
}

void PayoutWorld::limits(std::string_view column, std::optional<money::Int128> minor, std::optional<std::string> of) {
    const auto id = db.ids.next();
    db::transact(db.app(), {org}, [&](db::Transaction& tx) {
        run(tx,
            "INSERT INTO payout_policy (organizer_id, id, name, version, effective_from, single_person, created_at) "
            "SELECT $1, $2, 'usual', max(version) + 1, now() - interval '1 year', false, now() FROM payout_policy "
            "WHERE "
            "organizer_id = $1 AND name = 'usual'",
            org, id);
        run(tx,
            fmt::format("INSERT INTO payout_limit (organizer_id, policy_id, asset_id, {}) VALUES ($1, $2, $3, $4)",
                        column),
            org, id, of.value_or(asset.id), minor);
    });
}

void PayoutWorld::owe(const std::string& party, ledger::AccountKind kind, money::Int128 minor,
                      std::optional<EventId> for_event) {
    if (minor == 0) return;
    const auto of = for_event.value_or(event);
    const money::Amount amount{minor, {"KES", 2}};
    db::transact(db.app(), {org}, [&](db::Transaction& tx) {
        ledger::post({tx, org, db.ids, clock.now()}, {"write_off",
                                                      db.ids.next(),
                                                      "",
                                                      of,
                                                      clock.now(),
                                                      "as if settled",
                                                      {{{ledger::AccountKind::gateway_receivable, of}, amount},
                                                       {{kind, of, parties.at(party)}, -amount}}});
    });
}

payout::Desk PayoutWorld::desk(db::Database& database, std::string actor) {
    auto os_user = "os-" + actor;
    return {database, org, db.ids, clock, std::move(actor), std::move(os_user)};
}

BatchId PayoutWorld::create(const payout::CreateOrder& order) {
    const auto maker = desk(db.app());
    return db::transact(db.app(), {org},
                        [&](db::Transaction& tx) { return payout::create(tx, maker, order).batch.id; });
}

void PayoutWorld::approve(BatchId batch, const std::string& actor) {
    const auto checker = desk(db.app(), actor);
    db::transact(db.app(), {org}, [&](db::Transaction& tx) { payout::approve(tx, checker, batch, std::nullopt); });
}

payout::Sent PayoutWorld::send(BatchId batch, rail::Rail& rail, Duration limit) {
    payout::Patience patience;
    patience.limit = limit;
    patience.wait = [this](Duration time) { clock.advance(std::max<Duration>(time, std::chrono::seconds{1})); };
    return payout::send(desk(db.app(), "sender"), rail, batch, {patience});
}

std::vector<payout::Payout> PayoutWorld::payouts(BatchId batch) {
    return db::transact(db.app(), {org}, [&](db::Transaction& tx) { return payout::load_payouts(tx, org, batch); });
}

std::map<std::string, money::Int128> PayoutWorld::balances() {
    std::map<std::string, money::Int128> all;
    db::transact(db.app(), {org}, [&](db::Transaction& tx) {
        for (const auto& b : ledger::load_balances(tx, org, std::nullopt))
            all[fmt::format("{} {}", b.account.kind, b.account.party.value_or(b.amount.asset().id))] +=
                b.amount.minor();
    });
    return all;
}

std::string PayoutWorld::value(const std::string& sql) {
    return db::transact(db.app(), {org}, [&](db::Transaction& tx) {
        const auto name = fmt::format("test.{}", std::hash<std::string>{}(sql));
        return tx.run(db::Statement{name, sql}, org).one().get<std::string>("value");
    });
}

NetworkFile::NetworkFile(const std::string& name)
    : m_path(std::filesystem::temp_directory_path() / fmt::format("passa-fake-{}-{}.json", getpid(), name)) {
    std::filesystem::remove(m_path);
}

NetworkFile::~NetworkFile() { std::filesystem::remove(m_path); }

} // namespace passa::test
