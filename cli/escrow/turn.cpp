// A lease of the database, by the plan.
#include "cli/escrow/turn.hpp"

namespace passa::cli::escrow {
namespace {

constexpr Duration k_life = std::chrono::seconds{60};
constexpr Duration k_patience = std::chrono::seconds{3}; // a killed one's is noticed within

} // namespace

Turn::Turn(Context& ctx, const Escrow& escrow)
    : m_ctx(ctx), m_event(escrow.event_name),
      m_lease({ctx.db(), {ctx.organizer(), "escrow", escrow.plan.uuid()}, ctx.actor(), k_life, k_patience, [&ctx] {
                   return ctx.stop().requested();
               }}) {
    require(m_lease.is_ours());
}

void Turn::require(bool is_ours) const {
    if (is_ours) return;
    throw Error{{Kind::busy, "escrow.busy",
                 m_lease.holder().empty() ? fmt::format("the right to move {}'s money was lost", m_event)
                                          : fmt::format("{} moves {}'s money now", m_lease.holder(), m_event),
                 "run the command again when that is done: nothing is sent twice"}};
}

} // namespace passa::cli::escrow
