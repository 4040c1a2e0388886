//! The five areas in which a municipality looks for innovation: every need says which it serves.
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A strategic area. Source: Fredrikstad kommune's strategic plan for innovation (case 2015/5909), chapter 2.2.1 to
/// 2.2.5. Not law: the plan is one municipality's, and the areas stand here because every need is tagged with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StrategicArea {
    /// Smidig organisasjon: an organisation that turns quickly and uses the room it has.
    Smidig,
    /// Samskapende kommune: services made together with inhabitants, civil society and business.
    Samskapende,
    /// Smart kommune: digital solutions that make every day a little easier.
    Smart,
    /// Grønt skifte: the green transition.
    GrontSkifte,
    /// Helse i alt: health in all that is done, for a society that furthers it.
    HelseIAlt,
}

/// A text that names none of the five areas.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no strategic area")]
pub struct UnknownStrategicArea(pub String);

impl StrategicArea {
    /// All of them, in the order of the source.
    pub const ALL: &'static [Self] =
        &[Self::Smidig, Self::Samskapende, Self::Smart, Self::GrontSkifte, Self::HelseIAlt];

    /// The word that stands for it in data and addresses, and in the keys of texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Smidig => "smidig",
            Self::Samskapende => "samskapende",
            Self::Smart => "smart",
            Self::GrontSkifte => "gront_skifte",
            Self::HelseIAlt => "helse_i_alt",
        }
    }
}

impl fmt::Display for StrategicArea {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for StrategicArea {
    type Err = UnknownStrategicArea;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
            .find(|area| area.as_str() == text)
            .ok_or_else(|| UnknownStrategicArea(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_five_areas_are_those_of_the_source_in_its_order() {
        let words: Vec<&str> = StrategicArea::ALL.iter().map(|area| area.as_str()).collect();
        assert_eq!(words, ["smidig", "samskapende", "smart", "gront_skifte", "helse_i_alt"]);
    }

    #[test]
    fn the_word_is_the_same_in_data_and_in_json() {
        for area in StrategicArea::ALL {
            assert_eq!(area.as_str().parse(), Ok(*area));
            let json = serde_json::to_string(area).unwrap();
            assert_eq!(json, format!("\"{area}\""));
            assert_eq!(serde_json::from_str::<StrategicArea>(&json).unwrap(), *area);
        }
    }

    #[test]
    fn a_sixth_area_is_refused() {
        for text in ["", "Smidig", "smart ", "grønt skifte", "helse"] {
            assert_eq!(text.parse::<StrategicArea>(), Err(UnknownStrategicArea(text.to_owned())));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*") {
            let _ = text.parse::<StrategicArea>();
        }
    }
}
