//! Lists: `?limit=&cursor=`.
use crate::fields::{Fields, Parameter};
use crate::{Error, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use utoipa::openapi::schema::{Array, ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

const DEFAULT: usize = 20;
pub(super) const MAX: usize = 100;

/// What every list takes.
pub const PAGING: [Parameter; 2] =
    [("limit", "How many, 1 to 100; 20 when left out."), ("cursor", "The `next` of the page before.")];

/// One page of a list.
#[derive(Debug, Serialize)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// The cursor of the next page; null on the last.
    pub next: Option<String>,
    /// How many there are in all.
    pub total: i64,
}

impl<T> Page<T> {
    /// Of rows that were asked for one beyond `limit`, so that it is known whether there are more.
    pub fn cut<R, P: Serialize>(
        mut rows: Vec<R>,
        limit: usize,
        total: i64,
        place: impl Fn(&R) -> P,
        item: impl FnMut(R) -> T,
    ) -> Self {
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|row| encode(&place(row)));
        Self { items: rows.into_iter().map(item).collect(), next, total }
    }

    /// Of rows that are few and all there, in the order of their places.
    pub fn of_all<R, P: Serialize + PartialOrd>(
        rows: Vec<R>,
        paging: &Paging<P>,
        place: impl Fn(&R) -> P,
        item: impl FnMut(R) -> T,
    ) -> Self {
        let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let rest = rows.into_iter().filter(|row| paging.after.as_ref().is_none_or(|after| place(row) > *after));
        Self::cut(rest.take(paging.limit + 1).collect(), paging.limit, total, place, item)
    }
}

/// Written by hand: derived, every page would have the name `Page`, and be that of the first list.
impl<T: ToSchema> ToSchema for Page<T> {
    fn name() -> Cow<'static, str> {
        let item = T::name();
        format!("{}Page", item.strip_suffix("Body").or(item.strip_suffix("Item")).unwrap_or(&item)).into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        T::schemas(schemas);
        schemas.push((T::name().into_owned(), T::schema()));
    }
}

impl<T: ToSchema> PartialSchema for Page<T> {
    fn schema() -> RefOr<Schema> {
        let nullable = SchemaType::Array(vec![Type::String, Type::Null]);
        ObjectBuilder::new()
            .property("items", Array::new(Ref::from_schema_name(T::name())))
            .property(
                "next",
                ObjectBuilder::new()
                    .schema_type(nullable)
                    .description(Some("The cursor of the next page; null on the last.")),
            )
            .property(
                "total",
                ObjectBuilder::new().schema_type(Type::Integer).description(Some("How many there are in all.")),
            )
            .required("items")
            .required("next")
            .required("total")
            .description(Some("One page of a list."))
            .into()
    }
}

/// Where a page begins, and how long it is.
#[derive(Debug, Clone)]
pub struct Paging<P> {
    pub limit: usize,
    pub after: Option<P>,
}

impl<P: DeserializeOwned> Paging<P> {
    /// # Errors
    /// `Malformed` for a limit out of range, or a cursor that is none.
    pub fn parse(query: &Fields) -> Result<Self> {
        Ok(Self { limit: limit(query, DEFAULT)?, after: query.filter("cursor").map(|c| decode(&c)).transpose()? })
    }
}

/// So many rows, and one to know whether there are more: what `Page::cut` takes.
pub fn one_beyond(limit: usize) -> i64 {
    i64::try_from(limit + 1).unwrap_or(i64::MAX)
}

/// How many are asked for; so many when nothing is said.
///
/// # Errors
/// `Malformed` (`bad-limit`) for what is out of range.
pub fn limit(query: &Fields, usual: usize) -> Result<usize> {
    if !query.has("limit") {
        return Ok(usual);
    }
    let digits = Some(query.get("limit")).filter(|text| text.bytes().all(|b| b.is_ascii_digit()));
    digits.and_then(|text| text.parse().ok()).filter(|n| (1..=MAX).contains(n)).ok_or_else(|| Error::Malformed {
        code: "bad-limit",
        detail: format!("limit must be a whole number from 1 to {MAX}"),
    })
}

/// The place as a cursor. Opaque on purpose: clients hand it back as it is.
pub fn encode<P: Serialize>(place: &P) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(place).unwrap_or_default())
}

/// # Errors
/// `Malformed` (`bad-cursor`)
pub fn decode<P: DeserializeOwned>(cursor: &str) -> Result<P> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok();
    bytes
        .and_then(|b| serde_json::from_slice(&b).ok())
        .ok_or_else(|| Error::Malformed { code: "bad-cursor", detail: "the cursor is not one of ours".to_owned() })
}
