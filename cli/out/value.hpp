// What commands show: records of named values. The table for people, the plain text for pipes and the JSON all come
// from the same records, so they cannot drift apart.
#pragma once
#include "lib/base/time.hpp"
#include "lib/money/amount.hpp"

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace passa::cli::out {

struct Value;
using Record = std::vector<std::pair<std::string, Value>>; // in the order shown
using Records = std::vector<Record>;

struct JsonText { // a document that is JSON already, such as a stored spec
    std::string text;
};

struct Value {
    std::variant<std::nullptr_t, bool, std::int64_t, std::string, money::Amount, Instant, Day, JsonText, Record,
                 Records>
        data;
    Value() : data(nullptr) {}
    Value(std::nullptr_t) : data(nullptr) {}
    Value(bool v) : data(v) {}
    Value(int v) : data(std::int64_t{v}) {}
    Value(std::int64_t v) : data(v) {}
    Value(std::string v) : data(std::move(v)) {}
    Value(std::string_view v) : data(std::string{v}) {}
    Value(const char* v) : data(std::string{v}) {}
    Value(money::Amount v) : data(std::move(v)) {}
    Value(Instant v) : data(v) {}
    Value(Day v) : data(v) {}
    Value(JsonText v) : data(std::move(v)) {}
    Value(Record v) : data(std::move(v)) {}
    Value(Records v) : data(std::move(v)) {}
    template <typename T>
    Value(const std::optional<T>& v) : data(nullptr) {
        if (v) data = Value{*v}.data;
    }
};

// One object whose first field is the schema's name.
std::string to_json(std::string_view schema, const Record& record, bool pretty);

} // namespace passa::cli::out
