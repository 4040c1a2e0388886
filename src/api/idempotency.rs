//! `Idempotency-Key`: a POST that is repeated changes nothing and gets the same answer.
use super::Client;
use crate::once::{self, Answer, Key};
use crate::op::Op;
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

/// Runs `f` once for each key that the client sends; without one, each time.
///
/// # Errors
/// `Conflict` (`idempotency-key-reused`) if the key came with another body before; whatever `f` refuses.
pub async fn create(
    app: &App,
    client: &Client,
    fingerprint: String,
    f: impl FnOnce(&mut Op<'_>) -> Result<Created> + Send + 'static,
) -> Result<HttpResponse> {
    let key = client.idempotency_key.clone().map(|key| Key { key, fingerprint });
    let answer = app
        .write(client.caller(), move |op| match key {
            Some(key) => once::once(op, key, |op| Ok(f(op)?.0)),
            None => Ok(f(op)?.0),
        })
        .await?;
    let mut response = HttpResponse::build(StatusCode::from_u16(answer.status).unwrap_or(StatusCode::CREATED));
    if let Some(location) = answer.location {
        response.insert_header((header::LOCATION, location));
    }
    Ok(response.content_type("application/json").body(answer.body))
}
