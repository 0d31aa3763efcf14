// Choosing, doing, looking.
#include "tests/sim/season/season.hpp"

#include "lib/base/fault.hpp"
#include "tests/support/all_statements.hpp"

#include <cerrno>
#include <csignal>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace passa::test {
namespace {

constexpr std::size_t k_told = 20;
constexpr int k_most_points = 24; // of a deed that nobody has seen yet
constexpr int k_most_rounds = 40;

struct Weight {
    Deed deed;
    std::uint64_t of;
};
// Imports and sendings cost most, so there are fewer of them; there is always something to settle and to pay all the
// same.
constexpr Weight k_weights[] = {{Deed::sell, 3},        {Deed::refund, 2},  {Deed::correct, 1}, {Deed::again, 1},
                                {Deed::settle, 14},     {Deed::create, 18}, {Deed::expense, 4}, {Deed::approve, 16},
                                {Deed::send, 8},        {Deed::resume, 9},  {Deed::cancel, 3},  {Deed::recon, 3},
                                {Deed::close_break, 1}, {Deed::fund, 2},    {Deed::gift, 1},    {Deed::pass, 5},
                                {Deed::shut, 1},        {Deed::open, 1},    {Deed::move, 2}};

constexpr std::string_view k_send = "sendTransaction", k_find = "getTransaction", k_entries = "getLedgerEntries",
                           k_list = "getTransactions", k_fees = "getFeeStats", k_who = "getNetwork";
struct Struck {
    std::string_view method, kind;
};
// Silence costs as long as it is waited for, so another is drawn instead three times of four.
constexpr std::uint64_t k_silence_one_in = 4;
constexpr Struck k_rpc[] = {{k_send, "drop"},         {k_send, "drop_after"},   {k_send, "error_after"},
                            {k_send, "hang"},         {k_send, "hang_after"},   {k_send, "half_body"},
                            {k_send, "wrong_type"},   {k_send, "page_after"},   {k_send, "try_again_later"},
                            {k_send, "duplicate"},    {k_send, "ignored"},      {k_send, "close"},
                            {k_find, "drop"},         {k_find, "hang"},         {k_find, "not_found"},
                            {k_find, "stale"},        {k_find, "busy"},         {k_find, "close"},
                            {k_entries, "error"},     {k_entries, "half_body"}, {k_entries, "stale"},
                            {k_fees, "page"},         {k_list, "error"},        {k_list, "stale"},
                            {k_who, "other_network"}, {k_who, "drop"}};

Deed choose_deed(SeededRandom& random) {
    std::uint64_t sum = 0;
    for (const auto& weight : k_weights) sum += weight.of;
    auto drawn = random.below(sum);
    for (const auto& weight : k_weights) {
        if (drawn < weight.of) return weight.deed;
        drawn -= weight.of;
    }
    return Deed::pass;
}

// The database's own function looks every 100 ms.
void end_backend(db::Database& owner, int pid) {
    owner.connection().raw(fmt::format("SELECT pg_terminate_backend({})", pid));
    for (int tries = 0; kill(pid, 0) == 0 || errno == EPERM; ++tries) {
        if (tries > 50'000) throw std::runtime_error{"a backend that was terminated does not end"};
        std::this_thread::sleep_for(std::chrono::microseconds{200});
    }
}

bool is_sale(Deed deed) { return deed == Deed::sell || deed == Deed::refund || deed == Deed::correct; }

} // namespace

std::vector<std::string> kinds_of_steps() {
    std::vector<std::string> all{"killed", "thrown", "cut", "shut meanwhile", "payouts failed"};
    for (const auto& weight : k_weights) all.push_back(fmt::format("deed {}", name(weight.deed)));
    for (const auto& struck : k_rpc) all.push_back(fmt::format("rpc {} {}", struck.method, struck.kind));
    return all;
}

Season::Season(const SeasonPlan& plan)
    : m_plan(plan), m_random(plan.seed), m_clock(parse_instant("2031-01-01T09:00:00Z").value()),
      m_folder(std::filesystem::temp_directory_path() / fmt::format("passa-season-{}-{}", getpid(), plan.seed)),
      m_network(plan.localnet, m_clock, k_first_account + k_organizers * k_accounts_each) {
    // Planning anew for every organizer costs more than running; what is planned for one is right for all.
    m_db.owner().connection().raw("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET plan_cache_mode = "
                                  "force_generic_plan', current_database()); END $$");
    m_db.owner().forget_connection();
    for (int n = 0; n < k_organizers; ++n) {
        m_festivals.push_back(std::make_unique<Festival>(m_db, m_network, m_clock, n, m_folder));
        m_laws.emplace_back(m_db, m_network, *m_festivals.back());
    }
}

Season::~Season() { std::filesystem::remove_all(m_folder); }

Tally Season::play() {
    for (std::int64_t n = 1; n <= m_plan.steps; ++n) step(n);
    finish();
    return m_tally;
}

void Season::step(std::int64_t number) {
    m_number = number;
    const auto move = choose();
    m_now = fmt::format("{:6} organizer-{} {}", m_number, move.organizer, name(move.deed));
    auto& festival = *m_festivals[move.organizer];
    if (is_sale(move.deed)) festival.sell_more(move.deed, m_random);
    const auto ended = perform(move);
    const bool done = ended == "done";
    if (is_sale(move.deed) && done) festival.note_imported();
    ++m_tally[fmt::format("deed {}", name(move.deed))];
    if (!done) ++m_tally[fmt::format("ended {}", ended)];
    require_laws(move.organizer, {move.deed == Deed::settle && done, may_post(move.deed)});
}

Season::Move Season::choose() {
    Move move;
    move.organizer = m_random.below(m_festivals.size());
    do {
        move.deed = choose_deed(m_random);
    } while (!m_festivals[move.organizer]->has_reason_to(move.deed));
    if (moves_network(move.deed)) return move;
    const auto lot = m_random.below(100);
    if (meets_network(move.deed) && lot >= 60) {
        move.fault = Fault::rpc;
        move.rpc = choose_rpc();
    } else if (meets_network(move.deed) && lot >= 45) {
        move.fault = Fault::shut;
    } else if (lot < 1) {
        move.fault = Fault::killed;
    } else if (lot < 6) {
        move.fault = Fault::thrown;
    } else if (lot < 7) {
        move.fault = Fault::cut;
    }
    move.at = choose_point(move.deed);
    return move;
}

// One more than it passed before, too: it may come further today. A fault behind the last point strikes nobody.
int Season::choose_point(Deed deed) {
    const auto seen = m_points.find(deed);
    return 1 + static_cast<int>(m_random.below(
                   static_cast<std::uint64_t>(seen == m_points.end() ? k_most_points : seen->second + 1)));
}

std::vector<RpcFault> Season::choose_rpc() {
    std::vector<RpcFault> plan;
    for (auto faults = 1 + m_random.below(2); faults > 0; --faults) {
        auto drawn = m_random.below(std::size(k_rpc));
        if (LocalNetwork::is_silence(k_rpc[drawn].kind) && m_random.below(k_silence_one_in) != 0)
            drawn = m_random.below(std::size(k_rpc));
        const auto& struck = k_rpc[drawn];
        // Denied once, or as long as anybody asks: past its end, too, of what a ledger holds.
        const auto times = struck.kind == "not_found" && m_random.below(2) == 0 ? 1'000 : 1 + m_random.below(3);
        plan.push_back({std::string{struck.method}, std::string{struck.kind}, 1 + static_cast<int>(m_random.below(3)),
                        static_cast<int>(times)});
    }
    return plan;
}

std::string Season::perform(const Move& move) {
    auto line = m_now;
    if (move.fault == Fault::rpc) m_network.plan(move.rpc);
    const auto ended = move.fault == Fault::killed ? do_in_child(move) : do_here(move);
    if (move.fault == Fault::rpc) {
        const auto hits = m_network.plan({});
        for (std::size_t i = 0; i < hits.size(); ++i) {
            if (hits[i] == 0) continue;
            line += fmt::format(", {} {}", move.rpc[i].method, move.rpc[i].kind);
            ++m_tally[fmt::format("rpc {} {}", move.rpc[i].method, move.rpc[i].kind)];
        }
    }
    constexpr std::string_view k_what[] = {"", "", "throw", "cut", "kill", "shut"};
    if (move.fault != Fault::none && move.fault != Fault::rpc)
        line += fmt::format(", {} at point {}", k_what[static_cast<std::size_t>(move.fault)], move.at);
    tell(line + ": " + ended);
    return ended;
}

void Season::plan(const Move& move, bool& was_cut) {
    if (move.fault == Fault::thrown) plan_fault(move.at, [&](auto point) { ++m_tally["thrown"], throw_fault(point); });
    if (move.fault == Fault::cut)
        plan_fault(move.at, [&](auto) {
            ++m_tally["cut"], was_cut = true;
            end_backend(m_db.owner(), m_db.app().connection().backend_pid());
        });
    if (move.fault == Fault::shut)
        plan_fault(move.at, [&](auto) {
            ++m_tally["shut meanwhile"];
            m_festivals[move.organizer]->shut_one(m_random);
        });
}

std::string Season::do_here(const Move& move) {
    bool was_cut = false;
    plan(move, was_cut);
    std::string ended = "done";
    const auto before = points_passed();
    try {
        Hand hand{m_db.app(), m_db.ids, m_clock, m_random};
        m_festivals[move.organizer]->act(move.deed, hand);
        m_points[move.deed] = points_passed() - before;
    } catch (const Error& error) {
        ended = error.first().code;
        if (error.first().kind == Kind::internal) fail(fmt::format("{}: {}", ended, error.what()));
    }
    plan_fault(0, nullptr);
    if (was_cut) m_db.app().forget_connection(); // as a process does that ends
    return ended;
}

// Its choices are drawn from a stream of its own: how far it came does not change what comes after.
std::string Season::do_in_child(const Move& move) {
    const auto seed = m_random.next_u64();
    const auto child = fork();
    if (child == 0) {
        int code = 1;
        m_network.use_own_connection();
        plan_fault(move.at, [](auto) { kill(getpid(), SIGKILL); });
        try {
            db::Database database{{m_db.target(), "passa.season"}};
            SeededRandom random{seed};
            IdSource ids{m_clock, random};
            Hand hand{database, ids, m_clock, random};
            m_festivals[move.organizer]->act(move.deed, hand);
            code = 0;
        } catch (const Error& error) {
            if (error.first().kind == Kind::internal)
                code = (std::fprintf(stderr, "%s: %s\n", error.first().code.c_str(), error.what()), 2);
        }
        _exit(code);
    }
    int status = 0;
    waitpid(child, &status, 0);
    m_network.catch_up();
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) return ++m_tally["killed"], "killed";
    if (!WIFEXITED(status) || WEXITSTATUS(status) > 1) fail("a process that was to be killed ended by itself, badly");
    return WEXITSTATUS(status) == 0 ? "done" : "refused elsewhere";
}

void Season::tell(std::string line) {
    if (m_plan.tells) fmt::print("{}\n", line);
    m_last.push_back(std::move(line));
    if (m_last.size() > k_told) m_last.pop_front();
}

void Season::fail(const std::string& law) const {
    std::string text = fmt::format("season {}, step {}: {}\n", m_plan.seed, m_number, law);
    for (const auto& line : m_last) text += line + "\n";
    if (m_last.empty() || m_last.back().rfind(m_now, 0) != 0) text += m_now + "\n";
    throw Broken{text};
}

void Season::require_laws(std::size_t organizer, const test::Step& step) {
    const auto broken = m_laws[organizer].find_broken(step);
    if (!broken.empty()) fail(fmt::format("organizer-{}: {}", organizer, broken));
}

void Season::finish() {
    for (std::size_t n = 0; n < m_festivals.size(); ++n) {
        try {
            finish(n);
        } catch (const Error& error) {
            fail(fmt::format("at the end, organizer-{}: {}: {}", n, error.first().code, error.what()));
        }
    }
}

// What is left to do is done, on a good network.
void Season::finish(std::size_t organizer) {
    tell(fmt::format("       organizer-{} comes to the end", organizer));
    auto& festival = *m_festivals[organizer];
    Hand hand{m_db.app(), m_db.ids, m_clock, m_random};
    festival.open_doors();
    if (festival.waiting()) festival.import_again(hand), festival.note_imported();
    festival.settle(hand);
    m_network.pay(0, festival.treasury_address(), 1'000'000LL * 10'000'000);
    require_laws(organizer, {.settled = true});
    pay_all(organizer);
    festival.recon(hand, "accountant");
    festival.close_breaks(hand);
    require_laws(organizer, {.settled = true});
    const auto left = m_laws[organizer].find_left_over();
    if (!left.empty()) fail(fmt::format("at the end, organizer-{}: {}", organizer, left));
    m_tally["payouts failed"] += m_laws[organizer].failed();
    for (const auto& law : m_db.broken_laws(festival.org))
        fail(fmt::format("at the end, organizer-{}: {}", organizer, law));
}

void Season::pay_all(std::size_t organizer) {
    auto& festival = *m_festivals[organizer];
    Hand hand{m_db.app(), m_db.ids, m_clock, m_random};
    for (int round = 0; round < k_most_rounds; ++round) {
        if (festival.batches.empty() && festival.create(hand, false).is_nil()) return;
        require_laws(organizer, {.settled = true});
        for (const auto& batch : std::vector{festival.batches}) {
            if (batch.state == "awaiting_approval") festival.approve(hand, batch.id);
            festival.send(hand, batch.id, std::chrono::minutes{10});
        }
        m_network.close();
        require_laws(organizer, {.settled = true});
    }
    fail(fmt::format("organizer-{} is not done after {} rounds", organizer, k_most_rounds));
}

} // namespace passa::test
