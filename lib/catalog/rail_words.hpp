// Addresses, memos and issued assets are words of a rail, which the catalog does not know: whoever puts the rails
// together brings the rules. Checked from the files alone, so that a mistyped address shows at once and not when it is
// paid.
#pragma once
#include "lib/manifest/field.hpp"

#include <functional>
#include <map>

namespace passa::catalog {

using WordRule = std::function<Problems(const std::string& word)>; // empty: nothing wrong

struct RailWords {
    WordRule payee;    // where a payment can go
    WordRule memo;     // what a payment can carry
    WordRule treasury; // an account that can pay
    WordRule asset;    // CODE:ISSUER
};

// By the rail's name; of rails that are not there nothing is known, and nothing refused.
Problems check_rail_words(const std::vector<manifest::Manifest>& manifests,
                          const std::map<std::string, RailWords>& rails);

} // namespace passa::catalog
