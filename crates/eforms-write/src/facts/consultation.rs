//! A pre-market consultation (E1): the market is asked before anything is bought.
use crate::check::Check;
use crate::codes::{AnyLanguage, Code};
use crate::dispatch::{Edition, Subtype};
use crate::document::consultation::document;
use crate::facts::documents::{Documents, PreviousNotice};
use crate::facts::party::check_buyers;
use crate::facts::subject::{Lot, Piece, check_division, check_whole};
use crate::facts::time::check_future_day;
use crate::facts::{Buyer, Deadline, LegalBasis, Subject, Url};
use crate::form::Form;
use crate::languages::Languages;
use crate::xml::Element;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// There is no procedure yet, and so nothing about one: E1 has no place for what kind it will be, nor for what is
/// innovative in it. That is told in words here, and in codes when the competition begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consultation {
    pub languages: Languages,
    pub legal_basis: LegalBasis,
    pub buyers: Vec<Buyer>,
    pub subject: Subject,
    pub lots: Vec<Lot>,
    pub answers: Answers,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documents: Option<Documents>,
    /// Until when questions may be asked (BT-13).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub questions_until: Option<Deadline>,
    /// When the competition is expected to begin (BT-127).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub competition_expected: Option<NaiveDate>,
    /// The planning notice in which this was told before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<PreviousNotice>,
}

/// How the market answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// BT-800.
    pub deadline: Deadline,
    /// Where to (BT-18).
    pub url: Url,
    /// In which languages (BT-97).
    pub languages: Vec<Code<AnyLanguage>>,
}

impl Form for Consultation {
    fn subtype(&self) -> Subtype {
        Subtype::E1
    }

    fn languages(&self) -> &Languages {
        &self.languages
    }

    fn look(&self, check: &mut Check) {
        check_buyers(check, &self.buyers);
        check_whole(check, &self.legal_basis, &self.subject);
        check.each("lots", &self.lots, |check, lot| lot.check(check));
        check_division(check, "lots", &self.subject, &self.lots.iter().map(Piece::from).collect::<Vec<_>>());
        check.within("answers", |check| self.answers.check(check));
        check.optional("documents", self.documents.as_ref(), |check, documents| documents.check(check));
        if let Some(until) = self.questions_until {
            until.check(check, "questions_until", "BT-13");
            let late = until > self.answers.deadline;
            check.problem_if(late, "questions_until", "BT-13", "after-the-deadline");
        }
        if let Some(day) = self.competition_expected {
            check_future_day(check, "competition_expected", "BT-127", day);
        }
        check.optional("previous", self.previous.as_ref(), |check, previous| previous.check(check));
    }

    fn document(&self, edition: &Edition) -> Element {
        document(self, edition)
    }
}

impl Answers {
    fn check(&self, check: &mut Check) {
        self.deadline.check(check, "deadline", "BT-800");
        self.url.check(check, "url", "BT-18");
        check.problem_if(self.languages.is_empty(), "languages", "BT-97", "required");
        check.codes("languages", "BT-97", &self.languages);
    }
}
