//! `Idempotency-Key`: a POST that is repeated changes nothing and gets the same answer.
use super::{Client, store};
use crate::op::Op;
use crate::platform::db::Db;
use crate::platform::db::types::Timestamp;
use crate::{App, Error, Result};
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use anyhow::Context;
use chrono::TimeDelta;
use serde::Serialize;

/// For how long at least a repeated request gets its answer again (docs/api-design.md).
const LASTS: TimeDelta = TimeDelta::hours(24);

/// What a POST made.
pub struct Created {
    status: u16,
    location: Option<String>,
    body: String,
}

impl Created {
    /// 201 with the thing and its address.
    ///
    /// # Errors
    /// When the body cannot be written as JSON.
    pub fn at(location: String, body: &impl Serialize) -> Result<Self> {
        let body = serde_json::to_string(body).context("a body could not be written as JSON")?;
        Ok(Self { status: 201, location: Some(location), body })
    }

    fn again(kept: store::Kept) -> Self {
        Self { status: u16::try_from(kept.status).unwrap_or(201), location: kept.location, body: kept.body }
    }

    fn respond(self) -> HttpResponse {
        let mut response = HttpResponse::build(StatusCode::from_u16(self.status).unwrap_or(StatusCode::CREATED));
        if let Some(location) = self.location {
            response.insert_header((header::LOCATION, location));
        }
        response.content_type("application/json").body(self.body)
    }
}

/// Runs `f` once for each key. The answer is kept in the same transaction as what it answers for.
///
/// # Errors
/// `Conflict` (`idempotency-key-reused`) if the key came with another body before; whatever `f` refuses.
pub async fn create(
    app: &App,
    client: &Client,
    fingerprint: String,
    f: impl FnOnce(&mut Op<'_>) -> Result<Created> + Send + 'static,
) -> Result<HttpResponse> {
    let key = client.idempotency_key.clone();
    let created = app
        .write(client.caller(), move |op| {
            let Some(key) = key else { return f(op) };
            let user = op.member()?.user;
            if let Some(kept) = store::find(op.db(), user, &key)? {
                let same = kept.fingerprint == fingerprint;
                return if same { Ok(Created::again(kept)) } else { Err(Error::Conflict("idempotency-key-reused")) };
            }
            let created = f(op)?;
            let kept = store::Kept {
                user_id: user,
                key,
                fingerprint,
                status: i32::from(created.status),
                location: created.location.clone(),
                body: created.body.clone(),
                created_at: op.now(),
            };
            store::keep(op.db(), &kept)?;
            Ok(created)
        })
        .await?;
    Ok(created.respond())
}

/// Takes away answers that nobody asks for again.
///
/// # Errors
/// When the database refuses.
pub fn forget_answers(db: &mut Db, now: Timestamp, batch: usize) -> Result<usize> {
    store::forget_before(db, now - LASTS, batch)
}
