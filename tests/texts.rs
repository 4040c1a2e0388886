//! The texts: the same in every language, all there, and every mail can be written.
#![expect(clippy::unwrap_used, reason = "a test may stop where it cannot go on")]
use brobygger::platform::language::Language;
use brobygger::platform::mail::Letters;
use insta::assert_snapshot;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const LANGUAGES: [&str; 3] = ["nb", "nn", "en"];

/// Every text of a language, with the names of its arguments.
fn texts(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, source) in files(format!("texts/{language}"), "ftl") {
        let mut key = String::new();
        for line in source.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()) {
            if !line.starts_with([' ', '}', '[', '*', '.']) {
                let name = line.split('=').next().unwrap().trim();
                assert!(name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')), "{path}: {line}");
                name.clone_into(&mut key);
                assert!(texts.insert(key.clone(), BTreeSet::new()).is_none(), "{key} stands twice in {language}");
            }
            for (at, _) in line.match_indices('$') {
                let name: String = line[at + 1..]
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
                    .collect();
                texts.get_mut(&key).unwrap().insert(name);
            }
        }
    }
    texts
}

fn files(folder: impl AsRef<Path>, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
        }
    }
    found.sort();
    found
}

#[test]
fn the_three_languages_have_the_same_texts_with_the_same_arguments() {
    let [nb, nn, en] = LANGUAGES.map(texts);
    let mut different = Vec::new();
    for (language, other) in [("nn", &nn), ("en", &en)] {
        different.extend(nb.keys().filter(|k| !other.contains_key(*k)).map(|k| format!("{language} lacks {k}")));
        different.extend(other.keys().filter(|k| !nb.contains_key(*k)).map(|k| format!("only {language} has {k}")));
        for (key, arguments) in &nb {
            if other.get(key).is_some_and(|a| a != arguments) {
                different.push(format!("{key} takes {arguments:?} in nb and {:?} in {language}", other[key]));
            }
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

#[test]
fn every_text_can_be_read_by_the_program() {
    for (language, name) in [(Language::Nb, "nb"), (Language::Nn, "nn"), (Language::En, "en")] {
        let unread: Vec<_> = texts(name).into_keys().filter(|key| !language.has(key)).collect();
        assert!(unread.is_empty(), "{name}: {unread:?}");
    }
}

/// What follows `before` in quotation marks.
fn quoted_after<'a>(source: &'a str, before: &'a str) -> impl Iterator<Item = &'a str> {
    source.match_indices(before).filter_map(move |(at, _)| {
        let rest = source[at + before.len()..].trim_start().strip_prefix('"')?;
        rest.split('"').next()
    })
}

/// What a call with a comma names last before the parenthesis that ends it: `error("field", "code")`.
fn second_argument<'a>(source: &'a str, call: &'a str) -> impl Iterator<Item = &'a str> {
    source.match_indices(call).filter_map(move |(at, _)| {
        let arguments = source[at + call.len()..].split([';', '\n']).next()?;
        let code = arguments.rsplit_once("\")")?.0.rsplit_once('"')?.1;
        (arguments.matches('"').count() >= 2 && !code.contains(['{', ' '])).then_some(code)
    })
}

#[test]
fn every_text_that_code_or_templates_ask_for_is_there() {
    let known = texts("nb");
    let mut missing = BTreeSet::new();
    let mut want = |key: String, by: &str| {
        let key_like = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        if key_like && !known.contains_key(&key) {
            missing.insert(format!("{key} ({by})"));
        }
    };
    for (path, source) in files("templates/web", "hbs") {
        for call in ["{{t ", "(t "] {
            quoted_after(&source, call).for_each(|key| want(key.to_owned(), &path));
        }
    }
    for (path, source) in files("src", "rs") {
        let source = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        for call in [".text(", ".text_with(", "language.find("] {
            // A key has a dash; `input.text("problem", …)` names a field, and `.text("BT-22-Lot", …)` one of eForms.
            let is_key = |k: &&str| k.contains('-') && !k.contains(char::is_uppercase);
            quoted_after(source, call).filter(is_key).for_each(|key| want(key.to_owned(), &path));
        }
        for call in ["Flash::success(", "Flash::warning("] {
            quoted_after(source, call).for_each(|key| want(format!("flash-{key}"), &path));
        }
        quoted_after(source, "Error::Conflict(").for_each(|key| want(format!("problem-{key}"), &path));
        quoted_after(source, "code: ").for_each(|key| want(format!("problem-{key}"), &path));
    }
    assert!(missing.is_empty(), "{}", missing.into_iter().collect::<Vec<_>>().join("\n"));
}

/// Whoever translates should not translate what nobody reads.
#[test]
fn every_text_is_asked_for() {
    let sources: String = files("src", "rs")
        .into_iter()
        .map(|(_, source)| source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default().to_owned())
        .chain(files("templates", "hbs").into_iter().map(|(_, source)| source))
        .collect();
    // `format!("role-{role}")`. Needs are numbered by the year with a name that only looks like one of a text.
    let beginnings: BTreeSet<&str> = sources
        .match_indices("-{")
        .filter_map(|(at, _)| Some(&sources[sources[..at].rfind('"')? + 1..=at]))
        .filter(|begin| begin.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') && !["-", "needs-"].contains(begin))
        .collect();
    let quoted: BTreeSet<&str> = sources.split('"').collect();
    let is_asked_for = |key: &str| quoted.contains(key) || beginnings.iter().any(|begin| key.starts_with(begin));
    let unread: Vec<String> = texts("nb").into_keys().filter(|key| !is_asked_for(key)).collect();
    assert_eq!(unread, [""; 0]);
}

/// A page whose text lacks one cannot be shown.
#[test]
fn every_text_of_a_template_is_given_what_it_takes() {
    let known = texts("nb");
    let mut wrong = BTreeSet::new();
    for (path, source) in files("templates/web", "hbs") {
        for (call, end) in [("{{t \"", "}}"), ("(t \"", ")")] {
            for (at, _) in source.match_indices(call) {
                let (key, rest) = source[at + call.len()..].split_once('"').unwrap();
                let given = rest.split(end).next().unwrap().split_whitespace();
                let given: BTreeSet<String> = given.filter_map(|arg| Some(arg.split_once('=')?.0.to_owned())).collect();
                if known.get(key).is_some_and(|takes| *takes != given) {
                    wrong.insert(format!("{path}: {key} takes {:?} and is given {given:?}", known[key]));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn every_error_of_a_field_has_a_sentence() {
    let known = texts("nb");
    let mut missing = BTreeSet::new();
    for (path, source) in files("src", "rs") {
        let source = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        for call in ["Error::field(", "FieldError::new(", "input.error(", "self.error("] {
            for code in second_argument(source, call) {
                let any = known.keys().any(|k| {
                    *k == format!("error-{code}") || (k.starts_with("error-") && k.ends_with(&format!("-{code}")))
                });
                if !any {
                    missing.insert(format!("error-{code} ({path})"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.into_iter().collect::<Vec<_>>().join("\n"));
}

/// A program that meets a code finds it in the document.
#[test]
fn every_code_is_explained() {
    let explained = std::fs::read_to_string("docs/problems.md").unwrap();
    let mut missing = BTreeSet::new();
    for (path, source) in files("src", "rs").into_iter().filter(|(path, _)| !path.contains("/platform/")) {
        let source = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let fields = ["Error::field(", "FieldError::new(", "input.error(", "self.error("];
        let of_fields = fields.into_iter().flat_map(|call| second_argument(source, call));
        let others = ["Error::Conflict(", "code: ", "Err(", "map_err(|_| ", "refuse(", "ok_or("];
        for code in of_fields.chain(others.into_iter().flat_map(|before| quoted_after(source, before))) {
            if !explained.contains(&format!("| `{code}` |")) {
                missing.insert(format!("{code} ({path})"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn every_mail_is_written_in_every_language() {
    let samples: BTreeMap<String, Value> =
        serde_json::from_str(&std::fs::read_to_string("tests/fixtures/mail_samples.json").unwrap()).unwrap();
    let names: BTreeSet<String> = Letters::names().into_iter().collect();
    assert_eq!(samples.keys().cloned().collect::<BTreeSet<_>>(), names, "each mail has a sample");
    let letters = Letters::load("https://brobygger.example".parse().unwrap()).unwrap();
    for (name, sample) in samples {
        let mut shown = String::new();
        for language in [Language::Nb, Language::Nn, Language::En] {
            // Those without a login have no name here.
            let has_login = sample["name"] != "";
            let mail = letters.render(&name, language, &sample, has_login).unwrap_or_else(|e| panic!("{name}: {e:#}"));
            // One sample has `{{name}}` in what a person wrote: it must stand there as it was typed.
            let left = |text: &str| text.replace("{{name}}", "").contains("{{");
            assert!(!left(&mail.html) && !left(&mail.text), "{name}");
            shown += &format!(
                "==== {}\n{}\n\n{}\n---- html\n{}\n\n",
                language.as_str(),
                mail.subject,
                mail.text.trim(),
                mail.html.trim()
            );
        }
        assert_snapshot!(format!("mail_{}", name.replace('/', "_")), shown);
    }
}

/// A condition that goes over the end of a line leaves the line short, or long, where it does not hold.
#[test]
fn conditions_in_the_text_of_a_mail_stand_within_a_line_or_on_lines_of_their_own() {
    for (path, source) in files("templates/mail", "hbs").into_iter().filter(|(path, _)| path.contains("/text.")) {
        for line in source.lines().filter(|l| l.matches("{{#").count() != l.matches("{{/").count()) {
            let is_alone = line.starts_with("{{") && line.ends_with("}}") && line.matches("{{").count() == 1;
            assert!(is_alone, "{path}: {line}");
        }
    }
}

#[test]
fn a_mail_that_lacks_what_it_shows_is_not_written() {
    let letters = Letters::load("https://brobygger.example".parse().unwrap()).unwrap();
    for name in Letters::names() {
        assert!(
            letters.render(&name, Language::Nb, &serde_json::json!({}), true).is_err(),
            "{name} is written of nothing"
        );
    }
}
