// passa contract upgrade: the code that a manifest pins now, put onto the network, and the contract told to run it.
#include "cli/contract/deploy.hpp"
#include "cli/contract/lock.hpp"
#include "lib/base/text.hpp"
#include "lib/stellar/contract/arguments.hpp"
#include "lib/stellar/contract/call.hpp"
#include "lib/stellar/contract/words.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <algorithm>

namespace passa::cli::contract_upgrade {

namespace soroban = stellar::contract;
namespace xdr = stellar::xdr;

struct Args : contract::KeyArgs {
    std::string contract;
    std::optional<std::filesystem::path> lock;
    std::vector<std::string> words;
};

// By convention (OpenZeppelin's Upgradeable, the SDK's examples): `upgrade`, with the hash of the new code.
const xdr::ScSpecFunctionV0* find_upgrade(const soroban::Spec& spec) { return spec.find_function("upgrade"); }

std::string hash_argument(const xdr::ScSpecFunctionV0& function) {
    for (const auto& input : function.inputs)
        if (soroban::type_name(input.type) == "BytesN<32>") return input.name;
    return {};
}

// Another way than the usual one is the contract's own affair: its code is there, and this is what to type.
Error own_way(const contract::Looked& looked) {
    return Error{
        {Kind::refused, "contract.own_upgrade",
         fmt::format("{} has no function upgrade with the hash of its new code; the code {} is uploaded",
                     looked.declared.name, to_lower(looked.declared.sha256)),
         fmt::format("call its own: passa contract show {}; then: passa contract invoke", looked.declared.name)}};
}

soroban::Call make_call(Context& ctx, const Args& args, const contract::Looked& looked, const soroban::OnChain& told) {
    const auto* function = find_upgrade(told.spec);
    if (function == nullptr || hash_argument(*function).empty()) throw own_way(looked);
    auto words = args.words;
    words.push_back("--" + hash_argument(*function));
    words.push_back(to_lower(looked.declared.sha256));
    const soroban::Reading reading{told.spec, contract::address_finder(ctx, looked.declared.network)};
    auto values = soroban::read_arguments(reading, *function, words).value_or_throw();
    return {contract::Keyring{ctx, args}.source(),
            soroban::make_invoke({looked.id, "upgrade", std::move(values)}),
            {},
            &told.spec};
}

out::Record record_of(const contract::Looked& looked, const std::string& transaction) {
    auto record = contract::record_of(looked);
    record.emplace_back("transaction", transaction.empty() ? out::Value{} : out::Value{transaction});
    return record;
}

void upload(Context& ctx, contract::Line& line, const contract::Looked& looked, const xdr::AccountId& source) {
    ctx.note(fmt::format("{}: upload", looked.declared.name));
    line.carry_out({passa::contract::Purpose::upload, to_lower(looked.declared.sha256),
                    fmt::format("upload {} for {}", looked.declared.wasm, looked.declared.name)},
                   contract::upload_call(looked, source));
}

ExitCode run(Context& ctx, const Args& args) {
    const auto declared = contract::get_declared(ctx, args.contract);
    ctx.require_network(declared.network, "contract " + declared.name, ctx.globals().network);
    const auto client = ctx.make_rpc(declared.network);
    auto looked = contract::look(ctx, *client, declared);
    const contract::Place place{declared.name, declared.network, looked.id, declared};
    const auto told = contract::get_on_chain(*client, place); // says that it is not there
    if (looked.state == contract::State::deployed) {
        ctx.note(fmt::format("{} runs this code already", declared.name));
        return ctx.show(record_of(looked, "")), ExitCode::ok;
    }
    contract::load_code(looked);
    const contract::KeyArgs& key_args = args;
    contract::Keyring keys{ctx, key_args};
    contract::refuse_treasury(ctx, declared.network, keys.source());
    const auto terms = contract::read_terms(args);
    const auto steps = looked.has_code ? 1 : 2;
    if (!ctx.may_move({declared.network,
                       declared.name,
                       {{"contract", xdr::to_text(looked.id)},
                        {"runs", to_hex(*looked.runs)},
                        {"would_run", to_lower(declared.sha256)},
                        {"pays", args.key},
                        {"fee_at_most", stellar::stroops(steps * terms.most_fee)}}}))
        return ExitCode::ok;
    keys.unlock();
    contract::Line line{ctx, {*client, keys, terms}};
    if (!looked.has_code) upload(ctx, line, looked, keys.source());
    const auto call = make_call(ctx, args, looked, told);
    const auto words = fmt::format("upgrade {} to {}", declared.name, to_lower(declared.sha256));
    const auto sent = line.carry_out({passa::contract::Purpose::invoke, xdr::to_text(looked.id), words}, call);
    looked = contract::look(ctx, *client, declared);
    contract::LockFile lock{args.lock.value_or("."), declared.network};
    lock.put(looked, "");
    lock.write();
    ctx.show(record_of(looked, sent.transaction));
    return looked.state == contract::State::deployed ? ExitCode::ok : ExitCode::differs;
}

extern const Command k_command = {
    .path = "contract upgrade",
    .summary = "Give a contract the code that its manifest pins now",
    .details =
        "Uploads the code if it is not there yet, and calls the contract's function upgrade with its hash; what "
        "else that asks for stands behind, as --NAME VALUE. A contract with another way, such as a proposal that "
        "must wait, is left as it is once its code is uploaded: call its own function then.",
    .options = contract::with_keys<Args>(
        {positional("CONTRACT", &Args::contract, "A declared Contract"),
         option("lock", &Args::lock, "DIR", "Where the lock file is; default: this folder"),
         the_rest(positional("ARGUMENT", &Args::words, "--NAME VALUE for the other arguments of upgrade"))}),
    .examples = {{"passa contract upgrade till --operator account:board --key board --network testnet",
                  "after a new sha256 was applied"}},
    .exits = contract::sending_exits(),
    .effect = Effect::moves_money,
    .run = runner(run),
};

} // namespace passa::cli::contract_upgrade
