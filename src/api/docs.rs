//! `GET /api/docs`: the endpoints for people, from the same document that programs read.
use super::openapi;
use crate::App;
use crate::platform::language::Language;
use crate::web::{Page, Visitor, page};
use actix_web::web::Data;
use anyhow::Context;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// A schema within a schema within a schema: an example need not go deeper.
const DEEPEST: usize = 6;

#[derive(Serialize)]
struct DocsPage {
    openapi_url: &'static str,
    version: String,
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    name: String,
    text: Option<String>,
    operations: Vec<Operation>,
}

#[derive(Serialize)]
struct Operation {
    id: String,
    method: String,
    path: String,
    summary: String,
    description: Option<String>,
    parameters: Vec<ParameterView>,
    body: Option<String>,
    responses: Vec<ResponseView>,
}

#[derive(Serialize)]
struct ParameterView {
    name: String,
    place: String,
    kind: String,
    required: bool,
    text: String,
}

#[derive(Serialize)]
struct ResponseView {
    status: String,
    text: String,
}

impl Page for DocsPage {
    const TEMPLATE: &'static str = "web/api_docs";
    fn title(&self, language: Language) -> String {
        language.text("pages-api-title")
    }
}

/// `GET /api/docs`
pub async fn show(app: Data<App>, visitor: Visitor) -> crate::web::Result {
    let language = visitor.language();
    page(&app, visitor, move |_| {
        let document = serde_json::to_value(openapi::document()).context("the OpenAPI document")?;
        Ok(DocsPage {
            openapi_url: openapi::PATH,
            version: text(&document["info"]["version"]),
            groups: groups(&document, language),
        })
    })
    .await
}

/// By tag, in the order of the table.
fn groups(document: &Value, language: Language) -> Vec<Group> {
    let mut groups: Vec<(String, Vec<Operation>)> = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for method in ["get", "post", "put", "patch", "delete"] {
            let Some(operation) = item.get(method) else { continue };
            let tag = text(&operation["tags"][0]);
            let view = Operation::new(method, path, operation, document, language);
            match groups.iter_mut().find(|(name, _)| *name == tag) {
                Some((_, operations)) => operations.push(view),
                None => groups.push((tag, vec![view])),
            }
        }
    }
    groups
        .into_iter()
        .map(|(tag, operations)| Group {
            text: language.find(&format!("pages-api-group-{tag}-text")),
            name: language.find(&format!("pages-api-group-{tag}")).unwrap_or(tag),
            operations,
        })
        .collect()
}

impl Operation {
    fn new(method: &str, path: &str, operation: &Value, document: &Value, language: Language) -> Self {
        let parameters = operation["parameters"].as_array().into_iter().flatten().map(|p| ParameterView {
            name: text(&p["name"]),
            place: text(&p["in"]),
            kind: kind(&p["schema"]),
            required: p["required"].as_bool().unwrap_or(false),
            text: text(&p["description"]),
        });
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        let body = (!schema.is_null())
            .then(|| serde_json::to_string_pretty(&example(schema, document, 0)).unwrap_or_default());
        let ways = operation["security"].as_array().map(Vec::as_slice).unwrap_or_default();
        // An empty way is one without a token.
        let login = match ways.iter().any(|way| way.as_object().is_some_and(Map::is_empty)) {
            _ if ways.is_empty() => None,
            true => Some("pages-api-login-for-more"),
            false => Some("pages-api-login"),
        };
        Self {
            id: text(&operation["operationId"]),
            method: method.to_uppercase(),
            path: path.to_owned(),
            summary: text(&operation["summary"]),
            description: login.map(|key| language.text(key)),
            parameters: parameters.collect(),
            body,
            responses: operation["responses"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(status, _)| ResponseView {
                    text: language.text(&format!("pages-api-response-{status}")),
                    status: if status == "default" { "5xx".to_owned() } else { status.clone() },
                })
                .collect(),
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// `string`, or `string[]` of what may be there several times. What has a name is one of some words.
fn kind(schema: &Value) -> String {
    match schema["type"].as_str() {
        Some("array") => format!("{}[]", kind(&schema["items"])),
        kind => kind.unwrap_or("string").to_owned(),
    }
}

/// Something that fits a schema.
fn example(schema: &Value, document: &Value, depth: usize) -> Value {
    if depth > DEEPEST {
        return Value::Null;
    }
    if let Some(name) = schema["$ref"].as_str().and_then(|r| r.strip_prefix("#/components/schemas/")) {
        return example(&document["components"]["schemas"][name], document, depth + 1);
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let parts = parts.iter().map(|part| example(part, document, depth + 1));
        let fields = parts.filter_map(|part| part.as_object().cloned()).flatten();
        return Value::Object(fields.collect());
    }
    for several in ["oneOf", "anyOf"] {
        let choices = schema[several].as_array().into_iter().flatten();
        if let Some(choice) = choices.into_iter().find(|s| s["type"] != "null") {
            return example(choice, document, depth + 1);
        }
    }
    if let Some(first) = schema["enum"].get(0) {
        return first.clone();
    }
    // Since OpenAPI 3.1, what may be null has two types.
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().find(|k| *k != "null").cloned().unwrap_or_default(),
        kind => kind.clone(),
    };
    match kind.as_str() {
        Some("object") => {
            let fields = schema["properties"].as_object().into_iter().flatten();
            Value::Object(
                fields.map(|(name, s)| (name.clone(), example(s, document, depth + 1))).collect::<Map<_, _>>(),
            )
        }
        Some("array") => json!([example(&schema["items"], document, depth + 1)]),
        Some("integer" | "number") => json!(1),
        Some("boolean") => json!(true),
        Some(_) => json!(if schema["format"] == "date" { "2027-06-30" } else { "…" }),
        None => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_endpoint_is_explained_in_every_language() {
        let document = serde_json::to_value(openapi::document()).unwrap();
        for language in Language::ALL {
            for group in groups(&document, *language) {
                assert!(!group.operations.is_empty());
                for operation in group.operations {
                    assert!(!operation.summary.is_empty(), "{}", operation.path);
                    for response in operation.responses {
                        assert!(!response.text.starts_with("pages-"), "{}", response.text);
                    }
                    for parameter in operation.parameters.iter().filter(|p| p.place == "query") {
                        assert!(!parameter.text.is_empty(), "{} {}", operation.path, parameter.name);
                    }
                }
            }
        }
    }
}
