// One input file, read once from front to back in pieces of bounded size; packed by gzip it is unpacked on the way.
// What is plainly not text that passa reads (UTF-16, an archive, a folder) is refused at the door, with what to do
// about it.
#pragma once
#include "lib/base/bytes.hpp"
#include "lib/table/byte_source.hpp"

namespace passa::table {

inline constexpr std::size_t k_longest_row = 1 << 20;

class TextFile {
public:
    // Errors table.file_unreadable, table.file_empty, table.file_utf16, table.file_spreadsheet, table.packed,
    // table.workbook.
    enum class Packed : std::uint8_t { unpack, refuse };
    explicit TextFile(const std::filesystem::path& path, Packed packed = Packed::unpack);
    std::size_t read(char* into, std::size_t most);                      // 0 at the end
    void rewind();                                                       // to the first byte after a byte order mark
    [[nodiscard]] std::int64_t size() const { return m_source->size(); } // packed: about
    [[nodiscard]] bool is_sheet() const { return m_is_sheet; }           // then its delimiter is the comma
    void use_decimal(char sign) { m_source->use_decimal(sign); }         // in a sheet's numbers; before the first read
    [[nodiscard]] const std::string& name() const { return m_name; }

private:
    std::string m_name;
    std::unique_ptr<ByteSource> m_source;
    bool m_is_sheet = false;
    std::size_t m_mark = 0; // bytes of the byte order mark
};

Hash256
sha256_of(const std::filesystem::path& path); // in pieces; of a sheet with its name; error table.file_unreadable

} // namespace passa::table
