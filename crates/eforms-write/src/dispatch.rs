//! How a notice is sent: under which identity, when, as which form, in whose profile, and in which languages.
use crate::languages::Languages;
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The version of eForms that is written. TED takes it until 31 December 2027.
pub const SDK: &str = "eforms-sdk-1.14";

/// What the sender decides, and the facts do not say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dispatch {
    /// Stays the same when the notice is corrected. A random (version 4) UUID.
    pub notice_id: Uuid,
    /// 1 at first, one more with each correction.
    pub version: u8,
    pub issued: DateTime<FixedOffset>,
    pub tailoring: Tailoring,
}

/// Whose rules the notice follows, beside those of the EU.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tailoring {
    /// For Doffin: with Norwegian words, and by the rules of DFØ.
    Dfo,
    /// For any European platform: in an official language of the EU alone.
    Plain,
}

/// What a notice says that it follows (OPT-002).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// DFØ's for Doffin and TED.
    DfoEu,
    /// DFØ's for Doffin alone: below the thresholds.
    DfoNational,
    /// The EU's own.
    Eu,
}

impl Profile {
    pub fn customization(self) -> String {
        match self {
            Self::DfoEu => format!("{SDK}#extended#urn:fdc:anskaffelser.no:2023:eforms:eu"),
            Self::DfoNational => format!("{SDK}#extended#urn:fdc:anskaffelser.no:2026:eforms:national-e"),
            Self::Eu => SDK.to_owned(),
        }
    }
}

/// The forms that we write, out of the 51 (OPP-070).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subtype {
    /// The market is consulted before a purchase.
    E1,
    /// A purchase is planned. For information only.
    Form4,
    /// The same, below the thresholds.
    E2,
    /// A competition begins.
    Form16,
    /// The same, below the thresholds.
    E3,
    /// How a competition ended.
    Form29,
    /// The same, below the thresholds.
    E4,
}

impl Subtype {
    pub const fn code(self) -> &'static str {
        match self {
            Self::E1 => "E1",
            Self::Form4 => "4",
            Self::E2 => "E2",
            Self::Form16 => "16",
            Self::E3 => "E3",
            Self::Form29 => "29",
            Self::E4 => "E4",
        }
    }

    /// BT-03 and BT-02.
    pub const fn form_and_notice_type(self) -> (&'static str, &'static str) {
        match self {
            Self::E1 => ("consultation", "pmc"),
            Self::Form4 | Self::E2 => ("planning", "pin-only"),
            Self::Form16 | Self::E3 => ("competition", "cn-standard"),
            Self::Form29 | Self::E4 => ("result", "can-standard"),
        }
    }

    /// The document it is written as.
    pub const fn root(self) -> &'static str {
        match self {
            Self::E1 | Self::Form4 | Self::E2 => "PriorInformationNotice",
            Self::Form16 | Self::E3 => "ContractNotice",
            Self::Form29 | Self::E4 => "ContractAwardNotice",
        }
    }

    /// Does it say in full who everybody is: number, address, telephone? The forms of the directives do.
    pub const fn tells_parties_in_full(self) -> bool {
        matches!(self, Self::Form4 | Self::Form16 | Self::Form29)
    }

    /// Is it one of those that may stay in Doffin?
    pub const fn is_national(self) -> bool {
        matches!(self, Self::E2 | Self::E3 | Self::E4)
    }
}

/// A notice as it is sent: everything that its parts must know of the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edition {
    pub dispatch: Dispatch,
    pub subtype: Subtype,
    pub profile: Profile,
    /// The language of the notice, BT-702(a).
    pub main: Option<String>,
    /// Another official one, BT-702(b).
    pub additional: Option<String>,
    /// A Norwegian beside the official one, where TED is told too: NOR-OPT-001.
    pub unofficial: Option<&'static str>,
}

impl Edition {
    pub fn new(dispatch: &Dispatch, subtype: Subtype, languages: &Languages) -> Self {
        let official = languages.official.as_ref().map(|language| language.as_str().to_owned());
        let profile = match dispatch.tailoring {
            Tailoring::Plain => Profile::Eu,
            Tailoring::Dfo if subtype.is_national() => Profile::DfoNational,
            Tailoring::Dfo => Profile::DfoEu,
        };
        let (main, additional, unofficial) = match profile {
            Profile::DfoEu => (official, None, Some(languages.norwegian.as_str())),
            // Whichever Norwegian it is, it is called NOR: DFØ's rules about the legal basis know no other.
            Profile::DfoNational => (Some("NOR".to_owned()), official, None),
            Profile::Eu => (official, None, None),
        };
        Self { dispatch: dispatch.clone(), subtype, profile, main, additional, unofficial }
    }

    /// Every language in which each text must be.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.main.as_deref().into_iter().chain(self.additional.as_deref()).chain(self.unofficial)
    }
}
