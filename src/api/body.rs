//! JSON that a client sends.
use super::Problem;
use crate::Error;
use crate::web::whole_body;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Number, Value};
use sha2::{Digest, Sha256};
use std::fmt;

/// A body of this shape. Unknown fields are refused by the type.
pub struct Body<T> {
    pub value: T,
    /// Of the bytes; tells whether a repeated request is the same.
    pub fingerprint: String,
}

/// A merge patch (RFC 7396) of the first level: the fields that are there replace those of the thing.
pub struct Patch {
    fields: Map<String, Value>,
    /// Fields that were looked for and are not part of the thing.
    beside: Vec<&'static str>,
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
            let Fields(fields) = parse(&read.await?)?;
            Ok(Self { fields, beside: Vec::new() })
        })
    }
}

impl Patch {
    /// Takes a field that is not part of the thing itself.
    ///
    /// # Errors
    /// `Malformed` for what is no text.
    pub fn take_text(&mut self, name: &'static str) -> crate::Result<Option<String>> {
        self.beside.push(name);
        match self.fields.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(malformed("broken-json", format!("{name}: expected a string"))),
        }
    }

    /// `before` with the fields of the patch in place; `null` empties a field.
    ///
    /// # Errors
    /// `Malformed` for a field that there is not, or a value of the wrong kind.
    pub fn apply<T: Serialize + DeserializeOwned>(self, before: &T) -> crate::Result<T> {
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
        serde_path_to_error::deserialize(Value::Object(whole)).map_err(|e| misfit(&e))
    }
}

fn read(
    request: &HttpRequest,
    payload: &mut Payload,
    types: &'static [&'static str],
) -> impl Future<Output = Result<Bytes, Error>> + use<> {
    let sent = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let sent = sent.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let bytes = Bytes::from_request(request, payload);
    async move {
        if !types.contains(&sent.as_str()) {
            return Err(Error::UnsupportedMedia(types.join(", ")));
        }
        whole_body(bytes).await
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    // serde would read a list as the fields in their order.
    if bytes.trim_ascii_start().starts_with(b"[") {
        return Err(malformed("broken-json", "expected an object".to_owned()));
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|e| misfit(&e))?;
    json.end().map_err(|e| malformed("broken-json", e.to_string()))?;
    Ok(value)
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
fn misfit(e: &serde_path_to_error::Error<serde_json::Error>) -> Error {
    let nowhere = e.path().iter().next().is_none();
    malformed("broken-json", if nowhere { e.inner().to_string() } else { e.to_string() })
}

fn fingerprint(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

fn malformed(code: &'static str, detail: String) -> Error {
    Error::Malformed { code, detail }
}
