//! A purchase that is planned (4; below the thresholds E2): for information, nobody is invited yet.
use crate::check::Check;
use crate::dispatch::{Edition, Subtype};
use crate::document::planning::document;
use crate::facts::party::check_buyers;
use crate::facts::subject::{Lot, Piece, check_division, check_whole};
use crate::facts::time::check_future_day;
use crate::facts::{Buyer, Documents, LegalBasis, Organisation, PreviousNotice, Subject};
use crate::form::Form;
use crate::languages::Languages;
use crate::xml::Element;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planning {
    pub languages: Languages,
    /// Decides the form: one that holds below the thresholds makes it E2.
    pub legal_basis: LegalBasis,
    pub buyers: Vec<Buyer>,
    pub subject: Subject,
    /// What may become lots, or competitions of their own.
    pub parts: Vec<Lot>,
    /// When the competition is expected to begin (BT-127). Above the thresholds it must be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub competition_expected: Option<NaiveDate>,
    /// Who hears complaints. Above the thresholds it must be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Organisation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documents: Option<Documents>,
    /// The notice in which this was told before: a consultation, or an earlier plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<PreviousNotice>,
}

impl Form for Planning {
    fn subtype(&self) -> Subtype {
        if self.legal_basis.is_national() { Subtype::E2 } else { Subtype::Form4 }
    }

    fn languages(&self) -> &Languages {
        &self.languages
    }

    fn look(&self, check: &mut Check) {
        check_buyers(check, &self.buyers);
        check_whole(check, &self.legal_basis, &self.subject);
        check.each("parts", &self.parts, |check, part| part.check(check));
        check_division(check, "parts", &self.subject, &self.parts.iter().map(Piece::from).collect::<Vec<_>>());
        if self.subtype() == Subtype::Form4 {
            check.required("competition_expected", "BT-127", self.competition_expected.as_ref());
            check.required("review", "OPT-301", self.review.as_ref());
        }
        if let Some(day) = self.competition_expected {
            check_future_day(check, "competition_expected", "BT-127", day);
        }
        check.optional("review", self.review.as_ref(), |check, review| review.check(check));
        check.optional("documents", self.documents.as_ref(), |check, documents| documents.check(check));
        check.optional("previous", self.previous.as_ref(), |check, previous| previous.check(check));
    }

    fn document(&self, edition: &Edition) -> Element {
        document(self, edition)
    }
}
