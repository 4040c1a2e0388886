//! A form with files that a client sends. It comes with a token in a header, so no other site can have sent it.
use super::{Client, Problem};
use crate::Error;
use crate::web::{Fields, Sent, Upload, is_multipart};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;
use sha2::{Digest, Sha256};

/// `multipart/form-data` with one file.
pub struct Form {
    pub fields: Fields,
    pub files: Vec<Upload>,
    /// Of what was sent, not of how: the boundary is another one at every attempt.
    pub fingerprint: String,
}

impl FromRequest for Form {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        // Files are large: nothing is read for those who do not say who they are.
        let client = Client::logged_in(request);
        let multipart = is_multipart(request);
        let sent = Sent::read(request, payload, 1);
        Box::pin(async move {
            client?;
            if !multipart {
                return Err(Error::UnsupportedMedia("multipart/form-data".to_owned()).into());
            }
            let Sent { fields, files } = sent.await?;
            let fingerprint = fingerprint(&fields, &files);
            Ok(Self { fields, files, fingerprint })
        })
    }
}

fn fingerprint(fields: &Fields, files: &[Upload]) -> String {
    let mut hash = Sha256::new();
    let mut add = |part: &[u8]| {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    };
    for name in fields.names() {
        add(name.as_bytes());
        add(fields.get(name).as_bytes());
    }
    for file in files {
        add(file.field.as_bytes());
        add(file.name.as_bytes());
        add(&file.content);
    }
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}
