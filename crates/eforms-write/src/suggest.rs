//! Which codes for innovation, environment and people fit a case: suggestions, for a person to confirm or drop.
//!
//! DFØ asks platforms to look for signs, "including the use of functional specifications, pilot or R&D budget lines, or
//! market dialogue procedures", and to invite the user to confirm or adjust, rather than to leave them alone with BT-776
//! (docs/innovative-acquisition.md, 5 June 2026). What points to what is a file, `data/suggestions.csv`: an
//! interpretation of DFØ's guidance, not a rule.
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const TABLE: &str = include_str!("../data/suggestions.csv");

/// What a case shows, as those who know it see it.
#[derive(Debug, Clone, Default)]
pub struct Case<'a> {
    pub signs: Vec<Sign>,
    /// What people wrote, and in which field: in bokmål, nynorsk or English.
    pub texts: Vec<(&'a str, &'a str)>,
}

/// Something about the case that points to a code by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sign {
    /// The need says that innovation itself is bought.
    InnovationIsBought,
    /// The need says that it is new to the buyer, though it exists.
    NewToTheBuyer,
    /// The need says that it is bought in a way that leaves room for innovation.
    RoomForInnovation,
    /// The procedure is one that the law gives for what the market does not have (FOA § 13-1 (3)).
    InnovationPartnership,
    CompetitiveDialogue,
    /// The market was asked before the competition.
    MarketDialogue,
    /// The need serves smarter ways of working.
    SmarterServices,
    /// The need serves the green transition.
    GreenTransition,
}

impl Sign {
    pub const ALL: &'static [Self] = &[
        Self::InnovationIsBought,
        Self::NewToTheBuyer,
        Self::RoomForInnovation,
        Self::InnovationPartnership,
        Self::CompetitiveDialogue,
        Self::MarketDialogue,
        Self::SmarterServices,
        Self::GreenTransition,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InnovationIsBought => "innovation-is-bought",
            Self::NewToTheBuyer => "new-to-the-buyer",
            Self::RoomForInnovation => "room-for-innovation",
            Self::InnovationPartnership => "innovation-partnership",
            Self::CompetitiveDialogue => "competitive-dialogue",
            Self::MarketDialogue => "market-dialogue",
            Self::SmarterServices => "smarter-services",
            Self::GreenTransition => "green-transition",
        }
    }
}

/// A code that may fit, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// Which list it is of: `BT-06`, `BT-774`, `BT-775` or `BT-776`.
    pub term: &'static str,
    pub code: &'static str,
    pub reasons: Vec<Reason>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum Reason {
    Sign {
        sign: Sign,
    },
    /// Someone wrote this word, there.
    Word {
        field: String,
        word: &'static str,
    },
    /// A more precise code was suggested, which this one includes.
    Follows {
        code: &'static str,
    },
}

/// Every code that the case points to, the general before the precise, each with all its reasons.
pub fn suggest(case: &Case) -> Vec<Suggestion> {
    let mut found: BTreeMap<(&'static str, &'static str), Vec<Reason>> = BTreeMap::new();
    let texts: Vec<(&str, String)> = case.texts.iter().map(|(field, text)| (*field, text.to_lowercase())).collect();
    for row in rows() {
        let reasons = row.reasons(case, &texts);
        if reasons.is_empty() {
            continue;
        }
        if let Some(general) = general(row.term) {
            let follows = Reason::Follows { code: row.code };
            let reasons = found.entry(("BT-06", general)).or_default();
            if !reasons.contains(&follows) {
                reasons.push(follows);
            }
        }
        found.entry((row.term, row.code)).or_default().extend(reasons);
    }
    found.into_iter().map(|((term, code), reasons)| Suggestion { term, code, reasons }).collect()
}

/// BT-06 for a precise code.
fn general(term: &str) -> Option<&'static str> {
    match term {
        "BT-774" => Some("env-imp"),
        "BT-775" => Some("soc-obj"),
        "BT-776" => Some("inn-pur"),
        _ => None,
    }
}

struct Row {
    kind: &'static str,
    key: &'static str,
    term: &'static str,
    code: &'static str,
}

fn rows() -> impl Iterator<Item = Row> {
    TABLE.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',');
        Some(Row { kind: cells.next()?, key: cells.next()?, term: cells.next()?, code: cells.next()? })
    })
}

impl Row {
    fn reasons(&self, case: &Case, texts: &[(&str, String)]) -> Vec<Reason> {
        match self.kind {
            "sign" => {
                let sign = case.signs.iter().find(|sign| sign.as_str() == self.key);
                sign.map(|sign| Reason::Sign { sign: *sign }).into_iter().collect()
            }
            _ => {
                let written = texts.iter().filter(|(_, text)| has_word(text, self.key));
                written.map(|(field, _)| Reason::Word { field: (*field).to_owned(), word: self.key }).collect()
            }
        }
    }
}

/// Does a word of the text begin so? The ends of words are left open: Norwegian puts words together.
fn has_word(text: &str, beginning: &str) -> bool {
    text.match_indices(beginning).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::{EnvironmentalImpact, InnovativeAcquisition, List, SocialObjective, StrategicProcurement};
    use proptest::prelude::*;

    fn codes(case: &Case) -> Vec<(&'static str, &'static str)> {
        suggest(case).into_iter().map(|suggestion| (suggestion.term, suggestion.code)).collect()
    }

    #[test]
    fn a_partnership_suggests_what_the_law_has_it_for() {
        let case = Case { signs: vec![Sign::InnovationPartnership], texts: vec![] };
        assert_eq!(codes(&case), [("BT-06", "inn-pur"), ("BT-776", "mar-nov"), ("BT-776", "rd-act")]);
        assert_eq!(
            suggest(&case)[0].reasons,
            [Reason::Follows { code: "mar-nov" }, Reason::Follows { code: "rd-act" }]
        );
    }

    #[test]
    fn words_suggest_with_the_place_where_they_stand() {
        let texts = vec![("problem", "Møblene kastes. Vi vil ha ombruksmøbler."), ("title", "Ombruk")];
        let case = Case { signs: vec![], texts };
        assert_eq!(codes(&case), [("BT-06", "env-imp"), ("BT-774", "circ-econ")]);
        assert_eq!(
            suggest(&case)[1].reasons,
            [
                Reason::Word { field: "problem".into(), word: "ombruk" },
                Reason::Word { field: "title".into(), word: "ombruk" }
            ]
        );
    }

    #[test]
    fn a_word_inside_another_is_not_that_word() {
        assert!(codes(&Case { signs: vec![], texts: vec![("problem", "Vi utforsker copiloter")] }).is_empty());
    }

    #[test]
    fn nothing_is_suggested_where_nothing_shows() {
        assert!(suggest(&Case::default()).is_empty());
        assert!(codes(&Case { signs: vec![], texts: vec![("title", "Kontorstoler")] }).is_empty());
    }

    #[test]
    fn the_table_points_from_signs_that_there_are_to_codes_that_there_are() {
        for row in rows() {
            let known = match row.term {
                "BT-06" => StrategicProcurement::row(row.code).is_some(),
                "BT-774" => EnvironmentalImpact::row(row.code).is_some(),
                "BT-775" => SocialObjective::row(row.code).is_some(),
                "BT-776" => InnovativeAcquisition::row(row.code).is_some(),
                _ => false,
            };
            assert!(known, "{} {}", row.term, row.code);
            let sign = Sign::ALL.iter().any(|sign| sign.as_str() == row.key);
            assert_eq!(sign, row.kind == "sign", "{}", row.key);
            assert_eq!(row.key, row.key.to_lowercase());
        }
        for sign in Sign::ALL {
            assert!(rows().any(|row| row.key == sign.as_str()), "{sign:?} points nowhere");
            assert_eq!(serde_json::to_value(sign).unwrap(), sign.as_str());
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in ".*") {
            suggest(&Case { signs: vec![], texts: vec![("problem", &text)] });
        }
    }
}
