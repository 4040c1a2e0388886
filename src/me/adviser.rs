//! The adviser's desk: where to look.
use super::followed::{self, Followed};
use crate::Result;
use crate::op::Op;
use crate::platform::language::Language;
use crate::portfolio;
use crate::tenancy::Member;
use serde::Serialize;

#[derive(Serialize)]
pub struct AdviserDesk {
    figures: Figures,
    follows: Vec<Followed>,
}

#[derive(Serialize)]
struct Figures {
    buyers: Figure,
    open: Figure,
    closing_soon: Figure,
    without_responses: Figure,
    without_outcome: Figure,
    unanswered: Figure,
}

/// A number, and the list behind it.
#[derive(Serialize)]
struct Figure {
    count: i64,
    url: String,
}

impl AdviserDesk {
    pub fn read(op: &mut Op<'_>, member: &Member, root: &str, language: Language) -> Result<Self> {
        let permit = portfolio::read(op.actor())?;
        let f = portfolio::figures(op, permit)?;
        let figure = |count, query: &str| Figure { count, url: format!("{root}/radgiver{query}") };
        let followed = followed::by(op, member)?;
        Ok(Self {
            follows: followed::shown(followed, op.now(), root, language),
            figures: Figures {
                buyers: figure(f.buyers, ""),
                open: figure(f.open, "?status=open"),
                closing_soon: figure(f.closing_soon, &format!("?status=open&deadline_before={}", f.soon_until)),
                without_responses: figure(f.without_responses, "?status=open&without=responses"),
                without_outcome: figure(f.without_outcome, "?without=outcome"),
                unanswered: figure(f.unanswered, "?without=answers"),
            },
        })
    }
}
