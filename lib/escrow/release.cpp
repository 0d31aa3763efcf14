// The figures are made anew when they are approved: where anything moved since, nothing is approved.
#include "lib/escrow/release.hpp"

#include "escrow_sql.hpp"
#include "lib/base/text.hpp"
#include "lib/crypto/hash.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace passa::escrow {
namespace {

using ledger::AccountKind;
constexpr std::size_t k_least_digits = 8;

// By its own book: shares due less paid, and what it credited less what of it was paid.
std::map<std::string, Int128> owed_by_contract(const OurBook& ours, const Theirs& theirs) {
    std::map<std::string, Int128> owed;
    if (theirs.is_closed) return owed;
    for (const auto& version : ours.versions) {
        if (!version.due.on_chain) continue;
        const auto it = theirs.versions.find(*version.due.on_chain);
        if (it == theirs.versions.end()) continue;
        const auto parts =
            share_parts(version.due, it->second.deposited - it->second.refunded - it->second.commissions);
        for (std::size_t i = 0; i < parts.size(); ++i)
            owed[version.due.shares[i].payee.address] += parts[i] - it->second.paid[i];
        for (const auto& [address, credit] : it->second.credits) owed[address] += credit.due - credit.paid;
    }
    return owed;
}

std::string figures_text(const Escrow& escrow, const std::vector<Released>& parties) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& one : parties)
        list.push_back({{"party", one.payee.name},
                        {"owed", one.owed.number()},
                        {"stays", one.stays.number()},
                        {"released", one.released().number()}});
    return nlohmann::ordered_json{{"plan", escrow.plan_name}, {"asset", escrow.asset.id}, {"parties", list}}.dump(
        -1, ' ', true);
}

[[noreturn]] void refuse(Kind kind, const char* code, std::string message, std::string hint) {
    throw Error{{kind, code, std::move(message), std::move(hint)}};
}

void require_open(const Escrow& escrow) {
    if (escrow.released)
        refuse(Kind::refused, "escrow.released", fmt::format("split plan {} is released already", escrow.plan_name),
               "what it owes now is paid by payouts: passa payout create");
}

} // namespace

Release make_release(db::Transaction& tx, OrganizerId organizer, const Escrow& escrow, const Theirs& theirs) {
    const auto ours = load_book(tx, organizer, escrow);
    require_agreement(escrow, ours, theirs);
    const auto stays = owed_by_contract(ours, theirs);
    Release release;
    for (const auto& row : tx.run(sql::load_contract_payables, organizer, escrow.plan)) {
        const Payee payee{row.get<PartyId>("party_id"), row.get<std::string>("party"), row.get<std::string>("address")};
        const auto it = stays.find(payee.address);
        Released one{
            payee, {row.get<Int128>("minor"), escrow.asset}, {it == stays.end() ? 0 : it->second, escrow.asset}};
        if (!one.owed.is_zero() || !one.stays.is_zero()) release.parties.push_back(std::move(one));
    }
    release.figures = figures_text(escrow, release.parties);
    release.sha256 = crypto::sha256(as_bytes(release.figures));
    return release;
}

void ask_release(const ledger::Book& book, const Escrow& escrow, const Release& release, const Asking& asking) {
    require_open(escrow);
    book.tx.run(sql::lock_escrow, book.organizer, escrow.plan);
    book.tx.run(sql::insert_release, book.organizer, escrow.plan, release.sha256, release.figures, asking.reason,
                asking.actor, book.now);
}

JournalId approve_release(const ledger::Book& book, const Escrow& escrow, const Release& release,
                          const Approving& approving) {
    const auto& [sha256, actor] = approving;
    book.tx.run(sql::lock_escrow, book.organizer, escrow.plan);
    require_open(escrow);
    const auto asked = book.tx.run(sql::find_release, book.organizer, escrow.plan, release.sha256).find();
    if (!asked || sha256.size() < k_least_digits || !to_hex(release.sha256).starts_with(to_lower(sha256)))
        refuse(Kind::difference, "escrow.other_figures",
               fmt::format("nobody asked for a release with these figures: theirs begin with {}, as things are now",
                           to_hex(release.sha256).substr(0, 16)),
               "look at them, and ask anew: passa escrow release --reason TEXT");
    if (to_lower(trim(asked->get<std::string>("asked_by"))) == to_lower(trim(actor)))
        refuse(Kind::unauthorised, "escrow.own_release",
               fmt::format("{} asked for this release and may not approve it", printable(actor, 60)),
               "let somebody else approve it");
    ledger::Entry entry{"contract_release", escrow.plan.bytes(), "", escrow.event, book.now, escrow.contract, {}};
    for (const auto& one : release.parties) {
        entry.postings.push_back({{AccountKind::contract_payable, escrow.event, one.payee.id}, one.released()});
        entry.postings.push_back({{AccountKind::party_payable, escrow.event, one.payee.id}, -one.released()});
    }
    std::erase_if(entry.postings, [](const ledger::Posting& posting) { return posting.amount.is_zero(); });
    if (entry.postings.empty())
        refuse(Kind::refused, "escrow.nothing", "there is nothing to release: the contract owes all that the books do",
               "");
    const auto journal = ledger::post(book, entry);
    book.tx.run(sql::approve_release, book.organizer, escrow.plan, release.sha256, actor, book.now, journal);
    return journal;
}

} // namespace passa::escrow
