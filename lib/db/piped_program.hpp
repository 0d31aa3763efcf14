// A program of PostgreSQL's at the other end of one pipe, and its complaints in a file that nobody else sees.
#pragma once
#include "lib/base/bytes.hpp"

#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace passa::db {

class PipedProgram {
public:
    enum class Pipe : std::uint8_t { reads, writes }; // what the program does with it

    // A password reaches it by its environment: everybody can read the words of a command. Error db.no_dump_program.
    PipedProgram(const std::vector<std::string>& words, const std::optional<std::string>& password, Pipe pipe);
    ~PipedProgram();
    PipedProgram(const PipedProgram&) = delete;
    PipedProgram& operator=(const PipedProgram&) = delete;

    [[nodiscard]] std::size_t read_some(std::span<std::uint8_t> into) const; // 0: the end
    // False: the program listens no more, and its exit status tells why.
    [[nodiscard]] bool write_all(ByteView bytes) const;
    void hang_up();
    int await(); // its exit status; 128 and more: a signal
    [[nodiscard]] std::string complaints() const;

private:
    struct Place {
        int from;
        int to;
    };
    void start(const std::vector<std::string>& words, const std::optional<std::string>& password, Place pipe);
    int m_complaints = -1;
    int m_pipe = -1;
    pid_t m_pid = -1;
};

} // namespace passa::db
