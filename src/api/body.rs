//! JSON that a client sends.
use super::Problem;
use crate::web::{media_type, whole_body};
use crate::{Error, FieldError};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Number, Value};
use serde_path_to_error::Segment;
use sha2::{Digest, Sha256};
use std::fmt;

/// A body of this shape. Unknown fields are refused by the type.
pub struct Body<T> {
    pub value: Taken<T>,
    /// Of the bytes; tells whether a repeated request is the same.
    pub fingerprint: String,
}

/// What came in place of a `T`, and what in it is of the wrong kind: that is told together with what is wrong with the rest.
pub struct Taken<T> {
    /// Without what is of the wrong kind. None if nothing can be made of the rest.
    value: Option<T>,
    misfits: Vec<FieldError>,
}

impl<T> Taken<T> {
    /// What `read` makes of it.
    ///
    /// # Errors
    /// `Invalid` with what is of the wrong kind and with all that `read` finds beside it; whatever else `read` refuses.
    pub fn read<A>(self, read: impl FnOnce(T) -> crate::Result<A>) -> crate::Result<A> {
        let Self { value, mut misfits } = self;
        let Some(value) = value else { return Err(Error::Invalid(misfits)) };
        match read(value) {
            read if misfits.is_empty() => read,
            Err(Error::Invalid(more)) => {
                // What was left out is not missing as well.
                let is_told = |error: &FieldError| {
                    let inside = format!("{}.", error.field);
                    let is_within = |told: &FieldError| error.code == "required" && told.field.starts_with(&inside);
                    misfits.iter().any(|told| told.field == error.field || is_within(told))
                };
                let more: Vec<FieldError> = more.into_iter().filter(|error| !is_told(error)).collect();
                misfits.extend(more);
                Err(Error::Invalid(misfits))
            }
            Ok(_) => Err(Error::Invalid(misfits)),
            refused => refused,
        }
    }
}

/// A merge patch (RFC 7396) of the first level: the fields that are there replace those of the thing.
pub struct Patch {
    fields: Map<String, Value>,
    /// Fields that were looked for and are not part of the thing.
    beside: Vec<&'static str>,
    /// Those of them that are of the wrong kind.
    misfits: Vec<FieldError>,
}

/// What a patch may be sent as.
pub(super) const PATCH_TYPES: [&str; 2] = ["application/json", "application/merge-patch+json"];

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let read = read(request, payload, &["application/json"]);
        Box::pin(async move {
            let bytes = read.await?;
            let value = parse(&bytes)?;
            Ok(Self { value, fingerprint: fingerprint(&bytes) })
        })
    }
}

impl FromRequest for Patch {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let read = read(request, payload, &PATCH_TYPES);
        Box::pin(async move {
            let Fields(fields) = strictly(&read.await?).map_err(Refusal::into_error)?;
            Ok(Self { fields, beside: Vec::new(), misfits: Vec::new() })
        })
    }
}

impl Patch {
    /// Takes a field that is not part of the thing itself; empty if it is not there.
    pub fn take_text(&mut self, name: &'static str) -> String {
        self.beside.push(name);
        match self.fields.remove(name) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text,
            Some(_) => {
                self.misfits.push(FieldError::new(name, "wrong-kind"));
                String::new()
            }
        }
    }

    /// `before` with the fields of the patch in place; `null` empties a field.
    ///
    /// # Errors
    /// `Malformed` for a field that there is not.
    pub fn apply<T: Serialize + DeserializeOwned>(self, before: &T) -> crate::Result<Taken<T>> {
        let whole = serde_json::to_value(before).map_err(|e| Error::Internal(e.into()))?;
        let Value::Object(mut whole) = whole else { return Err(Error::Internal(anyhow::anyhow!("not an object"))) };
        if let Some(name) = self.fields.keys().find(|name| !whole.contains_key(*name)) {
            let known = whole.keys().map(String::as_str).chain(self.beside);
            let known: Vec<String> = known.map(|known| format!("`{known}`")).collect();
            let detail = format!("{name}: unknown field `{name}`, expected one of {}", known.join(", "));
            return Err(malformed("broken-json", detail));
        }
        for (name, value) in self.fields {
            if value.is_null() {
                whole.remove(&name)
            } else {
                whole.insert(name, value)
            };
        }
        fit(Value::Object(whole), self.misfits)
    }
}

fn read(
    request: &HttpRequest,
    payload: &mut Payload,
    types: &'static [&'static str],
) -> impl Future<Output = Result<Bytes, Error>> + use<> {
    let sent = media_type(request);
    let encoding = known_encoding(request);
    let bytes = Bytes::from_request(request, payload);
    async move {
        encoding?;
        if !types.contains(&sent.as_str()) {
            return Err(Error::UnsupportedMedia(types.join(", ")));
        }
        whole_body(bytes).await
    }
}

type Misfit = serde_path_to_error::Error<serde_json::Error>;

/// What is packed in a way that is not known here would be read as it is.
pub(super) fn known_encoding(request: &HttpRequest) -> Result<(), Error> {
    const KNOWN: [&str; 5] = ["identity", "gzip", "deflate", "br", "zstd"];
    let said = request.headers().get(header::CONTENT_ENCODING).map(|v| v.to_str().unwrap_or_default().trim());
    match said {
        Some(said) if !KNOWN.iter().any(|known| said.eq_ignore_ascii_case(known)) => {
            Err(Error::UnsupportedMedia(format!("Content-Encoding: {}", KNOWN.join(", "))))
        }
        _ => Ok(()),
    }
}

enum Refusal {
    /// It is no JSON, or has a field that there is not, or one twice.
    Broken(Error),
    /// The value of a field is none that it can have.
    WrongKind(Error),
}

impl Refusal {
    fn of(e: Misfit) -> Self {
        if is_of_the_wrong_kind(&e) { Self::WrongKind(misfit(&e)) } else { Self::Broken(misfit(&e)) }
    }
    fn into_error(self) -> Error {
        match self {
            Self::Broken(e) | Self::WrongKind(e) => e,
        }
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<Taken<T>, Error> {
    match strictly(bytes) {
        Ok(value) => Ok(Taken { value: Some(value), misfits: Vec::new() }),
        Err(Refusal::Broken(e)) => Err(e),
        Err(Refusal::WrongKind(_)) => {
            let Fields(fields) = strictly(bytes).map_err(Refusal::into_error)?;
            fit(Value::Object(fields), Vec::new())
        }
    }
}

/// Each field known, there once, and of its kind; and nothing after the object.
fn strictly<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    // serde would read a list as the fields in their order.
    if bytes.trim_ascii_start().starts_with(b"[") {
        return Err(Refusal::Broken(malformed("broken-json", "expected an object".to_owned())));
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(Refusal::of)?;
    json.end().map_err(|e| Refusal::Broken(malformed("broken-json", e.to_string())))?;
    Ok(value)
}

/// More than so many values of the wrong kind are not told of: each is found by reading the whole once more.
const MISFITS: usize = 50;

/// A `T` of JSON in which some values may be of the wrong kind: they are left out, one after the other, and told of.
fn fit<T: DeserializeOwned>(mut whole: Value, mut misfits: Vec<FieldError>) -> Result<Taken<T>, Error> {
    while misfits.len() < MISFITS {
        let e: Misfit = match serde_path_to_error::deserialize(&whole) {
            Ok(value) => return Ok(Taken { value: Some(value), misfits }),
            Err(e) => e,
        };
        if !is_of_the_wrong_kind(&e) {
            return Err(misfit(&e));
        }
        let message = e.inner().to_string();
        let path: Vec<String> = e.path().iter().map(name).collect();
        let lacking = message.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
        let field = path.iter().map(String::as_str).chain(lacking).collect::<Vec<_>>().join(".");
        // What was left out is not missing as well.
        let is_told = misfits.iter().any(|told| told.field == field);
        if !is_told {
            misfits.push(FieldError::new(field, code_of(&message)));
        }
        if !leave_out(&mut whole, &path, is_told) {
            break;
        }
    }
    Ok(Taken { value: None, misfits })
}

/// JSON it is, and each field is known and there once; but the value of one is none that it can have.
fn is_of_the_wrong_kind(e: &Misfit) -> bool {
    let message = e.inner().to_string();
    e.inner().is_data() && !message.starts_with("unknown field") && !message.starts_with("duplicate field")
}

/// What is wrong, by what serde and chrono say.
fn code_of(message: &str) -> &'static str {
    let (what, expected) = message.split_once(", expected ").unwrap_or((message, ""));
    match what {
        _ if what.starts_with("missing field") => "required",
        _ if what.starts_with("unknown variant") => "unknown",
        _ if ["i32", "i64", "u32", "u64"].contains(&expected) => "whole-number",
        _ if expected.contains("date") => "date",
        _ if what.starts_with("invalid ") => "wrong-kind",
        // The only texts that are read as something else are days.
        _ => "date",
    }
}

fn name(step: &Segment) -> String {
    match step {
        Segment::Seq { index } => index.to_string(),
        Segment::Map { key } | Segment::Enum { variant: key } => key.clone(),
        Segment::Unknown => String::new(),
    }
}

/// `false` if nothing would be left. `is_told`: it was left out before, and what took its place did not fit either.
fn leave_out(whole: &mut Value, path: &[String], is_told: bool) -> bool {
    let Some((last, before)) = path.split_last() else { return false };
    let mut place = &mut *whole;
    for step in before {
        let next = match place {
            Value::Object(fields) => fields.get_mut(step),
            Value::Array(list) => step.parse::<usize>().ok().and_then(|i| list.get_mut(i)),
            _ => None,
        };
        let Some(next) = next else { return false };
        place = next;
    }
    match place {
        Value::Object(fields) => fields.remove(last).is_some(),
        Value::Array(list) => match last.parse::<usize>().ok().and_then(|i| list.get_mut(i)) {
            // Something empty keeps its place, so that the others keep theirs.
            Some(Value::Object(fields)) if is_told && fields.is_empty() => leave_out(whole, before, false),
            Some(text @ Value::String(_)) => {
                *text = Value::Object(Map::new());
                true
            }
            Some(value) => {
                *value = Value::String(String::new());
                true
            }
            None => false,
        },
        _ => false,
    }
}

/// The fields of an object, none of them twice: which one was meant, nobody knows. Types with fields of their own refuse that by
/// themselves, where a map keeps the last.
struct Fields(Map<String, Value>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Fields;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Fields, A::Error> {
                let mut fields = Map::new();
                while let Some(name) = object.next_key::<String>()? {
                    if fields.contains_key(&name) {
                        return Err(A::Error::custom(format!("duplicate field `{name}`")));
                    }
                    fields.insert(name, object.next_value::<Once>()?.0);
                }
                Ok(Fields(fields))
            }
        }
        from.deserialize_map(Object)
    }
}

/// Any JSON, with no field twice in it.
struct Once(Value);

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Whatever).map(Self)
    }
}

struct Whatever;

impl<'de> Visitor<'de> for Whatever {
    type Value = Value;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }
    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Once(value)) = list.next_element()? {
            values.push(value);
        }
        Ok(values.into())
    }
    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Value, A::Error> {
        let Fields(fields) = Fields::deserialize(MapAccessDeserializer::new(object))?;
        Ok(fields.into())
    }
}

/// What does not fit, and where: `contact.email: invalid type: …`.
fn misfit(e: &Misfit) -> Error {
    let nowhere = e.path().iter().next().is_none();
    malformed("broken-json", if nowhere { e.inner().to_string() } else { e.to_string() })
}

fn fingerprint(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

fn malformed(code: &'static str, detail: String) -> Error {
    Error::Malformed { code, detail }
}
