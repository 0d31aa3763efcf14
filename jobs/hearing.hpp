// One contract, heard from where it was left on to the newest ledger, stretch by stretch into the books.
#pragma once
#include "jobs/jobs.hpp"
#include "lib/contract/event.hpp"
#include "lib/stellar/contract/events.hpp"

namespace passa::jobs {

class Hearing {
public:
    Hearing(const payout::Desk& desk, const Chain& chain, const catalog::Contract& declared);

    struct Manners {
        std::function<void()> require_live; // between two stretches: whoever hears must still be allowed to
        std::function<bool()> stop;
    };
    bool go_through(const Manners& manners); // false: asked to stop before the end
    [[nodiscard]] runner::Counts counts() const;
    [[nodiscard]] std::int64_t through() const; // the last ledger of which all was heard; 0: none

private:
    struct Window { // ledgers whose events the server has
        std::int64_t oldest = 0, latest = 0;
        // The server forgets, and what was not heard yet lies in the quarter that goes next.
        [[nodiscard]] bool ends_soon(const contract::Heard& heard) const;
    };
    void require_plausible(const stellar::contract::Stretch& stretch, const Window& window) const;
    Window look();
    std::optional<stellar::rpc::EventQuestion> first_question(const Window& window);
    void store(const stellar::contract::Spec& spec, const stellar::contract::Stretch& stretch);

    contract::Desk m_books;
    std::unique_ptr<stellar::rpc::Client> m_client;
    stellar::xdr::ContractId m_id;
    contract::Stream m_stream;
    std::optional<contract::Heard> m_heard;
    std::optional<contract::Gap> m_gap; // to be stored with what stands behind it
    std::int64_t m_from = 0;
    std::int64_t m_events = 0, m_gaps = 0;
    bool m_is_late = false;
};

} // namespace passa::jobs
