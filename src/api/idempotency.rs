//! `Idempotency-Key`: a POST that is repeated changes nothing and gets the same answer.
use super::Client;
use crate::once::{self, Answer, Key};
use crate::op::Op;
use crate::platform::db::{Deed, insert_together};
use crate::{App, Result};
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use anyhow::Context;
use serde::Serialize;

/// What a POST made.
pub struct Created(Answer);

impl Created {
    /// 201 with the thing and its address.
    ///
    /// # Errors
    /// When the body cannot be written as JSON.
    pub fn at(location: String, body: &impl Serialize) -> Result<Self> {
        let body = serde_json::to_string(body).context("a body could not be written as JSON")?;
        Ok(Self(Answer { status: StatusCode::CREATED.as_u16(), location: Some(location), body }))
    }
}

/// Runs `f` once for each key that the client sends; without one, each time. The answer is given again to whoever is still what they
/// were: a member of that organisation, in that role.
///
/// # Errors
/// `Conflict` (`idempotency-key-reused`) if the key came with another body, address, organisation or role before; whatever `f`
/// refuses.
pub async fn create(
    app: &App,
    client: &Client,
    fingerprint: String,
    f: impl FnOnce(&mut Op<'_>) -> Result<Created> + Send + 'static,
) -> Result<HttpResponse> {
    let (key, target) = (client.idempotency_key.clone(), client.target.clone());
    let created = app.write(client.caller(), move |op| {
        let Some(key) = key else { return Ok(f(op)?.0) };
        let member = op.member()?;
        let fingerprint = format!("{target} {} {}\n{fingerprint}", member.organisation, member.role.as_str());
        once::once(op, Key { key, fingerprint }, |op| Ok(f(op)?.0))
    });
    Ok(answer(created.await?))
}

/// The same for what comes in crowds: `f` reads, and gives what is to be written.
///
/// # Errors
/// As `create`.
pub async fn insert(
    app: &App,
    client: &Client,
    fingerprint: String,
    f: impl FnOnce(&mut Op<'_>) -> Result<(Created, Deed)> + Send + 'static,
) -> Result<HttpResponse> {
    if client.idempotency_key.is_none() {
        return Ok(answer(app.insert(client.caller(), f).await?.0));
    }
    let whole = |op: &mut Op<'_>| {
        let (created, deed) = f(op)?;
        insert_together(op.db(), &[deed])?;
        Ok(created)
    };
    create(app, client, fingerprint, whole).await
}

fn answer(answer: Answer) -> HttpResponse {
    let mut response = HttpResponse::build(StatusCode::from_u16(answer.status).unwrap_or(StatusCode::CREATED));
    if let Some(location) = answer.location {
        response.insert_header((header::LOCATION, location));
    }
    response.content_type("application/json").body(answer.body)
}
