//! Who may take part: what they are turned away for (BT-67), and what they are chosen by (BT-809).
use crate::check::Check;
use crate::codes::{Code, ExclusionGround, SelectionCriterionType};
use crate::facts::procedure::Shortlist;
use crate::languages::Text;
use serde::{Deserialize, Serialize};

const MAX: usize = 6_000;

/// Where something is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "in", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Told<Thing> {
    /// In the documents of the purchase.
    Documents,
    /// In the European Single Procurement Document that suppliers fill in.
    Espd,
    /// Here.
    Notice { list: Vec<Thing> },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    pub kind: Code<ExclusionGround>,
    pub description: Text,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SelectionCriterion {
    pub kind: Code<SelectionCriterionType>,
    pub description: Text,
    /// Are those who meet it ranked by how well they do, when there are too many (BT-40)?
    #[serde(default)]
    pub ranks: bool,
}

pub type Exclusion = Told<Ground>;
pub type Qualification = Told<SelectionCriterion>;

impl<Thing> Told<Thing> {
    pub(crate) fn source(&self) -> &'static str {
        match self {
            Self::Documents => "epo-procurement-document",
            Self::Espd => "epo-acc-espd-request",
            Self::Notice { .. } => "epo-notice",
        }
    }

    pub(crate) fn here(&self) -> &[Thing] {
        match self {
            Self::Notice { list } => list,
            Self::Documents | Self::Espd => &[],
        }
    }

    fn is_empty_here(&self) -> bool {
        matches!(self, Self::Notice { list } if list.is_empty())
    }
}

impl Exclusion {
    pub(crate) fn check(&self, check: &mut Check) {
        check.problem_if(self.is_empty_here(), "list", "BT-67", "required");
        check.each("list", self.here(), |check, ground| {
            check.code("kind", "BT-67", &ground.kind);
            check.text("description", "BT-67", &ground.description, MAX);
        });
        let kinds: Vec<_> = self.here().iter().map(|ground| &ground.kind).collect();
        check.distinct("list", "BT-67", &kinds);
    }
}

impl Qualification {
    pub(crate) fn check(&self, check: &mut Check, shortlist: Option<&Shortlist>) {
        check.problem_if(self.is_empty_here(), "list", "BT-809", "required");
        check.each("list", self.here(), |check, criterion| {
            check.code("kind", "BT-809", &criterion.kind);
            check.text("description", "BT-750", &criterion.description, MAX);
        });
        let in_stages = shortlist.is_some_and(|shortlist| shortlist.in_stages);
        let ranks = self.here().iter().any(|criterion| criterion.ranks);
        // eForms has a place for ranking only where the number is reduced in stages, and wants it where there is a
        // maximum and the criteria are told here.
        check.problem_if(ranks && !in_stages, "list", "BT-40", "ranks-without-stages");
        let limited = shortlist.is_some_and(|shortlist| shortlist.maximum.is_some());
        let unranked = matches!(self, Self::Notice { .. }) && limited && !ranks;
        check.problem_if(unranked, "list", "BT-40", "maximum-without-ranking");
    }
}
