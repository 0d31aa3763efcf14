// The right to move one plan's money: a release and a payment, or two payments from two machines, go one after the
// other.
#pragma once
#include "cli/escrow/holder.hpp"
#include "lib/lease/lease.hpp"

namespace passa::cli::escrow {

class Turn {
public:
    Turn(Context& ctx, const Escrow& escrow); // error escrow.busy: somebody else has it

    // Error escrow.busy: somebody else has taken it meanwhile.
    template <typename F>
    auto write(F&& fn) {
        return m_ctx.write([&](db::Transaction& tx) {
            require(m_lease.hold(tx));
            return fn(tx);
        });
    }
    void require_held() { // before what no transaction can fence
        write([](db::Transaction&) { return true; });
    }

private:
    void require(bool is_ours) const;
    Context& m_ctx;
    std::string m_event;
    lease::Lease m_lease;
};

} // namespace passa::cli::escrow
