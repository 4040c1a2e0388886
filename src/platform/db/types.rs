//! Column types that the two databases represent differently.
use super::MultiBackend;
use chrono::{DateTime, Datelike, SecondsFormat, TimeDelta, Utc};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::Pg;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types as st;
use diesel::sqlite::Sqlite;
use serde::de::{self, DeserializeOwned};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt::{self, Debug, Display};
use std::io::Write;
use std::marker::PhantomData;
use uuid::Uuid;

/// SQL types as written in `schema.rs`. Fixed OIDs: no catalogue look-up per connection.
pub mod sql {
    use diesel::query_builder::QueryId;
    use diesel::sql_types::SqlType;
    /// `uuid` | `BLOB(16)`
    #[derive(SqlType, QueryId, Clone, Copy, Default)]
    #[diesel(postgres_type(oid = 2950, array_oid = 2951), sqlite_type(name = "Binary"))]
    pub struct Uid;
    /// `timestamptz` | `TEXT`, RFC 3339 in UTC with exactly six decimals, hence sortable
    #[derive(SqlType, QueryId, Clone, Copy, Default)]
    #[diesel(postgres_type(oid = 1184, array_oid = 1185), sqlite_type(name = "Text"))]
    pub struct Instant;
    /// `jsonb` | `TEXT`
    #[derive(SqlType, QueryId, Clone, Copy, Default)]
    #[diesel(postgres_type(oid = 3802, array_oid = 3807), sqlite_type(name = "Text"))]
    pub struct Document;
}

macro_rules! multi_sql_type { ($($sql:ty),*) => {$(
    impl st::HasSqlType<$sql> for MultiBackend {
        fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
            MultiBackend::lookup_sql_type::<$sql>(lookup)
        }
    }
)*}; }
multi_sql_type!(sql::Uid, sql::Instant, sql::Document);

/// Makes a type that both backends can read and write usable through [`super::Db`].
macro_rules! multi_backend {
    (<$($g:ident: $bound:tt),*> $ty:ty as $sql:ty) => {
        impl<$($g: $bound),*> ToSql<$sql, MultiBackend> for $ty {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
                out.set_value((<$sql>::default(), self));
                Ok(IsNull::No)
            }
        }
        impl<$($g: $bound),*> FromSql<$sql, MultiBackend> for $ty {
            fn from_sql(v: <MultiBackend as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
                v.from_sql::<$ty, $sql>()
            }
        }
    };
}

// ---- Id<T> ---------------------------------------------------------------------------------------------

/// A UUIDv7 that names a `T` and nothing else.
#[derive(AsExpression, FromSqlRow, Serialize, Deserialize)]
#[diesel(sql_type = sql::Uid)]
#[serde(transparent)]
pub struct Id<T: 'static>(Uuid, #[serde(skip)] PhantomData<fn() -> T>);

impl<T> Default for Id<T> {
    fn default() -> Self {
        Self::new()
    }
}
impl<T> std::str::FromStr for Id<T> {
    type Err = uuid::Error;
    fn from_str(s: &str) -> Result<Self, uuid::Error> {
        Uuid::parse_str(s).map(Into::into)
    }
}

impl<T> Id<T> {
    /// A new id. Sorts after every id made before it in this process.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that makes ids")]
    pub fn new() -> Self {
        Self::from(Uuid::now_v7())
    }
    pub fn uuid(self) -> Uuid {
        self.0
    }
}
impl<T> From<Uuid> for Id<T> {
    fn from(v: Uuid) -> Self {
        Self(v, PhantomData)
    }
}
impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, o: &Self) -> bool {
        self.0 == o.0
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, o: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(o))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, o: &Self) -> std::cmp::Ordering {
        self.0.cmp(&o.0)
    }
}
impl<T> std::hash::Hash for Id<T> {
    fn hash<H: std::hash::Hasher>(&self, h: &mut H) {
        self.0.hash(h)
    }
}
impl<T> Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Debug::fmt(&self.0, f)
    }
}
impl<T> Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.0, f)
    }
}

impl<T> ToSql<sql::Uid, Pg> for Id<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<st::Uuid, Pg>::to_sql(&self.0, out)
    }
}
impl<T> FromSql<sql::Uid, Pg> for Id<T> {
    fn from_sql(v: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        <Uuid as FromSql<st::Uuid, Pg>>::from_sql(v).map(Into::into)
    }
}
impl<T> ToSql<sql::Uid, Sqlite> for Id<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.as_bytes().as_slice());
        Ok(IsNull::No)
    }
}
impl<T> FromSql<sql::Uid, Sqlite> for Id<T> {
    fn from_sql(mut v: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Uuid::from_slice(v.read_blob())?.into())
    }
}
multi_backend!(<T: 'static> Id<T> as sql::Uid);

// ---- Timestamp -----------------------------------------------------------------------------------------

/// An instant in UTC with microsecond precision, which is what PostgreSQL keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, AsExpression, FromSqlRow, Serialize, Deserialize)]
#[diesel(sql_type = sql::Instant)]
#[serde(transparent)]
pub struct Timestamp(#[serde(deserialize_with = "of_an_era")] DateTime<Utc>);

/// What both databases can hold.
fn of_an_era<'de, D: Deserializer<'de>>(from: D) -> Result<DateTime<Utc>, D::Error> {
    let at = DateTime::<Utc>::deserialize(from)?;
    if (1..=9_999).contains(&at.year()) { Ok(at) } else { Err(de::Error::custom("a year of four digits")) }
}

impl Timestamp {
    pub fn utc(self) -> DateTime<Utc> {
        self.0
    }
    /// Microseconds since 1970: what the search index sorts by.
    pub fn micros(self) -> i64 {
        self.0.timestamp_micros()
    }
    /// RFC 3339 with offset, as machines read it.
    pub fn rfc3339(self) -> String {
        self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }
}
impl std::ops::Add<TimeDelta> for Timestamp {
    type Output = Self;
    fn add(self, d: TimeDelta) -> Self {
        Self(self.0 + d)
    }
}
impl std::ops::Sub<TimeDelta> for Timestamp {
    type Output = Self;
    fn sub(self, d: TimeDelta) -> Self {
        Self(self.0 - d)
    }
}
impl From<DateTime<Utc>> for Timestamp {
    fn from(v: DateTime<Utc>) -> Self {
        // A leap second is the second after it, as PostgreSQL has it.
        Self(DateTime::from_timestamp_micros(v.timestamp_micros()).unwrap_or(v))
    }
}
impl st::SqlOrd for sql::Instant {}

impl ToSql<sql::Instant, Pg> for Timestamp {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<st::Timestamptz, Pg>::to_sql(&self.0, out)
    }
}
impl FromSql<sql::Instant, Pg> for Timestamp {
    fn from_sql(v: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        <DateTime<Utc> as FromSql<st::Timestamptz, Pg>>::from_sql(v).map(Self)
    }
}
impl ToSql<sql::Instant, Sqlite> for Timestamp {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.to_rfc3339_opts(SecondsFormat::Micros, true));
        Ok(IsNull::No)
    }
}
impl FromSql<sql::Instant, Sqlite> for Timestamp {
    fn from_sql(mut v: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(DateTime::parse_from_rfc3339(v.read_text())?.to_utc()))
    }
}
multi_backend!(<> Timestamp as sql::Instant);

// ---- Json<T> -------------------------------------------------------------------------------------------

/// A typed JSON document column.
#[derive(Debug, Clone, PartialEq, AsExpression, FromSqlRow, Serialize, Deserialize)]
#[diesel(sql_type = sql::Document)]
#[serde(transparent)]
pub struct Json<T: 'static>(pub T);

/// What PostgreSQL puts in front of a jsonb: the version of the format, of which there is one.
const JSONB: u8 = 1;

/// What a JSON column may hold.
pub trait Doc: Serialize + DeserializeOwned + Debug + Send + Sync + 'static {}
impl<T: Serialize + DeserializeOwned + Debug + Send + Sync + 'static> Doc for T {}

impl<T: Doc> ToSql<sql::Document, Pg> for Json<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(&[JSONB])?;
        serde_json::to_writer(out, &self.0)?;
        Ok(IsNull::No)
    }
}
impl<T: Doc> FromSql<sql::Document, Pg> for Json<T> {
    fn from_sql(v: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        match v.as_bytes() {
            [JSONB, text @ ..] => Ok(Self(serde_json::from_slice(text)?)),
            _ => Err("a JSON column of another format than jsonb's first".into()),
        }
    }
}
impl<T: Doc> ToSql<sql::Document, Sqlite> for Json<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(serde_json::to_string(&self.0)?);
        Ok(IsNull::No)
    }
}
impl<T: Doc> FromSql<sql::Document, Sqlite> for Json<T> {
    fn from_sql(mut v: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(serde_json::from_str(v.read_text())?))
    }
}
multi_backend!(<T: Doc> Json<T> as sql::Document);

// ---- enums as TEXT -------------------------------------------------------------------------------------

/// Stores a fieldless enum as TEXT, on every backend, checked on the way back.
#[macro_export]
macro_rules! text_enum {
    ($(#[$m:meta])* $vis:vis enum $name:ident { $($(#[$v:meta])* $variant:ident = $text:tt),+ $(,)? }) => {
        $crate::regulations::text_enum! {
            $(#[$m])*
            #[derive(diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
            #[diesel(sql_type = diesel::sql_types::Text)]
            $vis enum $name { $($(#[$v])* $variant = $text),+ }
        }
        impl<DB: diesel::backend::Backend> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for $name
        where str: diesel::serialize::ToSql<diesel::sql_types::Text, DB>
        {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
                self.as_str().to_sql(out)
            }
        }
        impl<DB: diesel::backend::Backend> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for $name
        where String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>
        {
            fn from_sql(v: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> { Ok(String::from_sql(v)?.parse()?) }
        }
    };
}
