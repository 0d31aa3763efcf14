// The server is not trusted with more than it was asked for: what cannot be read, or answers another question, is
// refused before anybody signs it.
#include "lib/stellar/contract/simulate.hpp"

#include "lib/base/text.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/tx/transaction.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/types_events.hpp"

#include <charconv>

namespace passa::stellar::contract {
namespace {

constexpr xdr::Limits k_answer_limits{.bytes = std::size_t{1} << 20U, .items = 100'000, .depth = 200};
constexpr std::size_t k_longest_reason = 300;

Problem unreadable(const Problem& why) {
    return {Kind::unavailable, "rpc.not_rpc",
            fmt::format("the server's simulation cannot be read: {}", printable(why.message)), "ask another server"};
}

template <typename T>
Result<T> read(const std::string& base64) {
    auto value = xdr::decode_base64<T>(base64, k_answer_limits);
    return value ? std::move(value) : Result<T>{unreadable(value.problem())};
}

// Any sequence number will do: nobody checks it.
Result<std::string> envelope_of(const Call& call) {
    auto envelope = tx::make_transaction({tx::to_muxed(call.source), 1, tx::k_min_base_fee, {}, {}, {call.operation}});
    if (!envelope) return envelope.problems();
    if (!call.footprint.read_only.empty() || !call.footprint.read_write.empty())
        envelope.value().get<xdr::EnvelopeType::tx>().tx.ext.select<1>().resources.footprint = call.footprint;
    return tx::envelope_base64(*envelope);
}

Result<xdr::SorobanTransactionData> read_assembly(const rpc::Assembly& assembly) {
    auto data = read<xdr::SorobanTransactionData>(assembly.data);
    if (data && data->resource_fee < assembly.resource_fee) data.value().resource_fee = assembly.resource_fee;
    return data;
}

// `[error, Error(...)], ["resulting balance is not within the allowed range", ...]`: the words behind the number.
std::string words_of(const xdr::DiagnosticEvent& event) {
    const auto* body = event.event.body.find<0>();
    const auto* topic =
        body == nullptr || body->topics.empty() ? nullptr : body->topics[0].find<xdr::ScValType::symbol>();
    if (topic == nullptr || *topic != "error") return {};
    const auto* vec = body->data.find<xdr::ScValType::vec>();
    const auto& first = vec != nullptr && *vec && !(*vec)->empty() ? (**vec)[0] : body->data;
    const auto* words = first.find<xdr::ScValType::string>();
    return words == nullptr ? std::string{} : printable(*words, k_longest_reason);
}

// The first that went wrong: what follows only passes it on.
std::string find_reason(const std::vector<std::string>& events) {
    for (const auto& text : events) {
        const auto event = xdr::decode_base64<xdr::DiagnosticEvent>(text, k_answer_limits);
        if (!event) continue; // it explains, and no more
        if (auto words = words_of(*event); !words.empty()) return words;
    }
    return {};
}

Problem refusal(const rpc::Simulated& told, const Spec* spec) {
    const auto reason = find_reason(told.events);
    return {Kind::refused, "contract.refused",
            fmt::format("the call would fail: {}{}{}", explain_failure(told.error, spec), reason.empty() ? "" : "; ",
                        reason),
            ""};
}

Problem other_answer(const char* what) {
    return {Kind::unavailable, "rpc.not_rpc", fmt::format("the server simulated something else: {}", what),
            "ask another server"};
}

// The call itself as it stands at the root of what its parties authorise; nothing for what nobody authorises.
std::optional<xdr::SorobanAuthorizedFunction> authorised_function(const xdr::HostFunction& function) {
    using Asked = xdr::HostFunctionType;
    using Told = xdr::SorobanAuthorizedFunctionType;
    if (const auto* one = function.find<Asked::invoke_contract>())
        return xdr::SorobanAuthorizedFunction{xdr::as<Told::contract_fn>, *one};
    if (const auto* one = function.find<Asked::create_contract_v2>())
        return xdr::SorobanAuthorizedFunction{xdr::as<Told::create_contract_v2_host_fn>, *one};
    if (const auto* one = function.find<Asked::create_contract>())
        return xdr::SorobanAuthorizedFunction{xdr::as<Told::create_contract_host_fn>, *one};
    return std::nullopt;
}

// A server that is no friend could ask for a signature under another call: each must begin with ours. What that one
// calls in turn is the contract's business, and is shown.
Result<Done> check_answer(const Call& call, const Simulation& simulation) {
    const auto* host_call = call.operation.body.find<xdr::OperationType::invoke_host_function>();
    if (host_call == nullptr) return simulation.auth.empty() ? Result<Done>{Done{}} : other_answer("authorisations");
    const auto& function = (**host_call).host_function;
    const auto root = authorised_function(function);
    for (const auto& entry : simulation.auth)
        if (!root || entry.root_invocation.function != *root) return other_answer("an authorisation of another call");
    if (function.type() == xdr::HostFunctionType::invoke_contract && !simulation.value)
        return other_answer("there is no value");
    return Done{};
}

Result<Simulation> read_simulation(const rpc::Simulated& told) {
    Simulation simulation;
    simulation.ledger = told.latest_ledger;
    auto data = read_assembly(told.assembly);
    if (!data) return data.problems();
    simulation.data = std::move(data).value();
    for (const auto& text : told.auth) {
        auto entry = read<xdr::SorobanAuthorizationEntry>(text);
        if (!entry) return entry.problems();
        simulation.auth.push_back(std::move(entry).value());
    }
    if (!told.value.empty()) {
        auto value = read<xdr::ScVal>(told.value);
        if (!value) return value.problems();
        simulation.value = std::move(value).value();
    }
    if (told.restore) {
        auto restore = read_assembly(*told.restore);
        if (!restore) return restore.problems();
        simulation.restore = std::move(restore).value();
    }
    return simulation;
}

} // namespace

Result<Simulation> simulate(rpc::Client& client, const Call& call, Auth auth) {
    const auto envelope = envelope_of(call);
    if (!envelope) return envelope.problems();
    const auto told = client.simulate({*envelope, auth == Auth::enforce});
    if (!told) return told.problems();
    if (!told->error.empty()) return refusal(*told, call.spec);
    auto simulation = read_simulation(*told);
    if (!simulation) return simulation;
    if (const auto fits = check_answer(call, *simulation); !fits) return fits.problems();
    return simulation;
}

std::string explain_failure(std::string_view words, const Spec* spec) {
    static constexpr std::string_view k_before = "Error(Contract, #";
    const auto at = words.find(k_before);
    if (spec == nullptr || at == std::string_view::npos) return printable(words, k_longest_reason);
    const auto digits = words.substr(at + k_before.size());
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end == digits.data() + digits.size() || *end != ')')
        return printable(words, k_longest_reason);
    return explain_error(*spec, xdr::ScError{xdr::as<xdr::ScErrorType::contract>, number});
}

} // namespace passa::stellar::contract
