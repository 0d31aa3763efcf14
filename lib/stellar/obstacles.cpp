// Rules as in stellar-core's PaymentOpFrame; the memo rule is SEP-29.
#include "lib/stellar/obstacles.hpp"

#include "lib/stellar/rail.hpp"
#include "lib/stellar/rpc/read_ledger.hpp"
#include "lib/stellar/strkey.hpp"
#include "lib/stellar/xdr/codec.hpp"

#include <algorithm>
#include <set>

namespace passa::stellar {
namespace {

constexpr std::uint32_t k_authorized = 1; // TrustLineFlags
constexpr std::size_t k_slice = 66;       // three entries each and their issuer's: what a server answers at once
constexpr std::string_view k_memo_required = "config.memo_required";
const money::Asset k_lumen{"XLM", 7};

struct Wanted { // an order that can be read
    tx::Payment payment;
    xdr::AccountId account;
    std::optional<xdr::AccountId> issuer; // of an issued asset
    bool muxed = false;
    bool has_memo = false;
};

std::optional<xdr::AccountId> issuer_of(const xdr::Asset& asset) {
    if (const auto* four = asset.find<xdr::AssetType::credit_alphanum4>()) return four->issuer;
    if (const auto* twelve = asset.find<xdr::AssetType::credit_alphanum12>()) return twelve->issuer;
    return std::nullopt;
}

Result<Wanted> read_order(const xdr::AccountId& treasury, const rail::Order& order) {
    const auto payment = make_payment_of(order);
    if (!payment) return payment.problems();
    if (const auto memo = tx::make_memo(order.memo); !memo) return memo.problems();
    const bool muxed = payment->destination.type() == xdr::CryptoKeyType::muxed_ed25519;
    if (tx::to_account(payment->destination) == treasury)
        return Problem{Kind::invalid_input, "rail.own_account", "this is the treasury itself", ""};
    return Wanted{*payment, tx::to_account(payment->destination), issuer_of(payment->asset), muxed,
                  !order.memo.empty()};
}

bool needs_trustline(const Wanted& wanted) { return wanted.issuer && *wanted.issuer != wanted.account; }

void add_keys(const Wanted& wanted, std::vector<xdr::LedgerKey>& keys) {
    keys.push_back(rpc::account_key(wanted.account));
    keys.push_back(rpc::data_key(wanted.account, k_memo_required));
    if (!needs_trustline(wanted)) return;
    keys.push_back(rpc::trustline_key(wanted.account, wanted.payment.asset));
    keys.push_back(rpc::account_key(*wanted.issuer));
}

bool wants_memo(const rpc::Snapshot& ledger, const Wanted& wanted) {
    const auto* data = ledger.find_data(wanted.account, k_memo_required);
    return data != nullptr && data->data_value == Bytes{'1'} && !wanted.muxed && !wanted.has_memo;
}

// A server may say anything: sums of what it says need more than its 64 bits.
using money::Int128;
using Promised = std::map<std::string, Int128>; // by destination and asset: what orders before this one take

std::string find_line_obstacle(const rpc::Snapshot& ledger, const Wanted& wanted, Promised& promised) {
    const auto asset = tx::to_text(wanted.payment.asset);
    const auto* line = ledger.find_trustline(wanted.account, wanted.payment.asset);
    if (line == nullptr)
        return ledger.find_account(*wanted.issuer) == nullptr
                   ? fmt::format("the issuer of {} does not exist", asset)
                   : fmt::format("the account has no trustline for {}", asset);
    if ((line->flags & k_authorized) == 0)
        return fmt::format("the issuer has not authorised the account for {}", asset);
    auto& taken = promised[format_account(wanted.account.ed25519) + asset];
    const auto room = Int128{line->limit} - line->balance - rpc::buying_liabilities(*line) - taken;
    if (wanted.payment.stroops > room)
        return fmt::format("the trustline has room for {} only",
                           money::Amount{std::max<Int128>(room, 0), money::Asset{asset, 7}});
    taken += wanted.payment.stroops;
    return {};
}

std::string find_obstacle(const rpc::Snapshot& ledger, const Wanted& wanted, Promised& promised) {
    if (ledger.find_account(wanted.account) == nullptr) return "the account does not exist";
    if (wants_memo(ledger, wanted)) return "the account takes no payment without a memo (SEP-29)";
    return needs_trustline(wanted) ? find_line_obstacle(ledger, wanted, promised) : std::string{};
}

void drop_repeats(std::vector<xdr::LedgerKey>& keys) { // a server answers each key once
    std::set<Bytes> seen;
    std::erase_if(keys, [&](const auto& key) { return !seen.insert(xdr::encode(key)).second; });
}

// One question about so many orders.
std::vector<std::string> ask(rpc::Client& client, const xdr::AccountId& treasury, std::span<const rail::Order> orders,
                             Promised& promised) {
    std::vector<std::string> obstacles(orders.size());
    std::vector<std::optional<Wanted>> wanted(orders.size());
    std::vector<xdr::LedgerKey> keys;
    for (std::size_t i = 0; i < orders.size(); ++i) {
        const auto read = read_order(treasury, orders[i]);
        if (read)
            add_keys(*(wanted[i] = *read), keys);
        else
            obstacles[i] = read.problem().message;
    }
    drop_repeats(keys);
    const auto ledger = rpc::Snapshot::load(client, keys).value_or_throw();
    for (std::size_t i = 0; i < orders.size(); ++i)
        if (wanted[i]) obstacles[i] = find_obstacle(ledger, *wanted[i], promised);
    return obstacles;
}

} // namespace

std::string find_fault(std::string_view treasury, const rail::Order& order) {
    const auto account = parse_account(treasury);
    if (!account) return "the treasury's address is none: " + account.problem().message;
    const auto read = read_order({*account}, order);
    return read ? std::string{} : read.problem().message;
}

std::vector<std::string> find_obstacles(rpc::Client& client, const xdr::AccountId& treasury,
                                        std::span<const rail::Order> orders, const std::function<void()>& meanwhile) {
    std::vector<std::string> obstacles;
    Promised promised;
    while (obstacles.size() < orders.size()) {
        if (!obstacles.empty()) meanwhile();
        const auto left = orders.subspan(obstacles.size());
        for (auto& obstacle : ask(client, treasury, left.first(std::min(left.size(), k_slice)), promised))
            obstacles.push_back(std::move(obstacle));
    }
    return obstacles;
}

std::vector<money::Amount> load_spendable(rpc::Client& client, const Treasury& treasury) {
    const auto asset = tx::parse_asset(treasury.asset.id).value_or_throw();
    const bool issued = asset.type() != xdr::AssetType::native;
    std::vector<xdr::LedgerKey> keys{rpc::account_key(treasury.account)};
    if (issued) keys.push_back(rpc::trustline_key(treasury.account, asset));
    const auto reserve = rpc::get_base_reserve(client).value_or_throw();
    const auto ledger = rpc::Snapshot::load(client, keys).value_or_throw();
    const auto* account = ledger.find_account(treasury.account);
    if (account == nullptr)
        throw Error{{Kind::not_found, "account.not_found",
                     fmt::format("the account {} does not exist on {}", format_account(treasury.account.ed25519),
                                 client.network_name()),
                     "create it: passa account create"}};
    const auto free = account->balance - rpc::min_balance(*account, reserve) - rpc::selling_liabilities(*account);
    std::vector<money::Amount> amounts{{std::max<Int128>(free, 0), k_lumen}};
    if (!issued) return amounts;
    const auto* line = ledger.find_trustline(treasury.account, asset);
    const auto held = line == nullptr ? Int128{0} : Int128{line->balance} - rpc::selling_liabilities(*line);
    amounts.emplace_back(std::max<Int128>(held, 0), treasury.asset);
    return amounts;
}

} // namespace passa::stellar
