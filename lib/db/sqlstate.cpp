// PostgreSQL 15, appendix A. PA001 to PA005 are raised by our own migrations.
#include "lib/db/sqlstate.hpp"

#include "lib/base/text.hpp"

namespace passa::db {
namespace {

constexpr const char* k_report = "please report this, with the command that led to it";
constexpr const char* k_look = "check the database with: passa db status";

} // namespace

Problem problem_for(std::string_view sqlstate, std::string_view server_message, std::string_view statement) {
    const auto first_line = server_message.substr(0, server_message.find('\n'));
    const auto said = printable(first_line.starts_with("ERROR:  ") ? first_line.substr(8) : first_line, 300);
    const auto with = [&](Kind kind, std::string code, std::string hint) {
        return Problem{kind,
                       std::move(code),
                       said,
                       std::move(hint),
                       {{"sqlstate", std::string{sqlstate}}, {"statement", std::string{statement}}}};
    };
    if (sqlstate == "40001" || sqlstate == "40P01") return with(Kind::busy, "db.retry", "try again");
    if (sqlstate == "23505") return with(Kind::conflict, "db.exists", "");
    if (sqlstate == "23503") return with(Kind::conflict, "db.reference", "");
    if (sqlstate == "55P03")
        return with(Kind::busy, "db.locked", "somebody else is working on it: try again in a moment");
    if (sqlstate == "57014") return with(Kind::unavailable, "db.cancelled", "it took longer than allowed: try again");
    if (sqlstate == "25006") // its standby, until that is promoted; or default_transaction_read_only
        return with(Kind::unavailable, "db.read_only",
                    "the server takes no writes: it is a standby, or was made read-only; try again when it leads");
    if (sqlstate == "42501") return with(Kind::unauthorised, "db.forbidden", "");
    if (sqlstate == "PA001") return with(Kind::balance_gap, "ledger.unbalanced", "");
    if (sqlstate == "PA002") return with(Kind::refused, "db.append_only", "");
    if (sqlstate == "PA003") return with(Kind::refused, "db.no_organizer", "");
    if (sqlstate == "PA004")
        return with(Kind::configuration, "db.role",
                    "let a superuser run: CREATE ROLE passa_app NOLOGIN (if there is none); GRANT passa_app TO the "
                    "user of --db");
    if (sqlstate == "PA005")
        return with(
            Kind::configuration, "db.restoring_role",
            "restore as a user who may create roles; where passa_restoring is there and is not passa's: DROP ROLE "
            "passa_restoring");
    if (sqlstate == "08P01")
        return with(Kind::internal, "db.failed", k_report); // we spoke wrongly: not a lost connection
    if (sqlstate.starts_with("08") || sqlstate.starts_with("57P"))
        return with(Kind::unavailable, "db.connection_lost", k_look);
    if (sqlstate.starts_with("53"))
        return with(Kind::unavailable, "db.resources", "the database is out of space, memory or connections");
    return with(Kind::internal, "db.failed", k_report);
}

} // namespace passa::db
