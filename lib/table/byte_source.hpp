// Where the bytes of a text come from: a file, one that is unpacked on the way, a sheet of a workbook.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace passa::table {

class ByteSource {
public:
    virtual ~ByteSource() = default;
    virtual std::size_t read(char* into, std::size_t most) = 0; // 0 at the end
    virtual void restart() = 0;
    [[nodiscard]] virtual std::int64_t size() const = 0; // of the text; of a packed one about
    virtual void use_decimal(char /*sign*/) {} // in cells that hold numbers; takes effect before the first read
};

// Errors table.file_unreadable.
std::unique_ptr<ByteSource> open_file(const std::filesystem::path& path);

// What one byte of a packed export may become, and how much may come before that is asked for: real tables shrink to a
// fiftieth at best, what shrinks to a thousandth is made to fill a disk.
inline constexpr std::uint64_t k_most_growth = 200;
inline constexpr std::uint64_t k_free_growth = 64ULL << 20;
inline constexpr std::uint64_t k_most_unpacked = 16ULL << 30;

// Errors table.packed (damaged, cut off, or grown beyond the above).
std::unique_ptr<ByteSource> open_gzip(std::unique_ptr<ByteSource> packed, std::string name);

} // namespace passa::table
