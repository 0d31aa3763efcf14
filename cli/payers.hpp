// What all rails of a command share: each key is opened once, and each lane, which works in a thread of its own, has
// its own way to the servers.
#pragma once
#include "lib/http/poster.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace passa::stellar {
class Signer;
}

namespace passa::cli {

struct Payers {
    std::unique_ptr<http::Poster> poster = {};                            // of everything but lanes
    std::map<std::string, std::shared_ptr<stellar::Signer>> signers = {}; // by key
    std::vector<std::unique_ptr<http::Poster>> posters = {};              // of lanes
};

} // namespace passa::cli
