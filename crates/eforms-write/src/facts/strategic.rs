//! What a purchase is to achieve beside what is bought (BT-06, BT-774 to BT-777).
use crate::check::Check;
use crate::codes::{Code, EnvironmentalImpact, InnovativeAcquisition, SocialObjective, StrategicProcurement};
use crate::languages::Text;
use serde::{Deserialize, Serialize};

const MAX: usize = 6_000;

/// An aim that is not told is not there. That a detailed code has its general one beside it, and that `none` stands
/// alone, follows from how this is built: nothing else can be said.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Strategic {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub innovation: Option<Aim<InnovativeAcquisition>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<Aim<Code<EnvironmentalImpact>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub social: Option<Aim<Code<SocialObjective>>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aim<Kind> {
    /// How the purchase serves it (BT-777).
    pub description: Text,
    /// In more detail; may be left out.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<Kind>,
}

impl Strategic {
    pub(crate) fn check(&self, check: &mut Check) {
        if let Some(aim) = &self.innovation {
            check.text("innovation.description", "BT-777", &aim.description, MAX);
            check.distinct("innovation.kinds", "BT-776", &aim.kinds);
        }
        if let Some(aim) = &self.environment {
            check.text("environment.description", "BT-777", &aim.description, MAX);
            check.codes("environment.kinds", "BT-774", &aim.kinds);
        }
        if let Some(aim) = &self.social {
            check.text("social.description", "BT-777", &aim.description, MAX);
            check.codes("social.kinds", "BT-775", &aim.kinds);
        }
    }

    /// The general codes, each with its description; `none` has none.
    pub(crate) fn aims(&self) -> Vec<(StrategicProcurement, Option<&Text>)> {
        let aims = [
            (StrategicProcurement::Innovation, self.innovation.as_ref().map(|aim| &aim.description)),
            (StrategicProcurement::Environment, self.environment.as_ref().map(|aim| &aim.description)),
            (StrategicProcurement::Social, self.social.as_ref().map(|aim| &aim.description)),
        ];
        let told: Vec<_> = aims.into_iter().filter(|(_, description)| description.is_some()).collect();
        if told.is_empty() { vec![(StrategicProcurement::None, None)] } else { told }
    }
}
