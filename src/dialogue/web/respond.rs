//! A supplier writes a response.
use super::to_choose_again;
use crate::dialogue::{self, NewFile, NewResponse, policy};
use crate::fields::Fields;
use crate::input::both;
use crate::needs::web::{NeedHead, need_url};
use crate::needs::{self, Need};
use crate::op::Op;
use crate::platform::config;
use crate::platform::language::Language;
use crate::tenancy::Permit;
use crate::web::form::{self, Errors, Field, Onward, Refused};
use crate::web::view::Seen;
use crate::web::{self, FormKey, Page, Unread, Upload, Visitor, page};
use crate::{App, Error, FieldError, Result};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use serde::Serialize;

/// So many files can be sent with a response; more can be added through the API.
const FILES: usize = 3;

#[derive(Serialize)]
struct RespondPage {
    need: NeedHead,
    organisation: String,
    action: String,
    errors: Errors,
    form: RespondForm,
    open_confidential: bool,
    open_files: bool,
    files: Vec<FileSlot>,
    max_text: String,
}

#[derive(Serialize)]
struct RespondForm {
    text: Field,
    confidential_text: Field,
    confidential_reason: Field,
}

#[derive(Serialize)]
struct FileSlot {
    index: usize,
    number: usize,
    confidential: bool,
    error: Option<String>,
}

impl Page for RespondPage {
    const TEMPLATE: &'static str = "web/dialogue/respond";
    fn title(&self, language: Language) -> String {
        language.text("dialogue-respond-heading")
    }
}

/// What stands in the form of a response.
#[derive(Debug, Clone, Default)]
struct Typed {
    text: String,
    confidential_text: String,
    confidential_reason: String,
    confidential_files: [bool; FILES],
    /// The field of each file, and what the file is called.
    files: Vec<(String, String)>,
}

/// `GET /behov/{reference}/svar/nytt`
pub async fn respond_form(app: Data<App>, visitor: Visitor, path: Path<String>) -> web::Result {
    let seen = Seen::by(&visitor);
    let rules = app.config.attachments.clone();
    page(&app, visitor, move |op| {
        let need = to_respond(op, &path)?.into_inner();
        need.open_for_dialogue(op.now())?;
        respond_page(op, &need, seen, Typed::default(), &[], &rules)
    })
    .await
}

/// `POST /behov/{reference}/svar/nytt`
pub async fn respond(app: Data<App>, visitor: Visitor, path: Path<String>, form: Unread) -> web::Result {
    let (reference, seen) = (path.into_inner(), Seen::by(&visitor));
    let of_need = reference.clone();
    if let Err(e) = app.read(visitor.caller(), move |op| to_respond(op, &of_need).map(|_| ())).await {
        return Err(form.keep_typed(e, FILES).await.into());
    }
    let posted = form.read(FILES).await?;
    let typed = Typed::of(&posted.fields, &posted.files);
    let parsed = typed.parse(posted.files, app.attachments.rules());
    let sent = match parsed {
        Ok((new, files)) => send(&app, &visitor, reference.clone(), new, files, posted.key).await,
        Err(e) => Err(e),
    };
    let (refused, too_late) = match sent {
        Ok(onward) => return Ok(onward.go(&visitor)),
        // Too late; but what was written should not be lost with it.
        Err(Error::Conflict(code)) => (Refused::with(StatusCode::CONFLICT, vec![FieldError::new("body", code)]), true),
        Err(e) => (Refused::of(e)?, false),
    };
    let rules = app.config.attachments.clone();
    let again = move |op: &mut Op<'_>, errors: &[FieldError]| {
        let need = to_respond(op, &reference)?.into_inner();
        let mut errors = errors.to_vec();
        if !too_late {
            to_choose_again(&typed.files, &mut errors);
        }
        respond_page(op, &need, seen, typed, &errors, &rules)
    };
    form::show(&app, visitor, refused, again).await
}

async fn send(
    app: &App,
    visitor: &Visitor,
    reference: String,
    new: NewResponse,
    files: Vec<NewFile>,
    key: Option<FormKey>,
) -> Result<Onward> {
    let files = app.blocking(move |app| app.attachments.write(files)).await?;
    form::once(app, visitor.caller(), key, move |op| {
        let permit = to_respond(op, &reference)?;
        let response = dialogue::respond(op, permit, new, files)?;
        Ok(Onward::to(format!("{}/svar/{}", need_url("", &reference), response.id)).saying("response-sent"))
    })
    .await
}

fn to_respond(op: &mut Op<'_>, reference: &str) -> Result<Permit<policy::Respond, Need>> {
    op.member()?;
    let need = needs::find_by_reference(op.db(), reference)?;
    policy::respond(op.actor(), need)
}

impl Typed {
    fn of(fields: &Fields, files: &[Upload]) -> Self {
        Self {
            text: fields.get("text").to_owned(),
            confidential_text: fields.get("confidential_text").to_owned(),
            confidential_reason: fields.get("confidential_reason").to_owned(),
            confidential_files: std::array::from_fn(|i| !fields.get(&format!("file_{i}_confidential")).is_empty()),
            files: files.iter().map(|file| (file.field.clone(), file.name.clone())).collect(),
        }
    }

    /// Everything that is wrong with words and files at once.
    fn parse(&self, uploads: Vec<Upload>, rules: &config::Attachments) -> Result<(NewResponse, Vec<NewFile>)> {
        let (mut files, mut errors) = (Vec::new(), Vec::new());
        for upload in uploads {
            let Some(index) = (0..FILES).find(|i| upload.field == format!("file_{i}")) else { continue };
            let confidential = self.confidential_files.get(index).copied().unwrap_or(false);
            match NewFile::parse(&upload.name, upload.content, confidential, rules) {
                Ok(file) => files.push(file),
                Err(e) => errors.push(FieldError { field: upload.field.into(), ..e }),
            }
        }
        let new = NewResponse::parse(&self.text, &self.confidential_text, &self.confidential_reason, &files);
        both(new, if errors.is_empty() { Ok(files) } else { Err(Error::Invalid(errors)) })
    }
}

fn respond_page(
    op: &mut Op<'_>,
    need: &Need,
    seen: Seen,
    typed: Typed,
    errors: &[FieldError],
    rules: &config::Attachments,
) -> Result<RespondPage> {
    let errors = Errors::new(errors, seen.language).renamed(|field| match field {
        "body" => "text".to_owned(),
        "confidential" => "confidential_text".to_owned(),
        "attachments" => "file_0".to_owned(),
        other => other.to_owned(),
    });
    let files: Vec<FileSlot> = (typed.confidential_files.iter().enumerate())
        .map(|(index, confidential)| FileSlot {
            index,
            number: index + 1,
            confidential: *confidential,
            error: errors.of(&format!("file_{index}")),
        })
        .collect();
    let form = RespondForm {
        text: errors.field("text", typed.text),
        confidential_text: errors.field("confidential_text", typed.confidential_text),
        confidential_reason: errors.field("confidential_reason", typed.confidential_reason),
    };
    let filled = |field: &Field| !field.value.is_empty() || field.error.is_some();
    Ok(RespondPage {
        need: needs::web::head(op, need, seen)?,
        organisation: op.member()?.organisation_name,
        action: format!("{}/svar/nytt", need_url(seen.root, &need.reference)),
        open_confidential: filled(&form.confidential_text) || filled(&form.confidential_reason),
        // A browser forgets the files: whoever had some must see that they are gone.
        open_files: !typed.files.is_empty() || files.iter().any(|f| f.confidential || f.error.is_some()),
        form,
        files,
        errors,
        max_text: rules.largest(seen.language),
    })
}
