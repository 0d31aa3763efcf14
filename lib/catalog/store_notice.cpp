// Channels of notices. A change holds for what is told from now on, and for what still waits.
#include "catalog_sql.hpp"
#include "lib/catalog/store.hpp"

namespace passa::catalog {
namespace {

std::vector<std::string> told(const Spec& spec) {
    auto kinds = spec.texts("tell");
    if (!kinds.empty()) return kinds;
    if (spec.text("type") == "ping") return {"run.done", "run.partial", "run.failed", "run.alarm"};
    return {"run.partial", "run.failed", "run.alarm", "break.opened", "batch.waiting", "payout.unknown"};
}

} // namespace

void store_notice_channel(Store& store, const manifest::Manifest& manifest, const IdBytes& id) {
    const Spec spec{manifest};
    const bool is_email = spec.text("type") == "email";
    const auto tls = is_email ? std::optional{spec.find_text("tls").value_or("starttls")} : std::nullopt;
    store.tx.run(sql::upsert_notice_channel, store.organizer, id, manifest.name, spec.text("type"),
                 spec.find_text("language").value_or("en"), told(spec), spec.texts("jobs"), spec.find_text("url"),
                 spec.find_text("server"), tls, spec.find_text("from"), spec.texts("to"), spec.find_text("username"),
                 spec.find_text("credential"), spec.find_text("privateAddresses").value_or("false") == "true",
                 spec.find_text("caFile"), spec.find_text("exitStatus").value_or("false") == "true");
}

} // namespace passa::catalog
