// As the application, so under row-level security: a policy that did not come along shows as rows of nobody.
#include "cli/db/proof.hpp"

#include "lib/catalog/read.hpp"
#include "lib/ledger/read.hpp"
#include "lib/report/laws.hpp"

namespace passa::cli {

Proof prove_books(const std::string& target, const std::function<void()>& go_on) {
    db::Database books{{target, "passa.proof"}};
    Proof proof;
    for (const auto& organizer : db::transact(books, {.read_only = true}, catalog::load_organizers)) {
        go_on();
        const db::Scope scope{organizer.id, db::Isolation::repeatable_read, true};
        db::transact(books, scope, [&](db::Transaction& tx) {
            for (const auto& law : report::check_laws(tx)) ++proof.laws, proof.broken += law.broken;
            proof.entries += ledger::count_entries(tx, organizer.id);
        });
        ++proof.organizers;
    }
    return proof;
}

ExitCode show_proof(Context& ctx, out::Record record, const Proof& proof) {
    record.emplace_back("organizers", proof.organizers);
    record.emplace_back("journal_entries", proof.entries);
    record.emplace_back("laws_checked", proof.laws);
    record.emplace_back("broken_rows", proof.broken);
    ctx.show(record);
    if (proof.broken == 0) return ExitCode::ok;
    throw Error{{Kind::balance_gap, "ledger.broken", fmt::format("{} rows break a law of the ledger", proof.broken),
                 "settle and pay nothing from it; see: passa ledger check"}};
}

} // namespace passa::cli
