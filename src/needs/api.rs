//! Needs as JSON.
mod body;

pub use body::{BuyerBody, CountsBody, FollowedBody, JoinBody, JoinerBody, NeedBody, NeedItem, VersionBody};

use super::search::{Place, Search};
use super::{Content, Need, NeedId, Status, Version, Words, policy, search_of, store};
use crate::api::{self, Body, Client, Created, Paging, Patch};
use crate::fields::{Fields, Parameter};
use crate::input::Input;
use crate::op::Op;
use crate::platform::db::types::Timestamp;
use crate::tenancy::{self, OrganisationId, OrganisationKind};
use crate::{App, Error, FieldError, Result, dialogue};
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

// ---- lists -------------------------------------------------------------------------------------------------------

/// Where one's own drafts go on, and where public needs do.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
enum Cursor {
    Own { own: NeedId },
    Public(Place),
}

/// `GET /api/v1/needs`
pub async fn list(app: Data<App>, client: Client, query: Fields) -> api::Result {
    let paging = Paging::<Cursor>::parse(&query)?;
    let (place, own) = match paging.after {
        None => (None, None),
        Some(Cursor::Public(place)) => (Some(place), None),
        Some(Cursor::Own { own }) => (None, Some(own)),
    };
    let elsewhere = place.is_some();
    let (search, status) = search_of(&query, place, paging.limit)?;
    let search = app.ready_for(search).await?;
    let finder = app.finder.clone();
    let page = app
        .read(client.caller(), move |op| {
            match status.filter(|s| !s.is_public()) {
                Some(_) if elsewhere => Err(super::search::bad_cursor()),
                // One's own are listed, not searched: a filter would be left out in silence.
                Some(_) if query.names().any(|name| !matches!(name, "status" | "limit" | "cursor")) => {
                    let detail = "one's own drafts and withdrawn needs take no other filters".to_owned();
                    Err(Error::Malformed { code: "bad-parameter", detail })
                }
                Some(status) => own_page(op, status, own, paging.limit),
                None if own.is_some() => Err(super::search::bad_cursor()),
                None => public_page(op, &finder, &search),
            }
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

fn public_page(op: &mut Op<'_>, finder: &super::Finder, search: &Search) -> Result<api::Page<NeedItem>> {
    let found = super::search(op, finder, search)?;
    Ok(api::Page {
        items: found.needs.into_iter().map(NeedItem::from).collect(),
        next: found.next.map(|place| api::encode(&Cursor::Public(place))),
        total: i64::try_from(found.total).unwrap_or(i64::MAX),
    })
}

/// Drafts and withdrawn needs: one's own organisation's, and for everybody else none.
fn own_page(op: &mut Op<'_>, status: Status, before: Option<NeedId>, limit: usize) -> Result<api::Page<NeedItem>> {
    let Ok(member) = op.member() else { return Ok(api::Page { items: Vec::new(), next: None, total: 0 }) };
    if member.kind != OrganisationKind::Buyer {
        return Ok(api::Page { items: Vec::new(), next: None, total: 0 });
    }
    let needs = store::of_tenant(op.db(), member.organisation, Some(status), before, api::one_beyond(limit))?;
    let total = store::count_of_tenant(op.db(), member.organisation, status)?;
    Ok(api::Page::cut(needs, limit, total, |need| Cursor::Own { own: need.id }, NeedItem::from))
}

// ---- one need ----------------------------------------------------------------------------------------------------

fn body_of(op: &mut Op<'_>, need: Need) -> Result<NeedBody> {
    let buyer = tenancy::organisation(op.db(), need.tenant_id)?;
    let now = op.now();
    Ok(NeedBody::new(need, &buyer, now))
}

fn respond(body: &NeedBody) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::ETAG, body.tag())).json(body)
}

/// `POST /api/v1/needs`
pub async fn create(app: Data<App>, client: Client, body: Body<Words>) -> api::Result {
    let created = api::create(&app, &client, body.fingerprint, move |op| {
        let tenant = policy::describe(op.actor())?;
        let language = op.member()?.language;
        let now = op.now();
        let content = body.value.read(|words| words.parse(language, now))?;
        let need = super::describe(op, tenant, content)?;
        let location = format!("/api/v1/needs/{}", need.id);
        Created::at(location, &body_of(op, need)?)
    });
    let mut created = created.await?;
    // Whoever sends it again is told the same: what the need was when it was made.
    created.headers_mut().insert(header::ETAG, header::HeaderValue::from_static(body::FIRST_TAG));
    Ok(created)
}

/// `GET /api/v1/needs/{id}`
pub async fn show(app: Data<App>, client: Client, path: Path<String>) -> api::Result {
    let id = api::id(&path, "the need")?;
    let actor = app.actor(client.caller()).await?;
    let (need, buyer) = app.needs.get(id).await?.ok_or(Error::NotFound("the need"))?;
    let need = policy::read(&actor, need)?.into_inner();
    let body = NeedBody::new(need, &buyer, app.clock.now());
    // What a draft lacks changes with time.
    Ok(if body.status == Status::Draft { respond(&body) } else { api::tagged(&client, body.tag(), &body) })
}

pub const CHANGE_NOTE: Parameter =
    ("change_note", "What changed and why; a published need is not corrected without it.");

/// `PATCH /api/v1/needs/{id}`. A published need is corrected by it, and `change_note` says how.
pub async fn edit(app: Data<App>, client: Client, path: Path<String>, patch: Patch) -> api::Result {
    let id = api::id(&path, "the need")?;
    let expected = client.if_match();
    let body = app
        .write(client.caller(), move |op| {
            let need = store::find(op.db(), id)?;
            let before = need.clone();
            let permit = policy::edit(op.actor(), need)?;
            let mut patch = patch;
            let note = patch.take_text(CHANGE_NOTE.0);
            let words = patch.apply(&Words::from(&before.content()))?;
            expected.check(before.revision)?;
            let now = op.now();
            let (content, note) = words.read(|words| rewording(before, &words, &note, now))?;
            let need = super::edit(op, permit, None, content, &note)?;
            body_of(op, need)
        })
        .await?;
    Ok(respond(&body))
}

/// New words for a need, and what was changed. Of a published need it is told together with what cannot be taken what it would
/// lack, and that nothing says why.
fn rewording(need: Need, words: &Words, note: &str, now: Timestamp) -> Result<(Content, String)> {
    let (content, mut errors) = words.read(need.language, now);
    let mut input = Input::default();
    let is_corrected = need.status == Status::Published && (content != need.content() || !errors.is_empty());
    let note = super::change_note(&mut input, note, is_corrected);
    if is_corrected && let Err(Error::Invalid(lacking)) = need.describe(content.clone(), now) {
        let told: HashSet<String> = errors.iter().map(first_part).collect();
        errors.extend(lacking.into_iter().filter(|error| !told.contains(&first_part(error))));
    }
    errors.extend(input.into_errors());
    if errors.is_empty() { Ok((content, note)) } else { Err(Error::Invalid(errors)) }
}

/// `contact` of `contact.email`.
fn first_part(error: &FieldError) -> String {
    error.field.split('.').next().unwrap_or_default().to_owned()
}

/// `DELETE /api/v1/needs/{id}`: a draft that has never been published.
pub async fn delete(app: Data<App>, client: Client, path: Path<String>) -> api::Result {
    let id = api::id(&path, "the need")?;
    let expected = client.if_match();
    app.write(client.caller(), move |op| {
        let need = store::find(op.db(), id)?;
        let permit = policy::delete(op.actor(), need)?;
        expected.check(permit.subject().revision)?;
        dialogue::delete_draft(op, permit)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `PUT /api/v1/needs/{id}/publication`
pub async fn publish(app: Data<App>, client: Client, path: Path<String>) -> api::Result {
    let id = api::id(&path, "the need")?;
    let expected = client.if_match();
    let body = app
        .write(client.caller(), move |op| {
            let need = store::find(op.db(), id)?;
            let permit = policy::publish(op.actor(), need)?;
            let Need { revision, status, .. } = *permit.subject();
            expected.check_or_done(revision, status == Status::Published)?;
            let need = super::publish(op, permit)?;
            body_of(op, need)
        })
        .await?;
    Ok(respond(&body))
}

pub const WITHDRAWAL: [Parameter; 1] = [("reason", "Why it is taken back; those who took part are told.")];

/// `DELETE /api/v1/needs/{id}/publication`
pub async fn withdraw(app: Data<App>, client: Client, path: Path<String>, query: Fields) -> api::Result {
    let id = api::id(&path, "the need")?;
    let expected = client.if_match();
    let body = app
        .write(client.caller(), move |op| {
            let need = store::find(op.db(), id)?;
            let permit = policy::publish(op.actor(), need)?;
            let Need { revision, status, .. } = *permit.subject();
            expected.check_or_done(revision, status == Status::Withdrawn)?;
            let mut input = Input::default();
            let reason = input.text("reason", query.get("reason"), super::REASON);
            input.finish()?;
            let need = super::withdraw(op, permit, &reason)?;
            body_of(op, need)
        })
        .await?;
    Ok(respond(&body))
}

// ---- versions ----------------------------------------------------------------------------------------------------

/// `GET /api/v1/needs/{id}/versions`
pub async fn versions(app: Data<App>, client: Client, path: Path<String>, query: Fields) -> api::Result {
    let id = api::id(&path, "the need")?;
    let paging = Paging::<i32>::parse(&query)?;
    let page = app
        .read(client.caller(), move |op| {
            let need = store::find(op.db(), id)?;
            let need = policy::read(op.actor(), need)?.into_inner();
            let versions = store::versions(op.db(), need.id, paging.after, api::one_beyond(paging.limit))?;
            let total = i64::from(need.version);
            let numbers = versions.last().map_or(0, |v| v.version)..=versions.first().map_or(0, |v| v.version);
            let mut files = dialogue::files_of_versions(op.db(), need.id, numbers)?;
            let body = |v: Version| {
                let files = files.remove(&v.version).unwrap_or_default();
                VersionBody::new(v, files)
            };
            Ok(api::Page::cut(versions, paging.limit, total, |v| v.version, body))
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// `GET /api/v1/needs/{id}/versions/{version}`
pub async fn version(app: Data<App>, client: Client, path: Path<(String, String)>) -> api::Result {
    let (id, version) = path.into_inner();
    let id = api::id(&id, "the need")?;
    let version: i32 = version.parse().map_err(|_| Error::NotFound("the version"))?;
    let body = app
        .read(client.caller(), move |op| {
            let need = store::find(op.db(), id)?;
            let need = policy::read(op.actor(), need)?.into_inner();
            let found = store::version(op.db(), need.id, version)?;
            let files = dialogue::files_of_versions(op.db(), need.id, version..=version)?.remove(&version);
            Ok(VersionBody::new(found, files.unwrap_or_default()))
        })
        .await?;
    Ok(HttpResponse::Ok().json(body))
}

// ---- followers and joiners ---------------------------------------------------------------------------------------

/// `PUT /api/v1/needs/{id}/followers/me`
pub async fn follow(app: Data<App>, client: Client, path: Path<String>) -> api::Result {
    let id = api::id(&path, "the need")?;
    app.write(client.caller(), move |op| {
        let need = store::find(op.db(), id)?;
        let permit = policy::follow(op.actor(), need)?;
        super::follow(op, permit)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `DELETE /api/v1/needs/{id}/followers/me`
pub async fn unfollow(app: Data<App>, client: Client, path: Path<String>) -> api::Result {
    let id = api::id(&path, "the need")?;
    app.write(client.caller(), move |op| {
        let need = store::find(op.db(), id)?;
        let follows = super::is_followed(op, need.id)?;
        let permit = policy::unfollow(op.actor(), need, follows)?;
        super::unfollow(op, permit)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `GET /api/v1/me/followed`: the newest first, whichever organisation one acts for.
pub async fn followed(app: Data<App>, client: Client, query: Fields) -> api::Result {
    let Paging { limit, after } = Paging::<NeedId>::parse(&query)?;
    let page = app
        .read(client.caller(), move |op| {
            let user = op.member()?.user;
            let found = store::followed_by(op.db(), user, after, api::one_beyond(limit))?;
            let total = store::count_followed(op.db(), user)?;
            Ok(api::Page::cut(found, limit, total, |need| need.id, FollowedBody::from))
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// `GET /api/v1/needs/{id}/counts`
pub async fn counts(app: Data<App>, client: Client, path: Path<String>) -> api::Result {
    let id = api::id(&path, "the need")?;
    let counts = app
        .read(client.caller(), move |op| {
            op.member()?;
            let need = store::find(op.db(), id)?;
            let need = policy::count(op.actor(), need)?.into_inner();
            Ok(store::counts(op.db(), &[need.id])?.remove(&need.id).unwrap_or_default())
        })
        .await?;
    Ok(HttpResponse::Ok().json(CountsBody::from(counts)))
}

/// `POST /api/v1/needs/{id}/joiners`
pub async fn join(app: Data<App>, client: Client, path: Path<String>, body: Body<JoinBody>) -> api::Result {
    let id = api::id(&path, "the need")?;
    let created = api::create(&app, &client, body.fingerprint, move |op| {
        let need = store::find(op.db(), id)?;
        let permit = policy::join(op.actor(), need)?;
        let need = super::join(op, permit, &body.value.read(|body| super::volume(&body.volume))?)?;
        Created::at(format!("/api/v1/needs/{}/joiners", need.id), &body_of(op, need)?)
    });
    Ok(created.await?)
}

/// `GET /api/v1/needs/{id}/joiners`
pub async fn joiners(app: Data<App>, client: Client, path: Path<String>, query: Fields) -> api::Result {
    let id = api::id(&path, "the need")?;
    let paging = Paging::<(Timestamp, OrganisationId)>::parse(&query)?;
    let page = app
        .read(client.caller(), move |op| {
            let need = store::find(op.db(), id)?;
            let need = policy::read(op.actor(), need)?.into_inner();
            let joiners = store::joiners_of(op.db(), need.id)?;
            Ok(api::Page::of_all(joiners, &paging, |j| (j.joined_at, j.organisation), JoinerBody::from))
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}
