//! Needs as they are written in JSON.
use crate::dialogue::Attachment;
use crate::dialogue::api::AttachmentBody;
use crate::needs::{
    Budget, Contact, Counts, DesiredEffect, InnovationKind, Joiner, Listed, Need, Status, Version, Words,
};
use crate::platform::area::Area;
use crate::platform::db::types::Timestamp;
use crate::platform::language::Language;
use crate::platform::wording;
use crate::tenancy::Organisation;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The buyer of a need.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BuyerBody {
    pub organisation_number: String,
    pub name: String,
}

/// A need.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedBody {
    #[schema(format = "uuid")]
    pub id: String,
    pub reference: String,
    pub title: String,
    pub summary: String,
    pub problem: String,
    pub affected: String,
    pub current_situation: String,
    pub desired_effects: Vec<DesiredEffect>,
    pub constraints: String,
    pub tried: String,
    pub undecided: String,
    pub cpv: Vec<String>,
    pub region: Vec<String>,
    #[schema(value_type = Vec<Area>)]
    pub areas: Vec<String>,
    pub innovation_kind: Option<InnovationKind>,
    pub budget: Option<Budget>,
    /// RFC 3339 with the offset of Norway.
    #[schema(format = DateTime)]
    pub response_deadline: Option<String>,
    pub language: Language,
    pub contact: Contact,
    pub status: Status,
    pub buyer: BuyerBody,
    pub joiners: i32,
    /// How many versions have been published: 0 for a draft.
    pub version: i32,
    #[schema(format = DateTime)]
    pub published_at: Option<String>,
    /// The `ETag`.
    #[serde(skip)]
    pub revision: i32,
    /// What is still missing before it can be published; only for a draft.
    pub missing: Vec<String>,
}

/// A need as lists show it.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedItem {
    #[schema(format = "uuid")]
    pub id: String,
    pub reference: String,
    pub title: String,
    pub summary: String,
    pub cpv: Vec<String>,
    pub region: Vec<String>,
    #[schema(value_type = Vec<Area>)]
    pub areas: Vec<String>,
    #[schema(format = DateTime)]
    pub response_deadline: Option<String>,
    pub language: Language,
    pub status: Status,
    pub buyer: BuyerBody,
    pub joiners: i32,
    /// How many versions have been published: 0 for a draft.
    pub version: i32,
    #[schema(format = DateTime)]
    pub published_at: Option<String>,
}

/// A need that one follows.
#[derive(Debug, Serialize, ToSchema)]
pub struct FollowedBody {
    #[schema(format = "uuid")]
    pub id: String,
    pub reference: String,
    /// Null once it is withdrawn: what has been written since is the buyer's own.
    pub title: Option<String>,
    pub status: Status,
    pub buyer: BuyerBody,
    #[schema(format = DateTime)]
    pub response_deadline: Option<String>,
}

/// How many take part.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountsBody {
    pub followers: i64,
    pub questions: i64,
    pub responses: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct VersionBody {
    pub version: i32,
    pub change_note: String,
    #[schema(format = DateTime)]
    pub published_at: String,
    pub content: Words,
    /// Its files. They can be read as long as the version can, also when the need has them no more.
    pub attachments: Vec<AttachmentBody>,
}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JoinBody {
    /// How much of it, in words: `40 users`, `3 nursing homes`.
    #[schema(max_length = 300)]
    pub volume: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct JoinerBody {
    pub organisation_number: String,
    pub name: String,
    pub volume: String,
    #[schema(format = DateTime)]
    pub joined_at: String,
}

/// The tag of a need that was just made.
pub(super) const FIRST_TAG: &str = "\"1\"";

impl NeedBody {
    /// The revision; and how many have joined, which is no change of the need, after a point.
    pub fn tag(&self) -> String {
        match self.joiners {
            0 => format!("\"{}\"", self.revision),
            joiners => format!("\"{}.{joiners}\"", self.revision),
        }
    }

    pub fn new(need: Need, buyer: &Organisation, now: Timestamp) -> Self {
        let missing = match need.status {
            Status::Draft => need.content().missing(now).into_iter().map(|e| e.field.into_owned()).collect(),
            Status::Published | Status::Withdrawn | Status::Concluded => Vec::new(),
        };
        let d = need.description.0;
        Self {
            id: need.id.to_string(),
            reference: need.reference,
            title: need.title,
            summary: need.summary,
            problem: d.problem,
            affected: d.affected,
            current_situation: d.current_situation,
            desired_effects: d.desired_effects,
            constraints: d.constraints,
            tried: d.tried,
            undecided: d.undecided,
            cpv: need.cpv.0,
            region: need.region.0,
            areas: need.areas.0.iter().map(|a| a.as_str().to_owned()).collect(),
            innovation_kind: need.innovation_kind,
            budget: d.budget,
            response_deadline: need.response_deadline.map(wording::rfc3339),
            language: need.language,
            contact: d.contact,
            status: need.status,
            buyer: BuyerBody { organisation_number: buyer.number.clone(), name: buyer.name.clone() },
            joiners: need.joiners,
            version: need.version,
            published_at: need.published_at.map(wording::rfc3339),
            revision: need.revision,
            missing,
        }
    }
}

impl From<Listed> for NeedItem {
    fn from(n: Listed) -> Self {
        Self {
            id: n.id.to_string(),
            reference: n.reference,
            title: n.title,
            summary: n.summary,
            cpv: n.cpv.0,
            region: n.region.0,
            areas: n.areas.0.iter().map(|a| a.as_str().to_owned()).collect(),
            response_deadline: n.response_deadline.map(wording::rfc3339),
            language: n.language,
            status: n.status,
            buyer: BuyerBody { organisation_number: n.buyer_number, name: n.buyer_name },
            joiners: n.joiners,
            version: n.version,
            published_at: n.published_at.map(wording::rfc3339),
        }
    }
}

impl From<Listed> for FollowedBody {
    fn from(n: Listed) -> Self {
        let is_there = n.status.is_public();
        Self {
            id: n.id.to_string(),
            reference: n.reference,
            title: Some(n.title).filter(|_| is_there),
            status: n.status,
            buyer: BuyerBody { organisation_number: n.buyer_number, name: n.buyer_name },
            response_deadline: n.response_deadline.filter(|_| is_there).map(wording::rfc3339),
        }
    }
}

impl From<Counts> for CountsBody {
    fn from(Counts { followers, questions, responses }: Counts) -> Self {
        Self { followers, questions, responses }
    }
}

impl VersionBody {
    pub fn new(v: Version, files: Vec<Attachment>) -> Self {
        Self {
            attachments: files.into_iter().map(AttachmentBody::from).collect(),
            version: v.version,
            change_note: v.change_note,
            published_at: wording::rfc3339(v.published_at),
            content: Words::from(&v.content.0),
        }
    }
}

impl From<Joiner> for JoinerBody {
    fn from(j: Joiner) -> Self {
        Self { organisation_number: j.number, name: j.name, volume: j.volume, joined_at: wording::rfc3339(j.joined_at) }
    }
}
