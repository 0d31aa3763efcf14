// Words to names and texts, names and texts to values.
#include "lib/stellar/contract/arguments.hpp"

#include "lib/base/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace passa::stellar::contract {
namespace {

using Json = nlohmann::ordered_json;
using Given = std::map<std::string, std::string>;

Problem no_argument(std::string message, std::string hint) {
    return {Kind::usage, "contract.no_argument", std::move(message), std::move(hint)};
}

Problem unknown(const xdr::ScSpecFunctionV0& function, std::string_view name) {
    std::vector<std::string> known;
    for (const auto& input : function.inputs) known.push_back(printable(input.name));
    const auto near = nearest_names(std::string{name}, known);
    return no_argument(fmt::format("{} takes no argument {}", printable(function.name), printable(name, 60)),
                       !near.empty()   ? fmt::format("did you mean --{}?", near.front())
                       : known.empty() ? "it takes none"
                                       : fmt::format("it takes: {}", join(known, ", ")));
}

bool takes(const xdr::ScSpecFunctionV0& function, std::string_view name) {
    return std::any_of(function.inputs.begin(), function.inputs.end(),
                       [&](const auto& input) { return input.name == name; });
}

Result<Given> read_words(const xdr::ScSpecFunctionV0& function, std::span<const std::string> words) {
    Given given;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& word = words[i];
        if (!word.starts_with("--"))
            return no_argument(fmt::format("'{}' belongs to no argument", printable(word, 60)),
                               "write each one as --NAME VALUE");
        const auto equals = word.find('=');
        const auto name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
        if (!takes(function, name)) return unknown(function, name);
        const bool is_apart = equals == std::string::npos;
        if (is_apart && i + 1 == words.size())
            return no_argument(fmt::format("--{} needs a value", printable(name)), "write it behind the name");
        const auto value = is_apart ? words[++i] : word.substr(equals + 1);
        if (!given.emplace(name, value).second)
            return no_argument(fmt::format("--{} is given twice", printable(name)), "give it once");
    }
    return given;
}

Problem missing(const xdr::ScSpecFunctionInputV0& input) {
    return {Kind::usage, "contract.missing_argument",
            fmt::format("--{} is missing: {}{}{}", printable(input.name), printable(type_name(input.type)),
                        input.doc.empty() ? "" : ", ", printable(input.doc, 300)),
            fmt::format("add --{} VALUE", printable(input.name))};
}

// `read` gives the value of an argument that is there, nothing for one that is not.
template <typename Read>
Result<xdr::ScVec> read_all(const xdr::ScSpecFunctionV0& function, Read&& read) {
    xdr::ScVec values;
    Problems problems;
    for (const auto& input : function.inputs) {
        const std::optional<Result<xdr::ScVal>> value = read(input);
        if (!value && input.type.type() == xdr::ScSpecType::option)
            values.push_back(xdr::ScVal{xdr::ScValType::void_});
        else if (!value)
            problems.push_back(missing(input));
        else if (!*value)
            problems.insert(problems.end(), value->problems().begin(), value->problems().end());
        else
            values.push_back(**value);
    }
    if (!problems.empty()) return problems;
    return values;
}

} // namespace

Result<xdr::ScVec> read_arguments(const Reading& reading, const xdr::ScSpecFunctionV0& function,
                                  std::span<const std::string> words) {
    const auto given = read_words(function, words);
    if (!given) return given.problems();
    return read_all(function, [&](const xdr::ScSpecFunctionInputV0& input) -> std::optional<Result<xdr::ScVal>> {
        const auto it = given->find(input.name);
        if (it == given->end()) return std::nullopt;
        return read_flag(reading, {input.name, input.type}, it->second);
    });
}

Result<xdr::ScVec> read_named_arguments(const Reading& reading, const xdr::ScSpecFunctionV0& function,
                                        const Json& by_name) {
    for (const auto& [name, value] : by_name.items())
        if (!takes(function, name)) return unknown(function, name);
    return read_all(function, [&](const xdr::ScSpecFunctionInputV0& input) -> std::optional<Result<xdr::ScVal>> {
        const auto it = by_name.find(input.name);
        if (it == by_name.end()) return std::nullopt;
        return read_value(reading, {input.name, input.type}, *it);
    });
}

Result<const xdr::ScSpecFunctionV0*> get_function(const Spec& spec, std::string_view name) {
    const auto* function = spec.find_function(name);
    if (function != nullptr && !name.starts_with("__")) return function;
    std::vector<std::string> known;
    for (const auto& one : spec.functions)
        if (!one.name.starts_with("__")) known.push_back(printable(one.name));
    const auto near = nearest_names(std::string{name}, known);
    return Problem{Kind::usage, "contract.no_function",
                   fmt::format("the contract has no function {}", printable(name, 60)),
                   fmt::format("{}it has: {}", near.empty() ? "" : fmt::format("did you mean {}? ", near.front()),
                               join(known, ", "))};
}

const xdr::ScSpecTypeDef* returned_type(const xdr::ScSpecFunctionV0& function) {
    if (function.outputs.empty()) return nullptr;
    const auto& type = function.outputs.front();
    const auto* result = type.find<xdr::ScSpecType::result>();
    return result == nullptr ? &type : &(*result)->ok_type;
}

} // namespace passa::stellar::contract
