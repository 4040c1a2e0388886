//! Every endpoint, grouped by who uses it.
use super::endpoint::Access::{self, Anyone, LoggedIn};
use super::endpoint::Endpoint;
use super::{PAGING, Page, openapi};
use crate::dialogue::api::{
    self as dialogue, AttachmentBody, AttachmentForm, NewOutcomeBody, NewResponseBody, OutcomeBody, QuestionBody,
    ResponseBody, SupplementForm, TextBody,
};
use crate::fields::Fields;
use crate::fields::{Parameter, known_repeated};
use crate::needs::api::{
    self as needs, CountsBody, FollowedBody, JoinBody, JoinerBody, NeedBody, NeedItem, VersionBody,
};
use crate::needs::{SEARCH, Sort, Status, Words};
use crate::notices::draft::api as drafts;
use crate::platform::area::Area;
use crate::statistics::export::StatisticsBody;
use crate::web::resource::{self, Resources};
use crate::{Error, Result};
use actix_web::HttpRequest;
use actix_web::http::Method;
use actix_web::web::ServiceConfig;
use std::collections::HashMap;
use std::sync::LazyLock;

const FILES_OF_VERSIONS: &str = "Of a published need this is a correction: it makes a new version, which those who take part are told of. Earlier versions keep \
     the files that they had.";

/// Every endpoint.
pub fn table() -> Vec<Endpoint> {
    [
        session(),
        needs_table(),
        dialogue(),
        me(),
        suppliers(),
        portfolio(),
        statistics(),
        open_data(),
        organisations(),
        outbox(),
        codes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn session() -> Vec<Endpoint> {
    use crate::identity::Tokens;
    use crate::identity::api::{self as identity, LoginBody, RefreshBody, SessionBody};
    vec![
        Endpoint::new(Method::POST, "/api/v1/session", identity::login, Anyone, "Log in")
            .explained(
                "Takes no `Idempotency-Key`: the answer holds secrets of which only hashes are kept, so it cannot be given \
                 again. Sent twice, it opens two sessions, which harms nothing; end the one that is not used.",
            )
            .takes::<LoginBody>()
            .for_strangers()
            .refuses(&[401, 409, 429])
            .gives::<Tokens>(200),
        Endpoint::new(Method::POST, "/api/v1/session/refresh", identity::refresh, Anyone, "Exchange a refresh token")
            .explained(
                "Takes no `Idempotency-Key`: the answer holds secrets of which only hashes are kept, so it cannot be given \
                 again. A refresh token that comes twice may have been stolen, and ends the session: if the answer is lost, \
                 log in again.",
            )
            .takes::<RefreshBody>()
            .for_strangers()
            .refuses(&[401])
            .gives::<Tokens>(200),
        Endpoint::new(Method::GET, "/api/v1/session", identity::show, LoggedIn, "Who is logged in")
            .gives::<SessionBody>(200),
        Endpoint::new(Method::DELETE, "/api/v1/session", identity::logout, LoggedIn, "Log out").gives_nothing(),
    ]
}

fn needs_table() -> Vec<Endpoint> {
    let (get, post, put, patch, delete) = (Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE);
    vec![
        Endpoint::new(get.clone(), "/api/v1/needs", needs::list, Anyone, "Find needs")
            .takes_query(&[&SEARCH, &PAGING])
            .one_of::<Status>("status")
            .one_of::<Area>("area")
            .one_of::<Sort>("sort")
            .repeats(&["cpv", "region", "area"])
            .shows_more()
            .gives::<Page<NeedItem>>(200),
        Endpoint::new(post.clone(), "/api/v1/needs", needs::create, LoggedIn, "Describe a need, as a draft")
            .takes::<Words>()
            .tagged()
            .gives::<NeedBody>(201),
        Endpoint::new(get.clone(), "/api/v1/needs/{id}", needs::show, Anyone, "One need")
            .shows_more()
            .tagged()
            .gives::<NeedBody>(200),
        Endpoint::new(
            patch,
            "/api/v1/needs/{id}",
            needs::edit,
            LoggedIn,
            "Change a draft, or correct a published need",
        )
        .takes_patch::<Words>(&[needs::CHANGE_NOTE])
        .tagged()
        .gives::<NeedBody>(200),
        Endpoint::new(
            delete.clone(),
            "/api/v1/needs/{id}",
            needs::delete,
            LoggedIn,
            "Delete a draft that has never been published",
        )
        .tagged()
        .gives_nothing(),
        Endpoint::new(put.clone(), "/api/v1/needs/{id}/publication", needs::publish, LoggedIn, "Publish")
            .tagged()
            .gives::<NeedBody>(200),
        Endpoint::new(delete.clone(), "/api/v1/needs/{id}/publication", needs::withdraw, LoggedIn, "Withdraw")
            .takes_query(&[&needs::WITHDRAWAL])
            .refuses(&[422])
            .tagged()
            .gives::<NeedBody>(200),
        Endpoint::new(get.clone(), "/api/v1/needs/{id}/versions", needs::versions, Anyone, "The published versions")
            .takes_query(&[&PAGING])
            .shows_more()
            .gives::<Page<VersionBody>>(200),
        Endpoint::new(get.clone(), "/api/v1/needs/{id}/versions/{version}", needs::version, Anyone, "One version")
            .shows_more()
            .gives::<VersionBody>(200),
        Endpoint::new(put.clone(), "/api/v1/needs/{id}/followers/me", needs::follow, LoggedIn, "Follow")
            .gives_nothing(),
        Endpoint::new(delete.clone(), "/api/v1/needs/{id}/followers/me", needs::unfollow, LoggedIn, "Stop following")
            .gives_nothing(),
        Endpoint::new(post.clone(), "/api/v1/needs/{id}/joiners", needs::join, LoggedIn, "Join with one's own volume")
            .takes::<JoinBody>()
            .gives::<NeedBody>(201),
        Endpoint::new(get.clone(), "/api/v1/needs/{id}/joiners", needs::joiners, Anyone, "Who has joined")
            .takes_query(&[&PAGING])
            .shows_more()
            .gives::<Page<JoinerBody>>(200),
        Endpoint::new(
            get.clone(),
            "/api/v1/needs/{id}/counts",
            needs::counts,
            LoggedIn,
            "How many follow, ask and respond, for the buyer and for advisers",
        )
        .gives::<CountsBody>(200),
        Endpoint::new(
            get,
            "/api/v1/needs/{id}/notices/{form}",
            drafts::show,
            LoggedIn,
            "A draft of a notice (eForms) of the need, for its buyer: `e1` or `planning`",
        )
        .takes_query(&[&drafts::OPTIONS])
        .one_among("form", ["e1", "planning"])
        .one_among("legal_basis", drafts::LEGAL_BASES)
        .one_among("profile", ["dfo", "plain"])
        .one_among("untranslated", ["true", "false"])
        .refuses(&[422])
        .gives_file(),
    ]
}

fn dialogue() -> Vec<Endpoint> {
    let (get, post, put) = (Method::GET, Method::POST, Method::PUT);
    vec![
        Endpoint::new(
            get.clone(),
            "/api/v1/needs/{id}/questions",
            dialogue::questions,
            Anyone,
            "Questions and answers",
        )
        .takes_query(&[&PAGING])
        .shows_more()
        .gives::<Page<QuestionBody>>(200),
        Endpoint::new(post.clone(), "/api/v1/needs/{id}/questions", dialogue::ask, LoggedIn, "Ask the buyer")
            .takes::<TextBody>()
            .gives::<QuestionBody>(201),
        Endpoint::new(
            put.clone(),
            "/api/v1/needs/{id}/questions/{question}/answer",
            dialogue::answer,
            LoggedIn,
            "Answer, for everybody to read",
        )
        .takes::<TextBody>()
        .gives::<QuestionBody>(200),
        Endpoint::new(get.clone(), "/api/v1/needs/{id}/responses", dialogue::responses, LoggedIn, "The responses")
            .takes_query(&[&PAGING])
            .gives::<Page<ResponseBody>>(200),
        Endpoint::new(
            post.clone(),
            "/api/v1/needs/{id}/responses",
            dialogue::respond,
            LoggedIn,
            "Respond, as a supplier",
        )
        .takes::<NewResponseBody>()
        .gives::<ResponseBody>(201),
        Endpoint::new(
            get.clone(),
            "/api/v1/needs/{id}/responses/{response}",
            dialogue::response,
            LoggedIn,
            "One response, for the buyer and its sender",
        )
        .gives::<ResponseBody>(200),
        Endpoint::new(
            put.clone(),
            "/api/v1/needs/{id}/responses/{response}/reading",
            dialogue::mark_read,
            LoggedIn,
            "Tell the supplier that it has been read",
        )
        .gives::<ResponseBody>(200),
        Endpoint::new(
            put.clone(),
            "/api/v1/needs/{id}/responses/{response}/thanks",
            dialogue::thank,
            LoggedIn,
            "Thank the supplier",
        )
        .takes::<TextBody>()
        .gives::<ResponseBody>(200),
        Endpoint::new(
            post.clone(),
            "/api/v1/needs/{id}/responses/{response}/attachments",
            dialogue::supplement,
            LoggedIn,
            "Attach a file to one's own response, until the deadline",
        )
        .takes_form::<SupplementForm>()
        .gives::<AttachmentBody>(201),
        Endpoint::new(get.clone(), "/api/v1/needs/{id}/outcome", dialogue::outcome, Anyone, "What became of the need")
            .shows_more()
            .gives::<OutcomeBody>(200),
        Endpoint::new(
            put,
            "/api/v1/needs/{id}/outcome",
            dialogue::conclude,
            LoggedIn,
            "Tell the outcome, and conclude",
        )
        .refuses(&[412])
        .takes::<NewOutcomeBody>()
        .gives::<OutcomeBody>(200),
        Endpoint::new(
            get.clone(),
            "/api/v1/needs/{id}/attachments",
            dialogue::attachments,
            Anyone,
            "Files of the need",
        )
        .takes_query(&[&PAGING])
        .shows_more()
        .gives::<Page<AttachmentBody>>(200),
        Endpoint::new(post, "/api/v1/needs/{id}/attachments", dialogue::attach, LoggedIn, "Attach a file to the need")
            .takes_form::<AttachmentForm>()
            .explained(FILES_OF_VERSIONS)
            .gives::<AttachmentBody>(201),
        Endpoint::new(
            Method::DELETE,
            "/api/v1/needs/{id}/attachments/{attachment}",
            dialogue::detach,
            LoggedIn,
            "Take a file away from the need, until it is concluded",
        )
        .takes_query(&[&dialogue::OF_DETACHING])
        .explained(FILES_OF_VERSIONS)
        .gives_nothing(),
        Endpoint::new(get, "/api/v1/attachments/{attachment}", dialogue::attachment, Anyone, "The file itself")
            .shows_more()
            .tagged()
            .gives_file(),
    ]
}

/// What one takes part in oneself, over all needs.
fn me() -> Vec<Endpoint> {
    vec![
        Endpoint::new(Method::GET, "/api/v1/me/followed", needs::followed, LoggedIn, "The needs that you follow")
            .takes_query(&[&PAGING])
            .gives::<Page<FollowedBody>>(200),
        Endpoint::new(
            Method::GET,
            "/api/v1/me/responses",
            dialogue::own_responses,
            LoggedIn,
            "What your organisation has responded, to whatever need",
        )
        .takes_query(&[&PAGING])
        .gives::<Page<ResponseBody>>(200),
        Endpoint::new(
            Method::GET,
            "/api/v1/me/questions",
            dialogue::own_questions,
            LoggedIn,
            "What you have asked for your organisation, about whatever need",
        )
        .takes_query(&[&PAGING])
        .gives::<Page<QuestionBody>>(200),
    ]
}

fn suppliers() -> Vec<Endpoint> {
    use crate::identity::api as identity;
    use crate::suppliers::api::{self as suppliers, SupplierBody};
    use crate::suppliers::{ProfileWords, RegistrationWords, SupplierKind};
    let me = "/api/v1/suppliers/me";
    vec![
        Endpoint::new(Method::POST, "/api/v1/suppliers", identity::register, Anyone, "Register a supplier")
            .takes::<RegistrationWords>()
            .for_strangers()
            .refuses(&[409, 429])
            .gives_nothing_yet(),
        Endpoint::new(Method::GET, "/api/v1/suppliers", suppliers::list, Anyone, "Find suppliers")
            .takes_query(&[&suppliers::SEARCH, &PAGING])
            .one_of::<SupplierKind>("kind")
            .one_of::<Area>("area")
            .gives::<Page<SupplierBody>>(200),
        Endpoint::new(Method::GET, "/api/v1/suppliers/{organisation_number}", suppliers::show, Anyone, "One supplier")
            .shows_more()
            .tagged()
            .gives::<SupplierBody>(200),
        Endpoint::new(Method::GET, me, suppliers::show_own, LoggedIn, "Your own profile")
            .tagged()
            .gives::<SupplierBody>(200),
        Endpoint::new(Method::PATCH, me, suppliers::edit, LoggedIn, "Change your own profile")
            .takes_patch::<ProfileWords>(&[])
            .tagged()
            .gives::<SupplierBody>(200),
    ]
}

fn statistics() -> Vec<Endpoint> {
    use crate::notices::codelists::{FormType, LegalType, Nature, ProcedureType};
    use crate::regulations::KostraGroup;
    use crate::statistics::export::Format;
    use crate::statistics::{Dimension, Indicator, PARAMETERS, Source, api as statistics, report};
    vec![
        Endpoint::new(Method::GET, "/api/v1/statistics", statistics::show, Anyone, "Statistics on notices")
            .takes_query(&[&PARAMETERS, &statistics::FORMAT])
            .one_of::<Source>("source")
            .one_of::<Dimension>("by")
            .several_of("by", Some(2))
            .one_among("kostra_group", KostraGroup::all().map(|group| group.to_string()))
            .one_among("buyer_type", LegalType::ALL.iter().map(|code| code.as_str()))
            .one_among("procedure", ProcedureType::ALL.iter().map(|code| code.as_str()))
            .one_among("form", FormType::ALL.iter().map(|code| code.as_str()))
            .one_among("nature", Nature::ALL.iter().map(|code| code.as_str()))
            .one_of::<Format>("format")
            .one_among("indicators", Indicator::ALL.iter().map(|indicator| indicator.as_str()))
            .several_of("indicators", None)
            .refuses(&[422])
            .gives::<StatisticsBody>(200)
            // JSON-stat 2.0.
            .or_an_object(&["version", "class", "id", "size", "value"])
            .or_a_file([Format::Csv, Format::Xlsx].map(Format::media_type)),
        Endpoint::new(
            Method::GET,
            "/api/v1/statistics/notices.parquet",
            statistics::all_notices,
            Anyone,
            "All notices, a row for each version, for those who count themselves",
        )
        .tagged()
        .gives_file(),
        Endpoint::new(
            Method::GET,
            "/api/v1/statistics/report",
            statistics::report,
            LoggedIn,
            "The statistics of a buyer's year as a PDF",
        )
        .takes_query(&[&report::PARAMETERS])
        .refuses(&[404, 422])
        .gives_file(),
    ]
}

/// What others build upon.
fn open_data() -> Vec<Endpoint> {
    use crate::changes::api::{self as changes, ChangesBody};
    use crate::notices::api::{self as notices, NoticeBody};
    use crate::ocds::api as ocds;
    vec![
        Endpoint::new(
            Method::GET,
            "/api/v1/changes",
            changes::list,
            Anyone,
            "Everything public that changed, in order",
        )
        .takes_query(&[&changes::PARAMETERS])
        .gives::<ChangesBody>(200),
        Endpoint::new(Method::GET, "/api/v1/notices/{id}", notices::show, Anyone, "One version of a notice")
            .gives::<NoticeBody>(200),
        Endpoint::new(
            Method::GET,
            "/api/v1/ocds/releases",
            ocds::packages,
            Anyone,
            "Needs, dialogues and notices as release packages of OCDS 1.1, page by page",
        )
        .takes_query(&[&ocds::FILTERS, &ocds::PLACE])
        .gives_object(),
        Endpoint::new(
            Method::GET,
            "/api/v1/ocds/releases.jsonl",
            ocds::lines,
            Anyone,
            "All releases of OCDS 1.1, one on each line: in one answer, which has no pages and takes no limit",
        )
        .takes_query(&[&ocds::FILTERS])
        .gives_file(),
    ]
}

fn portfolio() -> Vec<Endpoint> {
    use crate::portfolio::api::{self as portfolio, PortfolioBody};
    use crate::portfolio::{Stage, Without};
    vec![
        Endpoint::new(
            Method::GET,
            "/api/v1/portfolio",
            portfolio::list,
            LoggedIn,
            "The needs of all buyers, for advisers",
        )
        .takes_query(&[&crate::portfolio::FILTERS, &PAGING])
        .one_of::<Area>("area")
        .one_of::<Stage>("status")
        .one_of::<Without>("without")
        .repeats(&["region", "area"])
        .gives::<PortfolioBody>(200),
    ]
}

fn organisations() -> Vec<Endpoint> {
    use crate::tenancy::api::{self as tenancy, InvitationBody, InviteBody, MemberBody, RoleBody};
    let members = "/api/v1/organisations/me/members";
    let invitations = "/api/v1/organisations/me/invitations";
    vec![
        Endpoint::new(Method::GET, members, tenancy::members, LoggedIn, "The members of one's own organisation")
            .takes_query(&[&PAGING])
            .gives::<Page<MemberBody>>(200),
        Endpoint::new(
            Method::DELETE,
            "/api/v1/organisations/me/members/{member}",
            tenancy::remove,
            LoggedIn,
            "Take a member out of one's own organisation, or leave it oneself",
        )
        .gives_nothing(),
        Endpoint::new(
            Method::PUT,
            "/api/v1/organisations/me/members/{member}/role",
            tenancy::change_role,
            LoggedIn,
            "Give a member of one's own organisation another role",
        )
        .takes::<RoleBody>()
        .gives::<MemberBody>(200),
        Endpoint::new(
            Method::GET,
            invitations,
            tenancy::invitations,
            LoggedIn,
            "The invitations that nobody has accepted yet",
        )
        .takes_query(&[&PAGING])
        .gives::<Page<InvitationBody>>(200),
        Endpoint::new(
            Method::DELETE,
            "/api/v1/organisations/me/invitations/{invitation}",
            tenancy::call_back,
            LoggedIn,
            "Call back an invitation that nobody has accepted yet",
        )
        .gives_nothing(),
        Endpoint::new(
            Method::POST,
            invitations,
            tenancy::invite,
            LoggedIn,
            "Invite someone into one's own organisation",
        )
        .takes::<InviteBody>()
        .gives::<InvitationBody>(201),
    ]
}

/// What happened, and who was told.
fn outbox() -> Vec<Endpoint> {
    use crate::audit::api::{self as audit, EventBody};
    use crate::notifications::MessageStatus;
    use crate::notifications::api::{self as messages, MessageBody};
    let attempt = "/api/v1/messages/{id}/attempt";
    vec![
        Endpoint::new(Method::GET, "/api/v1/events", audit::list, LoggedIn, "The trail of your own organisation")
            .takes_query(&[&PAGING])
            .gives::<Page<EventBody>>(200),
        Endpoint::new(Method::GET, "/api/v1/messages", messages::list, LoggedIn, "The outbox, for operators")
            .takes_query(&[&messages::FILTERS, &PAGING])
            .one_of::<MessageStatus>("status")
            .gives::<Page<MessageBody>>(200),
        Endpoint::new(Method::PUT, attempt, messages::retry, LoggedIn, "Send a failed message once more")
            .gives::<MessageBody>(200),
    ]
}

/// What the words of a need are written in.
fn codes() -> Vec<Endpoint> {
    use crate::cpv::api::{self as cpv, CpvBody};
    vec![
        Endpoint::new(Method::GET, "/api/v1/cpv", cpv::list, Anyone, "Find the code for what is bought")
            .takes_query(&[&cpv::SEARCH, &PAGING])
            .gives::<Page<CpvBody>>(200),
    ]
}

/// What a request may have.
pub(super) struct Known {
    /// In the query.
    pub parameters: Vec<Parameter>,
    /// Those of them that may be there several times.
    repeated: &'static [&'static str],
    pub takes_body: bool,
    pub access: Access,
}

impl From<Endpoint> for Known {
    fn from(Endpoint { parameters, repeated, body, access, .. }: Endpoint) -> Self {
        Self { parameters, repeated, takes_body: body.is_some(), access }
    }
}

/// By the address in the table.
static KNOWN: LazyLock<HashMap<&str, Vec<(Method, Known)>>> = LazyLock::new(|| {
    let mut known: HashMap<&str, Vec<(Method, Known)>> = HashMap::new();
    for endpoint in table() {
        known.entry(endpoint.path).or_default().push((endpoint.method.clone(), endpoint.into()));
    }
    known
});

/// What the endpoint of the request takes; None beside the table.
pub(super) fn found(request: &HttpRequest) -> Option<&'static Known> {
    let method = if request.method() == Method::HEAD { &Method::GET } else { request.method() };
    KNOWN.get(request.match_pattern()?.as_str())?.iter().find(|(of, _)| of == method).map(|(_, known)| known)
}

/// # Errors
/// `Malformed` for what the endpoint does not know: on every endpoint, also where nothing is looked for.
pub(super) fn check_query(request: &HttpRequest) -> Result<()> {
    if request.query_string().is_empty() {
        return Ok(());
    }
    let Some(known) = found(request) else { return Ok(()) };
    let query = Fields::parse(request.query_string().as_bytes());
    known_repeated(&query, &known.parameters, known.repeated)?;
    // What is not UTF-8 would be looked for as something else.
    match query.pairs().find(|(_, value)| value.contains(char::REPLACEMENT_CHARACTER)) {
        None => Ok(()),
        Some((name, _)) => Err(Error::Malformed { code: "bad-parameter", detail: format!("{name} is not UTF-8") }),
    }
}

/// Makes routes of the table, and of the document about it.
pub fn register(config: &mut ServiceConfig) {
    let mut resources = Resources::default();
    resources.add(openapi::PATH, Method::GET, resource::route(&Method::GET).to(openapi::show));
    for endpoint in table() {
        if let Some(route) = endpoint.route {
            resources.add(endpoint.path, endpoint.method, route);
        }
    }
    for resource in resources.into_services() {
        config.service(resource);
    }
}
