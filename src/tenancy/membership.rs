//! What a person is in an organisation.
use super::{Organisation, OrganisationId, OrganisationKind, Role, store};
use crate::identity::UserId;
use crate::op::Op;
use crate::platform::db::types::Timestamp;
use crate::{Error, Result};
use diesel::Queryable;

#[derive(Debug, Clone, Queryable)]
pub struct Membership {
    pub user: UserId,
    pub name: String,
    pub email: String,
    pub organisation: OrganisationId,
    pub kind: OrganisationKind,
    pub role: Role,
    pub since: Timestamp,
}

impl Membership {
    /// The same person with another role.
    ///
    /// # Errors
    /// `Invalid` (`role`) if there is no such role there.
    pub fn with_role(self, role: Role) -> Result<Self> {
        if self.kind.roles().contains(&role) { Ok(Self { role, ..self }) } else { Err(Error::field("role", "unknown")) }
    }
}

/// How it is with the others of an organisation, for one who is about to stop administering it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    /// One of them administers it.
    Administer,
    /// Nobody could let anybody in, or change anything about the members.
    NeedAnAdministrator,
    None,
}

impl Others {
    fn of(roles: &[Role]) -> Self {
        if roles.iter().any(|role| role.administers()) {
            Self::Administer
        } else if roles.is_empty() {
            Self::None
        } else {
            Self::NeedAnAdministrator
        }
    }

    /// The others of the organisation of `membership`.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) fn among(op: &mut Op<'_>, membership: &Membership) -> Result<Self> {
        Ok(Self::of(&store::roles_of_others(op.db(), membership.organisation, membership.user)?))
    }

    /// The same, for one who changes it. Until the transaction ends nobody else stops administering it: of two
    /// administrators who take out each other at the same time, the second finds that it is the last.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) fn hold(op: &mut Op<'_>, membership: &Membership) -> Result<Self> {
        store::hold(op.db(), membership.organisation)?;
        Self::among(op, membership)
    }
}

/// How it is with the others of every organisation that `user` administers, or is alone in.
///
/// # Errors
/// When the database refuses.
pub fn others_everywhere(op: &mut Op<'_>, user: UserId) -> Result<Vec<(Organisation, Others)>> {
    let mut found = Vec::new();
    for who in store::memberships_in_order(op.db(), user)? {
        let others = Others::among(op, &who)?;
        if who.role.administers() || others == Others::None {
            found.push((store::organisation(op.db(), who.organisation)?, others));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::db::types::Id;

    #[test]
    fn nobody_gets_a_role_of_another_kind_of_organisation() {
        let kari = |kind| Membership {
            user: Id::new(),
            name: "Kari".to_owned(),
            email: "kari@stavanger.example".to_owned(),
            organisation: Id::new(),
            kind,
            role: Role::Admin,
            since: Timestamp::from(chrono::DateTime::UNIX_EPOCH),
        };
        for kind in OrganisationKind::ALL.iter().copied() {
            for role in Role::ALL.iter().copied() {
                assert_eq!(kari(kind).with_role(role).is_ok(), kind.roles().contains(&role), "{kind:?} {role:?}");
            }
        }
    }

    #[test]
    fn an_organisation_with_people_has_one_who_administers_it() {
        assert_eq!(Others::of(&[]), Others::None);
        assert_eq!(Others::of(&[Role::Reader, Role::Admin]), Others::Administer);
        assert_eq!(Others::of(&[Role::Adviser]), Others::Administer);
        assert_eq!(Others::of(&[Role::Reader, Role::Buyer, Role::Member]), Others::NeedAnAdministrator);
    }
}
