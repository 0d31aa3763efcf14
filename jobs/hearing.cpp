// Servers forget after about a week: a gap is stored with what comes behind it, and who comes late is told so while
// nothing is lost yet.
#include "jobs/hearing.hpp"

#include "lib/stellar/contract/on_chain.hpp"
#include "lib/stellar/contract/told.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <nlohmann/json.hpp>

namespace passa::jobs {
namespace {

namespace books = passa::contract;
namespace soroban = stellar::contract;

constexpr std::size_t k_event_page = 200;                      // events of one transaction of ours
constexpr std::int64_t k_while_asking = 1'000;                 // ledgers that may close while we ask
constexpr std::size_t k_longest_said = std::size_t{64} * 1024; // of an event, in its interface's words

books::Event to_event(const soroban::Spec& spec, const stellar::rpc::Event& event) {
    const auto told = soroban::read_event(event).value_or_throw();
    static_cast<void>(soroban::ledger_of(event.id).value_or_throw()); // rows stand in the order of these
    auto said = soroban::event_json(spec, told.body.get<0>()).dump(-1, ' ', true);
    return {event.id, event.ledger, event.hash, stellar::xdr::encode(told),
            said.size() > k_longest_said ? std::nullopt : std::optional{std::move(said)}};
}

} // namespace

bool Hearing::Window::ends_soon(const books::Heard& heard) const {
    return oldest > heard.from && heard.through + 1 >= oldest && heard.through - oldest < (latest - oldest) / 4;
}

Hearing::Hearing(const payout::Desk& desk, const Chain& chain, const catalog::Contract& declared)
    : m_books{desk.db, desk.organizer, desk.ids, desk.clock, desk.actor}, m_client(chain.make_rpc(declared.network)),
      m_id(chain.address_of(declared)), m_stream{declared.network, stellar::xdr::to_text(m_id)} {
    m_heard = db::transact(m_books.db, {m_books.organizer, db::Isolation::repeatable_read, true},
                           [&](db::Transaction& tx) { return books::find_heard(tx, m_books.organizer, m_stream); });
}

bool Hearing::go_through(const Manners& manners) {
    const auto told = soroban::find_contract(*m_client, m_id).value_or_throw();
    if (!told) return true; // not there yet
    const auto window = look();
    auto question = first_question(window);
    if (!question) return true;
    for (bool more = true; more;) {
        manners.require_live();
        if (manners.stop()) return false;
        const auto stretch = soroban::hear(*m_client, *question).value_or_throw();
        require_plausible(stretch, window);
        store(told->spec, stretch);
        more = !stretch.is_last;
    }
    return true;
}

runner::Counts Hearing::counts() const { return {{"events", m_events}, {"gaps", m_gaps}, {"late", m_is_late ? 1 : 0}}; }

std::int64_t Hearing::through() const { return m_heard ? m_heard->through : 0; }

// What was heard is never asked for again: one server's word alone does not move it past what servers had just now.
void Hearing::require_plausible(const soroban::Stretch& stretch, const Window& window) const {
    if (stretch.through <= window.latest + k_while_asking) return;
    throw Error{{Kind::unavailable, "rpc.not_rpc",
                 fmt::format("a server tells of ledger {}, and the newest was {}", stretch.through, window.latest),
                 "ask another server"}};
}

Hearing::Window Hearing::look() {
    const auto health = m_client->get_health().value_or_throw();
    const Window window{health.oldest_ledger, health.latest_ledger};
    if (m_heard) m_is_late = window.ends_soon(*m_heard);
    return window;
}

// None: nothing is new. A cursor stands in the first ledger of which not everything was heard, or at the last one
// that was heard whole.
std::optional<stellar::rpc::EventQuestion> Hearing::first_question(const Window& window) {
    stellar::rpc::EventQuestion question;
    question.contracts = {m_stream.contract};
    question.limit = k_event_page;
    m_from = m_heard ? m_heard->through + 1 : window.oldest;
    if (m_from > window.latest) return std::nullopt;
    // Inside a ledger the cursor goes on where it stood, even where the rest of the past is forgotten.
    if (m_heard && soroban::ledger_of(m_heard->cursor).value_or_throw() >= window.oldest) {
        question.cursor = m_heard->cursor;
        return question;
    }
    if (m_from < window.oldest) m_gap = books::Gap{m_from, window.oldest - 1, {}};
    m_from = window.oldest;
    question.from_ledger = static_cast<std::uint32_t>(window.oldest);
    return question;
}

void Hearing::store(const soroban::Spec& spec, const soroban::Stretch& stretch) {
    books::Page page{m_heard, {}, m_from, stretch.through, stretch.cursor, m_gap};
    for (const auto& event : stretch.events) page.events.push_back(to_event(spec, event));
    m_heard = db::transact(m_books.db, {.organizer = m_books.organizer, .what = "chain.sync"},
                           [&](db::Transaction& tx) { return books::store_page(tx, m_books, m_stream, page); });
    m_events += static_cast<std::int64_t>(page.events.size());
    m_gaps += m_gap ? 1 : 0;
    m_gap.reset();
}

} // namespace passa::jobs
