// Keys, fees, the account's line: then one transaction after the other.
#include "cli/contract/send.hpp"

#include "cli/account/place.hpp"
#include "lib/base/text.hpp"
#include "lib/catalog/network.hpp"
#include "lib/catalog/read.hpp"
#include "lib/stellar/strkey.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/types_meta.hpp"

#include <thread>

namespace passa::cli::contract {
namespace {

namespace xdr = stellar::xdr;
using rail::Standing;

constexpr int k_most_tries = 3;
const money::Asset k_xlm{"XLM", 7};

// In small steps, so that Ctrl-C is heard.
void wait(Stop& stop, Duration time) {
    const auto until = std::chrono::steady_clock::now() + time;
    while (!stop.requested() && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
}

rail::Patience make_patience(Context& ctx) {
    auto& stop = ctx.stop();
    rail::Patience patience;
    patience.wait = [&stop](Duration time) { wait(stop, time); };
    patience.stop = [&stop] { return stop.requested(); };
    patience.say = [&ctx](std::string_view what) { ctx.note(what); };
    return patience;
}

passa::contract::Desk make_desk(Context& ctx) {
    return {ctx.db(), ctx.organizer(), ctx.ids(), ctx.clock(), ctx.actor()};
}

} // namespace

Keyring::Keyring(Context& ctx, const KeyArgs& args)
    : Keyring(ctx, args.key, args.sign_with,
              {args.passphrase_fd, args.passphrase_file, false, !ctx.globals().no_input}) {}

Keyring::Keyring(Context& ctx, std::string key, std::vector<std::string> sign_with, const out::PassphraseSource& source)
    : m_ctx(ctx), m_key(std::move(key)), m_sign_with(std::move(sign_with)), m_passphrase(source),
      m_source(which_account(ctx, m_key)) {}

void Keyring::unlock() {
    if (!m_signers.empty()) return;
    m_signers.push_back(m_ctx.unlock(m_key, m_passphrase));
    for (const auto& name : m_sign_with) {
        const auto& signer = m_signers.emplace_back(m_ctx.unlock(name, m_passphrase));
        m_vouchers.push_back({{signer->public_key()}, {signer.get()}});
    }
}

stellar::contract::Signers Keyring::signers() const {
    PASSA_ASSERT(!m_signers.empty());
    return {*m_signers.front(), m_vouchers};
}

stellar::contract::Terms read_terms(const KeyArgs& args) {
    stellar::contract::Terms terms;
    if (!args.max_fee) return terms;
    const auto most = money::parse_number(*args.max_fee, k_xlm).value_or_throw();
    if (most.minor() <= 0 || most.minor() > stellar::contract::k_most_fee)
        throw Error{{Kind::usage, "contract.fee", fmt::format("{} is no fee", most),
                     "write --max-fee in XLM, such as 2.5; passa pays at most 109951.1627776 for one"}};
    terms.most_fee = static_cast<std::int64_t>(most.minor());
    return terms;
}

void refuse_treasury(Context& ctx, const std::string& network, const xdr::AccountId& source) {
    const auto owner = ctx.organizer();
    const auto account = stellar::format_account(source.ed25519);
    const auto treasuries = ctx.read([&](db::Transaction& tx) {
        std::vector<catalog::Treasury> found;
        for (const auto& object : catalog::load_objects(tx, owner, "Treasury", {}))
            if (auto one = catalog::find_treasury(tx, owner, object.name)) found.push_back(*std::move(one));
        return found;
    });
    for (const auto& treasury : treasuries)
        if (treasury.account == account && treasury.network == network)
            throw Error{{Kind::refused, "contract.treasury",
                         fmt::format("{} is the treasury {}: payouts alone use its numbers, and what it holds", account,
                                     treasury.name),
                         "use a key of its own for contracts: passa key new, passa account create"}};
}

Line::Line(Context& ctx, const Sending& sending)
    : m_ctx(ctx), m_sending(sending), m_courier(m_sending.client), m_patience(make_patience(ctx)),
      m_desk(make_desk(ctx)),
      m_caller(m_desk, m_courier,
               {m_sending.client.network_name(), stellar::format_account(m_sending.keys.source().ed25519)},
               m_patience) {}

Sent Line::read_sent(const rail::Outcome& outcome, const rail::Attempt& attempt) {
    Sent sent{attempt.key, 0, outcome.fee.value_or(money::Amount{0, k_xlm}), {}};
    const auto heard = m_sending.client.get_transaction(attempt.key).value_or_throw();
    const auto& transaction = heard.answer.transaction;
    sent.ledger = transaction.ledger;
    const auto meta = xdr::decode_base64<xdr::TransactionMeta>(transaction.meta);
    if (meta)
        sent.returned = stellar::contract::read_returned(*meta);
    else
        m_ctx.note(fmt::format("what {} returned cannot be read: {}", attempt.key, printable(meta.problem().message)));
    return sent;
}

Sent Line::carry_out(const passa::contract::Wanted& wanted, const stellar::contract::Call& call) {
    auto& client = m_sending.client;
    for (int tries = 1;; ++tries) {
        rail::Attempt made;
        const auto prepare = [&](const passa::contract::Numbers& known) {
            auto terms = m_sending.terms;
            terms.known = {known.used, known.dead};
            const auto ready =
                stellar::contract::make_ready(client, call, m_sending.keys.signers(), terms).value_or_throw();
            return made = stellar::make_attempt(client, m_sending.keys.source(), ready);
        };
        const auto outcome = m_caller.carry_out(wanted, prepare);
        if (outcome.standing == Standing::confirmed) return read_sent(outcome, made);
        if (tries == k_most_tries)
            throw Error{{Kind::failed, "contract.failed",
                         fmt::format("{} times it came to nothing, though it should have worked; the last: {}",
                                     k_most_tries, outcome.reason),
                         fmt::format("look at it: passa tx show {} --network {}", made.key, client.network_name())}};
        m_ctx.note(fmt::format("it came to nothing ({}): tried again as things are now", outcome.reason));
    }
}

std::vector<ExitNote> sending_exits() {
    return {{ExitCode::unauthorised, "somebody else must authorise the call, too"},
            {ExitCode::unknown_outcome, "a transaction may have happened: the same command asks for it first"},
            {ExitCode::configuration, "a key is not here, its passphrase is wrong, or a server is of another network"},
            {ExitCode::busy, "somebody else sends from this account, or no server answers"}};
}

} // namespace passa::cli::contract
