//! What can go wrong with facts: a piece of them is lost, doubled, emptied, or replaced by a piece of something else.
use serde_json::{Value, json};

/// Spoils one place in the facts; `dice` decides which and how.
pub fn spoil(facts: &mut Value, dice: [u32; 3]) {
    let places = places(facts, String::new());
    let place = &places[dice[0] as usize % places.len()];
    let Some(value) = facts.pointer_mut(place) else { return };
    let [_, how, which] = dice;
    match value {
        Value::Object(fields) if how % 2 == 0 => {
            let names: Vec<String> = fields.keys().cloned().collect();
            if let Some(name) = names.get(which as usize % names.len().max(1)) {
                fields.remove(name);
            }
        }
        Value::Array(things) => match how % 4 {
            0 => things.clear(),
            1 => drop(things.pop()),
            2 => things.extend(things.first().cloned()),
            _ => things.reverse(),
        },
        Value::String(text) => *text = spoilt(text, how, which),
        Value::Number(_) => {
            *value = [json!(0), json!(1), json!(99), json!(100), json!(65535)][which as usize % 5].clone()
        }
        Value::Bool(yes) => *yes = !*yes,
        Value::Object(_) | Value::Null => *value = Value::Null,
    }
}

fn spoilt(text: &str, how: u32, which: u32) -> String {
    /// Things that are right somewhere else, and things that are right nowhere.
    const OTHERS: [&str; 40] = [
        "",
        " ",
        "\u{1}",
        "x",
        "NOR",
        "SWE",
        "USA",
        "NO081",
        "NO082",
        "SE232",
        "45000000",
        "72000000",
        "85000000",
        "80000000",
        "12345678",
        "works",
        "supplies",
        "services",
        "open",
        "innovation",
        "climate",
        "price",
        "price",
        "specification",
        "eea-public",
        "eea-utilities",
        "foa-1",
        "foa-1-2",
        "exempt",
        "la",
        "pub-undert-la",
        "body-pl",
        "health",
        "water",
        "no-rece",
        "all-rej",
        "2026-11-20",
        "2026-11-20T23:59:00+01:00",
        "2027-03-28",
        "ENG",
    ];
    match how % 4 {
        0 => format!("{text}{text}"),
        1 => text.chars().take(text.chars().count() / 2).collect(),
        _ => OTHERS[which as usize % OTHERS.len()].to_owned(),
    }
}

/// The address of every value.
fn places(value: &Value, at: String) -> Vec<String> {
    let inner: Vec<String> = match value {
        Value::Object(fields) => {
            fields.iter().flat_map(|(name, value)| places(value, format!("{at}/{name}"))).collect()
        }
        Value::Array(things) => {
            things.iter().enumerate().flat_map(|(i, value)| places(value, format!("{at}/{i}"))).collect()
        }
        _ => Vec::new(),
    };
    std::iter::once(at).chain(inner).collect()
}
