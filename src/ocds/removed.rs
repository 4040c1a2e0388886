//! What a correction takes away. Releases of a process are merged, and what one leaves out stays as an earlier one told it: so it
//! is told as null (OCDS 1.1, "Merging").
use serde_json::{Map, Value};

/// Puts nulls into a release where it leaves out what the one `before` it told. Parts of a list are told apart by their `id`; one
/// that is gone from it cannot be taken back, other than from the lists that are merged whole.
pub(super) fn take_away(before: &Value, now: &mut Value) {
    match (before, now) {
        (Value::Object(before), Value::Object(now)) => {
            for (name, told) in before {
                if let Some(now) = now.get_mut(name) {
                    take_away(told, now);
                } else if let Some(gone) = gone(name, told) {
                    now.insert(name.clone(), gone);
                }
            }
        }
        (Value::Array(before), Value::Array(now)) => {
            for now in now {
                let same = |told: &&Value| told.get("id").is_some_and(|id| now.get("id") == Some(id));
                if let Some(before) = before.iter().find(same) {
                    take_away(before, now);
                }
            }
        }
        _ => {}
    }
}

/// Only a text, a number or a yes may be null by the schema: of an object its parts are.
fn gone(name: &str, told: &Value) -> Option<Value> {
    match told {
        Value::Object(parts) => {
            let parts: Map<String, Value> =
                parts.iter().filter_map(|(name, told)| Some((name.clone(), gone(name, told)?))).collect();
            (!parts.is_empty()).then_some(Value::Object(parts))
        }
        // The one list of ours that is merged whole and may be empty.
        Value::Array(_) => (name == "additionalClassifications").then(|| Value::Array(Vec::new())),
        // A need that aims at nothing more says no.
        Value::Bool(_) => Some(Value::Bool(false)),
        Value::Null | Value::Number(_) | Value::String(_) => Some(Value::Null),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_left_out_is_told_as_null_and_nothing_else_changes() {
        let before = json!({
            "planning": {"rationale": "Fall", "budget": {"amount": {"amount": 1, "currency": "NOK"}}},
            "tender": {
                "hasSustainability": true,
                "items": [{"id": "1", "classification": {"scheme": "CPV", "id": "2"}, "additionalClassifications": [{"id": "3"}]}],
            },
        });
        let mut now = json!({"planning": {"rationale": "Fall"}, "tender": {"items": [{"id": "1"}]}});
        take_away(&before, &mut now);
        let expected = json!({
            "planning": {"rationale": "Fall", "budget": {"amount": {"amount": null, "currency": null}}},
            "tender": {
                "hasSustainability": false,
                "items": [{"id": "1", "classification": {"scheme": null, "id": null}, "additionalClassifications": []}],
            },
        });
        assert_eq!(now, expected);
        let mut same = before.clone();
        take_away(&before, &mut same);
        assert_eq!(same, before);
    }
}
