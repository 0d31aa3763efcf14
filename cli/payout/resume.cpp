// passa payout resume: go on where a send ended, however it ended.
#include "cli/payout/send_batch.hpp"

namespace passa::cli::payout_resume {

extern const Command k_command = {
    .path = "payout resume",
    .summary = "Go on with a batch whose sending was interrupted or is unknown",
    .details =
        "The same as send, which always looks first at what is stored: what may have left is asked for, or its same "
        "bytes are sent again; nobody is paid twice. Safe after kill -9, and as often as you like.",
    .options = send_options(),
    .examples = {{"passa payout resume bat_01h455vb4pex5vsknk084sn02q --yes standalone --passphrase-file pass.txt",
                  "after exit code 20"}},
    .exits = send_exits(),
    .effect = Effect::moves_money,
    .run = runner<SendArgs>(send_batch),
};

} // namespace passa::cli::payout_resume
