//! `/nn/behov/…` is `/behov/…` in nynorsk.
use crate::platform::language::Language;
use actix_web::HttpMessage;
use actix_web::dev::ServiceRequest;
use actix_web::http::Uri;
use actix_web::http::uri::PathAndQuery;

/// The language that the address asks for, and the prefix that links must carry to keep it.
#[derive(Debug, Clone, Copy)]
pub struct FromPath(pub Language);

impl FromPath {
    /// What addresses in the language begin with.
    pub fn root(self) -> &'static str {
        match self.0 {
            Language::Nb => "/nb",
            Language::Nn => "/nn",
            Language::En => "/en",
        }
    }
}

/// Takes the prefix off the path, so that the routes need not know it.
pub fn from_path(request: &mut ServiceRequest) {
    let path = request.path();
    let found = Language::ALL
        .iter()
        .copied()
        .map(FromPath)
        .find(|l| path.strip_prefix(l.root()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
    let Some(language) = found else { return };
    let rest = path.strip_prefix(language.root()).unwrap_or_default();
    let rest = if rest.is_empty() { "/" } else { rest };
    let target = match request.uri().query() {
        Some(query) => format!("{rest}?{query}"),
        None => rest.to_owned(),
    };
    let Ok(target) = target.parse::<PathAndQuery>() else { return };
    let mut parts = request.uri().clone().into_parts();
    parts.path_and_query = Some(target);
    let Ok(uri) = Uri::from_parts(parts) else { return };
    request.match_info_mut().get_mut().update(&uri);
    request.head_mut().uri = uri;
    request.extensions_mut().insert(language);
}
