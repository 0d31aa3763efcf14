// Figure by figure, so that whoever looks for a unit finds where it is.
#include "lib/escrow/agree.hpp"

#include "escrow_sql.hpp"

#include <set>

namespace passa::escrow {
namespace {

class Comparison {
public:
    explicit Comparison(const Escrow& escrow) : m_escrow(escrow) {}

    void version(const VersionBook& ours, const ContractBook& theirs) {
        const auto& name = ours.due.name;
        add(name, "deposited", ours.deposited, theirs.deposited);
        add(name, "refunded", ours.refunded, theirs.refunded);
        add(name, "commissions", ours.commissions, theirs.commissions);
        std::map<std::string, Int128> paid; // a party may be a creator too
        std::map<std::string, std::string> names;
        for (std::size_t i = 0; i < ours.due.shares.size(); ++i) {
            const auto& payee = ours.due.shares[i].payee;
            names[payee.address] = payee.name;
            paid[payee.address] += i < theirs.paid.size() ? theirs.paid[i] : 0;
        }
        for (const auto& [creator, amount] : ours.due.commissions) names[creator.address] = creator.name;
        for (const auto& [address, credit] : theirs.credits) paid[address] += credit.paid;
        for (const auto& [address, minor] : ours.paid) paid.try_emplace(address, 0);
        for (const auto& [address, minor] : paid) {
            const auto known = ours.paid.find(address);
            const auto name_of = names.find(address);
            add(name, "paid " + (name_of == names.end() ? address : name_of->second),
                known == ours.paid.end() ? 0 : known->second, minor);
        }
    }
    void add(const std::string& version, std::string what, Int128 book, Int128 contract) {
        m_figures.push_back({version, std::move(what), {book, m_escrow.asset}, {contract, m_escrow.asset}});
    }
    void least(std::string what, Int128 book, Int128 contract) {
        add({}, std::move(what), book, contract);
        m_figures.back().is_least = true;
    }
    std::vector<Figure> take() { return std::move(m_figures); }

private:
    const Escrow& m_escrow;
    std::vector<Figure> m_figures;
};

} // namespace

OurBook load_book(db::Transaction& tx, OrganizerId organizer, const Escrow& escrow) {
    OurBook book;
    for (auto& due : load_dues(tx, organizer, escrow)) book.versions.push_back({std::move(due), 0, 0, 0, {}});
    for (const auto& row : tx.run(sql::sum_movements, organizer, escrow.plan)) {
        const auto kind = row.get<std::string>("kind");
        const auto minor = row.get<Int128>("minor");
        if (kind != "commission") book.held += kind == "deposit" ? minor : -minor;
        const auto version = row.get<std::optional<std::int32_t>>("contract_version");
        for (auto& one : book.versions) {
            if (!version || !one.due.on_chain || *one.due.on_chain != static_cast<std::uint32_t>(*version)) continue;
            if (kind == "deposit") one.deposited += minor;
            if (kind == "refund") one.refunded += minor;
            if (kind == "commission") one.commissions += minor;
            if (kind == "paid") one.paid[row.get<std::string>("address")] += minor;
        }
    }
    book.transit = tx.run(sql::sum_transit, organizer, escrow.event, escrow.asset.id).one().get<Int128>("minor");
    return book;
}

std::vector<Figure> compare(const Escrow& escrow, const OurBook& ours, const Theirs& theirs) {
    Comparison comparison{escrow};
    for (const auto& version : ours.versions) {
        if (!version.due.on_chain) continue;
        const auto it = theirs.versions.find(*version.due.on_chain);
        comparison.version(version, it == theirs.versions.end() ? ContractBook{} : it->second);
    }
    comparison.least("held", ours.held, theirs.balance);
    comparison.add({}, std::string{k_in_transit}, ours.transit, 0);
    return comparison.take();
}

void require_agreement(const Escrow& escrow, const OurBook& ours, const Theirs& theirs) {
    for (const auto& figure : compare(escrow, ours, theirs))
        if (figure.what != k_in_transit && !figure.agrees())
            throw Error{
                {Kind::open_breaks, "escrow.disagrees",
                 fmt::format("{}: the books have {}, the contract {}", figure.what, figure.book, figure.contract),
                 "see all figures: passa escrow show " + escrow.event_name}};
}

} // namespace passa::escrow
