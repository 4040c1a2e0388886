//! One endpoint: where it is, who may call it, what it takes and gives. Routing, the OpenAPI document and the tests of
//! access all read the same table.
use super::Parameter;
use super::openapi::Schemas;
use crate::web::resource;
use actix_web::http::Method;
use actix_web::{FromRequest, Handler, Responder, Route};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// Who may call. The verb behind it decides the rest; the tests attack every endpoint and page by this word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Anyone,
    LoggedIn,
}

pub struct Endpoint {
    pub method: Method,
    pub path: &'static str,
    pub access: Access,
    pub summary: &'static str,
    pub parameters: Vec<Parameter>,
    pub body: Option<RefOr<Schema>>,
    /// What the body is written in, and the answer.
    pub media: (&'static str, &'static str),
    pub answer: Option<(u16, Option<RefOr<Schema>>)>,
    /// Named schemas that body and answer use.
    pub schemas: Schemas,
    pub(super) route: Option<Route>,
}

impl Endpoint {
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
            parameters: Vec::new(),
            body: None,
            media: ("application/json", "application/json"),
            answer: None,
            schemas: Vec::new(),
        }
    }

    pub fn takes_query(mut self, parameters: &[&[Parameter]]) -> Self {
        self.parameters = parameters.iter().flat_map(|list| list.iter().copied()).collect();
        self
    }

    pub fn takes<T: ToSchema>(mut self) -> Self {
        self.body = Some(self.named::<T>());
        self
    }

    /// A form with a file.
    pub fn takes_form<T: ToSchema>(mut self) -> Self {
        self.media.0 = "multipart/form-data";
        self.takes::<T>()
    }

    pub fn gives<T: ToSchema>(mut self, status: u16) -> Self {
        let schema = self.named::<T>();
        self.answer = Some((status, Some(schema)));
        self
    }

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
        self.media.1 = "*/*";
        let bytes = ObjectBuilder::new().schema_type(Type::String).content_media_type("application/octet-stream");
        self.answer = Some((200, Some(bytes.into())));
        self
    }

    fn named<T: ToSchema>(&mut self) -> RefOr<Schema> {
        T::schemas(&mut self.schemas);
        self.schemas.push((T::name().into_owned(), <T as PartialSchema>::schema()));
        RefOr::Ref(utoipa::openapi::Ref::from_schema_name(T::name()))
    }
}
