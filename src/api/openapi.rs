//! The OpenAPI 3.1 document, made from the table of endpoints.
use super::client::KEY;
use super::endpoint::{Access, Endpoint, bytes, with_all_fields};
use super::paging::MAX;
use super::{ProblemBody, routes};
use crate::needs;
use actix_web::HttpResponse;
use actix_web::http::{Method, header::CACHE_CONTROL};
use std::collections::HashSet;
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::path::{
    HttpMethod, OperationBuilder, Parameter, ParameterBuilder, ParameterIn, ParameterStyle, PathItem, PathsBuilder,
};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ArrayBuilder, KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, Content, InfoBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, Required, Response, ResponseBuilder,
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
    let problems = PROBLEMS.iter().map(|(_, name, what)| ((*name).to_owned(), problem(what)));
    let components = ComponentsBuilder::new()
        .schemas_from_iter(schemas)
        .responses_from_iter(problems)
        .security_scheme("bearer", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)))
        .build();
    let info = InfoBuilder::new()
        .title("Brobygger")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "From a public need, through dialogue with the market, to procurement and use. Errors are \
             application/problem+json (RFC 9457) in the language of Accept-Language (nb, nn, en). A filter in the \
             query without a value is as one that is left out.",
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
        let mut one = parameter(name, ParameterIn::Path, Required::True, what_is(name));
        one.schema = chosen(endpoint, name).or(one.schema);
        operation = operation.parameter(one);
    }
    for (name, what) in &endpoint.parameters {
        let mut one = parameter(name, ParameterIn::Query, Required::False, Some(what));
        one.schema = chosen(endpoint, name).or(one.schema);
        if endpoint.repeated.contains(name) {
            one = several(one, true, None);
        }
        if let Some((_, most)) = endpoint.listed.iter().find(|(of, _)| of == name) {
            one = several(one, false, *most);
        }
        operation = operation.parameter(one);
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
            for media in &endpoint.also {
                answer = answer.content(*media, Content::new(Some(bytes())));
            }
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
    for status in endpoint.problems() {
        responses = responses.response(status.to_string(), Ref::from_response_name(named(status)));
    }
    operation.responses(responses.response("default", problem("A problem")).build()).build()
}

/// The statuses of problems that a client can be at fault with, what they are called, and what they mean.
const PROBLEMS: [(u16, &str, &str); 10] = [
    (400, "BadRequest", "The request cannot be understood: a parameter, the JSON, the form, a cursor or a key."),
    (
        401,
        "Unauthorized",
        "Nobody is logged in, or the token is not good; at the login, e-mail and password do not fit.",
    ),
    (
        403,
        "Forbidden",
        "You see it, but may not do this; or you are no member of the organisation in `X-Organisation`.",
    ),
    (404, "NotFound", "There is none, or you may not know whether there is."),
    (409, "Conflict", "What it is in does not allow it; `type` says which conflict."),
    (412, "PreconditionFailed", "It was changed since it had the tag in `If-Match`, or at the same instant."),
    (413, "ContentTooLarge", "The body is larger than the server takes."),
    (415, "UnsupportedMediaType", "The body has another type than the endpoint takes."),
    (422, "UnprocessableContent", "Something must be mended; `errors` has every field."),
    (429, "TooManyRequests", "Too many tries. `Retry-After` says when it may be tried again."),
];

fn named(status: u16) -> &'static str {
    PROBLEMS.iter().find(|(of, ..)| *of == status).map_or("BadRequest", |(_, name, _)| name)
}

fn problem(description: &str) -> Response {
    let problem = Content::new(Some(RefOr::<Schema>::Ref(Ref::from_schema_name(ProblemBody::name()))));
    ResponseBuilder::new()
        .description(description)
        .content("application/problem+json", problem)
        .header("Retry-After", header("With 429: in how many seconds it may be tried again."))
        .build()
}

/// The values that the parameter has, where they are known.
fn chosen(endpoint: &Endpoint, name: &str) -> Option<RefOr<Schema>> {
    endpoint.choices.iter().find(|(of, _)| *of == name).map(|(_, choice)| choice.clone())
}

/// What a part of an address is.
fn what_is(name: &str) -> Option<&'static str> {
    Some(match name {
        "id" => "The id that the thing has in answers.",
        "question" => "The id of the question.",
        "response" => "The id of the response.",
        "attachment" => "The id of the file.",
        "member" => "The id of the member.",
        "invitation" => "The id of the invitation.",
        "version" => "The number of the version, 1 the first.",
        "form" => "The form of the notice.",
        "organisation_number" => "The organisation number, nine digits.",
        _ => return None,
    })
}

fn header(what: &str) -> Header {
    let text = ObjectBuilder::new().schema_type(Type::String);
    HeaderBuilder::new().schema(Some(text)).description(Some(what)).build()
}

/// What the value of a parameter looks like, which follows from its name.
pub(super) fn schema_of(name: &str) -> ObjectBuilder {
    let (text, number) =
        (ObjectBuilder::new().schema_type(Type::String), ObjectBuilder::new().schema_type(Type::Integer));
    match name {
        "limit" => number.minimum(Some(1)).maximum(Some(MAX)),
        "version" => number.minimum(Some(1)),
        "id" | "question" | "response" | "attachment" | "member" | "invitation" => {
            text.format(Some(SchemaFormat::Custom("uuid".to_owned())))
        }
        "Idempotency-Key" => text.min_length(Some(1)).max_length(Some(KEY)),
        "reason" => text.max_length(Some(needs::REASON)),
        "change_note" => text.max_length(Some(needs::CHANGE_NOTE)),
        "X-Organisation" | "organisation_number" | "buyer" | "organisation" => text.pattern(Some("^[0-9]{9}$")),
        "region" | "review_region" => text.pattern(Some("^[0-9]{2}([0-9]{2})?$")),
        "cpv" => text.pattern(Some("^[0-9]{2,8}(-[0-9])?$")),
        "division" => text.pattern(Some("^[0-9]{2}$")),
        "country" => text.pattern(Some("^([A-Z]{3}|all)$")),
        "from" | "to" | "competition_expected" => text.format(Some(SchemaFormat::KnownFormat(KnownFormat::Date))),
        "after" => number.minimum(Some(0)),
        "year" => number.minimum(Some(2000)),
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

/// The same parameter several times, `?area=smart&area=smidig`, or with commas between its values, `?by=year,county`.
fn several(mut parameter: Parameter, again: bool, most: Option<usize>) -> Parameter {
    parameter.schema = parameter.schema.map(|one| ArrayBuilder::new().items(one).max_items(most).into());
    parameter.style = Some(ParameterStyle::Form);
    parameter.explode = Some(again);
    parameter
}

fn operation_id(endpoint: &Endpoint) -> String {
    let path = endpoint.path.trim_start_matches("/api/v1/").replace(['/', '{', '}', '-'], "_");
    format!("{}_{path}", endpoint.method.as_str().to_lowercase()).replace("__", "_").trim_end_matches('_').to_owned()
}
