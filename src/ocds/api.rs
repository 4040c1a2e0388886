//! Open data over HTTP: page by page as release packages, or all of it as a stream of lines.
use super::{Header, Place, Published, next_batch};
use crate::api::{self, Client};
use crate::fields::{Fields, Parameter};
use crate::platform::db::types::Timestamp;
use crate::{App, Error, Result};
use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data};
use futures_util::stream::{iter, try_unfold};
use futures_util::{StreamExt, TryStreamExt};

/// Needs or notices on a page, and in a part of a stream.
const LENGTH: usize = 100;
/// So many times a page looks for releases before it is given without any.
const MOST_BATCHES: usize = 5;
/// What lines of JSON are: not registered, and what everybody calls them.
const LINES: &str = "application/jsonl";

pub const FILTERS: [Parameter; 1] = [("since", "A day or an instant: releases that are dated at or after it.")];
pub const PLACE: [Parameter; 2] = [
    (
        "limit",
        "How many needs and notices a page is made of, 1 to 100; 100 when left out. Most of them are one release each, some several.",
    ),
    ("cursor", "The next page: `links.next` of the page before it."),
];

/// `GET /api/v1/ocds/releases`
pub async fn packages(app: Data<App>, client: Client, query: Fields) -> api::Result {
    let since = since(&query)?;
    let place = query.filter("cursor").map(|cursor| api::decode::<Place>(&cursor)).transpose()?;
    let place = place.unwrap_or(Place::BEGINNING);
    let limit = api::limit(&query, LENGTH)?;
    let settings = app.config.ocds.clone();
    let public_url = app.config.server.address().to_owned();
    let address = format!("{public_url}/api/v1/ocds/releases");
    let package = app
        .read(client.caller(), move |op| {
            // One goes on until there are some releases, or no more; but not through everything at once. A page may be empty and
            // have a next one.
            let (mut releases, mut next) = (Vec::new(), Some(place));
            for _ in 0..MOST_BATCHES {
                let Some(place) = next.take_if(|_| releases.is_empty()) else { break };
                let batch = next_batch(op, &place, limit, since, &settings, &public_url)?;
                (releases, next) = (batch.releases, batch.next);
            }
            let next = next.map(|place| page(&address, Some(api::encode(&place)), &query));
            let here = page(&address, query.filter("cursor"), &query);
            Ok(Header::new(here, &settings, op.now(), next).with(releases))
        })
        .await?;
    Ok(HttpResponse::Ok().json(package))
}

/// The address of a page that is asked for as this one is.
fn page(address: &str, cursor: Option<String>, query: &Fields) -> String {
    let asked = [("cursor", cursor), ("since", query.filter("since")), ("limit", query.filter("limit"))];
    let mut parameters = url::form_urlencoded::Serializer::new(String::new());
    parameters.extend_pairs(asked.into_iter().filter_map(|(name, value)| Some((name, value?))));
    let parameters = parameters.finish();
    if parameters.is_empty() { address.to_owned() } else { format!("{address}?{parameters}") }
}

/// `GET /api/v1/ocds/releases.jsonl`: read from the database as fast as they are fetched, a hundred needs or notices at a
/// time, so that nobody's slowness holds a connection.
pub async fn lines(app: Data<App>, client: Client, query: Fields) -> api::Result {
    let since = since(&query)?;
    let parts = try_unfold(Some(Place::BEGINNING), move |place| {
        let (app, caller) = (app.clone(), client.caller());
        async move {
            let Some(place) = place else { return Ok(None) };
            let (settings, public_url) = (app.config.ocds.clone(), app.config.server.address().to_owned());
            let (text, next) = app
                .read(caller, move |op| {
                    let batch = next_batch(op, &place, LENGTH, since, &settings, &public_url)?;
                    Ok((written(&batch.releases)?, batch.next))
                })
                .await
                .inspect_err(|e| tracing::warn!(error = e.in_full(), "A stream of releases broke off"))?;
            Ok::<_, Error>(Some((Bytes::from(text), next)))
        }
    });
    let mut parts = Box::pin(parts);
    // The first before the answer begins: what is refused gets its status, where a stream could only break off.
    let first = parts.try_next().await?;
    let parts = iter(first.map(Ok)).chain(parts).map_err(std::io::Error::other);
    Ok(HttpResponse::Ok().content_type(LINES).streaming(parts))
}

fn written(releases: &[Published]) -> Result<String> {
    let mut text = String::new();
    for release in releases {
        text += &serde_json::to_string(release).map_err(anyhow::Error::new)?;
        text.push('\n');
    }
    Ok(text)
}

fn since(query: &Fields) -> Result<Option<Timestamp>> {
    let bad = || Error::Malformed { code: "bad-parameter", detail: "since cannot be understood".to_owned() };
    query.filter("since").map(|text| crate::input::instant(&text).ok_or_else(bad)).transpose()
}
