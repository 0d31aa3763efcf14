// libpq's own parser decides, so that nothing is seen as a password which libpq would not use as one, or the reverse.
#include "lib/db/target.hpp"

#include <libpq-fe.h>

#include <memory>

namespace passa::db {
namespace {

std::string in_quotes(std::string_view value) {
    std::string out = "'";
    for (const char c : value) {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
    return out + "'";
}

} // namespace

std::string Target::whole() const { return password ? text + " password=" + in_quotes(*password) : text; }

Result<Target> parse_target(std::string_view text) {
    char* why = nullptr;
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options{
        PQconninfoParse(std::string{text}.c_str(), &why), PQconninfoFree};
    PQfreemem(why);
    if (!options)
        return Problem{Kind::configuration, "db.target",
                       "the database's address is neither a URL nor keyword=value text",
                       "write postgresql://user@host/name, or: host=... dbname=... user=..."};
    Target target;
    for (const auto* option = options.get(); option->keyword != nullptr; ++option) {
        if (option->val == nullptr) continue;
        if (std::string_view{option->keyword} == "password") {
            target.password = option->val;
            continue;
        }
        if (!target.text.empty()) target.text += ' ';
        target.text.append(option->keyword).append("=").append(in_quotes(option->val));
    }
    return target;
}

} // namespace passa::db
