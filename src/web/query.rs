//! The query of an address, as a page or an endpoint is given it.
use crate::fields::Fields;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use std::convert::Infallible;
use std::future::{Ready, ready};

/// What mail programs, newsletters and social media hang on a link that is passed on. It says nothing about the page.
fn is_of_the_link(name: &str) -> bool {
    const NAMES: [&str; 14] = [
        "fbclid",
        "gclid",
        "gbraid",
        "wbraid",
        "dclid",
        "msclkid",
        "mc_cid",
        "mc_eid",
        "igshid",
        "ttclid",
        "twclid",
        "yclid",
        "li_fat_id",
        "_hsenc",
    ];
    name.starts_with("utm_") || NAMES.contains(&name)
}

/// The query of the address. Pages pass over what is of the link; a program means what it writes.
impl FromRequest for Fields {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut fields = Self::parse(request.query_string().as_bytes());
        if !request.path().starts_with("/api/") {
            fields.retain(|name| !is_of_the_link(name));
        }
        ready(Ok(fields))
    }
}
