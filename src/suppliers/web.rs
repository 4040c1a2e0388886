//! Suppliers as pages: the directory, one supplier, one's own profile.
mod index;
mod profile;
mod show;

pub use index::index;
pub use profile::{form, save};
pub use show::show;

use super::profile::{Employees, SupplierKind};
use crate::platform::language::Language;
use crate::web::form::Choice;

/// Characters of a description where there is not room for all of it.
const SHORT: usize = 240;

fn kind_text(kind: SupplierKind, language: Language) -> String {
    language.text(&format!("suppliers-kind-{}", kind.as_str()))
}

fn kind_choices(chosen: Option<&str>, language: Language) -> Vec<Choice> {
    SupplierKind::ALL
        .iter()
        .map(|kind| Choice {
            value: kind.as_str().to_owned(),
            text: kind_text(*kind, language),
            selected: chosen == Some(kind.as_str()),
        })
        .collect()
}

fn employees_text(band: Employees, language: Language) -> String {
    language.text(match band {
        Employees::UpToFour => "suppliers-employees-1-4",
        Employees::UpToNineteen => "suppliers-employees-5-19",
        Employees::UpToNinetyNine => "suppliers-employees-20-99",
        Employees::UpTo249 => "suppliers-employees-100-249",
        Employees::From250 => "suppliers-employees-250",
        Employees::Hundred => "suppliers-employees-100",
    })
}

fn maturity_text(level: i32, language: Language) -> String {
    language.text_with("suppliers-maturity-level", [("level", i64::from(level).into())])
}

/// The first words of a text.
fn shortened(text: &str) -> String {
    if text.chars().count() <= SHORT {
        return text.to_owned();
    }
    let start: String = text.chars().take(SHORT).collect();
    let whole_words = start.rsplit_once(char::is_whitespace).map_or(start.as_str(), |(words, _)| words);
    format!("{} …", whole_words.trim_end_matches([',', '.', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_descriptions_end_at_a_word() {
        assert_eq!(shortened("Kort."), "Kort.");
        let long = "Vi lager varsling, ".repeat(30);
        let short = shortened(&long);
        assert!(short.ends_with("Vi lager …") && short.chars().count() <= SHORT + 2, "{short}");
    }
}
