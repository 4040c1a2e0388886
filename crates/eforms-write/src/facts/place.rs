//! Where the contract is carried out (BT-727, BT-5141, BT-5071).
use crate::check::Check;
use crate::codes::{Code, Countries, Nuts};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Place {
    /// In a region; the country follows from it. In Norway it is a county, as of 2024.
    Region {
        nuts: Code<Nuts>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        city: Option<String>,
    },
    /// Anywhere in a country.
    Country {
        country: Code<Countries>,
    },
    /// Anywhere in the European Economic Area.
    Eea,
    Anywhere,
}

impl Place {
    pub(crate) fn check(&self, check: &mut Check) {
        match self {
            Self::Region { nuts, city } => {
                check.code("nuts", "BT-5071", nuts);
                check.optional_line("city", "BT-5131", city.as_deref(), 400);
            }
            Self::Country { country } => check.code("country", "BT-5141", country),
            Self::Eea | Self::Anywhere => {}
        }
    }
}
