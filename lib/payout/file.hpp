// A payment file: CSV (commas, semicolons or tabs) with a header, or JSON lines, naming party or destination, amount,
// asset, and if wanted memo, reference and key. Every line is checked and every error is told with its line and column;
// a file with one error pays nobody, and create() tells it. Its hash is over what it says, not over its bytes. It is
// read in bounded memory: of each line a few bytes stay, to find one that is there twice.
#pragma once
#include "lib/payout/create.hpp"

#include <filesystem>

namespace passa::payout {

inline constexpr std::int64_t k_most_file_lines = 1'000'000;

// The assets that amounts may be in: those that manifests name.
std::vector<money::Asset> load_assets(db::Transaction& tx, OrganizerId organizer);

// Thrown as soon as it is read: payout.file_column, payout.file_long, payout.file_empty; those of reading CSV and JSON
// are table.*. Among its findings: payout.file_field, payout.file_repeated, payout.file_secret.
PaymentFile open_payments(const std::filesystem::path& path, std::vector<money::Asset> assets);

} // namespace passa::payout
