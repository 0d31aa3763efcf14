// Plain SQL and plain lines: these tests are about reconciliation, not about paying.
#include "tests/support/treasury_fixture.hpp"

namespace passa::test {

using ledger::AccountKind;
using money::Amount;
using Line = rail::StatementLine;

TreasuryFixture::TreasuryFixture() : org(db.add_organizer("demo")), treasury(db.ids.make<TreasuryTag>()) {
    m_party = db.ids.next();
    m_batch = db.ids.next();
    const auto policy = db.ids.next();
    const auto o = org.uuid();
    const auto uuid = [](const IdBytes& id) { return id_text::uuid(id); };
    execute(fmt::format("INSERT INTO asset VALUES ('{}', 'USDC:GISSUER', 7)", o));
    execute(fmt::format("INSERT INTO treasury (organizer_id, id, name, rail, account, asset_id) VALUES ('{}', '{}', "
                        "'main', 'stellar', 'GTREASURY', 'USDC:GISSUER')",
                        o, treasury.uuid()));
    execute(
        fmt::format("INSERT INTO party (organizer_id, id, name, role, title) VALUES ('{}', '{}', 'band', 'party', 'x')",
                    o, uuid(m_party)));
    execute(fmt::format("INSERT INTO payout_policy VALUES ('{}', '{}', 'p', 1, '-infinity', true, now())", o,
                        uuid(policy)));
    execute(fmt::format(
        "INSERT INTO payout_batch (organizer_id, id, treasury_id, policy_id, state, sha256, made_by, made_at, "
        "changed_at) VALUES ('{}', '{}', '{}', '{}', 'running', sha256('x'), 't', now(), now())",
        o, uuid(m_batch), treasury.uuid(), uuid(policy)));
}

void TreasuryFixture::execute(const std::string& sql) {
    db::transact(db.app(), {org}, [&](db::Transaction& tx) { tx.raw(sql); });
}

std::string TreasuryFixture::value(const std::string& sql) {
    return db::transact(db.app(), {org}, [&](db::Transaction& tx) {
        return tx.raw(fmt::format("SELECT coalesce(({})::text, '-') AS v", sql)).one().get<std::string>("v");
    });
}

std::string TreasuryFixture::open_breaks() {
    return value(
        "SELECT coalesce(string_agg(type, ' ' ORDER BY type, subject), '') FROM recon_break WHERE closed_at IS NULL");
}

JournalId TreasuryFixture::post(std::string_view kind, const IdBytes& cause, std::vector<ledger::Posting> postings) {
    return db::transact(db.app(), {org}, [&](db::Transaction& tx) {
        return ledger::post({tx, org, db.ids, db.clock.now()},
                            {std::string{kind}, cause, "", std::nullopt, db.clock.now(), "", postings});
    });
}

void TreasuryFixture::give_back(JournalId reserve) {
    db::transact(db.app(), {org}, [&](db::Transaction& tx) {
        ledger::reverse({tx, org, db.ids, db.clock.now()}, reserve, "it failed");
    });
}

// From wherever it was, in one step: how a payout came there is the payout tests' story.
// By the shortest way that the table of moves allows; a proof is evidence of the attempt.
void TreasuryFixture::note_move(const IdBytes& payout, std::string_view state) {
    execute(fmt::format(
        "WITH RECURSIVE known AS (SELECT count(*) AS moves, coalesce((array_agg(state_to ORDER BY seq DESC))[1], "
        "'planned') AS state FROM payout_move WHERE payout_id = '{1}'), walk (at, way) AS (SELECT state, "
        "ARRAY[]::payout_move_allowed[] FROM known UNION ALL SELECT a.state_to, w.way || a FROM walk w JOIN "
        "payout_move_allowed a ON a.state_from = w.at WHERE cardinality(w.way) < 5), shortest AS (SELECT way FROM walk "
        "WHERE at = '{2}' ORDER BY cardinality(way) LIMIT 1), steps AS (SELECT step.*, CASE WHEN cause LIKE "
        "'proof%' THEN gen_random_uuid() END AS evidence FROM shortest, unnest(way) WITH ORDINALITY AS step "
        "(state_from, cause, state_to, pos)), proved AS (INSERT INTO evidence (organizer_id, id, rail, kind, "
        "external_ref, raw, sha256, details, seen_at, attempt_id) SELECT '{0}', evidence, 'stellar', 'found', 'k', '', "
        "sha256(''), '{{}}', now(), (SELECT attempt_id FROM payout_attempt_line WHERE payout_id = '{1}') FROM steps "
        "WHERE evidence IS NOT NULL) INSERT INTO payout_move (organizer_id, payout_id, seq, state_from, cause, "
        "state_to, actor, reason, evidence_id, moved_at) SELECT '{0}', '{1}', moves + pos, state_from, cause, "
        "state_to, "
        "'t', '', evidence, now() FROM steps, known",
        org.uuid(), id_text::uuid(payout), state));
}

IdBytes TreasuryFixture::add_attempt(const MadeAttempt& made, std::string_view state) {
    const auto o = org.uuid(), id = id_text::uuid(made.id), at = to_text(db.clock.now());
    std::string evidence = "NULL";
    execute(fmt::format("INSERT INTO asset VALUES ('{}', 'XLM', 7) ON CONFLICT DO NOTHING", o));
    if (state == "dead") {
        evidence = fmt::format("'{}'", id_text::uuid(db.ids.next()));
        execute(fmt::format(
            "INSERT INTO evidence VALUES ('{}', {}, 'stellar', 'absent', 'k', '', sha256(''), '{{}}', now(), '{}')", o,
            evidence, id));
    }
    execute(fmt::format(
        "INSERT INTO payout_attempt (organizer_id, id, batch_id, rail, network, key, payload, source, fee_minor, "
        "fee_asset_id, valid_until, first_ledger, state, dead_evidence_id, made_at, finished_at) VALUES ('{}', '{}', "
        "'{}', "
        "'stellar', 'net', '{}', '', 'GTREASURY', 10000, 'XLM', '{}', 1, '{}', {}, '{}', {})",
        o, id, id_text::uuid(m_batch), made.key, at, state, evidence, at,
        state == "confirmed" || state == "dead" ? "'" + at + "'" : "NULL"));
    int pos = 0;
    for (const auto& p : made.payouts)
        execute(fmt::format("INSERT INTO payout_attempt_line VALUES ('{}', '{}', {}, '{}', {})", o, id, pos++,
                            id_text::uuid(p.id), state != "dead"));
    return made.id;
}

MadeAttempt TreasuryFixture::pay(const std::vector<money::Int128>& minors, std::string_view state,
                                 std::string_view attempt_state) {
    MadeAttempt made{db.ids.next(), {}, {}};
    made.key = to_hex(made.id);
    const bool paid = state == "confirmed" || state == "settled";
    const bool given_back = state == "failed" || state == "cancelled";
    const bool reserved = state != "planned" && state != "ready" && state != "blocked";
    for (const auto minor : minors) {
        const MadePayout p{db.ids.next(), fmt::format("GPAYEE{}", m_pos), usdc(minor)};
        std::string reserve = "NULL, NULL";
        if (reserved) {
            const auto journal = post(
                "payout_reserve", p.id,
                {{{AccountKind::expense}, p.amount}, {{AccountKind::payout_clearing, {}, {}, treasury}, -p.amount}});
            reserve = fmt::format("now(), '{}'", journal.uuid());
            if (given_back) give_back(journal);
        }
        execute(fmt::format(
            "INSERT INTO payout (organizer_id, id, batch_id, pos, party_id, source, owed_minor, owed_asset_id, "
            "amount_minor, asset_id, rail, destination, state, changed_at, reserved_at, reserve_journal_id) VALUES "
            "('{}', '{}', '{}', {}, '{}', 'expense', {}, 'USDC:GISSUER', {}, 'USDC:GISSUER', 'stellar', '{}', '{}', "
            "now(), {})",
            org.uuid(), id_text::uuid(p.id), id_text::uuid(m_batch), m_pos++, id_text::uuid(m_party),
            money::to_text(minor), money::to_text(minor), p.destination, state, reserve));
        if (paid)
            post("payout_done", p.id,
                 {{{AccountKind::payout_clearing, {}, {}, treasury}, p.amount},
                  {{AccountKind::treasury, {}, {}, treasury}, -p.amount}});
        made.payouts.push_back(p);
    }
    add_attempt(made, attempt_state);
    for (const auto& p : made.payouts) note_move(p.id, state);
    return made;
}

void TreasuryFixture::confirm(const MadePayout& payout) {
    set_state(payout, "confirmed");
    post("payout_done", payout.id,
         {{{AccountKind::payout_clearing, {}, {}, treasury}, payout.amount},
          {{AccountKind::treasury, {}, {}, treasury}, -payout.amount}});
}

void TreasuryFixture::book_fee(const MadeAttempt& attempt, money::Int128 minor) {
    execute(fmt::format("INSERT INTO asset VALUES ('{}', 'XLM', 7) ON CONFLICT DO NOTHING", org.uuid()));
    post("network_fee", attempt.id,
         {{{AccountKind::network_fee, {}, {}, treasury}, xlm(minor)},
          {{AccountKind::treasury, {}, {}, treasury}, xlm(-minor)}});
}

void TreasuryFixture::set_state(const MadePayout& payout, std::string_view state) {
    execute(fmt::format("UPDATE payout SET state = '{}' WHERE id = '{}'", state, id_text::uuid(payout.id)));
    note_move(payout.id, state);
}

Line& TreasuryFixture::show(Line line) {
    line.position = ++m_position;
    line.booked_at = db.clock.now();
    const auto [it, fresh] = balances.try_emplace(line.amount.asset().id, line.amount);
    if (!fresh) it->second += line.amount;
    return history.emplace_back(std::move(line));
}

Line& TreasuryFixture::show_funding(Amount amount, const std::string& from) {
    return show({fmt::format("fund{}:0", m_position), Line::Kind::funding, std::move(amount), from, "", {}, 0});
}

void TreasuryFixture::show_attempt(const MadeAttempt& attempt, money::Int128 fee) {
    show({attempt.key + ":fee", Line::Kind::fee, xlm(-fee), "", "", {}, 0});
    std::size_t i = 0;
    for (const auto& p : attempt.payouts)
        show({fmt::format("{}:{}", attempt.key, i++), Line::Kind::payment, -p.amount, p.destination, "", {}, 0});
}

rail::Statement TreasuryFixture::statement() {
    rail::Statement all;
    all.from =
        db::transact(db.app(), {org}, [&](db::Transaction& tx) { return recon::find_position(tx, org, treasury); });
    all.to = m_position;
    all.to_ledger = m_position;
    all.complete = complete;
    if (!complete) all.gap = "ledgers 3-5 are gone";
    for (const auto& line : history)
        if (line.position > all.from) all.lines.push_back(line);
    for (const auto& [id, amount] : balances) all.closing.push_back(amount);
    all.closed_at = db.clock.now();
    return all;
}

recon::RunReport TreasuryFixture::run(const rail::Statement& statement) {
    return db::transact(db.app(), {org}, [&](db::Transaction& tx) {
        const ledger::Book book{tx, org, db.ids, db.clock.now()};
        return recon::take_in({book, treasury, "tester"}, statement);
    });
}

std::string TreasuryFixture::code_of(const rail::Statement& statement) {
    try {
        run(statement);
    } catch (const Error& error) {
        return error.first().code;
    }
    return {};
}

} // namespace passa::test
