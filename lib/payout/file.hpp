// A payment file: CSV (commas, semicolons or tabs) with a header naming party or destination, amount, asset, and if
// wanted memo and reference. Every line is checked and every error is told with its line and column; a file with one
// error pays nobody, and create() tells it. Its hash is over what it says, not over its bytes.
#pragma once
#include "lib/payout/create.hpp"

#include <filesystem>

namespace passa::payout {

inline constexpr std::int64_t k_most_file_lines = 100'000;

// The assets that amounts may be in: those that manifests name.
std::vector<money::Asset> load_assets(db::Transaction& tx, OrganizerId organizer);

// Thrown: payout.file_column, payout.file_long, payout.file_empty; those of reading CSV are table.*. Among the file's
// problems: payout.file_field, payout.file_repeated, payout.file_secret.
PaymentFile read_file(const std::filesystem::path& path, const std::vector<money::Asset>& assets);

} // namespace passa::payout
