// Records as JSON: a root object with its schema name, amounts as text, nulls present.
#include "cli/out/value.hpp"

#include <nlohmann/json.hpp>

namespace passa::cli::out {
namespace {

using Json = nlohmann::ordered_json;

Json to_node(const Value& value);

Json to_node(const Record& record) { // keys in the order given
    Json node = Json::object();
    for (const auto& [key, value] : record) node[key] = to_node(value);
    return node;
}

Json to_node(const Value& value) {
    return std::visit(
        [](const auto& v) -> Json {
            using T = std::decay_t<decltype(v)>;
            if constexpr (std::is_same_v<T, money::Amount>)
                return Json{{"amount", v.number()}, {"asset", v.asset().id}};
            else if constexpr (std::is_same_v<T, Instant> || std::is_same_v<T, Day>)
                return to_text(v);
            else if constexpr (std::is_same_v<T, JsonText>)
                return Json::parse(v.text);
            else if constexpr (std::is_same_v<T, Record>)
                return to_node(v);
            else if constexpr (std::is_same_v<T, Records>) {
                Json list = Json::array();
                for (const auto& record : v) list.push_back(to_node(record));
                return list;
            } else
                return v;
        },
        value.data);
}

} // namespace

std::string to_json(std::string_view schema, const Record& record, bool pretty) {
    Json root = Json::object();
    root["schema"] = schema;
    const auto body = to_node(record);
    for (const auto& [key, node] : body.items()) root[key] = node;
    // Invalid UTF-8 from outside is replaced, not thrown at the user.
    return root.dump(pretty ? 2 : -1, ' ', false, Json::error_handler_t::replace);
}

} // namespace passa::cli::out
