// All roots of the event, so that those from before the contract was declared go there too.
#include "jobs/anchoring.hpp"

#include "lib/base/bytes.hpp"
#include "lib/catalog/contract.hpp"
#include "lib/proof/line.hpp"
#include "lib/settle/prove.hpp"

#include <algorithm>

namespace passa::jobs {
namespace {

contract::Wish wish_of(const std::string& contract, const settle::Rooted& rooted) {
    return {contract,
            k_anchor_function,
            rooted.id.text(),
            fmt::format(R"({{"kind":"{}","id":"{}","root":"{}"}})", proof::k_anchor_kind,
                        to_hex(proof::anchor_id(rooted.id.text())), to_hex(rooted.root)),
            {},
            {}};
}

} // namespace

std::int64_t queue_anchors(db::Transaction& tx, const contract::Desk& desk, const event::Event& event) {
    std::int64_t queued = 0;
    for (const auto& each : catalog::load_contracts(tx, desk.organizer)) {
        if (std::find(each.anchors.begin(), each.anchors.end(), event.name) == each.anchors.end()) continue;
        const auto known = contract::load_keys(tx, desk.organizer, each.name, k_anchor_function);
        for (const auto& rooted : settle::load_roots(tx, desk.organizer, event.id))
            if (!known.contains(rooted.id.text()) && contract::queue(tx, desk, wish_of(each.name, rooted))) ++queued;
    }
    return queued;
}

} // namespace passa::jobs
