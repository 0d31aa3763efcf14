// Events are matched by their first topics, which are fixed; what follows are parameters, in topics and in the data.
#include "lib/stellar/contract/told.hpp"

#include "lib/stellar/contract/arguments.hpp"
#include "lib/stellar/xdr/json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace passa::stellar::contract {
namespace {

using Json = nlohmann::ordered_json;
using Where = xdr::ScSpecEventParamLocationV0;

bool begins_with(const xdr::ContractEventV0& event, const xdr::ScSpecEventV0& told) {
    const auto& topics = event.topics;
    if (topics.size() < told.prefix_topics.size()) return false;
    for (std::size_t i = 0; i < told.prefix_topics.size(); ++i) {
        const auto* topic = topics[i].find<xdr::ScValType::symbol>();
        if (topic == nullptr || *topic != told.prefix_topics[i]) return false;
    }
    const auto in_topics = std::count_if(told.params.begin(), told.params.end(),
                                         [](const auto& p) { return p.location == Where::topic_list; });
    return topics.size() == told.prefix_topics.size() + static_cast<std::size_t>(in_topics);
}

const xdr::ScVal* find_in_map(const xdr::ScVal& data, const std::string& name) {
    const auto* map = data.find<xdr::ScValType::map>();
    if (map == nullptr || !*map) return nullptr;
    for (const auto& entry : **map)
        if (const auto* key = entry.key.find<xdr::ScValType::symbol>(); key != nullptr && *key == name)
            return &entry.val;
    return nullptr;
}

const xdr::ScVal* find_in_list(const xdr::ScVal& data, std::size_t at) {
    const auto* list = data.find<xdr::ScValType::vec>();
    return list == nullptr || !*list || at >= (*list)->size() ? nullptr : &(**list)[at];
}

// The value of each parameter where the interface says that it stands; null: it does not.
class Parameters {
public:
    Parameters(const xdr::ScSpecEventV0& told, const xdr::ContractEventV0& event)
        : m_told(told), m_event(event), m_topic(told.prefix_topics.size()) {}

    const xdr::ScVal* next(const xdr::ScSpecEventParamV0& parameter) {
        if (parameter.location == Where::topic_list) return &m_event.topics[m_topic++];
        switch (m_told.data_format) {
        case xdr::ScSpecEventDataFormat::single_value: return &m_event.data;
        case xdr::ScSpecEventDataFormat::vec: return find_in_list(m_event.data, m_in_data++);
        case xdr::ScSpecEventDataFormat::map: return find_in_map(m_event.data, parameter.name);
        }
        return nullptr;
    }

private:
    const xdr::ScSpecEventV0& m_told;
    const xdr::ContractEventV0& m_event;
    std::size_t m_topic;
    std::size_t m_in_data = 0;
};

std::optional<Json> try_typed(const Spec& spec, const xdr::ScSpecEventV0& told, const xdr::ContractEventV0& event) {
    if (!begins_with(event, told)) return std::nullopt;
    auto values = Json::object();
    Parameters parameters{told, event};
    for (const auto& parameter : told.params) {
        const auto* value = parameters.next(parameter);
        if (value == nullptr) return std::nullopt;
        auto typed = write_value(spec, parameter.type, *value);
        if (!typed) return std::nullopt;
        values[parameter.name] = std::move(typed).value();
    }
    return Json{{"name", std::string{told.name}}, {"parameters", std::move(values)}};
}

} // namespace

Json returned_json(const Spec& spec, std::string_view function, const xdr::ScVal& value) {
    const auto* told = spec.find_function(function);
    const auto* type = told == nullptr ? nullptr : returned_type(*told);
    if (type != nullptr)
        if (auto typed = write_value(spec, *type, value)) return std::move(typed).value();
    if (type == nullptr && value.type() == xdr::ScValType::void_) return nullptr;
    return xdr::to_json(value);
}

Json event_json(const Spec& spec, const xdr::ContractEventV0& event) {
    for (const auto& told : spec.events)
        if (auto typed = try_typed(spec, told, event)) return *std::move(typed);
    auto topics = Json::array();
    for (const auto& topic : event.topics) topics.push_back(xdr::to_json(topic));
    return Json{{"topics", std::move(topics)}, {"data", xdr::to_json(event.data)}};
}

} // namespace passa::stellar::contract
