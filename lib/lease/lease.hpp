// The right to do one work of one scope: one process at a time, whatever machine it runs on. A lease ends by the
// database's clock unless its heartbeat renews it, or with the heartbeat's session, so a killed holder frees it at
// once. Its number is one more with each taker and checked in every transaction that writes: a holder that was thought
// dead and comes back commits nothing (fencing).
#pragma once
#include "lib/db/database.hpp"
#include "lib/lease/heartbeat.hpp"

namespace passa::lease {

struct Work {
    OrganizerId organizer;
    std::string name;  // "settle", "payout send"
    std::string scope; // what it is about, such as an event's name; empty: all of the organizer
};

// Who does it now; empty: nobody.
std::string find_holder(db::Transaction& tx, const Work& work);
// The same; and where nobody does, until the end of the transaction nobody begins to. The session that a dead holder
// worked in is ended: its open transaction would be waited for.
std::string lock(db::Transaction& tx, const Work& work);

struct Wish {
    db::Database& db;
    Work work;
    std::string owner; // for people: who asks
    Duration life;     // without a beat
    Duration patience; // with who holds it: the database needs a moment to notice that a killed one is gone
    std::function<bool()> stopped = [] { return false; };
    std::function<bool(db::Transaction&)> is_over = [](db::Transaction&) { return false; }; // nothing to take it for
    // In the transaction that takes it. False: it is over since is_over was asked.
    std::function<bool(db::Transaction&)> claim = [](db::Transaction&) { return true; };
};

class Lease {
public:
    explicit Lease(Wish wish); // tries for as long as patience lasts
    ~Lease();                  // given back
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    [[nodiscard]] bool is_ours() const { return m_number.has_value(); }
    [[nodiscard]] const std::string& holder() const { return m_holder; } // who else has it; empty: it was over
    // First in every transaction that writes: until its end nobody takes over. False: it was lost.
    [[nodiscard]] bool hold(db::Transaction& tx);
    [[nodiscard]] bool is_lost() const { return m_heartbeat && m_heartbeat->is_lost(); } // as far as was heard

private:
    enum class Taken : std::uint8_t { yes, no, needless };
    Taken look();
    Taken take(db::Transaction& tx);
    template <typename... More>
    std::int64_t touch(db::Transaction& tx, const db::Statement& statement, const More&... more) const {
        const auto& work = m_wish.work;
        return tx.execute(statement, work.organizer, work.name, work.scope, *m_number, more...);
    }
    void note_session(); // that a taker would have to end
    Wish m_wish;
    std::string m_holder;
    std::optional<std::int64_t> m_number;
    std::atomic<int> m_session = 0; // that we work in
    std::optional<Heartbeat> m_heartbeat;
};

} // namespace passa::lease
