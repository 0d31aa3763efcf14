// What a payee keeps: his lines of one settlement, each with its path to the root. It is checked without a database, a
// network or passa's word: the root comes from where the organizer published it.
#pragma once
#include "lib/base/result.hpp"
#include "lib/proof/line.hpp"

namespace passa::proof {

struct ProvedLine {
    Line line;
    std::vector<Hash256> path; // nearest first
};

struct File {
    Hash256 root{};
    std::vector<ProvedLine> proofs; // of one party in one settlement, by their numbers
};

inline constexpr std::size_t k_most_proofs = 1'000;
inline constexpr std::size_t k_longest_file = std::size_t{4} << 20U;
inline constexpr std::string_view k_file_mark =
    "{\n  \"schema\": \"passa.proof.v1\""; // what every such file begins with

std::string file_text(const File& file);
// Of files that anybody may have written: texts hold nothing that a terminal obeys. Error proof.file.
Result<File> parse_file(std::string_view text);

// That every line leads to this root. Errors proof.changed, proof.other_root.
Result<Done> check(const File& file, const Hash256& root);

} // namespace passa::proof
