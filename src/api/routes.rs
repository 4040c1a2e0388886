//! Every endpoint, grouped by who uses it.
use super::endpoint::Access::{Anyone, LoggedIn};
use super::endpoint::Endpoint;
use super::{PAGING, Page, openapi};
use crate::needs::Words;
use crate::needs::api::{self as needs, JoinBody, JoinerBody, NeedBody, NeedItem, VersionBody};
use actix_web::http::Method;
use actix_web::web::{self, ServiceConfig};
use std::collections::BTreeMap;

pub fn table() -> Vec<Endpoint> {
    [session(), needs_table(), dialogue(), suppliers(), portfolio(), organisations(), outbox()]
        .into_iter()
        .flatten()
        .collect()
}

fn session() -> Vec<Endpoint> {
    vec![]
}

fn needs_table() -> Vec<Endpoint> {
    let (get, post, put, patch, delete) = (Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE);
    vec![
        Endpoint::new(get.clone(), "/api/v1/needs", needs::list, Anyone, "Find needs")
            .takes_query(&[&needs::SEARCH, &PAGING])
            .gives::<Page<NeedItem>>(200),
        Endpoint::new(post.clone(), "/api/v1/needs", needs::create, LoggedIn, "Describe a need, as a draft")
            .takes::<Words>()
            .gives::<NeedBody>(201),
        Endpoint::new(get.clone(), "/api/v1/needs/{id}", needs::show, Anyone, "One need").gives::<NeedBody>(200),
        Endpoint::new(patch, "/api/v1/needs/{id}", needs::edit, LoggedIn, "Change a draft, or correct a published need")
            .takes::<Words>()
            .gives::<NeedBody>(200),
        Endpoint::new(put.clone(), "/api/v1/needs/{id}/publication", needs::publish, LoggedIn, "Publish")
            .gives::<NeedBody>(200),
        Endpoint::new(delete.clone(), "/api/v1/needs/{id}/publication", needs::withdraw, LoggedIn, "Withdraw")
            .takes_query(&[&needs::WITHDRAWAL])
            .gives::<NeedBody>(200),
        Endpoint::new(get.clone(), "/api/v1/needs/{id}/versions", needs::versions, Anyone, "The published versions")
            .gives::<Page<VersionBody>>(200),
        Endpoint::new(get.clone(), "/api/v1/needs/{id}/versions/{version}", needs::version, Anyone, "One version")
            .gives::<VersionBody>(200),
        Endpoint::new(put.clone(), "/api/v1/needs/{id}/followers/me", needs::follow, LoggedIn, "Follow").gives_nothing(),
        Endpoint::new(delete.clone(), "/api/v1/needs/{id}/followers/me", needs::unfollow, LoggedIn, "Stop following")
            .gives_nothing(),
        Endpoint::new(post.clone(), "/api/v1/needs/{id}/joiners", needs::join, LoggedIn, "Join with one's own volume")
            .takes::<JoinBody>()
            .gives::<NeedBody>(201),
        Endpoint::new(get.clone(), "/api/v1/needs/{id}/joiners", needs::joiners, Anyone, "Who has joined")
            .gives::<Page<JoinerBody>>(200),
    ]
}

fn dialogue() -> Vec<Endpoint> {
    vec![]
}

fn suppliers() -> Vec<Endpoint> {
    use crate::suppliers::ProfileWords;
    use crate::suppliers::api::{self as suppliers, SupplierBody};
    let me = "/api/v1/suppliers/me";
    vec![
        Endpoint::new(Method::GET, "/api/v1/suppliers", suppliers::list, Anyone, "Find suppliers")
            .takes_query(&[&suppliers::SEARCH, &PAGING])
            .gives::<Page<SupplierBody>>(200),
        Endpoint::new(Method::GET, "/api/v1/suppliers/{organisation_number}", suppliers::show, Anyone, "One supplier")
            .gives::<SupplierBody>(200),
        Endpoint::new(Method::GET, me, suppliers::show_own, LoggedIn, "Your own profile").gives::<SupplierBody>(200),
        Endpoint::new(Method::PATCH, me, suppliers::edit, LoggedIn, "Change your own profile")
            .takes::<ProfileWords>()
            .gives::<SupplierBody>(200),
    ]
}

fn portfolio() -> Vec<Endpoint> {
    use crate::portfolio::api::{self as portfolio, PortfolioBody};
    vec![
        Endpoint::new(Method::GET, "/api/v1/portfolio", portfolio::list, LoggedIn, "The needs of all buyers, for advisers")
            .takes_query(&[&crate::portfolio::FILTERS, &PAGING])
            .gives::<PortfolioBody>(200),
    ]
}

fn organisations() -> Vec<Endpoint> {
    vec![]
}

/// What happened, and who was told.
fn outbox() -> Vec<Endpoint> {
    use crate::audit::api::{self as audit, EventBody};
    use crate::notifications::api::{self as messages, MessageBody};
    let attempt = "/api/v1/messages/{id}/attempt";
    vec![
        Endpoint::new(Method::GET, "/api/v1/events", audit::list, LoggedIn, "The trail of your own organisation")
            .takes_query(&[&PAGING])
            .gives::<Page<EventBody>>(200),
        Endpoint::new(Method::GET, "/api/v1/messages", messages::list, LoggedIn, "The outbox, for operators")
            .takes_query(&[&messages::FILTERS, &PAGING])
            .gives::<Page<MessageBody>>(200),
        Endpoint::new(Method::PUT, attempt, messages::retry, LoggedIn, "Send a failed message once more")
            .gives::<MessageBody>(200),
    ]
}

pub fn register(config: &mut ServiceConfig) {
    config.route("/api/v1/openapi.json", web::get().to(openapi::show));
    let mut resources: BTreeMap<&'static str, actix_web::Resource> = BTreeMap::new();
    for endpoint in table() {
        let Some(route) = endpoint.route else { continue };
        let resource = resources.remove(endpoint.path).unwrap_or_else(|| web::resource(endpoint.path));
        resources.insert(endpoint.path, resource.route(route));
    }
    for resource in resources.into_values() {
        config.service(resource);
    }
}
