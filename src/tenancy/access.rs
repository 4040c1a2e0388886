//! Who is asking, and the proof that they may. The kernel of authorisation.
use super::{OrganisationId, OrganisationKind, Role};
use crate::error::Refusal;
use crate::identity::{SessionId, UserId};
use crate::platform::language::Language;
use crate::{Error, Result};
use diesel::Queryable;
use std::marker::PhantomData;

/// Who is asking. Only the doors make one, after authentication.
#[derive(Debug, Clone)]
pub enum Actor {
    Anonymous,
    Member(Box<Member>),
    /// Logged in, and a member of nothing: everywhere they were, they have left or were taken out.
    Alone(Box<Person>),
    System(Reason),
}

/// A person, in the organisation that they act for now.
#[derive(Debug, Clone)]
pub struct Member {
    pub user: UserId,
    pub name: String,
    pub email: String,
    pub language: Language,
    pub session: SessionId,
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub organisation_number: String,
    pub kind: OrganisationKind,
    pub role: Role,
}

/// A person who is logged in, whatever they act for.
#[derive(Debug, Clone, Queryable)]
pub struct Person {
    pub session: SessionId,
    pub user: UserId,
    pub name: String,
    pub email: String,
    pub language: Language,
}

/// Why the system acts without a person. Written to the audit trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// A command that an operator gave on the machine itself.
    CommandLine,
    /// The demonstration data.
    Demo,
    /// Someone without a login registers, confirms or resets.
    SelfService,
}

impl Reason {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CommandLine => "command-line",
            Self::Demo => "demo",
            Self::SelfService => "self-service",
        }
    }
}

impl Member {
    pub fn person(&self) -> Person {
        Person {
            session: self.session,
            user: self.user,
            name: self.name.clone(),
            email: self.email.clone(),
            language: self.language,
        }
    }
}

impl Actor {
    /// # Errors
    /// `Unauthenticated` unless a person is logged in; `Conflict` (`no-organisation`) if they act for none.
    pub fn member(&self) -> Result<&Member> {
        match self {
            Self::Member(member) => Ok(member),
            Self::Alone(_) => Err(Error::Conflict("no-organisation")),
            Self::Anonymous | Self::System(_) => Err(Error::Unauthenticated),
        }
    }
    /// Who it is, whether they act for an organisation or not: for what is one's own.
    ///
    /// # Errors
    /// `Unauthenticated` unless a person is logged in.
    pub fn person(&self) -> Result<Person> {
        match self {
            Self::Member(member) => Ok(member.person()),
            Self::Alone(person) => Ok((**person).clone()),
            Self::Anonymous | Self::System(_) => Err(Error::Unauthenticated),
        }
    }
    fn is(&self, f: impl FnOnce(&Member) -> bool) -> bool {
        matches!(self, Self::Member(m) if f(m))
    }
    /// Belongs to the buyer organisation `tenant`, in whatever role.
    pub fn belongs_to(&self, tenant: OrganisationId) -> bool {
        self.is(|m| m.organisation == tenant && m.kind == OrganisationKind::Buyer)
    }
    /// May change the needs of `tenant`, and speak to the market for it.
    pub fn buys_for(&self, tenant: OrganisationId) -> bool {
        self.belongs_to(tenant) && self.is(|m| matches!(m.role, Role::Admin | Role::Buyer))
    }
    /// May change the needs of some tenant.
    pub fn is_buyer(&self) -> bool {
        self.is(|m| m.kind == OrganisationKind::Buyer && matches!(m.role, Role::Admin | Role::Buyer))
    }
    pub fn is_supplier(&self) -> bool {
        self.is(|m| m.kind == OrganisationKind::Supplier)
    }
    /// Acts for the supplier `organisation`.
    pub fn supplies_for(&self, organisation: OrganisationId) -> bool {
        self.is_supplier() && self.is(|m| m.organisation == organisation)
    }
    pub fn is_adviser(&self) -> bool {
        self.is(|m| m.role == Role::Adviser)
    }
    pub fn is_operator(&self) -> bool {
        self.is(|m| m.role == Role::Operator)
    }
    /// Administers `organisation`: its members and its profile.
    pub fn administers(&self, organisation: OrganisationId) -> bool {
        self.is(|m| m.organisation == organisation && m.role.administers())
    }
    /// Is this very person, acting for `organisation`.
    pub fn is_member(&self, user: UserId, organisation: OrganisationId) -> bool {
        self.is(|m| m.user == user && m.organisation == organisation)
    }
    pub fn is_system(&self) -> bool {
        matches!(self, Self::System(_))
    }
}

/// Proof that someone may do `Action` to this `T`. Only `policy.rs` files can make one (`tests/architecture.rs`).
pub struct Permit<Action, T> {
    subject: T,
    action: PhantomData<Action>,
}

impl<Action, T> Permit<Action, T> {
    /// # Errors
    /// `NotFound(what)` if the caller may not even know that it exists; `Forbidden` if they see it but may not;
    /// `Unauthenticated` if they see it and would perhaps be allowed, were they logged in.
    pub fn check(
        actor: &Actor,
        subject: T,
        visible: bool,
        allowed: bool,
        what: &'static str,
        refusal: impl Into<Refusal>,
    ) -> Result<Self> {
        if !visible {
            return Err(Error::NotFound(what));
        }
        if !allowed && matches!(actor, Actor::Anonymous) {
            return Err(Error::Unauthenticated);
        }
        if !allowed {
            return Err(Error::Forbidden(refusal.into()));
        }
        Ok(Self { subject, action: PhantomData })
    }
    pub fn subject(&self) -> &T {
        &self.subject
    }
    pub fn into_inner(self) -> T {
        self.subject
    }
}
