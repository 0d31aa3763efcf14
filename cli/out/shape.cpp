// One walk over the values; lists are looked at record by record.
#include "cli/out/shape.hpp"

namespace passa::cli::out {
namespace {

struct TypeName {
    std::string operator()(std::nullptr_t) const { return ""; }
    std::string operator()(bool) const { return "yes/no"; }
    std::string operator()(std::int64_t) const { return "number"; }
    std::string operator()(const std::string&) const { return "text"; }
    std::string operator()(const money::Amount&) const { return "amount"; }
    std::string operator()(Instant) const { return "time"; }
    std::string operator()(Day) const { return "day"; }
    std::string operator()(const JsonText&) const { return "json"; }
    std::string operator()(const Record&) const { return "object"; }
    std::string operator()(const Records&) const { return "list"; }
};

void walk(const Record& record, const std::string& prefix, std::vector<FieldPlace>& places) {
    for (const auto& [key, value] : record) {
        const auto path = prefix + key;
        places.push_back({path, std::visit(TypeName{}, value.data)});
        if (const auto* object = std::get_if<Record>(&value.data)) walk(*object, path + ".", places);
        if (const auto* list = std::get_if<Records>(&value.data))
            for (const auto& item : *list) walk(item, path + "[].", places);
    }
}

} // namespace

std::vector<FieldPlace> shape_of(const Record& record) {
    std::vector<FieldPlace> places;
    walk(record, "", places);
    return places;
}

} // namespace passa::cli::out
