// A key into the keystore, sealed under a passphrase, and shown.
#pragma once
#include "cli/context.hpp"
#include "cli/out/passphrase.hpp"
#include "lib/crypto/ed25519.hpp"

namespace passa::cli {

// Errors of reading the passphrase and of the keystore: key.exists, key.name ...
ExitCode keep_key(Context& ctx, const std::string& name, const crypto::KeyPair& pair,
                  const out::PassphraseSource& passphrase);

} // namespace passa::cli
