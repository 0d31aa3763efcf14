// For decoders that take a path: the input as a file of this process, in memory where there is /dev/shm.
#pragma once
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace passa::test {

class InputFile {
public:
    InputFile(const std::uint8_t* data, std::size_t size, std::string_view ending) : m_path(folder() / name(ending)) {
        std::ofstream{m_path, std::ios::binary | std::ios::trunc}.write(reinterpret_cast<const char*>(data),
                                                                        static_cast<std::streamsize>(size));
        std::filesystem::permissions(m_path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }
    ~InputFile() { std::filesystem::remove(m_path); }
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    static std::filesystem::path folder() {
        return std::filesystem::exists("/dev/shm") ? "/dev/shm" : std::filesystem::temp_directory_path();
    }
    static std::string name(std::string_view ending) { return fmt::format("passa-fuzz-{}{}", getpid(), ending); }
    std::filesystem::path m_path;
};

} // namespace passa::test
