// passa payout send: pay an approved batch.
#include "cli/payout/send_batch.hpp"

namespace passa::cli::payout_send {

extern const Command k_command = {
    .path = "payout send",
    .summary = "Pay an approved batch",
    .details =
        "Sets the money aside, then pays in as few transactions as the network allows. The exact bytes of each are "
        "stored before they leave; a second try is made only after stored proof that the first is dead. What "
        "cannot be paid fails alone and is owed again. Ctrl-C finishes what has left and stops.\n\n"
        "An approval holds as long as the policy says (approvalValidFor, 7 days by default): later, what may have left "
        "is followed to its end, and the rest waits until the batch is approved again, or cancelled.",
    .options = send_options(),
    .examples = {{"passa payout send bat_01h455vb4pex5vsknk084sn02q --dry-run", "what would leave"},
                 {"passa payout send bat_01h455vb4pex5vsknk084sn02q --yes standalone --passphrase-file pass.txt",
                  "without anybody to ask"}},
    .exits = send_exits(),
    .effect = Effect::moves_money,
    .run = runner<SendArgs>(send_batch),
};

} // namespace passa::cli::payout_send
