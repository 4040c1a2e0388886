//! The files of a need and of its responses.
use super::read::{Typed, place, response_page};
use super::{belongs, to_choose_again};
use crate::dialogue::{self, Attachment, AttachmentId, NewFile, Response, ResponseId, Written, policy};
use crate::input::both;
use crate::needs::web::need_url;
use crate::needs::{self, Need};
use crate::op::Op;
use crate::platform::config;
use crate::tenancy::Permit;
use crate::web::form::{self, Onward};
use crate::web::view::Seen;
use crate::web::{self, FormKey, Posted, Unread, Upload, Visitor};
use crate::{App, Error, FieldError, Result, api};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

/// So many files can be added at once.
const FILES: usize = 1;

/// `POST /behov/{reference}/svar/{id}/vedlegg`: adds a file to a response that has been sent.
pub async fn supplement(app: Data<App>, visitor: Visitor, path: Path<(String, String)>, form: Unread) -> web::Result {
    let (path, seen) = (path.into_inner(), Seen::by(&visitor));
    let of_response = path.clone();
    let found = app.read(visitor.caller(), move |op| Ok(to_supplement(op, &of_response)?.into_inner())).await;
    let response = match found {
        Ok(response) => response,
        Err(e) => return Err(form.keep_typed(e, FILES).await.into()),
    };
    let posted = form.read(FILES).await?;
    let typed = Typed {
        confidential: posted.fields.get("confidential") == "yes",
        reason: posted.fields.get("confidential_reason").to_owned(),
        ..Typed::default()
    };
    let files: Vec<_> = posted.files.iter().map(|file| (file.field.clone(), file.name.clone())).collect();
    let kept = keep_more(&app, &visitor, path.clone(), &response, typed.clone(), posted).await;
    let rules = app.config.attachments.clone();
    let again = move |op: &mut Op<'_>, errors: &[FieldError]| {
        let mut errors = errors.to_vec();
        // What is wrong with a file is told at its field, whatever field that was.
        if !errors.iter().any(|error| matches!(&*error.field, "file" | "attachments")) {
            to_choose_again(&files, &mut errors);
        }
        response_page(op, &path, seen, typed, &errors, &rules)
    };
    form::answer(&app, visitor, kept, again).await
}

async fn keep_more(
    app: &App,
    visitor: &Visitor,
    path: (String, String),
    response: &Response,
    typed: Typed,
    posted: Posted,
) -> Result<Onward> {
    let files = checked_files(posted.files, typed.confidential, app.attachments.rules());
    let (files, _) = both(files, response.reason_with(&typed.reason, typed.confidential))?;
    let files = app.blocking(move |app| app.attachments.write(files)).await?;
    let attachments = app.attachments.clone();
    form::once(app, visitor.caller(), posted.key, move |op| {
        let permit = to_supplement(op, &path)?;
        dialogue::supplement(op, permit, files, &typed.reason, &attachments)?;
        Ok(Onward::to(place(&path)).saying("attachment-added"))
    })
    .await
}

fn to_supplement(op: &mut Op<'_>, path: &(String, String)) -> Result<Permit<policy::Supplement, Response>> {
    op.member()?;
    let need = needs::find_by_reference(op.db(), &path.0)?;
    let id: ResponseId = api::id(&path.1, "the response")?;
    let response = dialogue::find_response(op.db(), id)?;
    belongs(response.need_id, &need, "the response")?;
    policy::supplement(op.actor(), response)
}

/// What is in the form that a need is written in, checked, and in its folder.
///
/// # Errors
/// `Invalid` (`file`) if there is nothing, or it cannot be taken.
pub async fn written(app: &App, uploads: Vec<Upload>) -> Result<Vec<Written>> {
    let files = checked_files(uploads, false, app.attachments.rules())?;
    app.blocking(move |app| app.attachments.write(files)).await
}

/// Attaches it, in the form that a need is written in which is not published: else it is a correction, as the words are.
///
/// # Errors
/// Those of `written` and of `dialogue::attach`.
pub async fn attach(
    app: &App,
    visitor: &Visitor,
    reference: String,
    uploads: Vec<Upload>,
    key: Option<FormKey>,
) -> Result<Onward> {
    let files = written(app, uploads).await?;
    let attachments = app.attachments.clone();
    form::once(app, visitor.caller(), key, move |op| {
        let permit = to_attach(op, &reference)?;
        dialogue::attach(op, permit, files, "", &attachments)?;
        Ok(Onward::to(form_of(&reference)).saying("need-attachment-added"))
    })
    .await
}

/// Takes a file away, there.
///
/// # Errors
/// `NotFound` if it is not there (any more); those of `dialogue::detach`.
pub async fn detach(app: &App, visitor: &Visitor, reference: String, id: &str, key: Option<FormKey>) -> Result<Onward> {
    let id = api::id(id, "the attachment")?;
    form::once(app, visitor.caller(), key, move |op| {
        let permit = to_attach(op, &reference)?;
        dialogue::detach(op, permit, id, "")?;
        Ok(Onward::to(form_of(&reference)).saying("need-attachment-removed"))
    })
    .await
}

/// Where a need is written, with its files.
fn form_of(reference: &str) -> String {
    format!("{}/rediger", need_url("", reference))
}

fn to_attach(op: &mut Op<'_>, reference: &str) -> Result<Permit<needs::policy::Edit, Need>> {
    op.member()?;
    let need = needs::find_by_reference(op.db(), reference)?;
    needs::policy::edit(op.actor(), need)
}

fn checked_files(uploads: Vec<Upload>, confidential: bool, rules: &config::Attachments) -> Result<Vec<NewFile>> {
    if uploads.is_empty() {
        return Err(Error::field("file", "required"));
    }
    let files = uploads.into_iter().map(|u| NewFile::parse(&u.name, u.content, confidential, rules));
    files.collect::<Result<_, FieldError>>().map_err(|e| Error::Invalid(vec![e]))
}

/// `GET /behov/{reference}/vedlegg/{id}`
pub async fn attachment(
    request: HttpRequest,
    app: Data<App>,
    visitor: Visitor,
    path: Path<(String, String)>,
) -> web::Result {
    let (reference, id) = path.into_inner();
    let id: AttachmentId = api::id(&id, "the attachment")?;
    let permit = app
        .read(visitor.caller(), move |op| {
            let need = needs::find_by_reference(op.db(), &reference)?;
            let attachment = dialogue::attachment(op.db(), id)?;
            belongs(attachment.need_id, &need, "the attachment")?;
            policy::download(op.actor(), attachment, &need)
        })
        .await?;
    file(&app, &request, permit).map_err(Into::into)
}

/// The bytes, as they are read from the disk.
pub(in crate::dialogue) fn file(
    app: &App,
    request: &HttpRequest,
    permit: Permit<policy::Download, Attachment>,
) -> Result<HttpResponse> {
    let path = app.attachments.place(&permit);
    let attachment = permit.into_inner();
    web::download_parts(request, &path, &attachment.name, &attachment.media_type, web::PRIVATE)
}
