// What goes from or to the treasury stands in transit until its own statement shows it too. What somebody else
// deposited, and what went to nobody of ours, is the event's own gain or loss.
#include "lib/escrow/book.hpp"

#include "escrow_sql.hpp"
#include "lib/escrow/told.hpp"

namespace passa::escrow {
namespace {

using ledger::AccountKind;

struct Heard {
    std::string id, transaction;
    std::string said;
    IdBytes evidence{};
};

class Booking {
public:
    Booking(const ledger::Book& book, const Escrow& escrow) : m_book(book), m_escrow(escrow) {
        for (const auto& row : book.tx.run(sql::load_payees, book.organizer, escrow.plan))
            m_payees.emplace(row.get<std::string>("address"), row.get<PartyId>("party_id"));
    }

    void take(const Heard& heard, const Told& told) {
        std::optional<JournalId> journal;
        if (told.kind != Moved::commission && !told.parts.empty())
            journal = ledger::post(m_book, {"contract_event", heard.evidence, "", m_escrow.event, m_book.now,
                                            fmt::format("{} {}", m_escrow.contract, name(told.kind)), postings(told)});
        for (std::size_t i = 0; i < told.parts.size(); ++i) {
            const auto& part = told.parts[i];
            m_book.tx.run(sql::insert_movement, m_book.organizer, m_escrow.plan, heard.id, static_cast<std::int64_t>(i),
                          name(told.kind), heard.transaction, told.version, part.address, party_of(part),
                          m_escrow.asset.id, part.minor, journal);
        }
    }

private:
    [[nodiscard]] std::optional<PartyId> party_of(const Part& part) const {
        const auto it = m_payees.find(part.address);
        return it == m_payees.end() ? std::nullopt : std::optional{it->second};
    }

    [[nodiscard]] std::vector<ledger::Posting> postings(const Told& told) const {
        const auto event = m_escrow.event;
        std::vector<ledger::Posting> all;
        for (const auto& part : told.parts) {
            const Amount amount{part.minor, m_escrow.asset};
            const auto signed_amount = told.kind == Moved::deposit ? amount : -amount;
            all.push_back({{AccountKind::contract_held, event}, signed_amount});
            all.push_back({other_side(told, part), -signed_amount});
        }
        return all;
    }

    [[nodiscard]] ledger::AccountKey other_side(const Told& told, const Part& part) const {
        const auto event = m_escrow.event;
        if (told.kind == Moved::paid)
            if (const auto party = party_of(part)) return {AccountKind::contract_payable, event, party};
        const bool is_ours = told.kind != Moved::paid && part.address == m_escrow.treasury_account;
        return {is_ours ? AccountKind::contract_transit : AccountKind::expense, event};
    }

    const ledger::Book& m_book;
    const Escrow& m_escrow;
    std::map<std::string, PartyId> m_payees;
};

} // namespace

std::int64_t book_events(const ledger::Book& book, const Escrow& escrow, std::string_view token) {
    const auto busy_with = in("booking what contract {} told", escrow.contract);
    const auto begin =
        book.tx.run(sql::lock_escrow, book.organizer, escrow.plan).one().get<std::string>("booked_through");
    Booking booking{book, escrow};
    std::int64_t movements = 0;
    auto through = begin;
    for (const auto& row : book.tx.run(sql::load_unbooked, book.organizer, escrow.plan, begin)) {
        const Heard heard{row.get<std::string>("id"), row.get<std::string>("transaction"),
                          row.get<std::optional<std::string>>("said").value_or(""), row.get<IdBytes>("evidence_id")};
        const auto told = read_told(heard.said).value_or_throw();
        through = heard.id;
        if (!told || told->token != token) continue;
        booking.take(heard, *told);
        movements += static_cast<std::int64_t>(told->parts.size());
    }
    if (through != begin) book.tx.run(sql::move_booked, book.organizer, escrow.plan, through);
    return movements;
}

} // namespace passa::escrow
