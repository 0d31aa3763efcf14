// A small world for the matching: attempts with their payouts, and the statement that a truthful rail would give of
// them.
#pragma once
#include "lib/base/random.hpp"
#include "lib/recon/match.hpp"

namespace passa::test {

inline constexpr Instant k_world_time = Instant{std::chrono::hours{24 * 365 * 57}};

// Everything confirmed and on the statement, long ago. Destinations differ; amounts may repeat. Some fees are booked.
recon::MatchInput make_truthful_world(Random& random);

void shuffle(recon::MatchInput& input, Random& random);
std::string describe(const recon::MatchResult& result); // every field, in order: to compare two results

// Every line is in exactly one place, no payout is matched twice, and what is booked and held is what moved. Empty: all
// hold; else what does not.
std::string find_broken_law(const recon::MatchInput& input, const recon::MatchResult& result);

} // namespace passa::test
