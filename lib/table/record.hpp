// One record of an input file: its fields, its bytes, and the line it begins on. Everything points into the reader and
// is gone with the next record.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace passa::table {

inline constexpr std::size_t k_most_columns = 500;
inline constexpr std::size_t k_longest_field = std::size_t{64} * 1024;

struct Record {
    std::span<const std::string_view> fields;
    std::string_view raw;  // as found, without its line break
    std::int64_t line = 0; // from 1
};

class RecordReader {
public:
    virtual ~RecordReader() = default;
    // False at the end. Errors table.* name the line and, where known, the column.
    virtual bool next(Record& record) = 0;
};

} // namespace passa::table
