//! The OpenAPI 3.1 document, made from the table of endpoints.
use super::client::KEY;
use super::endpoint::{Access, Endpoint, with_all_fields};
use super::paging::MAX;
use super::{ProblemBody, routes};
use actix_web::HttpResponse;
use actix_web::http::{Method, header::CACHE_CONTROL};
use std::collections::HashSet;
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::path::{
    HttpMethod, OperationBuilder, Parameter, ParameterBuilder, ParameterIn, ParameterStyle, PathItem, PathsBuilder,
};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, Content, InfoBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, Required, ResponseBuilder,
    ResponsesBuilder, Schema,
};
use utoipa::{PartialSchema, ToSchema};

/// Where the document lies. It does not list itself.
pub const PATH: &str = "/api/v1/openapi.json";

/// Another version of the program may have another one.
const CACHE: &str = "public, max-age=300";

/// Schemas by their names.
pub type Schemas = Vec<(String, RefOr<Schema>)>;

/// `GET /api/v1/openapi.json`
pub async fn show() -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, CACHE)).json(document())
}

/// The document.
pub fn document() -> OpenApi {
    let mut paths = PathsBuilder::new();
    let mut schemas: Schemas = Vec::new();
    ProblemBody::schemas(&mut schemas);
    schemas.push((ProblemBody::name().into_owned(), ProblemBody::schema()));
    let mut taken = HashSet::new();
    for endpoint in routes::table() {
        schemas.extend(endpoint.schemas.iter().cloned());
        taken.extend(endpoint.taken.iter().cloned());
        paths = paths.path(endpoint.path, PathItem::new(method(&endpoint.method), operation(&endpoint)));
    }
    for (_, schema) in schemas.iter_mut().filter(|(name, _)| !taken.contains(name)) {
        with_all_fields(schema);
    }
    let components = ComponentsBuilder::new()
        .schemas_from_iter(schemas)
        .security_scheme("bearer", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)))
        .build();
    let info = InfoBuilder::new()
        .title("Brobygger")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "From a public need, through dialogue with the market, to procurement and use. Errors are \
             application/problem+json (RFC 9457) in the language of Accept-Language (nb, nn, en).",
        ))
        .build();
    OpenApiBuilder::new().info(info).paths(paths.build()).components(Some(components)).build()
}

fn method(method: &Method) -> HttpMethod {
    match *method {
        Method::POST => HttpMethod::Post,
        Method::PUT => HttpMethod::Put,
        Method::PATCH => HttpMethod::Patch,
        Method::DELETE => HttpMethod::Delete,
        _ => HttpMethod::Get,
    }
}

fn operation(endpoint: &Endpoint) -> utoipa::openapi::path::Operation {
    let mut operation = OperationBuilder::new()
        .summary(Some(endpoint.summary))
        .description(endpoint.description)
        .operation_id(Some(operation_id(endpoint)))
        .tag(endpoint.path.split('/').nth(3).unwrap_or("api"));
    for name in endpoint.path.split('/').filter_map(|p| p.strip_prefix('{')?.strip_suffix('}')) {
        operation = operation.parameter(parameter(name, ParameterIn::Path, Required::True, None));
    }
    for (name, what) in &endpoint.parameters {
        let mut one = parameter(name, ParameterIn::Query, Required::False, Some(what));
        if let Some((_, choice)) = endpoint.choices.iter().find(|(of, _)| of == name) {
            one.schema = Some(choice.clone());
        }
        let is_repeated = endpoint.repeated.contains(name);
        operation = operation.parameter(if is_repeated { several(one) } else { one });
    }
    if endpoint.shows_more {
        operation = operation.security(SecurityRequirement::default());
    }
    if endpoint.access == Access::LoggedIn || endpoint.shows_more {
        operation = operation.security(SecurityRequirement::new("bearer", Vec::<String>::new())).parameter(parameter(
            "X-Organisation",
            ParameterIn::Header,
            Required::False,
            Some("The organisation number of the one of your organisations that you act for."),
        ));
    }
    // Whatever makes something, or will.
    if endpoint.method == Method::POST && matches!(endpoint.answer, Some((201 | 202, _))) {
        operation = operation.parameter(parameter(
            "Idempotency-Key",
            ParameterIn::Header,
            Required::False,
            Some("A key of your own; the request can then be repeated and happens once."),
        ));
    }
    if endpoint.tagged && endpoint.method != Method::GET && endpoint.method != Method::POST {
        operation = operation.parameter(parameter(
            "If-Match",
            ParameterIn::Header,
            Required::False,
            Some("The `ETag` that you read. If the thing has changed since, nothing happens, and the answer is 412."),
        ));
    }
    if let Some(body) = &endpoint.body {
        let mut request = RequestBodyBuilder::new().required(Some(Required::True));
        for media in endpoint.takes {
            request = request.content(*media, Content::new(Some(body.clone())));
        }
        operation = operation.request_body(Some(request.build()));
    }
    let mut responses = ResponsesBuilder::new();
    if let Some((status, schema)) = &endpoint.answer {
        let mut answer = ResponseBuilder::new().description("Done");
        if let Some(schema) = schema {
            answer = answer.content(endpoint.media, Content::new(Some(schema.clone())));
        }
        if endpoint.tagged {
            answer = answer.header("ETag", header("Changes whenever the thing does."));
        }
        if *status == 201 {
            answer = answer.header("Location", header("Where what was made is found."));
        }
        responses = responses.response(status.to_string(), answer.build());
        if endpoint.tagged && endpoint.method == Method::GET {
            let unchanged = ResponseBuilder::new().description("As it was: `If-None-Match` has its tag.");
            responses = responses.response("304", unchanged.build());
        }
    }
    let problem = Content::new(Some(RefOr::<Schema>::Ref(Ref::from_schema_name(ProblemBody::name()))));
    let failed = ResponseBuilder::new()
        .description("A problem")
        .content("application/problem+json", problem)
        .header("Retry-After", header("With 429: in how many seconds it may be tried again."))
        .build();
    operation.responses(responses.response("default", failed).build()).build()
}

fn header(what: &str) -> Header {
    let text = ObjectBuilder::new().schema_type(Type::String);
    HeaderBuilder::new().schema(Some(text)).description(Some(what)).build()
}

/// What the value of a parameter looks like, which follows from its name.
fn schema_of(name: &str) -> ObjectBuilder {
    let (text, number) =
        (ObjectBuilder::new().schema_type(Type::String), ObjectBuilder::new().schema_type(Type::Integer));
    match name {
        "limit" => number.minimum(Some(1)).maximum(Some(MAX)),
        "version" => number.minimum(Some(1)),
        "id" | "question" | "response" | "attachment" | "member" | "invitation" => {
            text.format(Some(SchemaFormat::Custom("uuid".to_owned())))
        }
        "Idempotency-Key" => text.min_length(Some(1)).max_length(Some(KEY)),
        _ => text,
    }
}

fn parameter(name: &str, place: ParameterIn, required: Required, what: Option<&str>) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(required)
        .description(what)
        .schema(Some(schema_of(name)))
        .build()
}

/// The same parameter several times: `?area=smart&area=smidig`.
fn several(mut parameter: Parameter) -> Parameter {
    parameter.schema = parameter.schema.map(|one| ArrayBuilder::new().items(one).into());
    parameter.style = Some(ParameterStyle::Form);
    parameter.explode = Some(true);
    parameter
}

fn operation_id(endpoint: &Endpoint) -> String {
    let path = endpoint.path.trim_start_matches("/api/v1/").replace(['/', '{', '}', '-'], "_");
    format!("{}_{path}", endpoint.method.as_str().to_lowercase()).replace("__", "_").trim_end_matches('_').to_owned()
}
