// From the JSON that was stored when the event was heard. Only what moves money is read; a shape that does not fit is
// refused, never skipped: a movement left out would be money that the books do not know.
#include "lib/escrow/told.hpp"

#include "lib/base/text.hpp"

#include <nlohmann/json.hpp>

#include <array>

namespace passa::escrow {
namespace {

using Json = nlohmann::json;

constexpr std::array<std::string_view, 5> k_kind_names{"deposit", "refund", "commission", "paid", "exit"};
constexpr std::size_t k_most_parts = 100; // of one event: the contract pays 50 at once

Problem unreadable(std::string_view said) {
    return {Kind::internal, "escrow.unreadable",
            fmt::format("the contract told of a movement in another form: {}", printable(said, 200)),
            "compare what runs there with what was deployed: passa contract verify"};
}

std::optional<money::Int128> read_minor(const Json& json) {
    if (!json.is_string()) return std::nullopt;
    const auto minor = money::parse_int128(json.get<std::string>());
    return minor && *minor > 0 ? std::optional{*minor} : std::nullopt;
}

std::optional<std::string> read_text(const Json& map, const char* key) {
    const auto it = map.find(key);
    return it != map.end() && it->is_string() ? std::optional{it->get<std::string>()} : std::nullopt;
}

std::optional<std::uint32_t> read_version(const Json& map) {
    const auto it = map.find("version");
    return it != map.end() && it->is_number_unsigned() ? std::optional{it->get<std::uint32_t>()} : std::nullopt;
}

struct Shape {
    std::string_view event; // its name in the interface
    Moved kind;
    const char* address; // the parameter that says who
};
constexpr Shape k_shapes[] = {{"deposited", Moved::deposit, "from"},
                              {"refunded", Moved::refund, "to"},
                              {"commissioned", Moved::commission, "creator"},
                              {"paid", Moved::paid, "payee"},
                              {"exited", Moved::exit, "to"}};

std::optional<Told> read_one(const Shape& shape, const Json& parameters) {
    const auto token = read_text(parameters, "token"), address = read_text(parameters, shape.address);
    const auto amount = parameters.find("amount");
    const auto minor = amount == parameters.end() ? std::nullopt : read_minor(*amount);
    const auto version = read_version(parameters);
    if (!token || !address) return std::nullopt;
    // An exit may find nothing to take along.
    if (!minor && shape.kind == Moved::exit) return Told{shape.kind, *token, {}, {}};
    if (!minor || (!version && shape.kind != Moved::exit)) return std::nullopt;
    return Told{shape.kind, *token, version, {{*address, *minor}}};
}

// {"G...": "12", ...}, or pairs where the interface does not take addresses for keys.
std::optional<Told> read_distribution(const Json& parameters) {
    const auto token = read_text(parameters, "token");
    const auto version = read_version(parameters);
    const auto paid = parameters.find("paid");
    if (!token || !version || paid == parameters.end() || paid->size() > k_most_parts) return std::nullopt;
    Told told{Moved::paid, *token, version, {}};
    const auto add = [&](const std::string& address, const Json& amount) {
        const auto minor = read_minor(amount);
        if (minor) told.parts.push_back({address, *minor});
        return minor.has_value();
    };
    if (paid->is_object()) {
        for (const auto& [address, amount] : paid->items())
            if (!add(address, amount)) return std::nullopt;
        return told;
    }
    if (!paid->is_array()) return std::nullopt;
    for (const auto& pair : *paid)
        if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string() || !add(pair[0].get<std::string>(), pair[1]))
            return std::nullopt;
    return told;
}

} // namespace

std::string_view name(Moved kind) { return k_kind_names.at(static_cast<std::size_t>(kind)); }

Result<std::optional<Told>> read_told(std::string_view said) {
    const auto json = Json::parse(said, nullptr, false);
    if (!json.is_object()) return unreadable(said);
    const auto name = read_text(json, "name");
    if (!name) return std::optional<Told>{}; // described by no interface: none of ours
    const auto parameters = json.find("parameters");
    const auto read = [&](auto&& reader) -> Result<std::optional<Told>> {
        if (parameters == json.end() || !parameters->is_object()) return unreadable(said);
        auto told = reader(*parameters);
        if (!told) return unreadable(said);
        return told;
    };
    if (to_lower(*name) == "distributed") return read(read_distribution);
    for (const auto& shape : k_shapes)
        if (to_lower(*name) == shape.event) return read([&](const Json& values) { return read_one(shape, values); });
    return std::optional<Told>{};
}

} // namespace passa::escrow
