// The one way a batch is sent, behind two verbs: send and resume.
#pragma once
#include "cli/context.hpp"
#include "lib/payout/payout.hpp"

#include <filesystem>

namespace passa::cli {

struct SendArgs {
    BatchId batch;
    std::optional<Duration> wait;
    std::optional<std::int64_t> channels;
    std::optional<std::int64_t> passphrase_fd;
    std::optional<std::filesystem::path> passphrase_file;
};

ExitCode send_batch(Context& ctx, const SendArgs& args);
std::vector<Option> send_options();
std::vector<ExitNote> send_exits();

} // namespace passa::cli
