// passa audit verify: was anything changed, taken out or moved after it was sealed?
#include "cli/context.hpp"
#include "lib/audit/chain.hpp"
#include "lib/stellar/strkey.hpp"

#include <algorithm>
#include <fstream>

namespace passa::cli::audit_verify {

struct Args {
    std::optional<std::filesystem::path> file;
    std::optional<std::string> signed_by;
};

namespace {

// The database's records by number, asked for in their order; read by the thousand.
class Stored {
public:
    explicit Stored(Context& ctx) : m_ctx(ctx) {}
    std::optional<std::string_view> find(std::int64_t seq) {
        while (m_at < m_page.size() && m_page[m_at].seq < seq) ++m_at;
        if (m_at == m_page.size()) {
            m_page = m_ctx.read(
                [&](db::Transaction& tx) { return audit::load_records(tx, m_ctx.organizer(), seq - 1, k_page); });
            m_at = 0;
        }
        if (m_at == m_page.size() || m_page[m_at].seq != seq) return std::nullopt;
        return m_page[m_at].text;
    }

private:
    static constexpr std::int64_t k_page = 1'000;
    Context& m_ctx;
    std::vector<audit::Record> m_page;
    std::size_t m_at = 0;
};

// An export as somebody else keeps it: its own links, and that the database still has the same records.
void check_export(Context& ctx, const std::filesystem::path& file, audit::Verdict& verdict) {
    std::ifstream in{file, std::ios::binary};
    if (!in || std::filesystem::is_directory(file))
        throw Error{{Kind::not_found, "audit.file", fmt::format("cannot read {}", file.string()),
                     "name an export: passa audit export"}};
    std::optional<audit::Links> links;
    Stored stored{ctx};
    std::string line(audit::k_longest_record + 1, '\0');
    while (static_cast<std::int64_t>(verdict.faults.size()) < audit::k_most_faults &&
           in.getline(line.data(), static_cast<std::streamsize>(line.size()))) {
        const std::string_view text{line.data(), static_cast<std::size_t>(in.gcount()) - (in.eof() ? 0 : 1)};
        if (!links) links = audit::Links::before(text);
        if (auto fault = links->find_fault(text))
            verdict.faults.push_back(fmt::format("{}: {}", file.filename().string(), *fault));
        if (stored.find(links->last()) != text)
            verdict.faults.push_back(fmt::format("record {} of {} is not in the database as it stands there",
                                                 links->last(), file.filename().string()));
    }
    if (in.bad() || (in.fail() && !in.eof()))
        throw Error{{Kind::invalid_input, "audit.file",
                     fmt::format("{} holds a line longer than any record", file.string()),
                     "name an export: passa audit export"}};
}

// Whoever owns the database can make the chain anew and sign it, but not with a key that is not there.
void require_signer(const std::string& signer, audit::Verdict& verdict) {
    const auto key = stellar::parse_account(signer).value_or_throw();
    const auto is_theirs = [&](const audit::Head& head) { return head.key == key; };
    if (std::none_of(verdict.heads.begin(), verdict.heads.end(), is_theirs))
        verdict.faults.push_back(fmt::format("no record is signed by {}", signer));
}

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    auto verdict = ctx.read([&](db::Transaction& tx) { return audit::verify(tx, ctx.organizer()); });
    if (args.file) check_export(ctx, *args.file, verdict);
    if (args.signed_by) require_signer(*args.signed_by, verdict);
    out::Records heads, faults;
    for (const auto& head : verdict.heads)
        heads.push_back(
            {{"record", head.seq}, {"signed_by", stellar::format_account(head.key)}, {"signed_at", head.signed_at}});
    for (const auto& fault : verdict.faults) faults.push_back({{"fault", fault}});
    const auto broken = static_cast<std::int64_t>(verdict.faults.size());
    ctx.show({{"records", verdict.records}, {"unsealed", verdict.unsealed}, {"signatures", heads}, {"faults", faults}});
    if (broken == 0) return ExitCode::ok;
    throw Error{{Kind::balance_gap, "audit.broken", fmt::format("the audit trail does not hold: {} faults", broken),
                 "trust nothing that was written since; compare with a backup: passa db verify"}};
}

extern const Command k_command = {
    .path = "audit verify",
    .summary = "Prove that nothing was changed after it was sealed",
    .details = "Works out every link of the chain anew, checks the signatures over its heads, and compares each record "
               "with the rows that "
               "it tells of, and what is declared with how its newest version left it: prices, rates, shares, limits, "
               "where a party is paid. A row that was changed, taken out, put elsewhere or forged is named. With an "
               "export that "
               "somebody else kept, "
               "a chain that was made anew as a whole is found too.",
    .options =
        {positional("FILE", &Args::file, "An export to compare with"),
         option("signed-by", &Args::signed_by, "ACCOUNT",
                "Ask for this account's signature too: a chain that was made anew has none of a key kept elsewhere")},
    .examples = {{"passa audit verify", "the chain and the rows"},
                 {"passa audit verify kept-by-the-auditor.jsonl", "against a copy"}},
    .exits = {{ExitCode::balance_gap, "something was changed; it is named"}},
    .run = runner(run),
};

} // namespace passa::cli::audit_verify
