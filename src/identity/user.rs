//! A person with a login.
use crate::platform::db::schema::users;
use crate::platform::db::types::{Id, Timestamp};
use crate::platform::language::Language;
use diesel::prelude::*;

pub type UserId = Id<User>;

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = users, treat_none_as_default_value = false)]
pub struct User {
    pub id: UserId,
    /// In lower case.
    pub email: String,
    pub name: String,
    pub language: Language,
    /// A PHC string of argon2id.
    pub password_hash: String,
    pub email_confirmed_at: Option<Timestamp>,
    pub created_at: Timestamp,
    /// Then name and password are empty, and the address is nobody's.
    pub deleted_at: Option<Timestamp>,
}

/// The name of someone as others read it; of whoever has deleted their account, a word for that.
pub fn shown_name(name: String, language: Language) -> String {
    if name.is_empty() { language.text("identity-deleted-user") } else { name }
}
