// passa contract extend and restore: pays the rent of a contract and its code, ahead of time or after it ran out.
#include "cli/contract/rent.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

namespace passa::cli {

namespace {

namespace xdr = stellar::xdr;

struct RentArgs : contract::KeyArgs {
    std::string contract;
    std::optional<std::int64_t> ledgers;
};

constexpr std::int64_t k_usual = 518'400; // 30 days of ledgers of 5 seconds

std::uint32_t read_ledgers(const RentArgs& args) {
    const auto ledgers = args.ledgers.value_or(k_usual);
    if (ledgers < 1 || ledgers > contract::k_longest_rent)
        throw Error{{Kind::usage, "contract.ledgers", fmt::format("{} ledgers cannot be paid for", ledgers),
                     fmt::format("write --ledgers with 1 to {}", contract::k_longest_rent)}};
    return static_cast<std::uint32_t>(ledgers);
}

ExitCode carry_out(Context& ctx, const RentArgs& args, const contract::Place& place,
                   const std::vector<contract::Deed>& deeds) {
    const contract::KeyArgs& key_args = args;
    contract::Keyring keys{ctx, key_args};
    contract::refuse_treasury(ctx, place.network, keys.source());
    const auto client = ctx.make_rpc(place.network);
    const auto terms = contract::read_terms(args);
    std::vector<contract::Priced> priced;
    std::int64_t most = 0;
    for (const auto& deed : deeds)
        most += priced.emplace_back(contract::price(*client, deed, keys.source(), terms)).fees.most();
    if (!ctx.may_move({place.network,
                       args.contract,
                       {{"contract", xdr::to_text(place.id)},
                        {"does", contract::words_of(deeds)},
                        {"pays", args.key},
                        {"fee_at_most", stellar::stroops(most)}}}))
        return ExitCode::ok;
    keys.unlock();
    contract::Line line{ctx, {*client, keys, terms}};
    contract::Sent sent;
    auto paid = stellar::stroops(0);
    for (std::size_t i = 0; i < deeds.size(); ++i) {
        sent = line.carry_out({deeds[i].purpose, xdr::to_text(place.id), deeds[i].words}, priced[i].call);
        paid = paid + sent.fee;
    }
    const auto told = contract::get_on_chain(*client, place);
    ctx.show({{"contract", xdr::to_text(place.id)},
              {"network", place.network},
              {"transaction", sent.transaction},
              {"fee", paid},
              {"lives_until", std::int64_t{told.life.live_until}},
              {"code_lives_until", told.is_asset ? out::Value{} : out::Value{std::int64_t{told.code_life.live_until}}},
              {"ledger", std::int64_t{told.life.ledger}}});
    return ExitCode::ok;
}

ExitCode run_extend(Context& ctx, const RentArgs& args) {
    const auto ledgers = read_ledgers(args);
    const auto place = contract::find_place(ctx, args.contract, ctx.globals().network);
    const auto client = ctx.make_rpc(place.network);
    static_cast<void>(contract::get_on_chain(*client, place)); // says at once that it is not there
    return carry_out(ctx, args, place, {contract::make_extension(*client, place, ledgers)});
}

ExitCode run_restore(Context& ctx, const RentArgs& args) {
    const auto place = contract::find_place(ctx, args.contract, ctx.globals().network);
    const auto client = ctx.make_rpc(place.network);
    return carry_out(ctx, args, place, contract::make_restorations(*client, place));
}

} // namespace

namespace contract_extend {
extern const Command k_command = {
    .path = "contract extend",
    .summary = "Pay a contract's rent ahead of time",
    .details = "Of the contract itself and of its code; what is paid for longer already stays so. What the contract "
               "stores beside that it keeps alive itself, or not at all.",
    .options = contract::with_keys<RentArgs>(
        {positional("CONTRACT", &RentArgs::contract, "A Contract's name or an address"),
         option("ledgers", &RentArgs::ledgers, "N",
                "For how many ledgers from now, one in about 5 seconds; default: 518400, 30 days")}),
    .examples = {{"passa contract extend festival-money --key ops --ledgers 1555200", "90 days"}},
    .exits = contract::sending_exits(),
    .effect = Effect::moves_money,
    .run = runner(run_extend),
};
} // namespace contract_extend

namespace contract_restore {
extern const Command k_command = {
    .path = "contract restore",
    .summary = "Bring back a contract whose rent was not paid",
    .details = "Archived, a contract cannot be called, and nothing of it is lost. Restored, it lives for the shortest "
               "time that the network sets: extend it then.",
    .options =
        contract::with_keys<RentArgs>({positional("CONTRACT", &RentArgs::contract, "A Contract's name or an address")}),
    .examples = {{"passa contract restore festival-money --key ops", "then: passa contract extend"}},
    .exits = contract::sending_exits(),
    .effect = Effect::moves_money,
    .run = runner(run_restore),
};
} // namespace contract_restore

} // namespace passa::cli
