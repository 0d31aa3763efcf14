// The words that a CHECK of the database allows, to be compared with those that the code knows.
#pragma once
#include "tests/support/db_test.hpp"

#include <fmt/format.h>

#include <set>
#include <string>

namespace passa::test {

inline std::set<std::string> words_of_check(FreshDatabase& db, std::string_view constraint) {
    const auto said =
        db.owner()
            .connection()
            .raw(fmt::format("SELECT pg_get_constraintdef(oid) AS said FROM pg_constraint WHERE conname = "
                             "'{}'",
                             constraint))
            .one()
            .get<std::string>("said");
    std::set<std::string> words;
    for (auto at = said.find('\''); at != std::string::npos;) {
        const auto end = said.find('\'', at + 1);
        words.insert(said.substr(at + 1, end - at - 1));
        at = said.find('\'', end + 1);
    }
    return words;
}

// Of an enum whose words are a table in its own order, up to its last.
template <typename Enum>
std::set<std::string> words_up_to(Enum last) {
    std::set<std::string> words;
    for (int i = 0; i <= static_cast<int>(last); ++i) words.emplace(name(static_cast<Enum>(i)));
    return words;
}

} // namespace passa::test
