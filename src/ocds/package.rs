//! Releases as others fetch them: a release package, written as it comes, or a line for each.
use super::{Published, Settings};
use crate::platform::db::types::Timestamp;
use crate::platform::wording;
use serde::Serialize;

/// The extensions of OCDS that releases use.
pub const EXTENSIONS: [&str; 23] = [
    "ocds_awardCriteria_extension",
    "ocds_bid_extension",
    "ocds_communication_extension",
    "ocds_contractTerms_extension",
    "ocds_countryCode_extension",
    "ocds_coveredBy_extension",
    "ocds_enquiry_extension",
    "ocds_finance_extension",
    "ocds_legalBasis_extension",
    // Of `deliveryAddresses`: who merges releases by it takes each list whole.
    "ocds_location_extension",
    "ocds_lots_extension",
    "ocds_organizationClassification_extension",
    "ocds_otherRequirements_extension",
    "ocds_partyDetails_scale_extension",
    "ocds_procedure_extension",
    "ocds_recurrence_extension",
    "ocds_renewal_extension",
    "ocds_secondStageDescription_extension",
    "ocds_submissionTerms_extension",
    "ocds_suitability_extension",
    "ocds_sustainability_extension",
    "ocds_techniques_extension",
    "ocds_withheldInformation_extension",
];

/// What a package says of itself.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Header {
    uri: String,
    version: &'static str,
    extensions: Vec<String>,
    published_date: String,
    publisher: Publisher,
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<Links>,
}

#[derive(Debug, Clone, Serialize)]
struct Publisher {
    name: String,
}

#[derive(Debug, Clone, Serialize)]
struct Links {
    next: String,
}

/// A whole package.
#[derive(Debug, Clone, Serialize)]
pub struct Package {
    #[serde(flatten)]
    header: Header,
    releases: Vec<Published>,
}

impl Header {
    pub fn new(uri: String, settings: &Settings, now: Timestamp, next: Option<String>) -> Self {
        let extension = |name: &&str| {
            format!("https://raw.githubusercontent.com/open-contracting-extensions/{name}/master/extension.json")
        };
        Self {
            uri,
            version: "1.1",
            extensions: EXTENSIONS.iter().map(extension).collect(),
            published_date: wording::rfc3339(now),
            publisher: Publisher { name: settings.publisher.clone() },
            license: Some(settings.licence.clone()).filter(|licence| !licence.is_empty()),
            links: next.map(|next| Links { next }),
        }
    }

    pub fn with(self, releases: Vec<Published>) -> Package {
        Package { header: self, releases }
    }

    /// The beginning of a package whose releases are written as they come, with commas between; `]}` ends it.
    ///
    /// # Errors
    /// None that is known: when it cannot be written as JSON.
    pub fn beginning(&self) -> serde_json::Result<String> {
        let mut text = serde_json::to_string(self)?;
        text.pop();
        text.push_str(",\"releases\":[");
        Ok(text)
    }
}
