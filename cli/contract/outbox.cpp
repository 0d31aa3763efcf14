// Each call is tried first. What is refused is halved until one row alone is refused: that one is given up.
#include "cli/contract/outbox.hpp"

#include "lib/base/text.hpp"
#include "lib/contract/outbox.hpp"
#include "lib/stellar/contract/arguments.hpp"
#include "lib/stellar/contract/call.hpp"
#include "lib/stellar/contract/words.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <nlohmann/json.hpp>

namespace passa::cli::contract {
namespace {

namespace soroban = stellar::contract;
using passa::contract::Queued;
using Rows = std::vector<Queued>;

constexpr std::int64_t k_rows_at_once = 99; // two entries each of the 200 that a transaction may write

class Telling {
public:
    Telling(Context& ctx, Keyring& keys, const catalog::Contract& declared)
        : m_ctx(ctx), m_keys(keys), m_place{declared.name, declared.network, id_of(ctx, declared), declared},
          m_client(ctx.make_rpc(declared.network)), m_told(get_on_chain(*m_client, m_place)),
          m_line(ctx, {*m_client, keys, {}}) {}

    runner::Counts run(runner::Item& item) {
        std::int64_t most = k_rows_at_once;
        while (!m_ctx.stop().requested()) {
            item.require_live();
            const auto rows = next(most);
            if (rows.empty()) break;
            most = send(rows) ? k_rows_at_once : std::max<std::int64_t>(1, static_cast<std::int64_t>(rows.size()) / 2);
        }
        return {{"told", m_sent}, {"refused", m_refused}, {"calls", m_calls}};
    }

private:
    Rows next(std::int64_t most) {
        const auto owner = m_ctx.organizer();
        return m_ctx.read(
            [&](db::Transaction& tx) { return passa::contract::load_next(tx, owner, m_place.word, most); });
    }

    // False: fewer must be tried.
    bool send(const Rows& rows) {
        const auto call = make_call(rows);
        const auto tried = call ? soroban::simulate(*m_client, *call, soroban::Auth::record) : call.problems();
        if (!tried && !is_about_the_rows(tried.problem())) throw Error{tried.problems()};
        if (!tried && rows.size() > 1) return false;
        if (!tried) return give_up(rows.front(), tried.problem()), true;
        m_keys.unlock();
        const auto& desk = books();
        passa::contract::Wanted wanted{passa::contract::Purpose::invoke, stellar::xdr::to_text(m_place.id),
                                       words(*call)};
        wanted.together = [&](db::Transaction& tx, CallId id) { passa::contract::assign(tx, desk, rows, id); };
        m_line.carry_out(wanted, *call);
        m_sent += static_cast<std::int64_t>(rows.size());
        ++m_calls;
        return true;
    }

    static bool is_about_the_rows(const Problem& problem) {
        return problem.code.starts_with("contract.") && problem.code != "contract.archived";
    }

    void give_up(const Queued& row, const Problem& problem) {
        const auto& desk = books();
        m_ctx.write([&](db::Transaction& tx) {
            passa::contract::refuse(tx, desk, row.id, printable(problem.message, 500));
            return true;
        });
        ++m_refused;
    }

    Result<soroban::Call> make_call(const Rows& rows) {
        const auto& wish = rows.front().wish;
        auto function = soroban::get_function(m_told.spec, wish.function);
        if (!function) return function.problems();
        auto values = nlohmann::ordered_json::parse(wish.shared);
        if (wish.list) {
            auto& list = values[*wish.list] = nlohmann::ordered_json::array();
            for (const auto& row : rows) list.push_back(nlohmann::ordered_json::parse(*row.wish.item));
        }
        const soroban::Reading reading{m_told.spec, address_finder(m_ctx, m_place.network)};
        auto arguments = soroban::read_named_arguments(reading, **function, values);
        if (!arguments) return arguments.problems();
        return soroban::Call{m_keys.source(),
                             soroban::make_invoke({m_place.id, wish.function, std::move(arguments).value()}),
                             {},
                             &m_told.spec};
    }

    [[nodiscard]] std::string words(const soroban::Call& call) const {
        const auto& invoked = call.operation.body.get<stellar::xdr::OperationType::invoke_host_function>()
                                  ->host_function.get<stellar::xdr::HostFunctionType::invoke_contract>();
        return soroban::call_words(m_told.spec, invoked.function_name, invoked.args);
    }

    passa::contract::Desk books() { return {m_ctx.db(), m_ctx.organizer(), m_ctx.ids(), m_ctx.clock(), m_ctx.actor()}; }

    Context& m_ctx;
    Keyring& m_keys;
    Place m_place;
    std::unique_ptr<stellar::rpc::Client> m_client;
    soroban::OnChain m_told;
    Line m_line;
    std::int64_t m_sent = 0, m_refused = 0, m_calls = 0;
};

} // namespace

runner::Counts send_queue(Context& ctx, const out::PassphraseSource& source, runner::Item& item) {
    const auto declared = get_declared(ctx, item.key());
    if (declared.key.empty())
        throw Error{{Kind::refused, "contract.no_key", fmt::format("the manifest of {} names no key", declared.name),
                     "add key: NAME to it: who may call it, and pays"}};
    Keyring keys{ctx, declared.key, {}, source};
    refuse_treasury(ctx, declared.network, keys.source());
    return Telling{ctx, keys, declared}.run(item);
}

} // namespace passa::cli::contract
