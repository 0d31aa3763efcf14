// The field table as JSON Schema (2020-12) for editors, and as text for people.
#include "lib/manifest/field.hpp"

#include <nlohmann/json.hpp>

namespace passa::manifest {
namespace {

using Json = nlohmann::ordered_json;

Json schema_of(const std::vector<Field>& fields);

Json schema_of(const Field& field) {
    Json node{{"description", field.doc}};
    switch (field.type) {
    case FieldType::name: node["type"] = "string", node["pattern"] = "^[a-z0-9][a-z0-9-]{0,62}$"; break;
    case FieldType::amount:
        node["type"] = "string", node["pattern"] = "^[0-9]+(\\.[0-9]+)? [A-Za-z0-9]+(:G[A-Z2-7]{55})?$";
        break;
    case FieldType::rate: node["type"] = "string", node["pattern"] = "^[0-9]+(\\.[0-9]+)? ?(%|bps)$"; break;
    case FieldType::decimal: node["type"] = "string", node["pattern"] = "^[0-9]+(\\.[0-9]+)?$"; break;
    case FieldType::duration: node["type"] = "string", node["pattern"] = "^[0-9]{1,7}[smhd]$"; break;
    case FieldType::schedule:
        node["type"] = "string",
        node["pattern"] = "^(every [0-9]{1,7}[smh]|(daily|weekly on [a-z]+day) at [0-2][0-9]:[0-5][0-9])$";
        break;
    case FieldType::integer: node["type"] = "integer", node["minimum"] = 0; break;
    case FieldType::boolean: node["type"] = "boolean"; break;
    case FieldType::choice: node["enum"] = field.choices; break;
    case FieldType::object: node.update(schema_of(field.fields)); break;
    case FieldType::list:
        node["type"] = "array",
        node["items"] = field.fields.empty() ? Json{{"type", "string"}} : schema_of(field.fields);
        break;
    case FieldType::values: node["type"] = "object"; break;
    default: node["type"] = "string";
    }
    return node;
}

Json schema_of(const std::vector<Field>& fields) {
    Json properties = Json::object();
    Json required = Json::array();
    for (const auto& field : fields) {
        properties[field.name] = schema_of(field);
        if (field.required) required.push_back(field.name);
    }
    return {{"type", "object"}, {"properties", properties}, {"required", required}, {"additionalProperties", false}};
}

void explain_fields(const std::vector<Field>& fields, int depth, std::string& out) {
    for (const auto& field : fields) {
        const auto type = field.type == FieldType::choice ? fmt::format("{}", fmt::join(field.choices, " | "))
                                                          : std::string{type_name(field.type)};
        out += fmt::format("{:{}}{}: {}{}\n{:{}}  {}\n", "", depth, field.name, type,
                           field.required ? ", required" : "", "", depth, field.doc);
        explain_fields(field.fields, depth + 4, out);
    }
}

} // namespace

std::string json_schema(const ObjectKind& kind) {
    const Field name{"name", FieldType::name, true, "the object's name, unique within its kind"};
    const Field organizer{"organizer", FieldType::name, false, "whose it is"};
    Json root{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
              {"title", "passa " + kind.name},
              {"description", kind.doc}};
    Json body = schema_of({{"metadata", FieldType::object, true, "", {}, {name, organizer}},
                           {"spec", FieldType::object, true, "", {}, kind.spec}});
    body["properties"]["apiVersion"] = {{"const", "passa/v1"}};
    body["properties"]["kind"] = {{"const", kind.name}};
    body["required"] = {"apiVersion", "kind", "metadata", "spec"};
    root.update(body);
    return root.dump(2) + "\n";
}

std::string explain(const ObjectKind& kind) {
    std::string out = fmt::format("{}\n  {}\n\nspec:\n", kind.name, kind.doc);
    explain_fields(kind.spec, 2, out);
    return out;
}

} // namespace passa::manifest
