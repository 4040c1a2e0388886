//! The rules that a purchase follows (BT-01).
use crate::check::Check;
use crate::codes::{Code, List};
use crate::dispatch::Subtype;

/// The list of rules, one row for each: the code that eForms has for them, the forms that take them, and, for those of
/// Norway alone, their address at Lovdata and the words that DFØ wants. A file, because the law changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LegalBases {}

impl List for LegalBases {
    const NAME: &'static str = "legal-basis";
    const DATA: &'static str = include_str!("../../data/legal-bases.csv");
}

/// `eea-public`, `foa-1-2`: see `data/legal-bases.csv`.
pub type LegalBasis = Code<LegalBases>;

/// A row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rules {
    /// The code of the directive, or `other`.
    pub domain: &'static str,
    forms: &'static str,
    /// The address at Lovdata, where there is one.
    pub eli: Option<&'static str>,
    nor: &'static str,
    eng: &'static str,
}

impl LegalBasis {
    pub(crate) fn rules(&self) -> Option<Rules> {
        let cells: Vec<&'static str> = LegalBases::row(self.as_str())?.collect();
        let [domain, forms, eli, nor, eng] = cells[..] else { return None };
        Some(Rules { domain, forms, eli: (!eli.is_empty()).then_some(eli), nor, eng })
    }

    /// Do the rules hold below the thresholds of the EEA only?
    pub fn is_national(&self) -> bool {
        self.rules().is_some_and(|rules| rules.domain == "other")
    }

    pub(crate) fn check(&self, check: &mut Check) {
        check.code("legal_basis", "BT-01", self);
        let Some(rules) = self.rules() else { return };
        check.problem_if(!rules.fits(check.edition.subtype), "legal_basis", "BT-01", "not-for-this-form");
        // DFØ takes the names of the rules in Norwegian and English (EFORMS-NOR-NATIONAL-LB-R013A), and nobody has said what they are
        // called in other languages: a notice by them is in no other.
        let unnamed = check.edition.languages().any(|language| rules.words(language).is_none());
        check.problem_if(unnamed, "languages.official", "BT-702", "norwegian-or-english-only");
    }
}

impl Rules {
    fn fits(&self, subtype: Subtype) -> bool {
        self.forms.split(' ').any(|form| form == subtype.code())
    }

    /// What the rules are called; nothing to say where the code of a directive says it all. None: nobody has said what
    /// they are called in that language.
    pub fn words(&self, language: &str) -> Option<&'static str> {
        match language {
            _ if self.nor.is_empty() => Some(""),
            "NOR" | "NOB" | "NNO" => Some(self.nor),
            "ENG" => Some(self.eng),
            _ => None,
        }
    }
}
