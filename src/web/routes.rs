//! Every page, grouped by what it is about.
use super::form::{look, send};
use super::resource::{self, Resources};
use crate::api::endpoint::Access::{self, Anyone, LoggedIn};
use actix_web::http::Method;
use actix_web::web::ServiceConfig;
use actix_web::{FromRequest, Handler, Responder, Route};

/// One page, or one form that posts.
pub struct PageRoute {
    pub method: Method,
    pub path: &'static str,
    pub access: Access,
    route: Route,
}

/// A page that is looked at.
fn get<F, A>(path: &'static str, handler: F, access: Access) -> PageRoute
where
    F: Handler<A>,
    A: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    PageRoute { method: Method::GET, path, access, route: resource::route(&Method::GET).to(handler) }
}

/// A form that changes something.
fn post<F, A>(path: &'static str, handler: F, access: Access) -> PageRoute
where
    F: Handler<A>,
    A: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    PageRoute { method: Method::POST, path, access, route: resource::route(&Method::POST).to(handler) }
}

/// Every page.
pub fn table() -> Vec<PageRoute> {
    [needs(), dialogue(), suppliers(), portfolio(), statistics(), identity(), tenancy(), desks(), about()]
        .into_iter()
        .flatten()
        .collect()
}

fn needs() -> Vec<PageRoute> {
    use crate::needs::web as needs;
    use crate::notices::draft::web as drafts;
    vec![
        get("/", needs::index, Anyone),
        get("/behov.atom", needs::atom, Anyone),
        get("/behov.rss", needs::rss, Anyone),
        get("/innebygd/behov", needs::framed_list, Anyone),
        get("/behov/nytt", needs::new, LoggedIn),
        post("/behov/nytt", needs::create, LoggedIn),
        get("/behov/{reference}", needs::show, Anyone),
        get("/behov/{reference}/rediger", needs::edit, LoggedIn),
        post("/behov/{reference}/rediger", needs::save, LoggedIn),
        get("/behov/{reference}/forhandsvis", needs::preview, LoggedIn),
        post("/behov/{reference}/forhandsvis", needs::publish, LoggedIn),
        get("/behov/{reference}/slett", needs::delete_form, LoggedIn),
        post("/behov/{reference}/slett", needs::delete, LoggedIn),
        get("/behov/{reference}/trekk", look::<needs::Withdraw>, LoggedIn),
        post("/behov/{reference}/trekk", send::<needs::Withdraw>, LoggedIn),
        get("/behov/{reference}/bli-med", look::<needs::Join>, LoggedIn),
        post("/behov/{reference}/bli-med", send::<needs::Join>, LoggedIn),
        post("/behov/{reference}/folg", needs::follow, LoggedIn),
        get("/behov/{reference}/kunngjoring/{form}", drafts::form, LoggedIn),
        post("/behov/{reference}/kunngjoring/{form}", drafts::fetch, LoggedIn),
        get("/behov/{reference}/versjoner", needs::versions, Anyone),
        get("/behov/{reference}/versjoner/{version}", needs::version, Anyone),
    ]
}

fn dialogue() -> Vec<PageRoute> {
    use crate::dialogue::web as dialogue;
    vec![
        post("/behov/{reference}/sporsmal", dialogue::ask, LoggedIn),
        get("/behov/{reference}/sporsmal/{id}", look::<dialogue::Answer>, LoggedIn),
        post("/behov/{reference}/sporsmal/{id}", send::<dialogue::Answer>, LoggedIn),
        get("/behov/{reference}/svar/nytt", dialogue::respond_form, LoggedIn),
        post("/behov/{reference}/svar/nytt", dialogue::respond, LoggedIn),
        get("/behov/{reference}/svar", dialogue::responses, LoggedIn),
        get("/behov/{reference}/svar/{id}", dialogue::response, LoggedIn),
        post("/behov/{reference}/svar/{id}/lest", dialogue::mark_read, LoggedIn),
        post("/behov/{reference}/svar/{id}/takk", dialogue::thank, LoggedIn),
        post("/behov/{reference}/svar/{id}/vedlegg", dialogue::supplement, LoggedIn),
        get("/behov/{reference}/utfall", look::<dialogue::Conclude>, LoggedIn),
        post("/behov/{reference}/utfall", send::<dialogue::Conclude>, LoggedIn),
        get("/behov/{reference}/vedlegg/{id}", dialogue::attachment, Anyone),
    ]
}

fn suppliers() -> Vec<PageRoute> {
    use crate::suppliers::web as suppliers;
    vec![
        get("/leverandorer", suppliers::index, Anyone),
        get("/leverandorer/{number}", suppliers::show, Anyone),
        get("/min-side/leverandor", suppliers::form, LoggedIn),
        post("/min-side/leverandor", suppliers::save, LoggedIn),
    ]
}

fn portfolio() -> Vec<PageRoute> {
    use crate::portfolio::web as portfolio;
    vec![get("/radgiver", portfolio::index, LoggedIn), get("/radgiver/fil", portfolio::file, LoggedIn)]
}

fn statistics() -> Vec<PageRoute> {
    use crate::statistics::web as statistics;
    vec![
        get("/statistikk", statistics::index, Anyone),
        get("/statistikk/fil", statistics::file, Anyone),
        get("/statistikk/bilde/{indicator}", statistics::picture, Anyone),
        get("/statistikk/rapport", statistics::report, LoggedIn),
    ]
}

fn identity() -> Vec<PageRoute> {
    use crate::identity::web as identity;
    vec![
        get("/logg-inn", identity::login_form, Access::Anyone),
        post("/logg-inn", identity::login, Access::Anyone),
        post("/logg-ut", identity::logout, Access::Anyone),
        get("/registrer", identity::register_form, Access::Anyone),
        post("/registrer", identity::register, Access::Anyone),
        get("/registrer/sendt", identity::check_mail, Access::Anyone),
        get("/bekreft-epost/{token}", identity::confirm_form, Access::Anyone),
        post("/bekreft-epost/{token}", identity::confirm, Access::Anyone),
        get("/glemt-passord", identity::forgot_form, Access::Anyone),
        post("/glemt-passord", identity::forgot, Access::Anyone),
        get("/nytt-passord/{token}", identity::reset_form, Access::Anyone),
        post("/nytt-passord/{token}", identity::reset, Access::Anyone),
        get("/min-side/konto", identity::account, Access::LoggedIn),
        post("/min-side/konto", identity::edit_account, Access::LoggedIn),
        get("/min-side/konto/slett", identity::delete_form, Access::LoggedIn),
        post("/min-side/konto/slett", identity::delete, Access::LoggedIn),
    ]
}

fn tenancy() -> Vec<PageRoute> {
    use crate::tenancy::web as tenancy;
    vec![
        get("/invitasjon/{token}", tenancy::accept_form, Access::Anyone),
        post("/invitasjon/{token}", tenancy::accept, Access::Anyone),
        post("/min-side/organisasjon", tenancy::switch, Access::LoggedIn),
        get("/min-side/medlemmer", tenancy::members, Access::LoggedIn),
        post("/min-side/medlemmer", tenancy::invite, Access::LoggedIn),
        get("/min-side/medlemmer/{id}", tenancy::member, Access::LoggedIn),
        post("/min-side/medlemmer/{id}/rolle", tenancy::change_role, Access::LoggedIn),
        post("/min-side/medlemmer/{id}/fjern", tenancy::remove, Access::LoggedIn),
        post("/min-side/invitasjoner/{id}/trekk", tenancy::call_back, Access::LoggedIn),
    ]
}

/// What one sees of one's own: the desks, the outbox, the trail; and the end of mail that one chose.
fn desks() -> Vec<PageRoute> {
    use crate::notifications::web as notifications;
    vec![
        get("/min-side", crate::me::web::show, LoggedIn),
        get("/min-side/hendelser", crate::audit::web::trail, LoggedIn),
        get("/utboks", notifications::outbox, LoggedIn),
        post("/utboks/{id}/send-pa-nytt", notifications::retry, LoggedIn),
        get("/stopp-epost/{token}", notifications::stop_form, Anyone),
        post("/stopp-epost/{token}", notifications::stop, Anyone),
    ]
}

/// What the service tells of itself.
fn about() -> Vec<PageRoute> {
    use super::{assets, datasets, health, pages};
    vec![
        get("/om", pages::about, Anyone),
        get("/personvern", pages::privacy, Anyone),
        get("/tilgjengelighet", pages::accessibility, Anyone),
        get("/datasett.jsonld", datasets::show, Anyone),
        get("/problems/{code}", pages::problem, Anyone),
        get("/api/docs", crate::api::docs::show, Anyone),
        get("/assets/{path:.*}", assets::show, Anyone),
        get("/favicon.ico", assets::favicon, Anyone),
        get("/health", health::health, Anyone),
        get("/ready", health::ready, Anyone),
        get("/metrics", health::metrics, Anyone),
    ]
}

/// Makes routes of the table.
pub fn register(config: &mut ServiceConfig) {
    let mut resources = Resources::default();
    for page in table() {
        resources.add(page.path, page.method, page.route);
    }
    for resource in resources.into_services() {
        config.service(resource);
    }
}
