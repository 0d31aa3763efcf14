// Channels of notices. A change holds for what is told from now on, and for what still waits. No kinds: the default of
// the release that runs when something happens (passa_told_by_default).
#include "catalog_sql.hpp"
#include "lib/catalog/store.hpp"

namespace passa::catalog {
void store_notice_channel(Store& store, const manifest::Manifest& manifest, const IdBytes& id) {
    const Spec spec{manifest};
    const bool is_email = spec.text("type") == "email";
    const auto tls = is_email ? std::optional{spec.find_text("tls").value_or("starttls")} : std::nullopt;
    store.tx.run(sql::upsert_notice_channel, store.organizer, id, manifest.name, spec.text("type"),
                 spec.find_text("language").value_or("en"), spec.texts("tell"), spec.texts("jobs"),
                 spec.find_text("url"), spec.find_text("server"), tls, spec.find_text("from"), spec.texts("to"),
                 spec.find_text("username"), spec.find_text("credential"),
                 spec.find_text("privateAddresses").value_or("false") == "true", spec.find_text("caFile"),
                 spec.find_text("exitStatus").value_or("false") == "true");
}

} // namespace passa::catalog
