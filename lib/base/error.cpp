// Error frames and the one switch from kinds to exit codes.
#include "lib/base/error.hpp"

#include "lib/base/assert.hpp"

#include <filesystem>

namespace passa {
namespace {

thread_local std::vector<std::string> t_frames;

Problems with_frames(Problems problems) {
    PASSA_ASSERT(!problems.empty());
    for (auto& problem : problems)
        if (problem.frames.empty()) problem.frames = t_frames;
    return problems;
}

} // namespace

Problem problem_of(const std::exception& error) {
    const auto* refused = dynamic_cast<const std::filesystem::filesystem_error*>(&error);
    if (refused == nullptr)
        return {Kind::internal, "internal.unexpected", error.what(),
                "please report this, with the command that led to it"};
    const auto other = refused->path2().empty() ? "" : fmt::format(" and {}", refused->path2().string());
    return {
        Kind::failed, "file.refused",
        fmt::format("the file system refuses {}{}: {}", refused->path1().string(), other, refused->code().message()),
        "look who it belongs to and whether there is room, and run it again"};
}

ExitCode exit_code_for(Kind kind) {
    switch (kind) {
    case Kind::failed:
    case Kind::not_found:
    case Kind::conflict:
    case Kind::refused: return ExitCode::failed;
    case Kind::usage:
    case Kind::invalid_input: return ExitCode::usage;
    case Kind::unauthorised: return ExitCode::unauthorised;
    case Kind::unavailable:
    case Kind::busy: return ExitCode::busy;
    case Kind::partial: return ExitCode::partial;
    case Kind::difference: return ExitCode::differs;
    case Kind::open_breaks: return ExitCode::open_breaks;
    case Kind::balance_gap: return ExitCode::balance_gap;
    case Kind::unknown_outcome: return ExitCode::unknown_outcome;
    case Kind::configuration: return ExitCode::configuration;
    case Kind::internal: return ExitCode::internal;
    }
    return ExitCode::internal;
}

std::string_view kind_name(Kind kind) {
    switch (kind) {
    case Kind::failed: return "failed";
    case Kind::usage: return "usage";
    case Kind::invalid_input: return "invalid_input";
    case Kind::not_found: return "not_found";
    case Kind::conflict: return "conflict";
    case Kind::refused: return "refused";
    case Kind::unauthorised: return "unauthorised";
    case Kind::unavailable: return "unavailable";
    case Kind::busy: return "busy";
    case Kind::partial: return "partial";
    case Kind::difference: return "difference";
    case Kind::open_breaks: return "open_breaks";
    case Kind::balance_gap: return "balance_gap";
    case Kind::unknown_outcome: return "unknown_outcome";
    case Kind::configuration: return "configuration";
    case Kind::internal: return "internal";
    }
    return "internal";
}

Error::Error(Problem problem) : Error(Problems{std::move(problem)}) {}
Error::Error(Problems problems) : m_problems(with_frames(std::move(problems))) {}

Frame::Frame(std::string text) { t_frames.push_back(std::move(text)); }
Frame::~Frame() { t_frames.pop_back(); }

} // namespace passa
