//! How a competition ended (29; below the thresholds E4).
use crate::check::Check;
use crate::codes::{FrameworkKind, ProcedureKind};
use crate::dispatch::{Edition, Subtype};
use crate::document::result::document;
use crate::facts::award::check_climate;
use crate::facts::competition::Review;
use crate::facts::documents::check_notice_id;
use crate::facts::framework::check_reason;
use crate::facts::outcome::{Outcome, Tenderer, Winner};
use crate::facts::party::check_buyers;
use crate::facts::subject::{Extension, Piece, check_division, check_whole};
use crate::facts::{
    Amount, AwardCriteria, Buyer, LegalBasis, Organisation, Period, PreviousNotice, Strategic, Subject,
};
use crate::form::Form;
use crate::languages::{Languages, Text};
use crate::xml::Element;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContractResult {
    pub languages: Languages,
    /// That of the competition (BT-04).
    pub procedure_id: Uuid,
    /// Decides the form: one that holds below the thresholds makes it E4.
    pub legal_basis: LegalBasis,
    pub buyers: Vec<Buyer>,
    pub subject: Subject,
    pub procedure: ProcedureKind,
    /// What one should know of how it went (BT-88).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub features: Option<Text>,
    pub lots: Vec<LotResult>,
    /// Was the purchase covered by the Agreement on Government Procurement (BT-115)? Never below the thresholds.
    #[serde(default)]
    pub gpa: bool,
    /// Do funds of the EU pay a part (BT-60)?
    #[serde(default)]
    pub eu_funds: bool,
    /// Who hears complaints. Above the thresholds it must be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
    /// The notice that began the competition (OPP-090).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub competition: Option<PreviousNotice>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LotResult {
    pub subject: Subject,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    #[serde(default, skip_serializing_if = "Extension::is_none")]
    pub extension: Extension,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub framework: Option<FrameworkResult>,
    #[serde(default)]
    pub strategic: Strategic,
    pub award: AwardCriteria,
    pub outcome: Outcome,
}

/// A framework agreement that was concluded, and what may be bought under it: one of the two must be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameworkResult {
    pub kind: FrameworkKind,
    /// At most (BT-709).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Amount>,
    /// Probably, after the competition (BT-660).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Amount>,
    /// Why it lasts more than four years (BT-109).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub long_because: Option<Text>,
}

impl Form for ContractResult {
    fn subtype(&self) -> Subtype {
        if self.legal_basis.is_national() { Subtype::E4 } else { Subtype::Form29 }
    }

    fn languages(&self) -> &Languages {
        &self.languages
    }

    fn look(&self, check: &mut Check) {
        check_notice_id(check, "procedure_id", "BT-04", self.procedure_id);
        check_buyers(check, &self.buyers);
        check_whole(check, &self.legal_basis, &self.subject);
        check.optional_text("features", "BT-88", self.features.as_ref(), 6_000);
        check.each("lots", &self.lots, |check, lot| lot.check(check, self));
        check_division(check, "lots", &self.subject, &self.lots.iter().map(Piece::from).collect::<Vec<_>>());
        let contracts: Vec<&str> = self.winners().map(|winner| winner.contract.reference.as_str()).collect();
        check.distinct("lots", "BT-150", &contracts);
        self.check_roles(check);
        check.problem_if(self.gpa && self.subtype() == Subtype::E4, "gpa", "BT-115", "not-for-this-form");
        if self.subtype() == Subtype::Form29 {
            check.required("review", "OPT-301", self.review.as_ref());
        }
        check.optional("review", self.review.as_ref(), |check, review| review.check(check));
        check.optional("competition", self.competition.as_ref(), |check, competition| competition.check(check));
    }

    fn document(&self, edition: &Edition) -> Element {
        document(self, edition)
    }
}

impl ContractResult {
    pub(crate) fn winners(&self) -> impl Iterator<Item = &Winner> {
        self.lots.iter().flat_map(|lot| lot.outcome.winners())
    }

    /// Who tenders is neither a buyer nor the one who hears complaints, and each has one size.
    fn check_roles(&self, check: &mut Check) {
        let tenderers: Vec<_> = self.winners().flat_map(|winner| &winner.tenderers).collect();
        let buys = |organisation: &Organisation| self.buyers.iter().any(|buyer| buyer.organisation.is(organisation));
        let reviews = |organisation: &Organisation| self.review.as_ref().is_some_and(|r| r.body.is(organisation));
        let both = tenderers.iter().any(|t| buys(&t.organisation) || reviews(&t.organisation));
        check.problem_if(both, "lots", "OPT-300", "tenderer-has-another-role");
        let differs = |a: &Tenderer, b: &Tenderer| a.organisation.is(&b.organisation) && a != b;
        let differ = tenderers.iter().any(|a| tenderers.iter().any(|b| differs(a, b)));
        check.problem_if(differ, "lots", "BT-165", "tenderer-told-differently");
    }
}

impl LotResult {
    fn check(&self, check: &mut Check, whole: &ContractResult) {
        check.within("subject", |check| self.subject.check(check));
        if let Some(period) = self.period {
            period.check(check, "period");
        }
        check.within("extension", |check| self.extension.check(check));
        check.optional("framework", self.framework.as_ref(), |check, framework| self.check_framework(check, framework));
        check.within("strategic", |check| self.strategic.check(check));
        check.within("award", |check| self.award.check(check));
        check_climate(check, &whole.legal_basis, &self.award, &self.strategic);
        check.within("outcome", |check| self.outcome.check(check, self.framework.is_some()));
        check.optional("outcome.received", self.outcome.received(), |check, received| {
            received.check(check, whole.procedure);
        });
    }

    fn check_framework(&self, check: &mut Check, framework: &FrameworkResult) {
        if let Some(period) = self.period {
            check_reason(check, period, framework.long_because.as_ref());
        } else {
            let misplaced = framework.long_because.is_some();
            check.problem_if(misplaced, "long_because", "BT-109", "not-that-long");
        }
        check.amount("maximum", "BT-709", framework.maximum);
        check.amount("estimate", "BT-660", framework.estimate);
        let untold = framework.maximum.is_none() && framework.estimate.is_none();
        let awarded = !self.outcome.winners().is_empty();
        check.problem_if(awarded && untold, "maximum", "BT-709", "required");
    }
}

impl<'a> From<&'a LotResult> for Piece<'a> {
    fn from(lot: &'a LotResult) -> Self {
        Self { subject: &lot.subject, period: lot.period }
    }
}
