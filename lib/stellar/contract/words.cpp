// Cut short where it gets long: whoever signs reads it.
#include "lib/stellar/contract/words.hpp"

#include "lib/base/text.hpp"
#include "lib/stellar/contract/value.hpp"
#include "lib/stellar/xdr/json.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <nlohmann/json.hpp>

namespace passa::stellar::contract {
namespace {

constexpr std::size_t k_longest_value = 200;
constexpr std::size_t k_longest_call = 2000;
constexpr std::size_t k_most_lines = 100;

std::string value_words(const Spec& spec, const xdr::ScSpecTypeDef* type, const xdr::ScVal& value) {
    const auto typed = type == nullptr ? std::nullopt : std::optional{write_value(spec, *type, value)};
    const auto json = typed && *typed ? **typed : xdr::to_json(value);
    if (!json.is_string()) return printable(json.dump(-1, ' ', true), k_longest_value);
    return printable(json.get_ref<const std::string&>(), k_longest_value);
}

void add_lines(const Spec& spec, const xdr::SorobanAuthorizedInvocation& invocation, // NOLINT(misc-no-recursion)
               const std::string& before, std::vector<std::string>& lines) {
    if (lines.size() == k_most_lines) return;
    const auto& function = invocation.function;
    using Told = xdr::SorobanAuthorizedFunctionType;
    if (const auto* call = function.find<Told::contract_fn>())
        lines.push_back(fmt::format("{}{} {}", before, xdr::to_text(call->contract_address),
                                    call_words(spec, call->function_name, call->args)));
    else
        lines.push_back(fmt::format("{}a new contract is created", before));
    static const Spec k_unknown;
    for (const auto& inner : invocation.sub_invocations) add_lines(k_unknown, inner, before + "> ", lines);
}

} // namespace

std::string call_words(const Spec& spec, std::string_view function, const xdr::ScVec& arguments) {
    const auto* told = spec.find_function(function);
    const bool fits = told != nullptr && told->inputs.size() == arguments.size();
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const auto name = fits ? printable(told->inputs[i].name) + ": " : std::string{};
        parts.push_back(name + value_words(spec, fits ? &told->inputs[i].type : nullptr, arguments[i]));
    }
    return printable(fmt::format("{}({})", function, join(parts, ", ")), k_longest_call);
}

std::vector<std::string> invocation_words(const Spec& spec, const xdr::SorobanAuthorizedInvocation& invocation) {
    std::vector<std::string> lines;
    add_lines(spec, invocation, "", lines);
    if (lines.size() == k_most_lines) lines.emplace_back("... and more");
    return lines;
}

} // namespace passa::stellar::contract
