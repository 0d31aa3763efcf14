// The parts of a zip archive, each unpacked on the way.
#pragma once
#include "lib/table/byte_source.hpp"

struct zip;

namespace passa::table {

class Archive {
public:
    // Errors table.workbook.
    explicit Archive(const std::filesystem::path& path);
    // Null when there is no such part. Reading has the limits of byte_source.hpp.
    [[nodiscard]] std::unique_ptr<ByteSource> open(const std::string& part) const;
    [[nodiscard]] const std::string& name() const { return m_name; }

private:
    std::string m_name;
    std::shared_ptr<zip> m_zip;
};

[[noreturn]] void refuse_workbook(const std::string& name, const std::string& what, std::string hint);

} // namespace passa::table
