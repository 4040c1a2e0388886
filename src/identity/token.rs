//! What we sign with EdDSA: access tokens of the API, which are short-lived JWTs, and links in mails.
use super::{SessionId, UserId, store};
use crate::platform::db::Db;
use crate::platform::db::types::{Id, Timestamp};
use crate::{Error, Result};
use anyhow::Context;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use quick_cache::sync::Cache;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::sync::Arc;

const ISSUER: &str = "brobygger";
/// Who the token is for and what it may be used as, so that one made for something else is never taken for this.
const AUDIENCE: &str = "brobygger-api";
const PURPOSE: &str = "access";
/// The same of links in mails; what each may be used as is said by who signs it.
const AUDIENCE_OF_LINKS: &str = "brobygger-mail";

/// Tokens whose signature has been seen to be good: as many people as are likely to be busy at once.
const REMEMBERED: usize = 4_096;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    iss: String,
    aud: String,
    purpose: String,
    pub sub: UserId,
    pub sid: SessionId,
    iat: i64,
    exp: i64,
}

/// What a link in a mail says, for `purpose`. It does not run out: people unsubscribe from old mails too.
#[derive(Serialize, Deserialize)]
struct Link<T> {
    iss: String,
    aud: String,
    purpose: String,
    #[serde(flatten)]
    claim: T,
}

/// The keys that sign tokens. All of them verify, the newest signs.
#[derive(Clone)]
pub struct Keys(Arc<Inner>);

struct Inner {
    signing: EncodingKey,
    signing_id: String,
    verifying: Vec<(String, DecodingKey)>,
    /// What tokens with a good signature claim, by their digest: to look at a signature again takes longer than most
    /// requests.
    verified: Cache<[u8; 32], Claims>,
    lasts: TimeDelta,
}

impl Keys {
    /// The keys of this installation; made at the first start, and then the same on every node.
    ///
    /// # Errors
    /// When the database refuses, or holds a key that is none.
    pub fn load(db: &mut Db, now: Timestamp, lasts: TimeDelta) -> Result<Self> {
        let mut rows = store::signing_keys(db)?;
        if rows.is_empty() {
            store::insert_signing_key(db, &generate(now)?)?;
            rows = store::signing_keys(db)?;
        }
        let newest = rows.first().context("there is no signing key")?;
        let pkcs8 = URL_SAFE_NO_PAD.decode(&newest.pkcs8).context("a signing key is not base64")?;
        let verifying = rows
            .iter()
            .map(|row| Ok((row.id.to_string(), DecodingKey::from_ed_components(&row.public_key)?)))
            .collect::<Result<_, jsonwebtoken::errors::Error>>()
            .context("a signing key cannot be read")?;
        let signing = EncodingKey::from_ed_der(&pkcs8);
        let (signing_id, verified) = (newest.id.to_string(), Cache::new(REMEMBERED));
        Ok(Self(Arc::new(Inner { signing, signing_id, verifying, verified, lasts })))
    }

    /// Seconds that a new token lasts.
    pub fn seconds(&self) -> i64 {
        self.0.lasts.num_seconds()
    }

    pub fn issue(&self, user: UserId, session: SessionId, now: Timestamp) -> Result<String> {
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            purpose: PURPOSE.to_owned(),
            sub: user,
            sid: session,
            iat: now.utc().timestamp(),
            exp: (now + self.0.lasts).utc().timestamp(),
        };
        self.sign(&claims)
    }

    /// # Errors
    /// `Unauthenticated` unless it is a token of ours, for this purpose, that has not run out.
    pub fn verify(&self, token: &str, now: Timestamp) -> Result<Claims> {
        let digest: [u8; 32] = Sha256::digest(token).into();
        let claims = self.0.verified.get_or_insert_with(&digest, || self.signed(token))?;
        if claims.exp <= now.utc().timestamp() { Err(Error::Unauthenticated) } else { Ok(claims) }
    }

    /// What a token claims that one of the keys has signed.
    fn signed(&self, token: &str) -> Result<Claims> {
        let claims: Claims = self.read(token, AUDIENCE)?;
        if claims.purpose == PURPOSE { Ok(claims) } else { Err(Error::Unauthenticated) }
    }

    /// A token for a link in a mail that can be used for `purpose` alone, by whoever has the mail.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub fn link<T: Serialize>(&self, purpose: &str, claim: T) -> Result<String> {
        self.sign(&Link {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE_OF_LINKS.to_owned(),
            purpose: purpose.to_owned(),
            claim,
        })
    }

    /// What a token says that was made for a link with this purpose.
    ///
    /// # Errors
    /// `Unauthenticated` unless it is one of ours, for this purpose.
    pub fn read_link<T: DeserializeOwned>(&self, purpose: &str, token: &str) -> Result<T> {
        let link: Link<T> = self.read(token, AUDIENCE_OF_LINKS)?;
        if link.purpose == purpose { Ok(link.claim) } else { Err(Error::Unauthenticated) }
    }

    fn sign(&self, claims: &impl Serialize) -> Result<String> {
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some(self.0.signing_id.clone());
        Ok(jsonwebtoken::encode(&header, claims, &self.0.signing).context("a token could not be signed")?)
    }

    fn read<T: DeserializeOwned>(&self, token: &str, audience: &str) -> Result<T> {
        let header = jsonwebtoken::decode_header(token).map_err(refuse)?;
        let kid = header.kid.ok_or(Error::Unauthenticated)?;
        let (_, key) = self.0.verifying.iter().find(|(id, _)| *id == kid).ok_or(Error::Unauthenticated)?;
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[audience]);
        // The library asks the machine for the time; `verify` asks our own clock.
        validation.validate_exp = false;
        validation.set_required_spec_claims(&["iss", "aud"]);
        Ok(jsonwebtoken::decode::<T>(token, key, &validation).map_err(refuse)?.claims)
    }
}

/// What is wrong with a token is nobody's business but the one's who made it.
fn refuse(_: jsonwebtoken::errors::Error) -> Error {
    Error::Unauthenticated
}

fn generate(now: Timestamp) -> Result<store::SigningKey> {
    let pair = Ed25519KeyPair::generate().map_err(|_| anyhow::anyhow!("no key could be made"))?;
    let pkcs8 = pair.to_pkcs8().map_err(|_| anyhow::anyhow!("no key could be written"))?;
    Ok(store::SigningKey {
        id: Id::new(),
        pkcs8: URL_SAFE_NO_PAD.encode(pkcs8.as_ref()),
        public_key: URL_SAFE_NO_PAD.encode(pair.public_key().as_ref()),
        created_at: now,
    })
}
