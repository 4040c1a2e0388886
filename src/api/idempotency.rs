//! `Idempotency-Key`: a POST that is repeated changes nothing and gets the same answer.
use super::Client;
use crate::op::Op;
use crate::platform::db::Db;
use crate::platform::db::schema::idempotency_keys;
use crate::{App, Error, Result};
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use anyhow::Context;
use diesel::prelude::*;
use serde::Serialize;

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
            if let Some((seen, created)) = find(op.db(), user, &key)? {
                return if seen == fingerprint { Ok(created) } else { Err(Error::Conflict("idempotency-key-reused")) };
            }
            let created = f(op)?;
            let now = op.now();
            diesel::insert_into(idempotency_keys::table)
                .values((
                    idempotency_keys::user_id.eq(user),
                    idempotency_keys::key.eq(&key),
                    idempotency_keys::fingerprint.eq(&fingerprint),
                    idempotency_keys::status.eq(i32::from(created.status)),
                    idempotency_keys::location.eq(&created.location),
                    idempotency_keys::body.eq(&created.body),
                    idempotency_keys::created_at.eq(now),
                ))
                .execute(op.db())?;
            Ok(created)
        })
        .await?;
    Ok(created.respond())
}

fn find(db: &mut Db, user: crate::identity::UserId, key: &str) -> Result<Option<(String, Created)>> {
    let row: Option<(String, i32, Option<String>, String)> = idempotency_keys::table
        .find((user, key))
        .select((
            idempotency_keys::fingerprint,
            idempotency_keys::status,
            idempotency_keys::location,
            idempotency_keys::body,
        ))
        .first(db)
        .optional()?;
    Ok(row.map(|(fingerprint, status, location, body)| {
        let status = u16::try_from(status).unwrap_or(201);
        (fingerprint, Created { status, location, body })
    }))
}
