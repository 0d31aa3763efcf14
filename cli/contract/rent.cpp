// Restored first, then extended: what is archived cannot be paid ahead.
#include "cli/contract/rent.hpp"

#include "lib/stellar/contract/call.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <algorithm>
#include <thread>

namespace passa::cli::contract {
namespace {

namespace soroban = stellar::contract;
namespace xdr = stellar::xdr;

constexpr std::int64_t k_most_fee = 4'294'967'295; // stroops: what a transaction's field takes
constexpr int k_most_looks = 40;
constexpr auto k_between_looks = std::chrono::milliseconds{500};

// The contract itself and its code. Of one that is archived the network may tell nothing: then its manifest does.
xdr::List<xdr::LedgerKey> entries_of(stellar::rpc::Client& client, const Place& place) {
    xdr::List<xdr::LedgerKey> keys;
    keys.push_back(soroban::instance_key(place.id));
    const auto told = soroban::find_contract(client, place.id);
    if (told && *told) {
        if (!(*told)->is_asset) keys.push_back(soroban::code_key((*told)->code));
        return keys;
    }
    if (!told && told.problem().code != "contract.no_code") throw Error{told.problems()};
    if (place.declared && !place.declared->sha256.empty())
        keys.push_back(soroban::code_key(parse_hex_fixed<32>(place.declared->sha256).value_or_throw()));
    return keys;
}

// A server may lag behind the one that showed the transaction: what it says of before would be paid for twice.
Rent rent_after(stellar::rpc::Client& client, const Place& place, std::uint32_t ledger) {
    for (int looks = 0; looks < k_most_looks; ++looks) {
        auto rent = get_rent(client, place);
        if (rent.ledger >= ledger) return rent;
        std::this_thread::sleep_for(k_between_looks);
    }
    throw Error{{Kind::unavailable, "contract.behind",
                 fmt::format("no server shows ledger {} yet, in which {} was paid", ledger, place.word),
                 "run the same command again: it looks first"}};
}

void require_budget(const catalog::Contract& declared, const money::Amount& spent, const Priced& priced) {
    const auto& most = declared.keep->max_fee;
    const auto needed = spent + stellar::stroops(priced.fees.most());
    if (needed <= most) return;
    throw Error{{Kind::refused, "contract.budget",
                 fmt::format("to keep {} may cost {}, and its manifest allows {}", declared.name, needed, most),
                 fmt::format("raise maxFee of its keep, or pay by hand: passa contract extend {}", declared.name)}};
}

// Paid again, it would be paid for ever.
Error no_help(const catalog::Contract& declared, const Kept& kept) {
    return Error{
        {Kind::failed, "contract.no_help",
         fmt::format("{} was paid for ({}), and by what servers say it would still have to be: {} ledgers are left",
                     declared.name, kept.fee, kept.rent.left),
         "look at it with another server: passa contract show " + declared.name}};
}

} // namespace

Deed make_extension(stellar::rpc::Client& client, const Place& place, std::uint32_t ledgers) {
    Deed deed{passa::contract::Purpose::extend,
              fmt::format("keep it and its code for {} ledgers from now", ledgers),
              soroban::make_extend(ledgers),
              {}};
    deed.footprint.read_only = entries_of(client, place);
    return deed;
}

Deed make_restoration(stellar::rpc::Client& client, const Place& place) {
    Deed deed{passa::contract::Purpose::restore, "restore it and its code", soroban::make_restore(), {}};
    deed.footprint.read_write = entries_of(client, place);
    return deed;
}

Priced price(stellar::rpc::Client& client, const Deed& deed, const xdr::AccountId& source,
             const soroban::Terms& terms) {
    Priced priced{{source, deed.operation, deed.footprint, nullptr}, {}};
    const auto simulation = soroban::simulate(client, priced.call, soroban::Auth::record).value_or_throw();
    priced.fees = soroban::reckon_fees(client, simulation.data, terms).value_or_throw();
    return priced;
}

Rent get_rent(stellar::rpc::Client& client, const Place& place) {
    const auto found = soroban::find_contract(client, place.id);
    if (!found && found.problem().code == "contract.no_code") return {.is_archived = true}; // nobody shows its code
    const auto told = found && *found ? **found : get_on_chain(client, place);              // which says what is wrong
    Rent rent{told.life.is_archived(), told.life.ledger, 0, told.life.live_until};
    if (!told.is_asset) {
        rent.is_archived = rent.is_archived || told.code_life.is_archived();
        rent.until = std::min(rent.until, told.code_life.live_until);
    }
    rent.left = std::int64_t{rent.until} - std::int64_t{rent.ledger};
    return rent;
}

std::int64_t to_ledgers(Duration time) { return time / k_ledger; }

std::optional<Deed> find_need(stellar::rpc::Client& client, const Place& place, const Rent& rent,
                              const catalog::Keep& keep) {
    if (rent.is_archived) return make_restoration(client, place);
    if (rent.left >= to_ledgers(keep.at_least)) return std::nullopt;
    return make_extension(client, place, static_cast<std::uint32_t>(to_ledgers(keep.extend_to)));
}

Kept keep_alive(Context& ctx, const Payer& payer, const catalog::Contract& declared) {
    auto& client = payer.client;
    auto& keys = payer.keys;
    const Place place{declared.name, declared.network, id_of(ctx, declared), declared};
    soroban::Terms terms;
    terms.most_fee = static_cast<std::int64_t>(declared.keep->max_fee.minor());
    Line line{ctx, {client, keys, terms}}; // what an earlier run left open is settled before anything is looked at
    Kept kept{0, 0, stellar::stroops(0), get_rent(client, place)};
    std::optional<passa::contract::Purpose> before;
    while (const auto need = find_need(client, place, kept.rent, *declared.keep)) {
        if (need->purpose == before) throw no_help(declared, kept);
        const auto priced = price(client, *need, keys.source(), {.most_fee = k_most_fee});
        require_budget(declared, kept.fee, priced);
        payer.before();
        keys.unlock();
        const auto sent = line.carry_out({need->purpose, xdr::to_text(place.id), need->words}, priced.call);
        kept.fee = kept.fee + sent.fee;
        ++(need->purpose == passa::contract::Purpose::restore ? kept.restored : kept.extended);
        kept.rent = rent_after(client, place, sent.ledger);
        before = need->purpose;
    }
    return kept;
}

} // namespace passa::cli::contract
