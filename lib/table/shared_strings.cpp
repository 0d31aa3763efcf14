// One offset a text in memory, the texts on disk, a window of them read at a time.
#include "lib/table/shared_strings.hpp"

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/table/archive.hpp"

#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace passa::table {
namespace {

constexpr std::size_t k_most_strings = 8'000'000;
constexpr std::uint64_t k_window = 64ULL * 1024;

[[noreturn]] void no_room(const std::string& workbook) {
    throw Error{{Kind::failed, "table.file_unreadable",
                 fmt::format("cannot unpack {}: {}", printable(workbook), std::strerror(errno)),
                 "make room in the folder for temporary files, or save it as CSV"}};
}

} // namespace

SharedStrings::SharedStrings(std::string workbook) : m_workbook(std::move(workbook)), m_spool(std::tmpfile()) {
    if (m_spool == nullptr) no_room(m_workbook);
}

void SharedStrings::add(std::string_view text) {
    if (m_ends.size() == k_most_strings)
        refuse_workbook(m_workbook, fmt::format("holds more than {} texts", k_most_strings), "save it as CSV");
    if (std::fwrite(text.data(), 1, text.size(), m_spool.get()) != text.size()) no_room(m_workbook);
    m_ends.push_back((m_ends.empty() ? 0 : m_ends.back()) + text.size());
}

std::string_view SharedStrings::get(std::size_t index) {
    if (index >= m_ends.size()) refuse_workbook(m_workbook, "names a text that it does not hold", "export it again");
    const auto begin = index == 0 ? 0 : m_ends[index - 1], size = m_ends[index] - begin;
    if (begin < m_window_at || begin + size > m_window_at + m_window.size()) {
        if (std::fflush(m_spool.get()) != 0) no_room(m_workbook);
        m_window.resize(std::max(size, k_window));
        const auto got = pread(fileno(m_spool.get()), m_window.data(), m_window.size(), static_cast<off_t>(begin));
        if (got < 0 || static_cast<std::uint64_t>(got) < size) no_room(m_workbook);
        m_window.resize(static_cast<std::size_t>(got));
        m_window_at = begin;
    }
    return std::string_view{m_window}.substr(begin - m_window_at, size);
}

} // namespace passa::table
