// A home that is being restored into: one restore at a time, and known as unfinished from its first step to its last,
// so that a command which came after a kill does not begin new books where the old ones are to go.
#pragma once
#include <filesystem>

namespace passa::cli {

class Restoring {
public:
    // Takes the home; from `file`. Errors backup.read, db.in_use.
    Restoring(const std::filesystem::path& home, const std::filesystem::path& file);
    ~Restoring(); // what failed left nothing: the home is as it was
    Restoring(const Restoring&) = delete;
    Restoring& operator=(const Restoring&) = delete;

    enum class Place : bool { in_database, beside };    // beside: the database appears whole, in one step
    void begin(Place place = Place::in_database) const; // everybody else is refused until finish(); may be said again
    void finish() const;                                // the books are there
    [[nodiscard]] bool was_cut_off() const { return m_was_cut_off; } // another one before this

private:
    std::filesystem::path m_home, m_file;
    int m_lock = -1;
    bool m_was_cut_off = false;
};

// Of a home that nobody restores into. Errors db.restore_cut, and db.in_use while one is at work.
void require_restored(const std::filesystem::path& home, bool has_database);

} // namespace passa::cli
