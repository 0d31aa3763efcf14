// Restored first, then extended: what is archived cannot be paid ahead.
#include "cli/contract/rent.hpp"

#include "lib/base/text.hpp"
#include "lib/stellar/contract/call.hpp"
#include "lib/stellar/contract/limits.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <algorithm>
#include <thread>

namespace passa::cli::contract {
namespace {

namespace soroban = stellar::contract;
namespace xdr = stellar::xdr;

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

// Halved until each part is within the limits; nobody need exist to try it.
void add_restorations(stellar::rpc::Client& client,
                      const std::vector<xdr::LedgerKey>& keys, // NOLINT(misc-no-recursion)
                      std::vector<Deed>& deeds) {
    Deed deed{passa::contract::Purpose::restore, "restore it and its code", soroban::make_restore(), {}};
    for (const auto& key : keys) deed.footprint.read_write.push_back(key);
    const soroban::Call call{{}, deed.operation, deed.footprint, nullptr};
    const auto simulation = soroban::simulate(client, call, soroban::Auth::record).value_or_throw();
    const auto limits = soroban::find_limits(client).value_or_throw();
    const auto fits = limits ? soroban::check_limits(*limits, simulation.data) : Result<Done>{Done{}};
    if (!fits && keys.size() == 1) throw Error{fits.problems()};
    if (fits) return deeds.push_back(std::move(deed));
    const auto half = keys.begin() + static_cast<std::ptrdiff_t>(keys.size() / 2);
    add_restorations(client, {keys.begin(), half}, deeds);
    add_restorations(client, {half, keys.end()}, deeds);
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

std::vector<Deed> make_restorations(stellar::rpc::Client& client, const Place& place) {
    const auto keys = entries_of(client, place);
    std::vector<Deed> deeds;
    add_restorations(client, {keys.begin(), keys.end()}, deeds);
    for (std::size_t i = 0; deeds.size() > 1 && i < deeds.size(); ++i)
        deeds[i].words += fmt::format(" (part {} of {}: the network takes no more at once)", i + 1, deeds.size());
    return deeds;
}

std::string words_of(const std::vector<Deed>& deeds) {
    std::vector<std::string> words;
    for (const auto& deed : deeds) words.push_back(deed.words);
    return join(words, "; ");
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

std::vector<Deed> find_need(stellar::rpc::Client& client, const Place& place, const Rent& rent,
                            const catalog::Keep& keep) {
    if (rent.is_archived) return make_restorations(client, place);
    if (rent.left >= to_ledgers(keep.at_least)) return {};
    return {make_extension(client, place, static_cast<std::uint32_t>(to_ledgers(keep.extend_to)))};
}

namespace {

struct Need {
    const catalog::Contract& declared;
    const Place& place;
    const Deed& deed;
};

// One transaction; in which ledger it is.
std::uint32_t pay(const Payer& payer, Line& line, const Need& need, Kept& kept) {
    const auto priced = price(payer.client, need.deed, payer.keys.source(), {.most_fee = soroban::k_most_fee});
    require_budget(need.declared, kept.fee, priced);
    payer.before();
    payer.keys.unlock();
    const auto sent = line.carry_out({need.deed.purpose, xdr::to_text(need.place.id), need.deed.words}, priced.call);
    kept.fee = kept.fee + sent.fee;
    return sent.ledger;
}

} // namespace

Kept keep_alive(Context& ctx, const Payer& payer, const catalog::Contract& declared) {
    auto& client = payer.client;
    auto& keys = payer.keys;
    const Place place{declared.name, declared.network, id_of(ctx, declared), declared};
    soroban::Terms terms;
    terms.most_fee = static_cast<std::int64_t>(declared.keep->max_fee.minor());
    Line line{ctx, {client, keys, terms}}; // what an earlier run left open is settled before anything is looked at
    Kept kept{0, 0, stellar::stroops(0), get_rent(client, place)};
    std::optional<passa::contract::Purpose> before;
    for (auto needs = find_need(client, place, kept.rent, *declared.keep); !needs.empty();
         needs = find_need(client, place, kept.rent, *declared.keep)) {
        if (needs.front().purpose == before) throw no_help(declared, kept);
        before = needs.front().purpose;
        std::uint32_t ledger = 0;
        for (const auto& need : needs) ledger = pay(payer, line, {declared, place, need}, kept);
        ++(before == passa::contract::Purpose::restore ? kept.restored : kept.extended);
        kept.rent = rent_after(client, place, ledger);
    }
    return kept;
}

} // namespace passa::cli::contract
