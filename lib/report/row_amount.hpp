// A column of smallest units as an amount of the given asset.
#pragma once
#include "lib/db/row.hpp"

namespace passa::report {

inline money::Amount amount_of(const db::Row& row, std::string_view column, const money::Asset& asset) {
    return {row.get<money::Int128>(column), asset};
}

// With the asset that the row names.
inline money::Amount amount_of(const db::Row& row, std::string_view column) {
    return amount_of(row, column, {row.get<std::string>("asset_id"), row.get<int>("scale")});
}

} // namespace passa::report
