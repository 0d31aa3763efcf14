// Pages of their own for every secret: locked (best effort: containers may forbid it), not dumped, not inherited by
// fork.
#include "lib/base/secret.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

namespace passa {
namespace {

std::size_t mapped_size(std::size_t size) {
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    return (size + page - 1) / page * page;
}

} // namespace

void wipe(std::span<std::uint8_t> bytes) noexcept { explicit_bzero(bytes.data(), bytes.size()); }

Secret::Secret(std::size_t size) : m_size(size) {
    if (size == 0) return;
    void* const pages = mmap(nullptr, mapped_size(size), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED) throw std::bad_alloc{};
    mlock(pages, mapped_size(size));
    madvise(pages, mapped_size(size), MADV_DONTDUMP);
    madvise(pages, mapped_size(size), MADV_WIPEONFORK);
    m_data = static_cast<std::uint8_t*>(pages);
}

Secret Secret::take(std::span<std::uint8_t> bytes) {
    Secret secret{bytes.size()};
    std::copy(bytes.begin(), bytes.end(), secret.m_data);
    wipe(bytes);
    return secret;
}

Secret Secret::take(std::string& text) {
    auto secret = take(std::span{reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
    text.clear();
    return secret;
}

Secret::~Secret() { release(); }
Secret::Secret(Secret&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr)), m_size(std::exchange(other.m_size, 0)) {}
Secret& Secret::operator=(Secret&& other) noexcept {
    if (this != &other) {
        release();
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
    }
    return *this;
}

bool Secret::equals(const Secret& other) const {
    if (m_size != other.m_size) return false;
    std::uint8_t difference = 0;
    for (std::size_t i = 0; i < m_size; ++i)
        difference = static_cast<std::uint8_t>(difference | (m_data[i] ^ other.m_data[i]));
    return difference == 0;
}

void Secret::release() noexcept {
    if (m_data == nullptr) return;
    wipe({m_data, m_size});
    munmap(m_data, mapped_size(m_size));
    m_data = nullptr;
    m_size = 0;
}

} // namespace passa
