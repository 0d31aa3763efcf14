// Every asset's contract has the same interface, which stands on no network: SEP-41, and what CAP-46-6, CAP-46-10 and
// CAP-73 add for its issuer. Its errors: contract_error.rs of rs-soroban-env.
#include "lib/stellar/contract/on_chain.hpp"

namespace passa::stellar::contract {
namespace {

using T = xdr::ScSpecType;

struct Argument {
    const char* name;
    T type;
    const char* doc;
};

struct Function {
    const char* name;
    const char* doc;
    std::vector<Argument> arguments;
    std::optional<T> returns = {};
};

constexpr Argument k_amount{"amount", T::i128, "in units of 10^-7"};
constexpr Argument k_spender{"spender", T::address, "who was allowed to, and authorises it"};

const std::vector<Function>& functions() {
    static const std::vector<Function> all{
        {"allowance",
         "What spender may still take of what from holds.",
         {{"from", T::address, ""}, {"spender", T::address, ""}},
         T::i128},
        {"approve",
         "Lets spender take so much, up to a ledger; it replaces what was allowed before.",
         {{"from", T::address, "authorises it"},
          {"spender", T::address, ""},
          k_amount,
          {"live_until_ledger", T::u32, "the last ledger in which it holds"}}},
        {"balance", "What an address holds, in units of 10^-7.", {{"id", T::address, ""}}, T::i128},
        {"transfer",
         "Moves an amount.",
         {{"from", T::address, "authorises it"},
          {"to", T::muxed_address, "an M address carries a number for whoever it is"},
          k_amount}},
        {"transfer_from",
         "Moves an amount out of an allowance.",
         {k_spender, {"from", T::address, ""}, {"to", T::address, ""}, k_amount}},
        {"burn", "Takes an amount out of the world.", {{"from", T::address, "authorises it"}, k_amount}},
        {"burn_from", "The same out of an allowance.", {k_spender, {"from", T::address, ""}, k_amount}},
        {"decimals", "Always 7.", {}, T::u32},
        {"name", "CODE:ISSUER, or native.", {}, T::string},
        {"symbol", "CODE, or native.", {}, T::string},
        {"set_admin",
         "Gives the administration away; the administrator authorises it.",
         {{"new_admin", T::address, ""}}},
        {"admin", "Who administers it: at first the issuer.", {}, T::address},
        {"set_authorized",
         "Whether an address may hold and move it; the administrator authorises it.",
         {{"id", T::address, ""}, {"authorize", T::bool_, ""}}},
        {"authorized", "Whether an address may hold and move it.", {{"id", T::address, ""}}, T::bool_},
        {"mint", "Makes an amount; the administrator authorises it.", {{"to", T::address, ""}, k_amount}},
        {"clawback", "Takes an amount back; the administrator authorises it.", {{"from", T::address, ""}, k_amount}},
        {"trust", "Makes the trustline of an account, if it has none.", {{"addr", T::address, "authorises it"}}}};
    return all;
}

struct AssetEvent { // topics: its name, these parameters, then the asset as text
    const char* name;
    std::vector<Argument> topics;
    std::vector<Argument> data;
    bool of_an_asset = true;
};

constexpr Argument k_from{"from", T::address, ""};
constexpr Argument k_to{"to", T::address, ""};

const std::vector<AssetEvent>& events() { // CAP-67
    static const std::vector<AssetEvent> all{
        {"transfer", {k_from, k_to}, {k_amount}},
        {"mint", {k_to}, {k_amount}},
        {"burn", {k_from}, {k_amount}},
        {"clawback", {k_from}, {k_amount}},
        {"approve", {k_from, {"spender", T::address, ""}}, {k_amount, {"live_until_ledger", T::u32, ""}}},
        {"set_authorized", {{"id", T::address, ""}}, {{"authorize", T::bool_, ""}}},
        {"fee", {k_from}, {k_amount}, false}};
    return all;
}

struct Refusal {
    std::uint32_t number;
    const char* name;
    const char* doc;
};

constexpr Refusal k_refusals[] = {{2, "OperationNotSupportedError", "not with this asset or account"},
                                  {3, "AlreadyInitializedError", ""},
                                  {4, "UnauthorizedError", ""},
                                  {5, "AuthenticationError", ""},
                                  {6, "AccountMissingError", "there is no such account"},
                                  {7, "AccountIsNotClassic", ""},
                                  {8, "NegativeAmountError", "an amount is not below zero"},
                                  {9, "AllowanceError", "more than was allowed, or no longer allowed"},
                                  {10, "BalanceError", "more than there is, or than the trustline takes"},
                                  {11, "BalanceDeauthorizedError", "the holder is not authorised by the issuer"},
                                  {12, "OverflowError", ""},
                                  {13, "TrustlineMissingError", "the account has no trustline"}};

xdr::ScSpecFunctionV0 make(const Function& told) {
    xdr::ScSpecFunctionV0 function;
    function.name = {std::string{told.name}};
    function.doc = {std::string{told.doc}};
    for (const auto& argument : told.arguments)
        function.inputs.push_back(
            {{std::string{argument.doc}}, {std::string{argument.name}}, xdr::ScSpecTypeDef{argument.type}});
    if (told.returns) function.outputs.push_back(xdr::ScSpecTypeDef{*told.returns});
    return function;
}

xdr::ScSpecEventV0 make(const AssetEvent& told) {
    using Where = xdr::ScSpecEventParamLocationV0;
    xdr::ScSpecEventV0 event;
    event.name = {std::string{told.name}};
    event.prefix_topics.push_back({std::string{told.name}});
    const auto add = [&](const Argument& one, Where where) {
        event.params.push_back({{std::string{one.doc}}, {std::string{one.name}}, xdr::ScSpecTypeDef{one.type}, where});
    };
    for (const auto& one : told.topics) add(one, Where::topic_list);
    if (told.of_an_asset) add({"asset", T::string, "CODE:ISSUER, or native"}, Where::topic_list);
    for (const auto& one : told.data) add(one, Where::data);
    using Format = xdr::ScSpecEventDataFormat;
    event.data_format = told.data.size() == 1 ? Format::single_value : Format::vec;
    return event;
}

} // namespace

const Spec& asset_spec() {
    static const Spec spec = [] {
        Spec made;
        for (const auto& told : functions()) made.functions.push_back(make(told));
        for (const auto& told : events()) made.events.push_back(make(told));
        auto& errors = made.errors["ContractError"];
        errors.name = {std::string{"ContractError"}};
        for (const auto& told : k_refusals)
            errors.cases.push_back({{std::string{told.doc}}, {std::string{told.name}}, told.number});
        return made;
    }();
    return spec;
}

} // namespace passa::stellar::contract
