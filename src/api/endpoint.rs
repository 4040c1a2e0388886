//! One endpoint: where it is, who may call it, what it takes and gives. Routing, the OpenAPI document and the tests of
//! access all read the same table.
use super::body::PATCH_TYPES;
use super::openapi::{Schemas, schema_of};
use crate::fields::Parameter;
use crate::web::resource;
use actix_web::http::Method;
use actix_web::{FromRequest, Handler, Responder, Route};
use std::borrow::Cow;
use std::collections::BTreeSet;
use utoipa::openapi::schema::{AdditionalProperties, ObjectBuilder, OneOfBuilder, SchemaType, Type};
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// Who may call. The verb behind it decides the rest; the tests attack every endpoint and page by this word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Anyone,
    LoggedIn,
}

/// A row of the table of endpoints.
pub struct Endpoint {
    pub method: Method,
    pub path: &'static str,
    pub access: Access,
    pub summary: &'static str,
    /// What else there is to know.
    pub description: Option<&'static str>,
    pub parameters: Vec<Parameter>,
    /// Those of them that have one of some values.
    pub choices: Vec<(&'static str, RefOr<Schema>)>,
    /// Those of them that may be there several times: any of their values fits.
    pub repeated: &'static [&'static str],
    /// Those of them that may have several values with commas between, and how many.
    pub listed: Vec<(&'static str, Option<usize>)>,
    /// Open to anyone, and whoever is logged in is shown more.
    pub shows_more: bool,
    /// A token that comes along is not looked at.
    is_for_strangers: bool,
    /// The answer has an `ETag`, and what changes the thing takes it as `If-Match`.
    pub tagged: bool,
    pub body: Option<RefOr<Schema>>,
    /// What the body may be written in.
    pub takes: &'static [&'static str],
    /// What the answer is written in.
    pub media: &'static str,
    /// What else it is written in for whoever asks for that.
    pub also: Vec<&'static str>,
    pub answer: Option<(u16, Option<RefOr<Schema>>)>,
    /// What it refuses with beside what follows from the rest: see `problems`.
    refused: &'static [u16],
    /// Named schemas that body and answer use.
    pub schemas: Schemas,
    /// Those of them that are sent to us, where things may be left out.
    pub taken: Vec<String>,
    pub(super) route: Option<Route>,
}

impl Endpoint {
    /// An endpoint that takes and gives nothing yet.
    pub fn new<F, A>(method: Method, path: &'static str, handler: F, access: Access, summary: &'static str) -> Self
    where
        F: Handler<A>,
        A: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        Self {
            route: Some(resource::route(&method).to(handler)),
            method,
            path,
            access,
            summary,
            description: None,
            parameters: Vec::new(),
            choices: Vec::new(),
            repeated: &[],
            listed: Vec::new(),
            shows_more: false,
            is_for_strangers: false,
            tagged: false,
            body: None,
            takes: &["application/json"],
            media: "application/json",
            also: Vec::new(),
            answer: None,
            refused: &[],
            schemas: Vec::new(),
            taken: Vec::new(),
        }
    }

    /// The parameters of the query: any other is refused.
    pub fn takes_query(mut self, parameters: &[&[Parameter]]) -> Self {
        self.parameters = parameters.iter().flat_map(|list| list.iter().copied()).collect();
        self
    }

    /// Those of the parameters that may be there several times.
    pub fn repeats(mut self, repeated: &'static [&'static str]) -> Self {
        self.repeated = repeated;
        self
    }

    /// What else there is to know than the summary.
    pub fn explained(mut self, description: &'static str) -> Self {
        self.description = Some(description);
        self
    }

    /// The parameter has one of the values of `T`.
    pub fn one_of<T: ToSchema>(mut self, parameter: &'static str) -> Self {
        let schema = self.named::<T>();
        self.choices.push((parameter, schema));
        self
    }

    /// Whoever is logged in is shown more.
    pub fn shows_more(mut self) -> Self {
        self.shows_more = true;
        self
    }

    /// The thing has an `ETag`.
    pub fn tagged(mut self) -> Self {
        self.tagged = true;
        self
    }

    /// The parameter has one of these values.
    pub fn one_among<'a>(
        mut self,
        parameter: &'static str,
        values: impl IntoIterator<Item = impl Into<Cow<'a, str>>>,
    ) -> Self {
        let values: Vec<String> = values.into_iter().map(|value| value.into().into_owned()).collect();
        let schema = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(values));
        self.choices.push((parameter, schema.into()));
        self
    }

    /// The parameter may have several values, with commas between.
    pub fn several_of(mut self, parameter: &'static str, most: Option<usize>) -> Self {
        self.listed.push((parameter, most));
        self
    }

    /// Refuses with these statuses too.
    pub fn refuses(mut self, refused: &'static [u16]) -> Self {
        self.refused = refused;
        self
    }

    /// The statuses with which it refuses: all that a client can be at fault with.
    pub fn problems(&self) -> BTreeSet<u16> {
        let is_logged_in = self.access == Access::LoggedIn;
        let takes_if_match = self.tagged && !matches!(self.method, Method::GET | Method::POST);
        // Whoever sends a token must send a good one, and be a member of the organisation that they act for, also where anyone may.
        let of_tokens = if self.is_for_strangers { &[][..] } else { &[401, 403] };
        [
            (true, &[400][..]),
            (true, of_tokens),
            (self.path.contains('{'), &[404]),
            (is_logged_in, &[409]),
            (takes_if_match, &[412]),
            (self.body.is_some(), &[413, 415, 422]),
            (true, self.refused),
        ]
        .into_iter()
        .filter(|(applies, _)| *applies)
        .flat_map(|(_, statuses)| statuses.iter().copied())
        .collect()
    }

    /// A token that comes along is not looked at.
    pub fn for_strangers(mut self) -> Self {
        self.is_for_strangers = true;
        self
    }

    /// JSON of this shape.
    pub fn takes<T: ToSchema>(mut self) -> Self {
        let before = self.schemas.len();
        self.body = Some(self.named::<T>());
        for (name, schema) in &mut self.schemas[before..] {
            self.taken.push(name.clone());
            without_needless_defaults(schema);
        }
        self
    }

    /// A merge patch of what `T` writes, with the texts that stand beside its fields.
    pub fn takes_patch<T: ToSchema>(mut self, beside: &[Parameter]) -> Self {
        T::schemas(&mut self.schemas);
        self.taken.extend(self.schemas.iter().map(|(name, _)| name.clone()));
        let name = format!("{}Patch", T::name());
        self.body = Some(RefOr::Ref(Ref::from_schema_name(&name)));
        self.taken.push(name.clone());
        self.schemas.push((name, patch_of(T::schema(), beside)));
        self.takes = &PATCH_TYPES;
        self
    }

    /// A form with a file.
    pub fn takes_form<T: ToSchema>(mut self) -> Self {
        self.takes = &["multipart/form-data"];
        self.takes::<T>()
    }

    /// JSON of this shape, with the status of success.
    pub fn gives<T: ToSchema>(mut self, status: u16) -> Self {
        let schema = self.named::<T>();
        self.answer = Some((status, Some(schema)));
        self
    }

    /// 204: it is done, and there is nothing to tell.
    pub fn gives_nothing(mut self) -> Self {
        self.answer = Some((204, None));
        self
    }

    /// Taken in; what comes of it is told by mail.
    pub fn gives_nothing_yet(mut self) -> Self {
        self.answer = Some((202, None));
        self
    }

    /// A file of whatever type it has.
    pub fn gives_file(mut self) -> Self {
        self.media = "*/*";
        self.answer = Some((200, Some(bytes())));
        self
    }

    /// Or a file of one of these types, where the caller asks for it.
    pub fn or_a_file(mut self, media: impl IntoIterator<Item = &'static str>) -> Self {
        self.also.extend(media);
        self
    }

    /// Or JSON of another standard, in which these fields stand.
    pub fn or_an_object(mut self, fields: &[&str]) -> Self {
        let other = fields.iter().fold(ObjectBuilder::new(), |object, field| object.required(*field));
        if let Some((_, Some(schema))) = &mut self.answer {
            let usual = std::mem::replace(schema, RefOr::Ref(Ref::default()));
            let choices = OneOfBuilder::new().item(usual).item(other.schema_type(Type::Object));
            *schema = RefOr::T(choices.build().into());
        }
        self
    }

    /// JSON of another standard, which says itself what is in it.
    pub fn gives_object(mut self) -> Self {
        self.answer = Some((200, Some(ObjectBuilder::new().schema_type(Type::Object).into())));
        self
    }

    fn named<T: ToSchema>(&mut self) -> RefOr<Schema> {
        T::schemas(&mut self.schemas);
        self.schemas.push((T::name().into_owned(), <T as PartialSchema>::schema()));
        RefOr::Ref(Ref::from_schema_name(T::name()))
    }
}

/// What is in a file.
pub(super) fn bytes() -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(Type::String).content_media_type("application/octet-stream").into()
}

/// What is left out stays as it is, so there are no defaults; `null` empties a field.
fn patch_of(schema: RefOr<Schema>, beside: &[Parameter]) -> RefOr<Schema> {
    let RefOr::T(Schema::Object(mut object)) = schema else { return schema };
    object.required.clear();
    // See `Patch::apply`.
    object.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
    for field in object.properties.values_mut() {
        *field = or_null(std::mem::replace(field, RefOr::Ref(Ref::default())));
    }
    for (name, what) in beside {
        let text = schema_of(name).description(Some(*what));
        object.properties.insert((*name).to_owned(), or_null(text.into()));
    }
    object.description = Some("What is left out stays as it is; `null` empties a field.".to_owned());
    RefOr::T(Schema::Object(object))
}

/// What must be there has no default.
fn without_needless_defaults(schema: &mut RefOr<Schema>) {
    let RefOr::T(Schema::Object(object)) = schema else { return };
    for name in &object.required {
        match object.properties.get_mut(name) {
            Some(RefOr::T(Schema::Object(field))) => field.default = None,
            Some(RefOr::T(Schema::Array(field))) => field.default = None,
            Some(RefOr::T(Schema::OneOf(field))) => field.default = None,
            Some(RefOr::Ref(reference)) => reference.default = None,
            _ => {}
        }
    }
}

/// An answer has all its fields, `null` or not.
pub(super) fn with_all_fields(schema: &mut RefOr<Schema>) {
    match schema {
        RefOr::T(Schema::Object(object)) => {
            object.required = object.properties.keys().cloned().collect();
            without_needless_defaults(schema);
        }
        // What is put together of several.
        RefOr::T(Schema::AllOf(all)) => all.items.iter_mut().for_each(with_all_fields),
        _ => {}
    }
}

fn or_null(field: RefOr<Schema>) -> RefOr<Schema> {
    match field {
        RefOr::T(Schema::Object(mut object)) => {
            object.default = None;
            object.schema_type = with_null(object.schema_type);
            RefOr::T(Schema::Object(object))
        }
        RefOr::T(Schema::Array(mut array)) => {
            array.default = None;
            array.schema_type = with_null(array.schema_type);
            RefOr::T(Schema::Array(array))
        }
        // An `Option` of ours says so itself.
        RefOr::T(Schema::OneOf(mut choices)) => {
            choices.default = None;
            RefOr::T(Schema::OneOf(choices))
        }
        RefOr::Ref(mut reference) => {
            reference.default = None;
            let null = ObjectBuilder::new().schema_type(Type::Null);
            RefOr::T(OneOfBuilder::new().item(reference).item(null).build().into())
        }
        other => other,
    }
}

fn with_null(kind: SchemaType) -> SchemaType {
    match kind {
        SchemaType::Type(kind) => SchemaType::Array(vec![kind, Type::Null]),
        SchemaType::Array(mut kinds) if !kinds.contains(&Type::Null) => {
            kinds.push(Type::Null);
            SchemaType::Array(kinds)
        }
        kind => kind,
    }
}
