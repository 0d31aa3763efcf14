// JSON with sorted keys: a diff of it says what changed.
#include "cli/contract/lock.hpp"

#include "lib/base/fresh_file.hpp"
#include "lib/base/text.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>

namespace passa::cli::contract {
namespace {

using Json = nlohmann::json;

constexpr const char* k_schema = "passa.contracts.lock.v1";
constexpr std::uintmax_t k_largest = std::uintmax_t{1} << 20U;

Problem bad_file(const std::string& why) {
    return {Kind::invalid_input, "contract.lock_file", fmt::format("this is no lock file: {}", why),
            "take it from version control again, or move it away: it is made anew"};
}

Error in_file(const std::filesystem::path& path, Problem problem) {
    problem.message = fmt::format("{}: {}", printable(path.string(), 300), problem.message);
    return Error{std::move(problem)};
}

std::string read_text(const std::filesystem::path& path) {
    std::error_code none;
    if (!std::filesystem::exists(path, none)) return {};
    if (std::filesystem::file_size(path, none) > k_largest) throw in_file(path, bad_file("it is larger than 1 MiB"));
    std::ifstream file{path};
    std::string text{std::istreambuf_iterator<char>{file}, {}};
    if (!file) throw in_file(path, bad_file("it cannot be read"));
    return text;
}

std::map<std::string, Locked> read_contracts(const Json& json) {
    std::map<std::string, Locked> contracts;
    for (const auto& [name, one] : json.at("contracts").items())
        contracts[name] = {one.at("address").get<std::string>(), one.value("sha256", ""), one.value("interface", ""),
                           one.value("ledger", std::int64_t{0}), one.value("transaction", "")};
    return contracts;
}

} // namespace

// Depth is bounded: objects in objects in an object.
Result<std::map<std::string, Locked>> parse_lock(const std::string& text, const std::string& network) {
    const auto shallow = [](int depth, Json::parse_event_t, const Json&) { return depth < 8; };
    const auto json = Json::parse(text, shallow, false);
    try {
        if (json.is_discarded() || !json.is_object()) return bad_file("it is not JSON");
        if (json.value("schema", "") != k_schema) return bad_file(fmt::format("its schema is not {}", k_schema));
        if (json.value("network", "") != network) return bad_file("it is of another network");
        return read_contracts(json);
    } catch (const Json::exception&) { // of another form than we write
        return bad_file("a field of it is not what it should be");
    }
}

std::string lock_text(const std::map<std::string, Locked>& contracts, const std::string& network) {
    auto all = Json::object();
    for (const auto& [name, one] : contracts)
        all[name] = {{"address", one.address},
                     {"sha256", one.sha256},
                     {"interface", one.interface},
                     {"ledger", one.ledger},
                     {"transaction", one.transaction}};
    const Json json{{"schema", k_schema}, {"network", network}, {"contracts", std::move(all)}};
    return json.dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
}

LockFile::LockFile(const std::filesystem::path& folder, std::string network)
    : m_path(folder / fmt::format("contracts.{}.lock.json", network)), m_network(std::move(network)),
      m_text(read_text(m_path)) {
    if (m_text.empty()) return;
    auto contracts = parse_lock(m_text, m_network);
    if (!contracts) throw in_file(m_path, contracts.problem());
    m_contracts = std::move(contracts).value();
}

void LockFile::require(const Looked& looked) const {
    const auto it = m_contracts.find(looked.declared.name);
    const auto address = stellar::xdr::to_text(looked.id);
    if (it == m_contracts.end() || it->second.address == address) return;
    throw Error{{Kind::refused, "contract.locked",
                 fmt::format("{} says that {} is {}, but by its manifest it would be {}", m_path.string(),
                             looked.declared.name, printable(it->second.address, 80), address),
                 "its key, its salt or the organizer changed: put that back, or take its entry out of the lock file if "
                 "a new contract is meant"}};
}

const Locked* LockFile::find(const std::string& name) const {
    const auto it = m_contracts.find(name);
    return it == m_contracts.end() ? nullptr : &it->second;
}

void LockFile::put(const Looked& looked, const std::string& transaction) {
    auto& one = m_contracts[looked.declared.name];
    one.address = stellar::xdr::to_text(looked.id);
    one.sha256 = looked.runs ? to_hex(*looked.runs) : std::string{};
    one.interface = looked.is_ours() ? to_hex(looked.interface) : std::string{};
    if (!transaction.empty()) one.transaction = transaction;
    if (one.ledger == 0 || !transaction.empty()) one.ledger = looked.life.ledger;
}

void LockFile::write() const {
    const auto text = lock_text(m_contracts, m_network);
    if (text == m_text) return;
    try {
        FreshFile file{m_path, 0644};
        file.write(text);
        file.replace();
    } catch (const std::filesystem::filesystem_error& error) {
        throw Error{{Kind::unavailable, "contract.lock_file",
                     fmt::format("{} cannot be written: {}", printable(m_path.string(), 300), error.code().message()),
                     "the contracts are as declared: make room or give leave, and run the same command again"}};
    }
}

} // namespace passa::cli::contract
