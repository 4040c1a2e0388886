//! CPV codes on pages: their names, and the part of a form where they are found.
use super::{beginning, find};
use crate::FieldError;
use crate::fields::Fields;
use crate::platform::language::Language;
use crate::regulations::{CpvEntry, cpv_entry};
use crate::web::form::{Choice, Field};
use serde::Serialize;

/// Codes that are offered at once.
const OFFERED: usize = 12;

/// A code with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    pub code: String,
    /// Empty if the list does not have it: codes of before the list was held against them stay as they are.
    pub text: &'static str,
}

/// The codes with their names.
pub fn named(codes: &[String], language: Language) -> Vec<Named> {
    let text = |code: &String| cpv_entry(code).map_or("", |entry| name(entry, language));
    codes.iter().map(|code| Named { code: code.clone(), text: text(code) }).collect()
}

/// The name in the reader's language. In nynorsk only the divisions have one; there is no official list.
pub fn name(entry: &CpvEntry, language: Language) -> &'static str {
    match language {
        Language::Nb => entry.nb,
        Language::Nn => entry.nn.unwrap_or(entry.nb),
        Language::En => entry.en,
    }
}

/// What is wrong with the code that a list is to be filtered by. Of all filters it is the one that people type themselves.
pub fn wrong_filter(query: &Fields) -> Vec<FieldError> {
    query.all("cpv").find_map(|code| beginning(code).err()).into_iter().collect()
}

/// What stands in the part of a form where codes are written and looked for.
#[derive(Debug, Clone, Default)]
pub struct TypedCodes {
    /// With commas between them: what was typed, and what was ticked.
    pub codes: String,
    /// What is looked for.
    pub q: String,
}

impl TypedCodes {
    pub fn of_codes(codes: &[String]) -> Self {
        Self { codes: codes.join(", "), q: String::new() }
    }

    pub fn of_form(fields: &Fields) -> Self {
        let codes: Vec<&str> = fields.all("cpv").map(str::trim).filter(|code| !code.is_empty()).collect();
        Self { codes: codes.join(", "), q: fields.get("cpv_q").trim().to_owned() }
    }

    /// Did someone press the button that looks for codes? The browser presses the first button of a form when people
    /// press Enter in any field, so without words it means what the form is there for.
    pub fn is_search(&self, fields: &Fields) -> bool {
        fields.get("action") == "cpv" && !self.q.is_empty()
    }

    /// Each on its own. Codes may have spaces between them; words stay together, so that what is said about them makes
    /// sense.
    pub fn each(&self) -> Vec<String> {
        let parts = self.codes.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
        let mut each: Vec<String> = Vec::new();
        for part in parts {
            let words = part.split_whitespace();
            let codes_only = words.clone().all(|word| word.bytes().all(|b| b.is_ascii_digit() || b == b'-'));
            let found: Vec<String> =
                if codes_only { words.map(str::to_owned).collect() } else { vec![part.to_owned()] };
            for code in found {
                if !each.contains(&code) {
                    each.push(code);
                }
            }
        }
        each
    }
}

/// That part of the form as the template shows it.
#[derive(Debug, Serialize)]
pub struct Picker {
    codes: Field,
    /// Those of the codes that the list has.
    named: Vec<Named>,
    q: String,
    /// What may be meant, to be ticked.
    offered: Vec<Choice>,
    /// How many more there are.
    more: usize,
    /// Something was looked for, and nothing found.
    nothing: bool,
}

impl Picker {
    pub fn new(typed: &TypedCodes, error: Option<String>, language: Language) -> Self {
        let each = typed.each();
        // Words that stand where codes should are looked for too.
        let q = if typed.q.is_empty() { words_among(&each) } else { typed.q.clone() };
        let found = if q.is_empty() { Default::default() } else { find(&q, 0, OFFERED) };
        let offered: Vec<Choice> = found
            .entries
            .iter()
            .filter(|entry| !each.iter().any(|code| code == entry.code))
            .map(|entry| Choice {
                value: entry.code.to_owned(),
                text: format!("{} {}", entry.code, name(entry, language)),
                selected: false,
            })
            .collect();
        Self {
            codes: Field::new(&typed.codes, error),
            named: named(&each, language).into_iter().filter(|named| !named.text.is_empty()).collect(),
            more: found.total - found.entries.len(),
            nothing: !q.is_empty() && found.total == 0,
            q,
            offered,
        }
    }
}

fn words_among(each: &[String]) -> String {
    let words = each.iter().filter(|part| part.chars().any(char::is_alphabetic));
    words.map(String::as_str).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn each(codes: &str) -> Vec<String> {
        TypedCodes { codes: codes.to_owned(), q: String::new() }.each()
    }

    #[test]
    fn codes_are_told_apart_and_words_stay_together() {
        assert_eq!(each("85312000, 33195000"), ["85312000", "33195000"]);
        assert_eq!(each("85312000 33195000-3\n85312000;"), ["85312000", "33195000-3"]);
        assert_eq!(each("automatisk dør, 33195000"), ["automatisk dør", "33195000"]);
        assert!(each(" , ;").is_empty());
    }

    #[test]
    fn words_in_the_place_of_codes_are_looked_for() {
        let typed = TypedCodes { codes: "rullestoler, 85312000".to_owned(), q: String::new() };
        let picker = Picker::new(&typed, None, Language::Nb);
        assert!(picker.offered.iter().any(|choice| choice.value == "33193120"), "{picker:?}");
        assert_eq!(picker.named, [Named { code: "85312000".to_owned(), text: "Sosialomsorg uten innkvartering" }]);
        let nothing = TypedCodes { codes: String::new(), q: "zzyzx".to_owned() };
        assert!(Picker::new(&nothing, None, Language::Nb).nothing);
        assert!(!Picker::new(&TypedCodes::default(), None, Language::Nb).nothing);
    }

    #[test]
    fn names_are_in_the_language_of_the_reader_as_far_as_there_are_any() {
        let names =
            |code: &str| [Language::Nb, Language::Nn, Language::En].map(|l| named(&[code.to_owned()], l)[0].text);
        assert_eq!(
            names("85000000"),
            ["Helse- og sosialtjenester", "Helse- og sosialtenester", "Health and social work services"]
        );
        assert_eq!(names("85311100"), ["Omsorg for eldre", "Omsorg for eldre", "Welfare services for the elderly"]);
        assert_eq!(names("85311109"), ["", "", ""]);
    }
}
