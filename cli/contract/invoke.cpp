// passa contract invoke: calls a function, by a transaction of ours.
#include "cli/account/place.hpp"
#include "cli/contract/function_help.hpp"
#include "cli/contract/send.hpp"
#include "lib/base/text.hpp"
#include "lib/stellar/contract/arguments.hpp"
#include "lib/stellar/contract/call.hpp"
#include "lib/stellar/contract/told.hpp"
#include "lib/stellar/contract/words.hpp"
#include "lib/stellar/tx/transaction.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <nlohmann/json.hpp>

namespace passa::cli::contract_invoke {

namespace soroban = stellar::contract;

struct Args : contract::KeyArgs {
    std::string contract;
    std::string function;
    std::vector<std::string> words;
    bool build_only = false;
    bool simulate_only = false;
    std::optional<Duration> valid_for;
};

namespace xdr = stellar::xdr;
using soroban::Simulation;

constexpr Duration k_usual_validity = std::chrono::hours{1}; // of what others sign
constexpr Duration k_longest_validity = std::chrono::days{7};

using soroban::Spec;

money::Amount xlm(std::int64_t stroops) { return stellar::stroops(stroops); }

// Who authorises what, the source's own too: it signs for them by signing the transaction.
out::Records authorisations(const Spec& spec, const Simulation& simulation) {
    out::Records records;
    for (const auto& entry : simulation.auth) {
        const auto who = soroban::wants_signature(entry) ? xdr::to_text(soroban::address_of(entry))
                                                         : std::string{"the key that signs and pays"};
        for (const auto& line : soroban::invocation_words(spec, entry.root_invocation))
            records.push_back({{"who", who}, {"what", line}});
    }
    return records;
}

out::Records events_of(const Spec& spec, const xdr::ContractId& id, const soroban::Returned& returned) {
    static const Spec k_unknown;
    out::Records records;
    for (const auto& event : returned.events) {
        const auto* body = event.body.find<0>();
        if (body == nullptr) continue;
        const auto told = soroban::event_json(event.contract_id == id ? spec : k_unknown, *body);
        records.push_back({{"contract", event.contract_id ? xdr::to_text(*event.contract_id) : std::string{}},
                           {"event", out::JsonText{told.dump(-1, ' ', true)}}});
    }
    return records;
}

struct Prepared {
    contract::Place place;
    std::unique_ptr<stellar::rpc::Client> client;
    soroban::OnChain told;
    std::string words;
    soroban::Call call;
};

Prepared prepare(Context& ctx, const Args& args, const xdr::AccountId& source) {
    Prepared p{contract::find_place(ctx, args.contract, ctx.globals().network), {}, {}, {}, {}};
    p.client = ctx.make_rpc(p.place.network);
    p.told = contract::get_on_chain(*p.client, p.place);
    const auto* function = soroban::get_function(p.told.spec, args.function).value_or_throw();
    const soroban::Reading reading{p.told.spec, contract::address_finder(ctx, p.place.network)};
    auto values = soroban::read_arguments(reading, *function, args.words).value_or_throw();
    p.words = soroban::call_words(p.told.spec, args.function, values);
    p.call = {source, soroban::make_invoke({p.place.id, args.function, std::move(values)}), {}, nullptr};
    return p;
}

out::Plan plan_of(const Prepared& p, const Args& args, const Simulation& simulation, const soroban::Fees& fees) {
    return {p.place.network,
            args.function,
            {{"contract", xdr::to_text(p.place.id)},
             {"call", p.words},
             {"pays", args.key},
             {"fee_at_most", xlm(fees.most())},
             {"returns",
              out::JsonText{soroban::returned_json(p.told.spec, args.function, *simulation.value).dump(-1, ' ', true)}},
             {"authorises", authorisations(p.told.spec, simulation)}}};
}

out::Record record_of(const Prepared& p, const Args& args) {
    return {{"contract", xdr::to_text(p.place.id)}, {"network", p.place.network}, {"function", args.function}};
}

ExitCode show_read(Context& ctx, const Prepared& p, const Args& args, const Simulation& simulation) {
    auto record = record_of(p, args);
    const auto value = soroban::returned_json(p.told.spec, args.function, *simulation.value);
    record.emplace_back("value", out::JsonText{value.dump(-1, ' ', true)});
    ctx.note("it only reads: nothing was sent, and it cost nothing");
    ctx.show(record);
    return ExitCode::ok;
}

// For others to sign: nothing of it is kept here, and it is sent by whoever hands it in.
ExitCode build(Context& ctx, const Args& args, const Prepared& p, contract::Keyring& keys) {
    auto terms = contract::read_terms(args);
    terms.valid_for = args.valid_for.value_or(k_usual_validity);
    if (!args.sign_with.empty()) keys.unlock(); // agreed to: see run
    const auto ready = soroban::make_unsigned(*p.client, p.call, keys.vouchers(), terms).value_or_throw();
    const auto envelope = stellar::tx::envelope_base64(ready.envelope);
    if (!ctx.is_for_tools()) return ctx.text(envelope + "\n"), ExitCode::ok;
    auto record = record_of(p, args);
    record.emplace_back("call", p.words);
    record.emplace_back("fee_at_most", xlm(ready.fee));
    record.emplace_back("valid_until", ready.valid_until);
    record.emplace_back("hash", to_hex(stellar::tx::hash(ready.envelope, p.client->network_id())));
    record.emplace_back("envelope", envelope);
    ctx.show(record);
    return ExitCode::ok;
}

void require_one_way(const Args& args) {
    if ((args.build_only && args.simulate_only) || (args.valid_for && !args.build_only))
        throw Error{{Kind::usage, "contract.one_way", "--build-only and --simulate-only exclude each other",
                     "choose one; --valid-for goes with --build-only"}};
    if (args.valid_for && (*args.valid_for < std::chrono::minutes{1} || *args.valid_for > k_longest_validity))
        throw Error{{Kind::usage, "contract.one_way", "--valid-for is from 1m to 7d", "leave it out: 1h"}};
}

ExitCode run(Context& ctx, const Args& args) {
    require_one_way(args);
    const contract::KeyArgs& key_args = args;
    contract::Keyring keys{ctx, key_args};
    auto p = prepare(ctx, args, keys.source());
    p.call.spec = &p.told.spec;
    contract::refuse_treasury(ctx, p.place.network, keys.source());
    for (const auto& name : args.sign_with) contract::refuse_treasury(ctx, p.place.network, which_account(ctx, name));
    const auto simulation = soroban::simulate(*p.client, p.call, soroban::Auth::record).value_or_throw();
    if (simulation.only_reads()) return show_read(ctx, p, args, simulation);
    auto terms = contract::read_terms(args);
    const auto fees = soroban::reckon_fees(*p.client, simulation.data, terms).value_or_throw();
    const auto plan = plan_of(p, args, simulation, fees);
    if (args.simulate_only) {
        auto shown = plan.shown;
        shown.insert(shown.begin(), {"network", p.place.network});
        return ctx.show(shown), ExitCode::ok;
    }
    if (args.build_only && args.sign_with.empty()) return build(ctx, args, p, keys); // nothing is signed
    if (!ctx.may_move(plan)) return ExitCode::ok;
    if (args.build_only) return build(ctx, args, p, keys);
    keys.unlock();
    terms.most_fee = std::min(terms.most_fee, 2 * fees.most()); // what was agreed to, and what signatures add to it
    contract::Line line{ctx, {*p.client, keys, terms}};
    const auto sent = line.carry_out({passa::contract::Purpose::invoke, xdr::to_text(p.place.id), p.words}, p.call);
    auto record = record_of(p, args);
    record.emplace_back("transaction", sent.transaction);
    record.emplace_back("ledger", std::int64_t{sent.ledger});
    record.emplace_back("fee", sent.fee);
    record.emplace_back(
        "value",
        !sent.returned.value
            ? out::Value{}
            : out::Value{out::JsonText{
                  soroban::returned_json(p.told.spec, args.function, *sent.returned.value).dump(-1, ' ', true)}});
    record.emplace_back("events", events_of(p.told.spec, p.place.id, sent.returned));
    ctx.show(record);
    return ExitCode::ok;
}

ExitCode explain(Context& ctx, const Args& args) {
    return contract::show_function_help(ctx, {"contract invoke", args.contract, args.function, ctx.globals().network});
}

extern const Command k_command = {
    .path = "contract invoke",
    .summary = "Call a function of a contract",
    .details =
        "The call is tried first: what it returns, what it costs and who authorises what is shown before anything is "
        "signed. What only reads is not sent. Its bytes are stored before they leave, so an interrupted call is asked "
        "for first by the next command. Arguments are written --NAME VALUE; passa contract invoke CONTRACT FUNCTION "
        "--help tells them, as the contract itself does; behind -- where one is called like an option of passa. "
        "Addresses may be names: party:NAME, account:NAME, contract:NAME.",
    .options = contract::with_keys<Args>(
        {positional("CONTRACT", &Args::contract, "A Contract's name or an address"),
         positional("FUNCTION", &Args::function, "The function"),
         flag("build-only", &Args::build_only,
              "Make the transaction for others to sign (passa tx sign), and send nothing"),
         option("valid-for", &Args::valid_for, "DURATION",
                "With --build-only: for how long it may be sent; default: 1h"),
         flag("simulate-only", &Args::simulate_only, "Show what it would do and cost; the same as --dry-run"),
         the_rest(positional("ARGUMENT", &Args::words, "--NAME VALUE for each of its arguments"))}),
    .examples =
        {{"passa contract invoke usdc transfer --from account:ops --to party:stage-crew --amount 50000000 --key "
          "ops",
          "shows what it would do, asks, then waits for the ledger"},
         {"passa contract invoke festival-money pause --guardian account:ann --key board --build-only --valid-for 1d "
          ">pause.b64",
          "for an account that several sign for: then passa tx sign, combine, submit"}},
    .exits = contract::sending_exits(),
    .effect = Effect::moves_money,
    .run = runner(run),
    .explain = runner(explain),
};

} // namespace passa::cli::contract_invoke
