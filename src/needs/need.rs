//! A need, its words, and the states that it goes through.
use crate::identity::UserId;
use crate::platform::db::schema::needs;
use crate::platform::db::types::{Id, Json, Timestamp};
use crate::platform::language::Language;
use crate::regulations::StrategicArea;
use crate::tenancy::OrganisationId;
use crate::{Error, FieldError, Result, text_enum};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

pub type NeedId = Id<Need>;

text_enum! {
    /// `draft` → `published` → `concluded` (the outcome is told) or `withdrawn`.
    #[derive(utoipa::ToSchema)]
    pub enum Status { Draft = "draft", Published = "published", Withdrawn = "withdrawn", Concluded = "concluded" }
}

impl Status {
    /// May everybody read it?
    pub fn is_public(self) -> bool {
        matches!(self, Self::Published | Self::Concluded)
    }
}

text_enum! {
    /// DFØ's three kinds : bought in a way that leaves room for innovation; innovation itself is bought;
    /// something new to the buyer, though it exists, is bought.
    #[derive(utoipa::ToSchema)]
    pub enum InnovationKind {
        InnovationFriendly = "innovation_friendly", Innovation = "innovation", InnovativeSolution = "innovative_solution",
    }
}

#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Identifiable, Insertable, AsChangeset)]
#[diesel(table_name = needs, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Need {
    pub id: NeedId,
    /// The organisation that has the need.
    pub tenant_id: OrganisationId,
    /// What people call it, and its address: `2026-0042`.
    pub reference: String,
    pub status: Status,
    pub title: String,
    pub summary: String,
    pub cpv: Json<Vec<String>>,
    pub region: Json<Vec<String>>,
    pub areas: Json<Vec<StrategicArea>>,
    pub language: Language,
    pub innovation_kind: Option<InnovationKind>,
    pub response_deadline: Option<Timestamp>,
    pub description: Json<Description>,
    /// How many other buyers have joined. Counted by `join` alone, so that an edit at the same time cannot undo it.
    #[diesel(skip_update)]
    pub joiners: i32,
    /// Of the row: grows by one at every change, and tells two who write at once apart (`ETag`).
    #[diesel(column_name = version)]
    pub revision: i32,
    pub published_at: Option<Timestamp>,
    pub created_by: UserId,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// The number of the version that was published last; 0 before the first.
    #[diesel(column_name = published_version)]
    pub version: i32,
}

/// The longer words of a need, which no list shows.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Description {
    pub problem: String,
    pub affected: String,
    pub current_situation: String,
    pub desired_effects: Vec<DesiredEffect>,
    pub constraints: String,
    pub tried: String,
    pub undecided: String,
    pub budget: Option<Budget>,
    pub contact: Contact,
}

/// What should become different, so that it can be seen whether it did.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DesiredEffect {
    /// What is measured.
    #[schema(max_length = 200)]
    pub metric: String,
    /// Where it stands today.
    #[schema(max_length = 200)]
    pub baseline: String,
    /// Where it should stand.
    #[schema(max_length = 200)]
    pub target: String,
    /// When the target should be reached.
    pub by: Option<NaiveDate>,
}

/// Without VAT.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// Whole units of the currency.
    #[schema(minimum = 0)]
    pub amount: i64,
    /// ISO 4217.
    #[serde(default = "nok")]
    #[schema(min_length = 3, max_length = 3)]
    pub currency: String,
}

fn nok() -> String {
    "NOK".to_owned()
}

/// Whom one asks beside the dialogue.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Contact {
    #[schema(max_length = 200)]
    pub name: String,
    #[schema(max_length = 254)]
    pub email: String,
    /// Digits, spaces and `+ - ( ) . /`.
    #[schema(max_length = 40)]
    pub phone: String,
}

/// Everything that a buyer writes in a need: what is edited, published, and kept of each version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Content {
    pub title: String,
    pub summary: String,
    pub cpv: Vec<String>,
    pub region: Vec<String>,
    pub areas: Vec<StrategicArea>,
    pub language: Language,
    pub innovation_kind: Option<InnovationKind>,
    pub response_deadline: Option<Timestamp>,
    #[serde(flatten)]
    pub description: Description,
}

impl Content {
    /// Areas and places in the order of `before`, if they are the same: their order says nothing, and forms have one of their own.
    pub fn in_the_order_of(mut self, before: &Self) -> Self {
        if are_the_same(&self.areas, &before.areas) {
            self.areas.clone_from(&before.areas);
        }
        if are_the_same(&self.region, &before.region) {
            self.region.clone_from(&before.region);
        }
        self
    }

    /// What still has to be said before the market can be asked. The field is the one of the form.
    pub fn missing(&self, now: Timestamp) -> Vec<FieldError> {
        let d = &self.description;
        let mut missing = Vec::new();
        let mut need = |field: &'static str, there: bool| {
            if !there {
                missing.push(FieldError::new(field, "missing"));
            }
        };
        need("title", !self.title.is_empty());
        need("summary", !self.summary.is_empty());
        need("problem", !d.problem.is_empty());
        need("affected", !d.affected.is_empty());
        need("desired_effects", d.desired_effects.iter().any(|e| !e.metric.is_empty()));
        need("region", !self.region.is_empty());
        need("areas", !self.areas.is_empty());
        need("response_deadline", self.response_deadline.is_some());
        need("contact", !d.contact.email.is_empty());
        if self.response_deadline.is_some_and(|deadline| deadline <= now) {
            missing.push(FieldError::new("response_deadline", "deadline-passed"));
        }
        missing
    }
}

impl Need {
    /// A new draft.
    pub fn draft(tenant: OrganisationId, reference: String, content: Content, by: UserId, now: Timestamp) -> Self {
        Self {
            id: NeedId::new(),
            tenant_id: tenant,
            reference,
            status: Status::Draft,
            title: content.title,
            summary: content.summary,
            cpv: Json(content.cpv),
            region: Json(content.region),
            areas: Json(content.areas),
            language: content.language,
            innovation_kind: content.innovation_kind,
            response_deadline: content.response_deadline,
            description: Json(content.description),
            joiners: 0,
            revision: 1,
            published_at: None,
            created_by: by,
            created_at: now,
            updated_at: now,
            version: 0,
        }
    }

    pub fn content(&self) -> Content {
        Content {
            title: self.title.clone(),
            summary: self.summary.clone(),
            cpv: self.cpv.0.clone(),
            region: self.region.0.clone(),
            areas: self.areas.0.clone(),
            language: self.language,
            innovation_kind: self.innovation_kind,
            response_deadline: self.response_deadline,
            description: self.description.0.clone(),
        }
    }

    /// New words; of a published need, the next version. One that was withdrawn is written on like a draft, until it is published
    /// again.
    ///
    /// # Errors
    /// `Conflict` once it is concluded; `Invalid` if a published need would lack what it must have.
    pub fn describe(self, content: Content, now: Timestamp) -> Result<Self> {
        let version = match self.status {
            Status::Draft | Status::Withdrawn => self.version,
            Status::Published => {
                // A correction after the deadline may leave the deadline as it is.
                let same = content.response_deadline == self.response_deadline;
                let missing: Vec<FieldError> =
                    content.missing(now).into_iter().filter(|e| !(same && e.code == "deadline-passed")).collect();
                if !missing.is_empty() {
                    return Err(Error::Invalid(missing));
                }
                self.version + 1
            }
            Status::Concluded => return Err(Error::Conflict("need-concluded")),
        };
        Ok(Self {
            title: content.title,
            summary: content.summary,
            cpv: Json(content.cpv),
            region: Json(content.region),
            areas: Json(content.areas),
            language: content.language,
            innovation_kind: content.innovation_kind,
            response_deadline: content.response_deadline,
            description: Json(content.description),
            version,
            ..self.next(now)
        })
    }

    /// The next revision.
    fn next(self, now: Timestamp) -> Self {
        Self { revision: self.revision + 1, updated_at: now, ..self }
    }

    /// # Errors
    /// `Invalid` with all that is missing; `Conflict` unless it is a draft or was withdrawn.
    pub fn publish(self, now: Timestamp) -> Result<Self> {
        match self.status {
            Status::Published => return Err(Error::Conflict("need-already-published")),
            Status::Concluded => return Err(Error::Conflict("need-concluded")),
            Status::Draft | Status::Withdrawn => {}
        }
        let missing = self.content().missing(now);
        if !missing.is_empty() {
            return Err(Error::Invalid(missing));
        }
        let version = self.version + 1;
        Ok(Self { status: Status::Published, published_at: Some(now), version, ..self.next(now) })
    }

    /// # Errors
    /// `Conflict` unless it is published.
    pub fn withdraw(self, now: Timestamp) -> Result<Self> {
        match self.status {
            Status::Published => Ok(Self { status: Status::Withdrawn, ..self.next(now) }),
            Status::Draft => Err(Error::Conflict("need-not-published")),
            Status::Withdrawn => Err(Error::Conflict("need-withdrawn")),
            Status::Concluded => Err(Error::Conflict("need-concluded")),
        }
    }

    /// The outcome is told.
    ///
    /// # Errors
    /// `Conflict` unless it is published.
    pub fn conclude(self, now: Timestamp) -> Result<Self> {
        match self.status {
            Status::Published => Ok(Self { status: Status::Concluded, ..self.next(now) }),
            Status::Draft => Err(Error::Conflict("need-not-published")),
            Status::Withdrawn => Err(Error::Conflict("need-withdrawn")),
            Status::Concluded => Err(Error::Conflict("need-concluded")),
        }
    }

    /// May it be deleted? What everybody could read is withdrawn instead.
    ///
    /// # Errors
    /// `Conflict` once it has been published.
    pub fn deletable(self) -> Result<Self> {
        if self.status == Status::Draft { Ok(self) } else { Err(Error::Conflict("need-was-published")) }
    }

    /// What others than the buyer call it: what has been written since it was withdrawn is the buyer's own. Lists ask the
    /// database (`told_title` in the store).
    pub fn told_title(&self) -> &str {
        if self.status == Status::Withdrawn { &self.reference } else { &self.title }
    }

    /// Does the market still have time to ask and answer?
    ///
    /// # Errors
    /// `Conflict` when it is not published, or its deadline has passed.
    pub fn open_for_dialogue(&self, now: Timestamp) -> Result<()> {
        if self.status != Status::Published {
            return Err(Error::Conflict("need-not-open"));
        }
        if self.response_deadline.is_some_and(|deadline| deadline < now) {
            return Err(Error::Conflict("deadline-passed"));
        }
        Ok(())
    }
}

/// In whatever order; none is there twice.
fn are_the_same<T: PartialEq>(some: &[T], others: &[T]) -> bool {
    some.len() == others.len() && some.iter().all(|one| others.contains(one))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeDelta, TimeZone, Utc};

    fn now() -> Timestamp {
        Utc.with_ymd_and_hms(2026, 11, 21, 12, 0, 0).unwrap().into()
    }

    fn content() -> Content {
        Content {
            title: "Færre fall på sykehjemmet".into(),
            summary: "Beboere faller om natten.".into(),
            cpv: vec!["33000000".into()],
            region: vec!["1103".into()],
            areas: vec![StrategicArea::HelseIAlt],
            language: Language::Nb,
            innovation_kind: None,
            response_deadline: Some(now() + TimeDelta::days(20)),
            description: Description {
                problem: "Fall".into(),
                affected: "120 beboere".into(),
                desired_effects: vec![DesiredEffect { metric: "Fall per måned".into(), ..Default::default() }],
                contact: Contact { email: "kari@stavanger.kommune.example".into(), ..Default::default() },
                ..Default::default()
            },
        }
    }

    fn draft() -> Need {
        Need::draft(Id::new(), "2026-0001".into(), content(), Id::new(), now())
    }

    #[test]
    fn a_need_is_published_once_and_concluded_once() {
        let published = draft().publish(now()).unwrap();
        assert_eq!(published.status, Status::Published);
        assert!(matches!(published.clone().publish(now()), Err(Error::Conflict("need-already-published"))));
        let concluded = published.conclude(now()).unwrap();
        assert!(matches!(concluded.clone().conclude(now()), Err(Error::Conflict("need-concluded"))));
        assert!(matches!(concluded.withdraw(now()), Err(Error::Conflict("need-concluded"))));
    }

    #[test]
    fn what_has_been_published_is_not_deleted() {
        assert!(draft().deletable().is_ok());
        let published = draft().publish(now()).unwrap();
        let later = [published.clone(), published.clone().withdraw(now()).unwrap(), published.conclude(now()).unwrap()];
        for need in later {
            assert!(matches!(need.deletable(), Err(Error::Conflict("need-was-published"))));
        }
    }

    #[test]
    fn everything_that_is_missing_is_told_at_once() {
        let empty = Content {
            title: String::new(),
            summary: String::new(),
            cpv: vec![],
            region: vec![],
            areas: vec![],
            language: Language::Nb,
            innovation_kind: None,
            response_deadline: None,
            description: Description::default(),
        };
        let fields: Vec<_> = empty.missing(now()).into_iter().map(|e| e.field.into_owned()).collect();
        assert_eq!(
            fields,
            [
                "title",
                "summary",
                "problem",
                "affected",
                "desired_effects",
                "region",
                "areas",
                "response_deadline",
                "contact"
            ]
        );
        assert!(content().missing(now()).is_empty());
    }

    #[test]
    fn a_published_need_may_be_corrected_after_its_deadline_but_not_given_one_in_the_past() {
        let published = draft().publish(now()).unwrap();
        let later = now() + TimeDelta::days(30);
        let mut words = content();
        words.title = "Færre fall".into();
        let corrected = published.clone().describe(words.clone(), later).unwrap();
        assert_eq!((corrected.version, corrected.revision, corrected.title.as_str()), (2, 3, "Færre fall"));
        words.response_deadline = Some(now() + TimeDelta::days(1));
        let errors = match published.describe(words, later) {
            Err(Error::Invalid(errors)) => errors,
            other => panic!("{other:?}"),
        };
        assert_eq!((errors.len(), errors[0].code), (1, "deadline-passed"));
    }

    #[test]
    fn versions_count_what_was_published_and_revisions_every_change() {
        let numbers = |need: &Need| (need.version, need.revision);
        let draft = draft();
        assert_eq!(numbers(&draft), (0, 1));
        let saved = draft.describe(content(), now()).unwrap();
        assert_eq!(numbers(&saved), (0, 2));
        let published = saved.publish(now()).unwrap();
        assert_eq!(numbers(&published), (1, 3));
        let corrected = published.describe(content(), now()).unwrap();
        assert_eq!(numbers(&corrected), (2, 4));
        let withdrawn = corrected.withdraw(now()).unwrap();
        assert_eq!(numbers(&withdrawn), (2, 5));
        let again = withdrawn.publish(now()).unwrap();
        assert_eq!(numbers(&again), (3, 6));
        assert_eq!(numbers(&again.conclude(now()).unwrap()), (3, 7));
    }

    #[test]
    fn the_market_has_time_until_the_deadline() {
        let need = draft();
        assert!(matches!(need.open_for_dialogue(now()), Err(Error::Conflict("need-not-open"))));
        let need = need.publish(now()).unwrap();
        assert!(need.open_for_dialogue(now() + TimeDelta::days(20)).is_ok());
        let after = now() + TimeDelta::days(20) + TimeDelta::seconds(1);
        assert!(matches!(need.open_for_dialogue(after), Err(Error::Conflict("deadline-passed"))));
    }
}
