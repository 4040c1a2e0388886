//! A form with files that a client sends. It comes with a token in a header, so no other site can have sent it.
use super::body::known_encoding;
use super::{Client, Problem};
use crate::Error;
use crate::fields::Fields;
use crate::web::{Sent, Upload, is_multipart};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;

/// `multipart/form-data` with one file.
pub struct Form {
    pub fields: Fields,
    pub files: Vec<Upload>,
    /// Tells whether a repeated request is the same.
    pub fingerprint: String,
}

impl FromRequest for Form {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        // Files are large: nothing is read for those who do not say who they are.
        let client = Client::logged_in(request);
        let encoding = known_encoding(request);
        let multipart = is_multipart(request);
        let sent = Sent::read(request, payload, 1);
        Box::pin(async move {
            client?;
            encoding?;
            if !multipart {
                return Err(Error::UnsupportedMedia("multipart/form-data".to_owned()).into());
            }
            let Sent { fields, files, fingerprint } = sent.await?;
            Ok(Self { fields, files, fingerprint })
        })
    }
}
