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

Problem unreadable() {
    return {Kind::configuration, "db.target", "the database's address is neither a URL nor keyword=value text",
            "write postgresql://user@host/name, or: host=... dbname=... user=...; a password's / and @ as %2F and %40"};
}

// A password with a slash that was not escaped: libpq takes its first half for a port and shows it, the second half for
// a part of the database's name.
bool is_misread(const PQconninfoOption* option) {
    for (; option->keyword != nullptr; ++option) {
        const std::string_view value = option->val == nullptr ? "" : option->val;
        if (std::string_view{option->keyword} == "port" && value.find_first_not_of("0123456789,") != value.npos)
            return true;
        if (std::string_view{option->keyword} == "dbname" && value.find('@') != value.npos) return true;
    }
    return false;
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
    if (is_misread(options.get())) return unreadable();
    for (const auto* option = options.get(); option->keyword != nullptr; ++option) {
        if (option->val == nullptr) continue;
        if (std::string_view{option->keyword} == "password") {
            target.password = option->val;
            continue;
        }
        if (std::string_view{option->dispchar} == "*") // libpq: not to be shown
            return Problem{Kind::configuration, "db.target",
                           fmt::format("the database's address holds a secret: {}", option->keyword),
                           "take it out; a key file without a passphrase that only you can read, or a connection "
                           "service file, does the same"};
        if (!target.text.empty()) target.text += ' ';
        target.text.append(option->keyword).append("=").append(in_quotes(option->val));
    }
    return target;
}

} // namespace passa::db
