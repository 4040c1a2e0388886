//! A form that was posted, with the proof that it is one of ours.
use super::sent::Files;
use super::{Failure, Sent, Upload, Visitor, csrf};
use crate::fields::Fields;
use crate::identity::Secret;
use crate::tenancy::Actor;
use crate::{App, Error, once};
use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::future::LocalBoxFuture;
use std::convert::Infallible;
use std::future::{Ready, ready};

/// The field of every form that says for which organisation it was opened.
pub(super) const ORGANISATION: &str = "_organisation";
/// Someone acts for another organisation than the form was opened for.
pub(super) const OTHER_ORGANISATION: &str = "other-organisation";

/// A posted form whose token was right.
#[derive(Debug, Clone)]
pub struct Posted {
    pub fields: Fields,
    pub files: Vec<Upload>,
    /// None when the form carried none: it is then taken each time that it is sent.
    pub key: Option<FormKey>,
}

/// By what a form is known that is sent again: the key that stood in it, where it was sent, and all that was in it.
/// Whoever goes back and writes something else, sends something else.
#[derive(Debug, Clone)]
pub struct FormKey {
    key: String,
    fingerprint: String,
}

impl FormKey {
    fn new(address: &str, fields: &Fields, fingerprint: String) -> Option<Self> {
        let key = fields.get("_key");
        (!key.is_empty()).then(|| Self { key: format!("{address} {key}"), fingerprint })
    }

    /// As it is kept, which is without what stood in the form. Whoever acts for another organisation sends another form.
    ///
    /// # Errors
    /// `Unauthenticated` if nobody is logged in.
    pub(super) fn of(&self, actor: &Actor) -> crate::Result<once::Key> {
        actor.person()?;
        let organisation = actor.member().map(|member| member.organisation.to_string()).unwrap_or_default();
        let whole = [self.key.as_str(), &self.fingerprint, &organisation].join(" ");
        let key = format!("form {}", Secret::presented(&whole).hash());
        Ok(once::Key { key, fingerprint: self.fingerprint.clone() })
    }

    /// Of someone who may be nobody when the form is sent first, and someone the second time.
    pub fn of_anyone(&self) -> once::Whole {
        once::Whole::of(&[&self.key, &self.fingerprint])
    }
}

impl FromRequest for Posted {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let form = Unread { request: request.clone(), payload: payload.take() };
        Box::pin(async move { Ok(form.read(0).await?) })
    }
}

/// A form with files of which nothing has been read: what is large is read only for those who may send it, and it is the
/// handler that knows.
pub struct Unread {
    request: HttpRequest,
    payload: Payload,
}

impl FromRequest for Unread {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Ok(Self { request: request.clone(), payload: payload.take() }))
    }
}

/// What was typed into a form of ours, for whoever answers that it cannot be taken.
pub(super) struct Typed(pub Fields);

impl Unread {
    /// Before a form may be read it is asked who sends it, and for what. Where it cannot be taken any more, what was typed is kept all
    /// the same; files are not. Gives the error to answer with. `max_files`: as `read`.
    pub async fn keep_typed(self, error: Error, max_files: usize) -> Error {
        match self.read_to(max_files, Files::Left).await {
            Err(other @ Error::Conflict(OTHER_ORGANISATION)) => other,
            // What cannot be read cannot be kept, and the error is the same.
            _ => error,
        }
    }

    /// Reads it, with at most `max_files` files.
    ///
    /// # Errors
    /// `Conflict`: `form-expired` unless it is a form of ours, `other-organisation` if it was opened for another one than its
    /// sender acts for now; `TooLarge`; `UnsupportedMedia`.
    pub async fn read(self, max_files: usize) -> crate::Result<Posted> {
        self.read_to(max_files, Files::Read).await
    }

    async fn read_to(mut self, max_files: usize, files: Files) -> crate::Result<Posted> {
        let not_ours = || Error::Conflict("form-expired");
        if !origin_is_ours(&self.request) {
            return Err(not_ours());
        }
        let sent = Sent::read_to(&self.request, &mut self.payload, max_files, files).await?;
        if !csrf::same(sent.fields.get("_csrf"), &Visitor::of(&self.request).csrf) {
            // A browser that forgot the cookie, and says that the form is ours: what was typed can be sent once more.
            if origin(&self.request) == Some("same-origin") {
                self.request.extensions_mut().insert(Typed(sent.fields));
            }
            return Err(not_ours());
        }
        self.request.extensions_mut().insert(Typed(sent.fields.clone()));
        self.is_for_the_same_organisation(&sent.fields).await?;
        let key = FormKey::new(self.request.path(), &sent.fields, sent.fingerprint);
        Ok(Posted { fields: sent.fields, files: sent.files, key })
    }

    /// Whoever has changed over to another organisation in another window would write there what was meant for the first. What has a
    /// password in it is a person's own, and cannot be kept.
    async fn is_for_the_same_organisation(&self, fields: &Fields) -> crate::Result<()> {
        let opened_for = fields.get(ORGANISATION);
        if opened_for.is_empty() || fields.names().any(is_secret) {
            return Ok(());
        }
        let app = self.request.app_data::<Data<App>>().ok_or(Error::Unavailable("server"))?;
        match app.actor(Visitor::of(&self.request).caller()).await? {
            Actor::Member(member) if member.organisation_number != opened_for => {
                Err(Error::Conflict(OTHER_ORGANISATION))
            }
            _ => Ok(()),
        }
    }
}

/// What is never shown again.
pub(super) fn is_secret(field: &str) -> bool {
    field.contains("password")
}

/// A browser says where a post comes from. A request without the header is judged by its token alone.
fn origin_is_ours(request: &HttpRequest) -> bool {
    origin(request).is_none_or(|site| matches!(site, "same-origin" | "none"))
}

fn origin(request: &HttpRequest) -> Option<&str> {
    request.headers().get("sec-fetch-site")?.to_str().ok()
}
