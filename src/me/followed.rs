//! What someone follows, as their desk shows it.
use crate::Result;
use crate::needs::web::need_url;
use crate::needs::{self, Listed};
use crate::op::Op;
use crate::platform::db::types::Timestamp;
use crate::platform::language::Language;
use crate::tenancy::Member;
use crate::web::view::Deadline;
use serde::Serialize;

const FOLLOWS: i64 = 50;

#[derive(Serialize)]
pub struct Followed {
    title: String,
    url: String,
    buyer: String,
    concluded: bool,
    /// Of one that was taken back: it has no page any more on which one can stop.
    stop_url: Option<String>,
    deadline: Option<Deadline>,
}

/// The nearest deadline first; what has passed, or has none, after that, and what was taken back last.
///
/// # Errors
/// When the database refuses.
pub fn by(op: &mut Op<'_>, member: &Member) -> Result<Vec<Listed>> {
    let now = op.now();
    let mut followed = needs::followed_by(op.db(), member.user, None, FOLLOWS)?;
    followed.sort_by_key(|need| {
        let deadline = need.response_deadline.filter(|at| *at > now).map_or(i64::MAX, Timestamp::micros);
        (!need.status.is_public(), deadline)
    });
    Ok(followed)
}

pub fn shown(followed: Vec<Listed>, now: Timestamp, root: &str, language: Language) -> Vec<Followed> {
    followed.into_iter().map(|need| Followed::new(need, now, root, language)).collect()
}

impl Followed {
    fn new(need: Listed, now: Timestamp, root: &str, language: Language) -> Self {
        let url = need_url(root, &need.reference);
        let gone = !need.status.is_public();
        Self {
            stop_url: gone.then(|| format!("{url}/folg")),
            url,
            // What has been written since is the buyer's own.
            title: if gone { need.reference } else { need.title },
            deadline: need.response_deadline.filter(|_| !gone).map(|at| Deadline::new(at, now, language)),
            buyer: need.buyer_name,
            concluded: need.status == needs::Status::Concluded,
        }
    }
}
