// A template begins with the subject, then a blank line, then the text.
#include "lib/notify/message.hpp"

#include "lib/base/assert.hpp"
#include "lib/render/template.hpp"
#include "notice_templates.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace passa::notify {
namespace {

using Json = nlohmann::ordered_json;

constexpr int k_highest_status = 255; // of a process

// Ids as people type them: the database knows them as uuids.
Json facts_of(const Notice& notice) {
    auto facts = Json::parse(notice.payload);
    const auto name_id = [&](const char* key, std::string_view prefix) {
        if (const auto fact = facts.find(key); fact != facts.end())
            *fact = id_text::encode(prefix, id_text::parse_uuid(fact->get<std::string>()).value_or_throw());
    };
    name_id("run", notice.kind == "break.opened" ? "rec" : "job");
    name_id("settlement", "set");
    name_id("batch", "bat");
    return facts;
}

std::string_view find_template(const std::string& kind, const std::string& language) {
    const auto file = fmt::format("{}.{}.txt", kind, language);
    const auto* it = std::find_if(templates::k_files.begin(), templates::k_files.end(),
                                  [&](const auto& each) { return each.first == file; });
    PASSA_ASSERT(it != templates::k_files.end()); // the CHECKs of the tables name what there is; a test reads them all
    return it->second;
}

} // namespace

Message message_of(const Notice& notice, const std::string& language) {
    render::Fields fields{{"organizer", notice.organizer}, {"channel", notice.channel}, {"notice", notice.id.text()}};
    const auto facts = facts_of(notice);
    for (const auto& [key, value] : facts.items()) {
        fields.insert_or_assign(key, render::Node{value.is_string() ? value.get<std::string>() : value.dump()});
        fields.insert_or_assign("has_" + key, render::Node{value != ""});
    }
    const auto text =
        render::render(find_template(notice.kind, language), fields, render::Output::text).value_or_throw();
    const auto end = text.find("\n\n");
    PASSA_ASSERT(end != std::string::npos);
    return {text.substr(0, end), text.substr(end + 2)};
}

std::string json_of(const Notice& notice) {
    const Json body{{"type", notice.kind},
                    {"id", notice.id.text()},
                    {"timestamp", to_text(notice.created_at)},
                    {"organizer", notice.organizer},
                    {"data", facts_of(notice)}};
    return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string pairing_uuid(const Notice& notice) {
    if (notice.kind.starts_with("run.")) return Json::parse(notice.payload).at("run").get<std::string>();
    return id_text::uuid(notice.id.bytes());
}

std::optional<int> exit_status_of(const Notice& notice) {
    if (!notice.kind.starts_with("run.") || notice.kind == "run.started") return std::nullopt;
    const auto status = Json::parse(notice.payload).value("exit_code", 0);
    const bool is_well = notice.kind == "run.done";
    return status >= 0 && status <= k_highest_status && (status == 0) == is_well ? std::optional{status} : std::nullopt;
}

} // namespace passa::notify
