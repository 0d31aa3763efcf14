// The links are worked out here, not by the database that is under suspicion.
#include "lib/audit/chain.hpp"

#include "audit_sql.hpp"
#include "lib/base/text.hpp"
#include "lib/crypto/hash.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace passa::audit {
namespace {

constexpr std::int64_t k_page = 5'000;
constexpr std::int64_t k_highest = std::int64_t{1} << 53; // no chain is longer; counting on stays defined

struct Told {
    std::int64_t seq = 0;
    std::string prior;
    std::string key;
};

std::optional<Told> read_record(std::string_view text) {
    if (text.size() > k_longest_record) return std::nullopt;
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object()) return std::nullopt;
    const auto seq = json.find("seq");
    const auto prior = json.find("prior");
    const auto key = json.find("key");
    if (seq == json.end() || !seq->is_number_integer() || prior == json.end() || !prior->is_string() ||
        key == json.end() || !key->is_string())
        return std::nullopt;
    if (*seq < 1 || *seq > k_highest) return std::nullopt;
    return Told{seq->get<std::int64_t>(), prior->get<std::string>(), key->get<std::string>()};
}

std::string not_readable(std::int64_t seq) { return fmt::format("record {} is not readable", seq); }

bool is_full(const Verdict& verdict) { return static_cast<std::int64_t>(verdict.faults.size()) >= k_most_faults; }

void check_links(db::Transaction& tx, OrganizerId organizer, Verdict& verdict) {
    Links links;
    for (auto page = load_records(tx, organizer, 0, k_page); !page.empty();
         page = load_records(tx, organizer, page.back().seq, k_page)) {
        for (const auto& record : page) {
            if (is_full(verdict)) return;
            ++verdict.records;
            if (auto fault = links.find_fault(record.text)) verdict.faults.push_back(std::move(*fault));
            if (links.head() != record.sha256)
                verdict.faults.push_back(
                    fmt::format("record {} was changed: it is not what its stored hash says", record.seq));
        }
    }
}

void check_heads(db::Transaction& tx, OrganizerId organizer, Verdict& verdict) {
    for (const auto& row : tx.run(sql::load_heads, organizer)) {
        Head head{row.get<std::int64_t>("seq"),
                  row.get<Hash256>("sha256"),
                  row.get<crypto::PublicKey>("public_key"),
                  {},
                  row.get<Instant>("signed_at")};
        const auto signature = row.get<Bytes>("signature"); // 64 of them: the table's CHECK
        std::copy_n(signature.begin(), head.signature.size(), head.signature.begin());
        const auto words = signed_words(organizer, head.seq, head.sha256);
        if (!crypto::verify(head.key, words, head.signature))
            verdict.faults.push_back(
                fmt::format("the signature over record {} of {} is not that key's", head.seq, to_text(head.signed_at)));
        if (row.get<std::optional<Hash256>>("stored") != head.sha256)
            verdict.faults.push_back(fmt::format("record {} is gone, or not the one that was signed on {}", head.seq,
                                                 to_text(head.signed_at)));
        verdict.heads.push_back(head);
    }
}

} // namespace

Links Links::before(std::string_view text) {
    Links links;
    const auto told = read_record(text);
    if (!told) return links;
    const auto prior = parse_hex_fixed<32>(told->prior);
    if (!prior) return links;
    links.m_last = told->seq - 1;
    links.m_head = *prior;
    return links;
}

std::optional<std::string> Links::find_fault(std::string_view text) {
    const auto told = read_record(text);
    const auto expected = m_last + 1;
    const auto prior = to_hex(m_head);
    m_head = crypto::sha256(as_bytes(text));
    if (!told) return m_last = expected, not_readable(expected);
    m_last = told->seq;
    const auto named = fmt::format("record {} ({})", told->seq, printable(told->key, 120));
    if (told->seq == expected && told->prior == prior) return std::nullopt;
    if (told->seq > expected)
        return told->seq == expected + 1 ? fmt::format("record {} is missing", expected)
                                         : fmt::format("records {} to {} are missing", expected, told->seq - 1);
    if (told->seq < expected) return fmt::format("{} stands where record {} belongs", named, expected);
    return fmt::format("record {} was changed, or {} was: the one is not what the other was sealed behind",
                       expected - 1, named);
}

Hash256 signed_words(OrganizerId organizer, std::int64_t seq, const Hash256& sha256) {
    return crypto::sha256(as_bytes(fmt::format("passa-audit\n{}\n{}\n{}\n", organizer, seq, to_hex(sha256))));
}

namespace {

// Read without holding anybody up; what another sealed meanwhile is left out when they are numbered.
struct Unsealed {
    std::vector<std::string> keys;
    std::vector<std::string> facts;
};

Unsealed load_unsealed(db::Database& database, OrganizerId organizer, const std::optional<Instant>& since) {
    Unsealed found;
    const db::Scope scope{organizer, db::Isolation::repeatable_read, true};
    db::transact(database, scope, [&](db::Transaction& tx) {
        found = {};
        for (const auto& row : tx.run(sql::load_unsealed, organizer, since, k_page)) {
            found.keys.push_back(row.get<std::string>("key"));
            found.facts.push_back(row.get<std::string>("fact"));
        }
    });
    return found;
}

std::optional<Instant> find_mark(db::Database& database, OrganizerId organizer, Reach reach) {
    if (reach == Reach::all) return std::nullopt;
    return db::transact(database, {.organizer = organizer, .read_only = true}, [&](db::Transaction& tx) {
        const auto row = tx.run(sql::find_seal_mark, organizer).find();
        return row ? row->get<std::optional<Instant>>("since") : std::nullopt;
    });
}

} // namespace

std::int64_t seal(db::Database& database, OrganizerId organizer, Reach reach) {
    const auto since = find_mark(database, organizer, reach);
    std::int64_t all = 0;
    for (;;) {
        const auto found = load_unsealed(database, organizer, since);
        if (found.keys.empty()) return all;
        all += db::transact(database, {.organizer = organizer, .what = "audit.seal"}, [&](db::Transaction& tx) {
            return tx.run(sql::seal_facts, organizer, found.keys, found.facts).one().get<std::int64_t>("added");
        });
    }
}

Sealed seal_and_sign(db::Database& database, OrganizerId organizer, const crypto::KeyPair& signer) {
    Sealed sealed{seal(database, organizer, Reach::recent)};
    db::transact(database, {.organizer = organizer, .what = "audit.sign"}, [&](db::Transaction& tx) {
        const auto last = find_last(tx, organizer);
        sealed.records = last ? last->seq : 0;
        sealed.is_signed = last && tx.run(sql::find_newest_head, organizer, signer.public_key()).empty();
        if (!sealed.is_signed) return;
        const auto words = signed_words(organizer, last->seq, last->sha256);
        store_head(tx, organizer, {last->seq, last->sha256, signer.public_key(), signer.sign(words), {}});
    });
    return sealed;
}

std::vector<Record> load_records(db::Transaction& tx, OrganizerId organizer, std::int64_t after, std::int64_t limit) {
    std::vector<Record> records;
    for (const auto& row : tx.run(sql::load_records, organizer, after, limit))
        records.push_back({row.get<std::int64_t>("seq"), row.get<std::string>("text"), row.get<Hash256>("sha256")});
    return records;
}

std::optional<Record> find_last(db::Transaction& tx, OrganizerId organizer) {
    const auto row = tx.run(sql::find_last, organizer).find();
    if (!row) return std::nullopt;
    return Record{row->get<std::int64_t>("seq"), row->get<std::string>("text"), row->get<Hash256>("sha256")};
}

void store_head(db::Transaction& tx, OrganizerId organizer, const Head& head) {
    tx.run(sql::insert_head, organizer, head.seq, head.sha256, head.key,
           Bytes(head.signature.begin(), head.signature.end()));
}

namespace {

std::string describe_difference(const db::Row& row) {
    const auto seq = row.get<std::int64_t>("seq");
    if (row.get<bool>("unreadable")) return not_readable(seq);
    const auto named = fmt::format("{} (record {})", printable(row.get<std::string>("key"), 120), seq);
    if (row.get<bool>("gone")) return named + " is gone from its table";
    return fmt::format("{} was changed after it was sealed: {}", named, printable(row.get<std::string>("fields"), 400));
}

// Against the rows that the records tell of, and the rules in use against their newest version, which a record holds.
void check_rows(db::Transaction& tx, OrganizerId organizer, Verdict& verdict) {
    for (const auto& row : tx.run(sql::find_differences, organizer, k_most_faults)) {
        auto fault = describe_difference(row);
        if (std::find(verdict.faults.begin(), verdict.faults.end(), fault) == verdict.faults.end())
            verdict.faults.push_back(std::move(fault));
    }
    for (const auto& row : tx.run(sql::find_rule_drift, organizer, k_most_faults)) {
        const auto generation = row.get<std::optional<std::int64_t>>("generation");
        verdict.faults.push_back(fmt::format(
            "{} {} does not stand as {} left it: {}", row.get<std::string>("kind"), row.get<std::string>("name"),
            generation ? fmt::format("generation {}", *generation) : std::string{"any version"},
            printable(row.get<std::string>("fields"), 400)));
    }
}

} // namespace

Verdict verify(db::Transaction& tx, OrganizerId organizer) {
    Verdict verdict;
    check_links(tx, organizer, verdict);
    check_heads(tx, organizer, verdict);
    check_rows(tx, organizer, verdict);
    verdict.unsealed = tx.run(sql::count_unsealed, organizer).one().get<std::int64_t>("facts");
    return verdict;
}

} // namespace passa::audit
