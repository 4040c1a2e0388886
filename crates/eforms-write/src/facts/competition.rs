//! A competition (16; below the thresholds E3): the market is invited.
use crate::check::Check;
use crate::codes::{AnyLanguage, Code, Permission};
use crate::dispatch::{Edition, Subtype};
use crate::document::competition::document;
use crate::facts::award::check_climate;
use crate::facts::documents::check_notice_id;
use crate::facts::framework::Framework;
use crate::facts::party::check_buyers;
use crate::facts::qualification::{Exclusion, Qualification};
use crate::facts::subject::{Extension, Piece, check_division, check_whole};
use crate::facts::{
    AwardCriteria, Buyer, Deadline, Documents, LegalBasis, Organisation, Period, PreviousNotice, Procedure, Strategic,
    Subject, Url,
};
use crate::form::Form;
use crate::languages::{Languages, Text};
use crate::xml::Element;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Competition {
    pub languages: Languages,
    /// Begins here, and is told again in every later notice of the procedure (BT-04). A random (version 4) UUID.
    pub procedure_id: Uuid,
    /// Decides the form: one that holds below the thresholds makes it E3.
    pub legal_basis: LegalBasis,
    pub buyers: Vec<Buyer>,
    pub subject: Subject,
    pub procedure: Procedure,
    /// What one should know of how it goes (BT-88).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub features: Option<Text>,
    pub exclusion: Exclusion,
    pub qualification: Qualification,
    pub lots: Vec<CompetitionLot>,
    /// For how many of the lots, if there are several, one may tender. Without it: for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lots_each: Option<LotsEach>,
    pub terms: Terms,
    pub documents: Documents,
    /// Until when questions may be asked (BT-13).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub questions_until: Option<Deadline>,
    /// Who hears complaints. Above the thresholds it must be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
    /// The consultation or plan that came before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<PreviousNotice>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompetitionLot {
    pub subject: Subject,
    pub period: Period,
    #[serde(default, skip_serializing_if = "Extension::is_none")]
    pub extension: Extension,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub framework: Option<Framework>,
    #[serde(default)]
    pub strategic: Strategic,
    pub award: AwardCriteria,
}

/// BT-31 and BT-33.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LotsEach {
    pub tendered: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub won: Option<u16>,
}

/// What holds for whoever takes part, whatever the lot. Tenders are sent electronically: the law asks for it, and there
/// is no place here to ask for less.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Where tenders and requests are sent (BT-18).
    pub url: Url,
    /// In which languages (BT-97).
    pub languages: Vec<Code<AnyLanguage>>,
    /// Is the purchase covered by the Agreement on Government Procurement (BT-115)? Never below the thresholds.
    #[serde(default)]
    pub gpa: bool,
    /// Do funds of the EU pay a part (BT-60)?
    #[serde(default)]
    pub eu_funds: bool,
    /// Only sheltered workshops and the like may take part (BT-71).
    #[serde(default)]
    pub sheltered_workshops_only: bool,
    /// The contract must be carried out in sheltered employment (BT-736).
    #[serde(default)]
    pub sheltered_execution: bool,
    /// BT-743.
    #[serde(default = "required")]
    pub electronic_invoice: Permission,
    /// BT-764.
    #[serde(default = "not_allowed")]
    pub electronic_catalogue: Permission,
    /// BT-92.
    #[serde(default)]
    pub electronic_ordering: bool,
    /// BT-93.
    #[serde(default)]
    pub electronic_payment: bool,
}

/// Electronic invoices have been required since 2019 (forskrift 2019-04-01-444).
const fn required() -> Permission {
    Permission::Required
}

const fn not_allowed() -> Permission {
    Permission::NotAllowed
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    pub body: Organisation,
    /// Until when one may complain (BT-99).
    pub deadline: Text,
}

impl Form for Competition {
    fn subtype(&self) -> Subtype {
        if self.legal_basis.is_national() { Subtype::E3 } else { Subtype::Form16 }
    }

    fn languages(&self) -> &Languages {
        &self.languages
    }

    fn look(&self, check: &mut Check) {
        check_notice_id(check, "procedure_id", "BT-04", self.procedure_id);
        check_buyers(check, &self.buyers);
        check_whole(check, &self.legal_basis, &self.subject);
        check.within("procedure", |check| self.procedure.check(check));
        check.optional_text("features", "BT-88", self.features.as_ref(), 6_000);
        check.within("exclusion", |check| self.exclusion.check(check));
        check.within("qualification", |check| self.qualification.check(check, self.procedure.shortlist()));
        check.each("lots", &self.lots, |check, lot| lot.check(check, &self.legal_basis));
        check_division(check, "lots", &self.subject, &self.lots.iter().map(Piece::from).collect::<Vec<_>>());
        check.optional("lots_each", self.lots_each.as_ref(), |check, limits| limits.check(check, self.lots.len()));
        check.within("terms", |check| self.terms.check(check));
        check.within("documents", |check| self.documents.check(check));
        if let Some(until) = self.questions_until {
            until.check(check, "questions_until", "BT-13");
            let late = until > self.procedure.deadline();
            check.problem_if(late, "questions_until", "BT-13", "after-the-deadline");
        }
        if self.subtype() == Subtype::Form16 {
            check.required("review", "OPT-301", self.review.as_ref());
        }
        check.optional("review", self.review.as_ref(), |check, review| review.check(check));
        check.optional("previous", self.previous.as_ref(), |check, previous| previous.check(check));
    }

    fn document(&self, edition: &Edition) -> Element {
        document(self, edition)
    }
}

impl CompetitionLot {
    fn check(&self, check: &mut Check, legal_basis: &LegalBasis) {
        check.within("subject", |check| self.subject.check(check));
        self.period.check(check, "period");
        check.within("extension", |check| self.extension.check(check));
        check.optional("framework", self.framework.as_ref(), |check, framework| framework.check(check, self.period));
        check.within("strategic", |check| self.strategic.check(check));
        check.within("award", |check| self.award.check(check));
        check_climate(check, legal_basis, &self.award, &self.strategic);
    }
}

impl<'a> From<&'a CompetitionLot> for Piece<'a> {
    fn from(lot: &'a CompetitionLot) -> Self {
        Self { subject: &lot.subject, period: Some(lot.period) }
    }
}

impl LotsEach {
    fn check(self, check: &mut Check, lots: usize) {
        let possible = |number: u16, most: usize| (1..=most).contains(&usize::from(number));
        check.problem_if(lots < 2, "", "BT-31", "only-one-lot");
        check.problem_if(!possible(self.tendered, lots), "tendered", "BT-31", "not-that-many-lots");
        let impossible = self.won.is_some_and(|won| !possible(won, usize::from(self.tendered)));
        check.problem_if(impossible, "won", "BT-33", "not-that-many-lots");
    }
}

impl Terms {
    fn check(&self, check: &mut Check) {
        self.url.check(check, "url", "BT-18");
        check.problem_if(self.languages.is_empty(), "languages", "BT-97", "required");
        check.codes("languages", "BT-97", &self.languages);
        let covered = self.gpa && check.edition.subtype.is_national();
        check.problem_if(covered, "gpa", "BT-115", "not-for-this-form");
    }
}

impl Review {
    pub(crate) fn check(&self, check: &mut Check) {
        check.within("body", |check| self.body.check(check));
        check.text("deadline", "BT-99", &self.deadline, 6_000);
    }
}
