// One flow of the payout library each.
#include "tests/support/paying_world.hpp"

namespace passa::test {
namespace {

std::string next_name() { // a test may have two worlds
    static int s_worlds = 0;
    return fmt::format("paying-{}", ++s_worlds);
}

} // namespace

PayingWorld::PayingWorld(const std::vector<OwedParty>& owed, money::Asset pays_in)
    : PayoutWorld(fresh, "demo", owed, pays_in), m_file(next_name()), network(m_file.path(), pays_in),
      rail(network, clock, 1, {}) {}

BatchId PayingWorld::approved(const payout::CreateOrder& order) {
    const auto batch = create(order);
    approve(batch);
    return batch;
}

payout::Sent PayingWorld::reserve(BatchId batch) {
    FakeRail beaten{network, clock, 7, {.bad_sequence = 100}};
    return send(batch, beaten);
}

std::map<std::string, money::Int128> PayingWorld::paid() {
    std::map<std::string, money::Int128> sums;
    for (const auto& p : network.payments()) sums[p.destination] += p.amount;
    return sums;
}

void PayingWorld::execute(const std::string& sql) { db.owner().connection().raw(sql); }

void PayingWorld::add_rate(int mantissa, int decimals, std::string_view from) {
    execute(fmt::format("INSERT INTO exchange_rate (organizer_id, id, name, version, from_asset_id, to_asset_id, "
                        "mantissa, decimals, effective_from, source, created_at) SELECT '{}', gen_random_uuid(), 'fx', "
                        "count(*) + 1, 'KES', '{}', {}, {}, '{}', 'a bank', '-infinity' FROM exchange_rate",
                        org.uuid(), asset.id, mantissa, decimals, from));
}

void PayingWorld::move_party(const std::string& party, const std::string& destination) {
    execute(fmt::format("UPDATE party SET destination = '{}' WHERE name = '{}'", destination, party));
}

void PayingWorld::open_conflict(PayoutId payout) {
    execute(fmt::format("INSERT INTO recon_break (organizer_id, id, run_id, treasury_id, type, subject, payout_id, "
                        "amount_minor, asset_id, opened_at) SELECT p.organizer_id, gen_random_uuid(), "
                        "gen_random_uuid(), b.treasury_id, 'STATUS_CONFLICT', p.id::text, p.id, p.amount_minor, "
                        "p.asset_id, now() FROM payout p JOIN payout_batch b ON b.id = p.batch_id WHERE p.id = '{}'",
                        payout.uuid()));
}

void PayingWorld::close_conflicts() {
    execute("UPDATE recon_break SET closed_at = now(), close_code = 'provider_corrected', close_reason = 'looked at', "
            "closed_by = 't' WHERE closed_at IS NULL");
}

} // namespace passa::test
