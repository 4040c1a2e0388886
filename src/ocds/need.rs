//! A need and its dialogue as releases: what is planned, and how the market was engaged. A release for each version of the
//! need, for each answer that everybody reads, and for the outcome.
//!
//! Responses, and who asked, are nobody else's: nothing here knows them.
use super::Settings;
use super::release::{
    Address, Budget, Classification, ContactPoint, Document, Enquiry, Identifier, Item, Milestone, Organization,
    OrganizationReference, Period, Planning, Published, Release, Sustainability, Tender, Value,
};
use super::removed::take_away;
use crate::Result;
use crate::dialogue::{Outcome, OutcomeKind, Question};
use crate::needs::{Content, InnovationKind, Need, Version};
use crate::platform::db::types::Timestamp;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::regulations::{Region, StrategicArea, cpv_entry, nuts};
use crate::tenancy::Organisation;
use anyhow::Context;

/// What everybody may know of a need.
#[derive(Debug, Clone)]
pub struct Told {
    pub need: Need,
    pub buyer: Organisation,
    /// The oldest first.
    pub versions: Vec<Version>,
    /// Those that are answered.
    pub questions: Vec<Question>,
    pub outcome: Option<Outcome>,
}

/// In the order of time. A need that is not public, or no longer, has none.
///
/// # Errors
/// None that is known: when a release cannot be written as JSON.
pub fn releases_of(told: &Told, settings: &Settings, public_url: &str) -> Result<Vec<Published>> {
    if !told.need.status.is_public() {
        return Ok(Vec::new());
    }
    let whole = Whole { told, settings, address: format!("{public_url}/behov/{}", told.need.reference) };
    let answers = told.questions.iter().filter_map(|question| whole.answer(question));
    let outcome = told.outcome.iter().map(|outcome| (outcome.told_at, whole.outcome(outcome)));
    let others = answers.chain(outcome).map(|(at, release)| (at, Published::Release(Box::new(release))));
    let mut releases: Vec<(Timestamp, Published)> = whole.versions()?.into_iter().chain(others).collect();
    releases.sort_by_key(|(at, _)| *at);
    Ok(releases.into_iter().map(|(_, release)| release).collect())
}

struct Whole<'a> {
    told: &'a Told,
    settings: &'a Settings,
    address: String,
}

impl Whole<'_> {
    /// Each with nulls for what the one before it told and it does not.
    fn versions(&self) -> Result<Vec<(Timestamp, Published)>> {
        let mut before: Option<serde_json::Value> = None;
        let mut releases = Vec::with_capacity(self.told.versions.len());
        for version in &self.told.versions {
            let release = self.version(version);
            let plain = serde_json::to_value(&release).context("a release")?;
            let mut corrected = plain.clone();
            if let Some(before) = &before {
                take_away(before, &mut corrected);
            }
            let is_plain = corrected == plain;
            before = Some(plain);
            let release =
                if is_plain { Published::Release(Box::new(release)) } else { Published::Correction(corrected) };
            releases.push((version.published_at, release));
        }
        Ok(releases)
    }

    /// When it was first published: that stays, whatever is corrected.
    fn first_published(&self, version: &Version) -> Timestamp {
        self.told.versions.first().map_or(version.published_at, |first| first.published_at)
    }

    fn version(&self, version: &Version) -> Release {
        let content = &version.content.0;
        let first = self.told.versions.first().is_none_or(|first| first.version == version.version);
        let d = &content.description;
        Release {
            tag: vec![if first { "planning" } else { "planningUpdate" }],
            parties: vec![self.buyer(Some(content))],
            planning: Planning {
                rationale: d.problem.clone(),
                budget: Budget {
                    amount: d.budget.as_ref().map_or_else(Value::default, |budget| Value {
                        amount: Some(budget.amount.into()),
                        currency: budget.currency.clone(),
                    }),
                    ..Budget::default()
                },
                documents: vec![Document {
                    id: "need".to_owned(),
                    document_type: "needsAssessment",
                    title: content.title.clone(),
                    url: self.address.clone(),
                    date_published: wording::rfc3339(self.first_published(version)),
                    date_modified: if first { String::new() } else { wording::rfc3339(version.published_at) },
                    language: language(content.language).to_owned(),
                    ..Document::default()
                }],
                milestones: content
                    .response_deadline
                    .map(|by| self.engagement(by, None, String::new()))
                    .into_iter()
                    .collect(),
            },
            tender: Tender {
                title: content.title.clone(),
                description: content.summary.clone(),
                items: items(content),
                enquiry_period: Period {
                    start_date: wording::rfc3339(self.first_published(version)),
                    end_date: content.response_deadline.map(wording::rfc3339).unwrap_or_default(),
                    ..Period::default()
                },
                has_sustainability: (!goals(content).is_empty()).then_some(true),
                sustainability: goals(content),
                ..self.tender("planning")
            },
            ..self.release(&format!("v{}", version.version), version.published_at, content.language)
        }
    }

    fn answer(&self, question: &Question) -> Option<(Timestamp, Release)> {
        let (at, answer) = (question.answered_at?, question.answer.clone()?);
        let enquiry = Enquiry {
            id: question.id.to_string(),
            date: wording::rfc3339(question.asked_at),
            description: question.text.clone(),
            answer,
            date_answered: wording::rfc3339(at),
            ..Enquiry::default()
        };
        let release = Release {
            tag: vec!["planningUpdate"],
            parties: vec![self.buyer(None)],
            tender: Tender { has_enquiries: Some(true), enquiries: vec![enquiry], ..self.tender("planning") },
            ..self.release(&format!("answer-{}", question.id), at, self.told.need.language)
        };
        Some((at, release))
    }

    fn outcome(&self, outcome: &Outcome) -> Release {
        let status = match outcome.kind {
            OutcomeKind::Procurement | OutcomeKind::DirectPurchase | OutcomeKind::Pilot => "planned",
            OutcomeKind::OwnSolution | OutcomeKind::NoAction => "cancelled",
            OutcomeKind::Other => "planning",
        };
        let by = self.told.need.response_deadline.unwrap_or(outcome.told_at);
        Release {
            tag: vec!["planningUpdate"],
            parties: vec![self.buyer(None)],
            planning: Planning {
                milestones: vec![self.engagement(by, Some(outcome.told_at), outcome.text.clone())],
                ..Planning::default()
            },
            tender: self.tender(status),
            ..self.release("outcome", outcome.told_at, self.told.need.language)
        }
    }

    fn release(&self, what: &str, at: Timestamp, language: Language) -> Release {
        let id = self.told.need.id;
        Release {
            ocid: format!("{}-{id}", self.settings.prefix),
            id: format!("{id}-{what}"),
            date: wording::rfc3339(at),
            initiation_type: "tender".to_owned(),
            language: self::language(language).to_owned(),
            buyer: OrganizationReference::from(&self.buyer(None)),
            ..Release::default()
        }
    }

    fn tender(&self, status: &str) -> Tender {
        Tender { id: self.told.need.reference.clone(), status: status.to_owned(), ..Tender::default() }
    }

    fn buyer(&self, content: Option<&Content>) -> Organization {
        let buyer = &self.told.buyer;
        let contact = content.map(|content| &content.description.contact);
        let region = buyer.municipality.as_deref().and_then(nuts_of).unwrap_or_default();
        Organization {
            id: format!("NO-BRC-{}", buyer.number),
            name: buyer.name.clone(),
            identifier: Identifier {
                scheme: "NO-BRC".to_owned(),
                id: buyer.number.clone(),
                legal_name: buyer.name.clone(),
            },
            address: Address {
                region: region.to_owned(),
                country_name: "Norway".to_owned(),
                country: "NO".to_owned(),
                ..Address::default()
            },
            contact_point: contact.map_or_else(ContactPoint::default, |contact| ContactPoint {
                name: contact.name.clone(),
                email: contact.email.clone(),
                telephone: contact.phone.clone(),
                url: String::new(),
            }),
            roles: vec!["buyer", "procuringEntity"],
            ..Organization::default()
        }
    }

    /// The dialogue with the market.
    fn engagement(&self, by: Timestamp, met: Option<Timestamp>, description: String) -> Milestone {
        Milestone {
            id: "dialogue".to_owned(),
            title: "Dialogue with the market".to_owned(),
            r#type: "engagement",
            description,
            due_date: wording::rfc3339(by),
            date_met: met.map(wording::rfc3339).unwrap_or_default(),
            status: if met.is_some() { "met" } else { "scheduled" },
            ..Milestone::default()
        }
    }
}

const fn language(language: Language) -> &'static str {
    match language {
        Language::Nb => "nb",
        Language::Nn => "nn",
        Language::En => "en",
    }
}

fn nuts_of(region: &str) -> Option<&'static str> {
    nuts(&region.parse::<Region>().ok()?)
}

/// What it is about, by its codes; where, by the regions of the EU.
fn items(content: &Content) -> Vec<Item> {
    let classified = |code: &String| Classification {
        scheme: "CPV".to_owned(),
        id: code.clone(),
        description: cpv_entry(code).map(|entry| entry.en.to_owned()).unwrap_or_default(),
    };
    let mut delivery_addresses: Vec<Address> = Vec::new();
    for region in &content.region {
        let name = Region::name_of(region).unwrap_or_default();
        let address = Address {
            locality: if region.len() == 4 { name.to_owned() } else { String::new() },
            region: nuts_of(region).unwrap_or_default().to_owned(),
            country_name: "Norway".to_owned(),
            country: "NO".to_owned(),
            ..Address::default()
        };
        if !delivery_addresses.contains(&address) {
            delivery_addresses.push(address);
        }
    }
    let mut codes = content.cpv.iter();
    vec![Item {
        id: "1".to_owned(),
        description: content.title.clone(),
        classification: codes.next().map(classified).unwrap_or_default(),
        additional_classifications: codes.map(classified).collect(),
        delivery_addresses,
        ..Item::default()
    }]
}

/// What the need aims at beside the purchase itself.
fn goals(content: &Content) -> Vec<Sustainability> {
    let innovation = content.innovation_kind.map(|kind| match kind {
        InnovationKind::Innovation | InnovationKind::InnovativeSolution | InnovationKind::InnovationFriendly => {
            "economic.innovativePurchase"
        }
    });
    let green = content.areas.contains(&StrategicArea::GrontSkifte).then_some("environmental");
    let goals = [innovation, green].into_iter().flatten();
    goals.map(|goal| Sustainability { goal, strategies: Vec::new() }).collect()
}
