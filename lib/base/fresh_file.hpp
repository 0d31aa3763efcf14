// A file that stands complete on the disk before it takes its name: whoever reads the name sees the old file or the
// new one, also after a power cut. It is written beside its place under a random name, never through a link.
// Failures are std::filesystem::filesystem_error with that place, for the caller to say what could not be written.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace passa {

class FreshFile {
public:
    explicit FreshFile(std::filesystem::path place, unsigned mode = 0600);
    ~FreshFile(); // gone, unless it took its name
    FreshFile(const FreshFile&) = delete;
    FreshFile& operator=(const FreshFile&) = delete;

    void write(std::string_view text); // buffered: rows are small
    void set_mode(unsigned mode);      // this one, whatever the process's mask takes away
    void replace();                    // takes its name from whatever has it
    bool claim();                      // takes its name if that is free; false if not

private:
    void begin(unsigned mode);
    void flush();
    void sync();
    std::string m_buffer;
    std::filesystem::path m_place;
    std::filesystem::path m_fresh;
    int m_fd = -1;
    int m_held = -1; // the same file, for the lock on it: until it has its name
};

// Takes away what is left in a folder of fresh files whose writer was killed: those that nobody has a lock on, which
// whoever writes one has from its beginning to its name; how many. An age would be a guess, a long backup is old. Where
// a file system has no locks, nothing is taken away.
int clear_unfinished(const std::filesystem::path& folder);

// What was created or renamed in this folder survives a power cut.
void sync_folder(const std::filesystem::path& folder);

} // namespace passa
