// passa contract show: what a contract can do, by its own words: one on a network, or a Wasm file.
#include "cli/contract/place.hpp"
#include "cli/contract/wasm_file.hpp"
#include "lib/base/text.hpp"
#include "lib/crypto/hash.hpp"
#include "lib/stellar/contract/arguments.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

namespace passa::cli::contract_show {

namespace soroban = stellar::contract;

struct Args {
    std::string contract;
    std::optional<std::string> function;
    std::optional<std::string> network;
};

namespace xdr = stellar::xdr;
using soroban::Spec;

constexpr std::size_t k_longest_doc = 2000;

std::string takes_of(const xdr::ScSpecFunctionV0& function) {
    std::vector<std::string> inputs;
    for (const auto& input : function.inputs)
        inputs.push_back(fmt::format("{}: {}", printable(input.name), printable(soroban::type_name(input.type))));
    return join(inputs, ", ");
}

std::string returns_of(const xdr::ScSpecFunctionV0& function) {
    return function.outputs.empty() ? std::string{} : printable(soroban::type_name(function.outputs.front()));
}

std::string doc_of(std::string_view doc) { return printable(doc, k_longest_doc); }

out::Records functions_of(const Spec& spec) {
    out::Records records;
    for (const auto& function : spec.functions)
        records.push_back({{"name", printable(function.name)},
                           {"takes", takes_of(function)},
                           {"returns", returns_of(function)},
                           {"what", doc_of(std::string_view{function.doc}.substr(0, function.doc.find("\n\n")))}});
    return records;
}

out::Records arguments_of(const Spec& spec, const xdr::ScSpecFunctionV0& function) {
    out::Records records;
    for (const auto& input : function.inputs)
        records.push_back({{"name", printable(input.name)},
                           {"type", printable(soroban::type_name(input.type))},
                           {"example", printable(soroban::example_of(spec, input.type), 400)},
                           {"what", doc_of(input.doc)}});
    return records;
}

// The constructor is called by deploying alone, but its arguments are asked for.
const xdr::ScSpecFunctionV0& get_function(const Spec& spec, const std::string& name) {
    if (name == "__constructor")
        if (const auto* constructor = spec.find_function(name)) return *constructor;
    return *soroban::get_function(spec, name).value_or_throw();
}

ExitCode show(Context& ctx, out::Record record, const Spec& spec, const std::optional<std::string>& name) {
    if (!name) {
        record.emplace_back("functions", functions_of(spec));
    } else {
        const auto& function = get_function(spec, *name);
        record.emplace_back("function", printable(function.name));
        record.emplace_back("what", doc_of(function.doc));
        record.emplace_back("returns", returns_of(function));
        record.emplace_back("arguments", arguments_of(spec, function));
    }
    ctx.show(record);
    return ExitCode::ok;
}

ExitCode show_file(Context& ctx, const Args& args) {
    const auto wasm = contract::load_wasm(args.contract);
    const auto module = soroban::read_module(wasm).value_or_throw();
    return show(ctx,
                {{"file", args.contract},
                 {"sha256", to_hex(crypto::sha256(wasm))},
                 {"bytes", static_cast<std::int64_t>(wasm.size())},
                 {"protocol", std::int64_t{module.protocol}}},
                module.spec, args.function);
}

ExitCode run(Context& ctx, const Args& args) {
    if (args.contract.ends_with(".wasm")) return show_file(ctx, args);
    const auto place = contract::find_place(ctx, args.contract, args.network);
    const auto client = ctx.make_rpc(place.network);
    const auto told = contract::get_on_chain(*client, place);
    out::Record record{
        {"contract", xdr::to_text(place.id)},
        {"network", place.network},
        {"sha256", told.is_asset ? out::Value{} : out::Value{to_hex(told.code)}},
        {"lives_until", std::int64_t{told.life.live_until}},
        {"code_lives_until", told.is_asset ? out::Value{} : out::Value{std::int64_t{told.code_life.live_until}}},
        {"ledger", std::int64_t{told.life.ledger}}};
    return show(ctx, std::move(record), told.spec, args.function);
}

extern const Command k_command = {
    .path = "contract show",
    .summary = "Show what a contract can do, and how long it lives",
    .details = "CONTRACT is a declared Contract, an address (C...), or a file (*.wasm). With FUNCTION: its arguments, "
               "each with an example of how to write it.",
    .options = {positional("CONTRACT", &Args::contract, "A Contract's name, an address, or a Wasm file"),
                positional("FUNCTION", &Args::function, "One of its functions"),
                option("network", &Args::network, "NAME", "The network of an address (also: PASSA_NETWORK)")},
    .examples = {{"passa contract show festival-money", "all of its functions"},
                 {"passa contract show CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC transfer --network "
                  "testnet",
                  "what one function takes"}},
    .exits = {{ExitCode::busy, "no server can be reached"}},
    .run = runner(run),
};

} // namespace passa::cli::contract_show
