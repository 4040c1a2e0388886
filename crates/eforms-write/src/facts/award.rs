//! By what the best tender is chosen (BT-539 to BT-541), and how climate and environment count in it (LOA § 5b).
use crate::check::Check;
use crate::dispatch::Profile;
use crate::facts::{LegalBasis, Strategic};
use crate::languages::Text;
use serde::{Deserialize, Serialize};

const MAX_NAME: usize = 400;
const MAX_DESCRIPTION: usize = 6_000;

/// What the weights add up to.
const WHOLE: u32 = 100;
/// What climate and environment must count for, in percent. LOA § 5b, as of 1 July 2026; before that FOA § 7-9.
const CLIMATE_PERCENT: u32 = 30;
/// Among how many of the first they must be, where criteria are ranked. The same.
const CLIMATE_RANK: usize = 3;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum AwardCriteria {
    /// Each counts so much, in percent. One that counts for all is the only one: the lowest price, say.
    Weighted {
        criteria: Vec<Weighted>,
        /// Where no criterion is about climate and environment: why that is right.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        climate: Option<Climate>,
    },
    /// From the most important to the least, because weights cannot be told (BT-733).
    Ranked { criteria: Vec<Criterion>, reason: Text },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weighted {
    pub criterion: Criterion,
    pub percent: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    pub about: About,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    pub description: Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    Price,
    /// Over the whole life of what is bought.
    Cost,
    Quality,
    /// Climate and environment. A quality, to all but DFØ.
    Climate,
}

/// How the duty to weight climate and environment is met without a criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Climate {
    pub by: InsteadOfCriterion,
    /// What is required, or why nothing is.
    pub description: Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InsteadOfCriterion {
    /// It is required in the specification, to clearly better effect.
    Specification,
    /// The footprint is insignificant.
    Insignificant,
    /// Health, safety or preparedness goes before.
    CriticalInterest,
    /// The law requires enough of everybody.
    NationalMinimum,
}

impl AwardCriteria {
    pub(crate) fn criteria(&self) -> Vec<&Criterion> {
        match self {
            Self::Weighted { criteria, .. } => criteria.iter().map(|weighted| &weighted.criterion).collect(),
            Self::Ranked { criteria, .. } => criteria.iter().collect(),
        }
    }

    pub(crate) fn check(&self, check: &mut Check) {
        let criteria = self.criteria();
        check.problem_if(criteria.is_empty(), "criteria", "BT-539", "required");
        match self {
            Self::Weighted { criteria, climate } => {
                check.each("criteria", criteria, |check, weighted| {
                    check.within("criterion", |check| weighted.criterion.check(check));
                    check.problem_if(weighted.percent == 0, "percent", "BT-541", "zero");
                });
                let sum: u32 = criteria.iter().map(|weighted| u32::from(weighted.percent)).sum();
                check.problem_if(!criteria.is_empty() && sum != WHOLE, "criteria", "BT-541", "sum-not-100");
                if let Some(climate) = climate {
                    // DFØ's rule EC-R001D does not fail but breaks on words in two languages.
                    let both = check.edition.profile == Profile::DfoNational && check.edition.additional.is_some();
                    check.problem_if(both, "climate.description", "BT-540", "one-language-only");
                    check.text("climate.description", "BT-540", &climate.description, MAX_DESCRIPTION);
                }
            }
            Self::Ranked { criteria, reason } => {
                check.each("criteria", criteria, |check, criterion| criterion.check(check));
                check.text("reason", "BT-733", reason, MAX_DESCRIPTION);
            }
        }
    }

    /// What makes a purchase green in the eyes of DFØ: it then has to say so among its aims. Any criterion will do: the
    /// rule SP-R004 means to ask for 30 percent of climate, but adds up the weights of all criteria.
    fn is_green(&self) -> bool {
        let in_specification = match self {
            Self::Weighted { climate, .. } => {
                climate.as_ref().is_some_and(|climate| climate.by == InsteadOfCriterion::Specification)
            }
            Self::Ranked { .. } => false,
        };
        in_specification || self.criteria().into_iter().any(Criterion::is_about_climate)
    }

    /// Is the duty to weight climate and environment met?
    fn heeds_climate(&self) -> bool {
        match self {
            Self::Weighted { criteria, climate } => climate.is_some() || climate_percent(criteria) >= CLIMATE_PERCENT,
            Self::Ranked { criteria, .. } => criteria.iter().take(CLIMATE_RANK).any(Criterion::is_about_climate),
        }
    }
}

fn climate_percent(criteria: &[Weighted]) -> u32 {
    let about_climate = criteria.iter().filter(|weighted| weighted.criterion.is_about_climate());
    about_climate.map(|weighted| u32::from(weighted.percent)).sum()
}

/// DFØ's rules EC-R001 and SP-R004. The duty is looked for below the thresholds only, as they do: above them it holds
/// too, but the notice need not tell how it is met.
pub(crate) fn check_climate(check: &mut Check, legal_basis: &LegalBasis, award: &AwardCriteria, strategic: &Strategic) {
    let bound = check.edition.subtype.is_national() && legal_basis.as_str() != "exempt";
    let chooses = award.criteria().len() > 1;
    check.problem_if(bound && chooses && !award.heeds_climate(), "award", "BT-539", "climate-not-weighted");
    let silent = award.is_green() && strategic.environment.is_none();
    check.problem_if(silent, "strategic.environment", "BT-06", "required");
}

impl Criterion {
    fn is_about_climate(&self) -> bool {
        self.about == About::Climate
    }

    fn check(&self, check: &mut Check) {
        check.optional_text("name", "BT-734", self.name.as_ref(), MAX_NAME);
        check.text("description", "BT-540", &self.description, MAX_DESCRIPTION);
    }
}
