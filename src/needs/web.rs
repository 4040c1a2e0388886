//! stub
use crate::web::Visitor;
use crate::{App, Error, FieldError};
use actix_web::web::Data;

/// One need, perhaps with a question that could not be taken as it was typed.
pub async fn show_with(
    app: Data<App>,
    visitor: Visitor,
    reference: String,
    asked: Option<(String, Vec<FieldError>)>,
) -> crate::web::Result {
    drop((app, visitor, reference, asked));
    Err(Error::Unavailable("page").into())
}
