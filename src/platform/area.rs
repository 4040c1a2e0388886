//! How a strategic area is written, for OpenAPI: the crate that knows them knows nothing of documents.
use crate::regulations::StrategicArea;
use std::borrow::Cow;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// Stands in a schema for the text of a [`StrategicArea`].
pub struct Area;

impl ToSchema for Area {
    fn name() -> Cow<'static, str> {
        "StrategicArea".into()
    }
}

impl PartialSchema for Area {
    fn schema() -> RefOr<Schema> {
        let values = StrategicArea::ALL.iter().map(|area| area.as_str());
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(values)).into()
    }
}
