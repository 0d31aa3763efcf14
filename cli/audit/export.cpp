// passa audit export: the sealed records, for somebody else to keep.
#include "cli/context.hpp"
#include "lib/audit/chain.hpp"

namespace passa::cli::audit_export {

struct Args {
    std::optional<std::int64_t> after;
};

ExitCode run(Context& ctx, const Args& args) {
    constexpr std::int64_t k_page = 5'000;
    const auto org = ctx.organizer();
    out::Records records; // for --json; as text they leave page by page
    for (auto after = args.after.value_or(0);;) {
        const auto page = ctx.read([&](db::Transaction& tx) { return audit::load_records(tx, org, after, k_page); });
        if (page.empty()) break;
        for (const auto& record : page) {
            if (ctx.is_for_tools())
                records.push_back({{"record", record.seq}, {"sha256", to_hex(record.sha256)}, {"text", record.text}});
            else
                ctx.text(record.text + "\n");
        }
        after = page.back().seq;
    }
    if (ctx.is_for_tools()) ctx.list({{"record", "RECORD"}, {"sha256", "SHA256"}, {"text", "TEXT"}}, records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "audit export",
    .summary = "Print the sealed records, one line of JSON each",
    .details = "Each line holds as \"prior\" the SHA-256 of the line before it, without its line break: whoever keeps "
               "a copy can check it "
               "with sha256sum, and passa audit verify FILE compares it with the database.",
    .options = {option("after", &Args::after, "N", "Only records after this number")},
    .examples = {{"passa audit export >kept-by-the-auditor.jsonl", "all of them"}},
    .run = runner(run),
};

} // namespace passa::cli::audit_export
