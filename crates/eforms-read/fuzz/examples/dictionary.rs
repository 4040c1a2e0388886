//! Prints a dictionary for the fuzzer: the words of the reader's tables and code lists, and those of XML.
use std::collections::BTreeSet;
use std::path::Path;

const XML: [&str; 14] = [
    "<![CDATA[", "]]>", "<!--", "-->", "<?xml version=\"1.0\" encoding=\"UTF-16\"?>", "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    "&#x10ffff;", "&amp;", "xmlns=\"\"", " xmlns:cbc=\"", "\u{feff}", "languageID=\"NOB\"", "currencyID=\"NOK\"", "listName=\"",
];

fn main() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src");
    let mut words: BTreeSet<String> = XML.iter().map(|word| (*word).to_owned()).collect();
    for folder in ["document", "facts"] {
        for entry in std::fs::read_dir(source.join(folder)).expect("the reader's sources") {
            let text = std::fs::read_to_string(entry.expect("an entry").path()).expect("a source");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let code: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            // Every other piece between quotes is a literal.
            for literal in code.join("\n").split('"').skip(1).step_by(2) {
                words.extend(literal.split(['/', '[', ']', '\'', '=', '@']).filter(|word| is_word(word)).map(element));
            }
        }
    }
    for word in words {
        println!("\"{}\"", word.bytes().map(written).collect::<String>());
    }
}

/// A byte as libFuzzer reads it in a dictionary.
fn written(byte: u8) -> String {
    match byte {
        b'"' | b'\\' => format!("\\{}", char::from(byte)),
        b' '..=b'~' => char::from(byte).to_string(),
        _ => format!("\\x{byte:02X}"),
    }
}

fn is_word(word: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-.:#_".contains(c);
    (2..=90).contains(&word.len()) && word.chars().all(fits) && !word.starts_with("BT-") && !word.starts_with("OP")
}

/// The name of an element is more useful as an element.
fn element(word: &str) -> String {
    if word.contains(':') && !word.starts_with("urn") && !word.starts_with("http") {
        format!("<{word}></{word}>")
    } else {
        word.to_owned()
    }
}
