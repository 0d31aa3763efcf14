// Views are simulated, decoded by the interface of the pinned code, and read strictly.
#include "cli/escrow/holder.hpp"

#include "cli/contract/chain.hpp"
#include "cli/payout/desk.hpp"
#include "jobs/hearing.hpp"
#include "lib/base/text.hpp"
#include "lib/escrow/book.hpp"
#include "lib/event/event.hpp"
#include "lib/stellar/contract/arguments.hpp"
#include "lib/stellar/contract/call.hpp"
#include "lib/stellar/contract/simulate.hpp"
#include "lib/stellar/contract/told.hpp"
#include "lib/stellar/contract/words.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <thread>

namespace passa::cli::escrow {
namespace {

namespace soroban = stellar::contract;
namespace xdr = stellar::xdr;
using nlohmann::ordered_json;

constexpr int k_most_hearings = 40;
constexpr auto k_between_hearings = std::chrono::milliseconds{500};

[[noreturn]] void unexpected(const std::string& what) {
    throw Error{{Kind::conflict, "escrow.interface", fmt::format("the contract answers {} in another form", what),
                 "it must be an event_revenue: passa contract show"}};
}

Int128 minor_of(const ordered_json& json, const char* what) {
    if (!json.is_string()) unexpected(what);
    return money::parse_int128(json.get<std::string>()).value_or_throw();
}

const ordered_json& field(const ordered_json& json, const char* name) {
    const auto it = json.find(name);
    if (it == json.end()) unexpected(name);
    return *it;
}

void require_own_code(const catalog::Contract& declared, const soroban::OnChain& told) {
    if (to_hex(told.code) == declared.sha256) return;
    throw Error{{Kind::difference, "escrow.drifted",
                 fmt::format("contract {} runs {}, and its manifest pins {}", declared.name, to_hex(told.code),
                             declared.sha256),
                 "find out who upgraded it before any money goes there: passa contract diff " + declared.name}};
}

} // namespace

Holder::Holder(Context& ctx, const Escrow& escrow)
    : m_client(ctx.make_rpc(escrow.network)), m_declared(contract::get_declared(ctx, escrow.contract)),
      m_id(contract::id_of(ctx, m_declared)),
      m_token(soroban::asset_contract_id(stellar::tx::parse_asset(escrow.asset.id).value_or_throw(),
                                         m_client->network_id())) {
    if (!soroban::find_contract(*m_client, m_token).value_or_throw())
        throw Error{
            {Kind::refused, "escrow.no_token",
             fmt::format("nobody has created the contract of {} on {} yet", escrow.asset.id, escrow.network),
             fmt::format("declare a Contract with asset: {} and a key, then: passa contract apply", escrow.asset.id)}};
    m_told = contract::get_on_chain(*m_client, {m_declared.name, m_declared.network, m_id, m_declared});
    require_own_code(m_declared, m_told);
    if (escrow.address && *escrow.address != address())
        throw Error{{Kind::conflict, "escrow.moved",
                     fmt::format("the money of split plan {} is in contract {}, and {} is {} now", escrow.plan_name,
                                 *escrow.address, m_declared.name, address()),
                     "put key, salt and network of the Contract back"}};
}

std::string Holder::address() const { return xdr::to_text(m_id); }
std::string Holder::token() const { return xdr::to_text(m_token); }

ordered_json Holder::ask(const char* function, const ordered_json& arguments) {
    return look(m_told.spec, function, make_call({}, function, arguments));
}

ordered_json Holder::look(const soroban::Spec& spec, const char* function, const soroban::Call& call) {
    const auto simulation = soroban::simulate(*m_client, call, soroban::Auth::record).value_or_throw();
    m_as_of = std::max(m_as_of, simulation.ledger);
    return soroban::returned_json(spec, function, *simulation.value);
}

soroban::Call Holder::make_call(const xdr::AccountId& source, const char* function,
                                const ordered_json& arguments) const {
    const auto* known = soroban::get_function(m_told.spec, function).value_or_throw();
    auto values = soroban::read_named_arguments({m_told.spec}, *known, arguments).value_or_throw();
    return {source, soroban::make_invoke({m_id, function, std::move(values)}), {}, &m_told.spec};
}

std::string Holder::words(const soroban::Call& call) const {
    const auto& invoked = call.operation.body.get<xdr::OperationType::invoke_host_function>()
                              ->host_function.get<xdr::HostFunctionType::invoke_contract>();
    return soroban::call_words(m_told.spec, invoked.function_name, invoked.args);
}

std::uint32_t Holder::newest_version() {
    const auto version = ask("version", ordered_json::object());
    if (!version.is_number_unsigned()) unexpected("version");
    return version.get<std::uint32_t>();
}

PlanOnChain Holder::plan(std::uint32_t version) {
    const auto told = ask("plan", {{"version", version}});
    PlanOnChain plan;
    for (const auto& share : field(told, "shares"))
        plan.shares.emplace_back(field(share, "party").get<std::string>(), field(share, "bps").get<std::uint32_t>());
    return plan;
}

passa::escrow::ContractBook Holder::book(std::uint32_t version, const passa::escrow::VersionDue& due) {
    const auto told = ask("book", {{"version", version}, {"token", token()}});
    passa::escrow::ContractBook book;
    book.deposited = minor_of(field(told, "deposited"), "deposited");
    book.refunded = minor_of(field(told, "refunded"), "refunded");
    book.commissions = minor_of(field(told, "commissions"), "commissions");
    book.commissions_paid = minor_of(field(told, "commissions_paid"), "commissions_paid");
    for (const auto& paid : field(told, "paid")) book.paid.push_back(minor_of(paid, "paid"));
    if (book.paid.size() != due.shares.size()) unexpected("paid");
    for (const auto& [creator, amount] : due.commissions) {
        const auto credit = ask("earned", {{"version", version}, {"token", token()}, {"creator", creator.address}});
        book.credits[creator.address] = {minor_of(field(credit, "due"), "due"),
                                         minor_of(field(credit, "paid"), "paid")};
    }
    return book;
}

passa::escrow::Theirs Holder::all(const passa::escrow::OurBook& ours) {
    passa::escrow::Theirs theirs;
    for (const auto& version : ours.versions)
        if (version.due.on_chain) theirs.versions[*version.due.on_chain] = book(*version.due.on_chain, version.due);
    theirs.balance = balance();
    theirs.is_closed = is_closed();
    return theirs;
}

std::string Holder::organizer() { return field(ask("roles", ordered_json::object()), "organizer").get<std::string>(); }
std::string Holder::admin() { return field(ask("roles", ordered_json::object()), "admin").get<std::string>(); }
bool Holder::is_paused() { return ask("is_paused", ordered_json::object()).get<bool>(); }
bool Holder::is_closed() { return ask("is_closed", ordered_json::object()).get<bool>(); }

Int128 Holder::balance() {
    const auto& spec = soroban::asset_spec();
    const auto* function = soroban::get_function(spec, "balance").value_or_throw();
    auto values = soroban::read_named_arguments({spec}, *function, {{"id", address()}}).value_or_throw();
    const soroban::Call call{{}, soroban::make_invoke({m_token, "balance", std::move(values)}), {}, &spec};
    return minor_of(look(spec, "balance", call), "balance");
}

namespace {

std::int64_t hear_once(Context& ctx, Holder& holder, const Escrow& escrow) {
    const auto desk = make_desk(ctx);
    const auto chain = contract::make_chain(ctx, {});
    jobs::Hearing hearing{desk, chain, holder.declared()};
    hearing.go_through({[] {}, [&ctx] { return ctx.stop().requested(); }});
    ctx.write([&](db::Transaction& tx) {
        return passa::escrow::book_events({tx, ctx.organizer(), ctx.ids(), ctx.clock().now()}, escrow, holder.token());
    });
    return hearing.through();
}

} // namespace

void hear(Context& ctx, Holder& holder, const Escrow& escrow) { hear_once(ctx, holder, escrow); }

bool hear_through(Context& ctx, Holder& holder, const Escrow& escrow, std::int64_t ledger) {
    for (int tries = 0; tries < k_most_hearings && !ctx.stop().requested(); ++tries) {
        if (tries > 0) std::this_thread::sleep_for(k_between_hearings);
        if (hear_once(ctx, holder, escrow) >= ledger) return true;
    }
    return false;
}

std::vector<Escrow> get_escrows(Context& ctx, const std::string& event) {
    const auto owner = ctx.organizer();
    auto all = ctx.read([&](db::Transaction& tx) {
        return passa::escrow::load_escrows(tx, owner, event::get_event(tx, owner, event).id);
    });
    if (!all.empty()) return all;
    throw Error{{Kind::not_found, "escrow.none",
                 fmt::format("no split plan of {} says that a contract holds its money", printable(event, 60)),
                 "add onchain: {contract: NAME, treasury: NAME} to a SplitPlan; see passa manifest explain SplitPlan"}};
}

Escrow reload(Context& ctx, const Escrow& escrow) {
    const auto owner = ctx.organizer();
    for (auto& one :
         ctx.read([&](db::Transaction& tx) { return passa::escrow::load_escrows(tx, owner, escrow.event); }))
        if (one.plan == escrow.plan) return one;
    PASSA_ASSERT(false); // it is bound for good
    return escrow;
}

} // namespace passa::cli::escrow
