// The texts that a workbook keeps once for all its cells. They may be millions: they wait in a file that nobody else
// sees.
#pragma once
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace passa::table {

class SharedStrings {
public:
    explicit SharedStrings(std::string workbook);
    void add(std::string_view text);                       // error table.workbook when there are too many
    [[nodiscard]] std::string_view get(std::size_t index); // until the next call; error table.workbook
private:
    struct Close {
        void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); } // gone with this process
    };
    std::string m_workbook;
    std::unique_ptr<std::FILE, Close> m_spool;
    std::vector<std::uint64_t> m_ends;
    std::string m_window; // of the spool: cells mostly ask for neighbours
    std::uint64_t m_window_at = 0;
};

} // namespace passa::table
