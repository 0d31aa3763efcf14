// passa contract read: asks a contract something that changes nothing. It costs nothing and needs no account.
#include "cli/contract/function_help.hpp"
#include "cli/contract/place.hpp"
#include "lib/stellar/contract/arguments.hpp"
#include "lib/stellar/contract/call.hpp"
#include "lib/stellar/contract/simulate.hpp"
#include "lib/stellar/contract/told.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <nlohmann/json.hpp>

namespace passa::cli::contract_read {

namespace soroban = stellar::contract;

struct Args {
    std::string contract;
    std::string function;
    std::vector<std::string> words;
    std::optional<std::string> network;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto place = contract::find_place(ctx, args.contract, args.network);
    const auto client = ctx.make_rpc(place.network);
    const auto told = contract::get_on_chain(*client, place);
    const auto* function = soroban::get_function(told.spec, args.function).value_or_throw();
    const soroban::Reading reading{told.spec, contract::address_finder(ctx, place.network)};
    auto values = soroban::read_arguments(reading, *function, args.words).value_or_throw();
    const soroban::Call call{{}, soroban::make_invoke({place.id, args.function, std::move(values)}), {}, &told.spec};
    const auto simulation = soroban::simulate(*client, call, soroban::Auth::record).value_or_throw();
    if (!simulation.only_reads())
        ctx.note("this would change something or needs somebody's authorisation: shown is what it would return; to do "
                 "it: passa contract invoke");
    const auto value = soroban::returned_json(told.spec, args.function, *simulation.value);
    ctx.show({{"contract", stellar::xdr::to_text(place.id)},
              {"network", place.network},
              {"function", args.function},
              {"value", out::JsonText{value.dump(-1, ' ', true)}},
              {"ledger", std::int64_t{simulation.ledger}}});
    return ExitCode::ok;
}

ExitCode explain(Context& ctx, const Args& args) {
    return contract::show_function_help(ctx, {"contract read", args.contract, args.function, args.network});
}

extern const Command k_command = {
    .path = "contract read",
    .summary = "Ask a contract something that changes nothing",
    .details =
        "Nothing is sent and nothing is paid: the network only tries what the function would return. Arguments "
        "are written --NAME VALUE; passa contract read CONTRACT FUNCTION --help tells them, as the contract itself "
        "does; behind -- where one is called like an option of passa. Addresses may be names: party:NAME, "
        "account:NAME, contract:NAME.",
    .options = {positional("CONTRACT", &Args::contract, "A Contract's name or an address"),
                positional("FUNCTION", &Args::function, "The function"),
                the_rest(positional("ARGUMENT", &Args::words, "--NAME VALUE for each of its arguments")),
                option("network", &Args::network, "NAME", "The network of an address (also: PASSA_NETWORK)")},
    .examples = {{"passa contract read festival-money due --party party:stage-crew --token contract:usdc",
                  "what a party is owed"}},
    .exits = {{ExitCode::busy, "no server can be reached"}},
    .run = runner(run),
    .explain = runner(explain),
};

} // namespace passa::cli::contract_read
