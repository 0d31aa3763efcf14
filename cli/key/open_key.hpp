// Opening a key of the keystore with a passphrase from wherever it comes.
#pragma once
#include "cli/context.hpp"
#include "lib/crypto/keystore.hpp"

namespace passa::cli {

// The seed. A person at a terminal has three tries. Errors crypto.*, naming key and files; key.* of the passphrase.
Secret open_key(Context& ctx, const crypto::StoredKey& key, const out::PassphraseSource& source);

} // namespace passa::cli
