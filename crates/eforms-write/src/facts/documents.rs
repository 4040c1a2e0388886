//! What else there is to read: the documents of a purchase, and the notices before this one.
use crate::check::Check;
use crate::codes::{Code, CommunicationJustification};
use crate::facts::Url;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where the documents are (BT-14).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "access", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Documents {
    /// Anybody reads them (BT-15).
    Open { url: Url },
    /// One must ask for them, here (BT-615), because of this (BT-707).
    Restricted { url: Url, reason: Code<CommunicationJustification> },
}

impl Documents {
    pub(crate) fn check(&self, check: &mut Check) {
        match self {
            Self::Open { url } => url.check(check, "url", "BT-15"),
            Self::Restricted { url, reason } => {
                url.check(check, "url", "BT-615");
                check.code("reason", "BT-707", reason);
            }
        }
    }
}

/// A notice that was published before (BT-125): always that version of it which is meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreviousNotice {
    pub notice_id: Uuid,
    pub version: u8,
    /// Which part of it: `PAR-0001` (BT-1251).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
}

impl PreviousNotice {
    pub(crate) fn check(&self, check: &mut Check) {
        check_notice_id(check, "notice_id", "BT-125", self.notice_id);
        check_version(check, "version", "BT-125", self.version);
        let is_part = |part: &str| {
            let digits = part.strip_prefix("PAR-").or_else(|| part.strip_prefix("LOT-"));
            digits.is_some_and(|digits| digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()))
        };
        let malformed = self.part.as_deref().is_some_and(|part| !is_part(part));
        check.problem_if(malformed, "part", "BT-1251", "part-malformed");
    }

    pub(crate) fn id(&self) -> String {
        format!("{}-{:02}", self.notice_id, self.version)
    }
}

/// eForms wants ids to be random.
pub(crate) fn check_notice_id(check: &mut Check, field: &str, term: &'static str, id: Uuid) {
    let random = id.get_version_num() == 4 && id.get_variant() == uuid::Variant::RFC4122;
    check.problem_if(!random, field, term, "uuid-not-random");
}

/// Two digits.
pub(crate) fn check_version(check: &mut Check, field: &str, term: &'static str, version: u8) {
    check.problem_if(!(1..=99).contains(&version), field, term, "version-impossible");
}
