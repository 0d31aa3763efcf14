// A file as passa sees it, before anything is imported: which profile reads it, which of its headers, and what its
// first rows say. And where no profile does: a first draft of one.
#pragma once
#include "lib/sale/layout.hpp"
#include "lib/sale/map_row.hpp"

#include <span>

namespace passa::sale {

// A profile that reads the file. `layout` points into the profile.
struct Fit {
    const Profile* profile = nullptr;
    Layout layout;
    int columns = 0; // of the file's headers that it reads
};

// Every profile that reads the file, the one that reads most of it first. None: error sale.no_profile; of a
// single profile, what it says. `profiles` is not empty and must outlive the result.
Result<std::vector<Fit>> fit_profiles(table::TextFile& file, std::span<const Profile> profiles);

// One row as the profile understands it: with bad_code and bad_reason where it would be refused by itself.
struct PreviewRow {
    Staged row;
    bool counts = true; // not passed over as no sale
};
std::vector<PreviewRow> preview_rows(table::TextFile& file, const Fit& fit, const Catalog& catalog, int most);

// Headers that the profile does not read, in their order.
std::vector<std::string> unread_headers(const Fit& fit);

// A profile called `name` for a file that none reads, as YAML to be completed: a header goes to the column that any of
// `profiles` reads from a header so called. Error sale.no_header.
std::string draft_profile(table::TextFile& file, const std::string& name, std::span<const Profile> profiles);

} // namespace passa::sale
