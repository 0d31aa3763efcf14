// Whose lines, then each of them.
#include "cli/proof/records.hpp"

namespace passa::cli {

out::Record proof_record(const proof::File& file) {
    const auto& first = file.proofs.front().line;
    out::Records lines;
    for (const auto& [line, path] : file.proofs)
        lines.push_back({{"line", static_cast<std::int64_t>(line.number)},
                         {"kind", line.kind},
                         {"amount", line.amount},
                         {"asset", line.asset},
                         {"plan", line.plan},
                         {"campaign", line.campaign}});
    return {{"settlement", first.settlement},
            {"event", first.event},
            {"party", first.party},
            {"root", to_hex(file.root)},
            {"lines_in_all", static_cast<std::int64_t>(first.lines)},
            {"proved", lines}};
}

} // namespace passa::cli
