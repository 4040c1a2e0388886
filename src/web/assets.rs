//! Style sheets, fonts and pictures, from within the program.
use super::Failure;
use crate::Error;
use actix_web::http::header::{self, ETag, EntityTag, Header, IfNoneMatch};
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use rust_embed::{EmbeddedFile, RustEmbed};

/// The addresses carry no version, so a browser asks again after an hour, and is told that nothing has changed.
const CACHE: &str = "public, max-age=3600";

#[derive(RustEmbed)]
#[folder = "assets/"]
#[exclude = "*.md"]
#[exclude = "*.json"]
#[exclude = "*.ttf"]
struct Assets;

/// `GET /assets/{path}`
pub async fn show(request: HttpRequest, path: Path<String>) -> super::Result {
    serve(&request, &path)
}

/// `GET /favicon.ico`, which browsers ask for unasked.
pub async fn favicon(request: HttpRequest) -> super::Result {
    serve(&request, "favicon.svg")
}

fn serve(request: &HttpRequest, path: &str) -> super::Result {
    let file = Assets::get(path).ok_or(Failure(Error::NotFound("the file")))?;
    let tag = tag(&file);
    let known = match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => true,
        Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|t| t.weak_eq(&tag)),
        Err(_) => false,
    };
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header(ETag(tag)).insert_header((header::CACHE_CONTROL, CACHE));
    if known {
        return Ok(response.finish());
    }
    response.content_type(media_type(path, &file));
    Ok(response.body(file.data.into_owned()))
}

/// Changes when the content does.
fn tag(file: &EmbeddedFile) -> EntityTag {
    EntityTag::new_strong(file.metadata.sha256_hash().iter().take(16).map(|b| format!("{b:02x}")).collect())
}

fn media_type(path: &str, file: &EmbeddedFile) -> String {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8".to_owned(),
        Some("js") => "text/javascript; charset=utf-8".to_owned(),
        _ if path.ends_with("LICENSE") => "text/plain; charset=utf-8".to_owned(),
        _ => file.metadata.mimetype().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn an_asset_is_sent_once_and_then_known_by_its_tag() {
        let first = serve(&TestRequest::default().to_http_request(), "brobygger.css").unwrap();
        assert_eq!(first.headers().get("content-type").unwrap(), "text/css; charset=utf-8");
        let tag = first.headers().get("etag").unwrap().clone();
        let again = TestRequest::default().insert_header(("if-none-match", tag)).to_http_request();
        assert_eq!(serve(&again, "brobygger.css").unwrap().status(), 304);
        let other = TestRequest::default().insert_header(("if-none-match", "\"other\"")).to_http_request();
        assert_eq!(serve(&other, "brobygger.css").unwrap().status(), 200);
    }

    #[test]
    fn fonts_and_pictures_have_their_media_types() {
        let of = |path| {
            serve(&TestRequest::default().to_http_request(), path)
                .unwrap()
                .headers()
                .get("content-type")
                .unwrap()
                .clone()
        };
        assert_eq!(of("fonts/inter-latin-wght-normal.woff2"), "font/woff2");
        assert_eq!(of("favicon.svg"), "image/svg+xml");
    }

    #[test]
    fn nothing_but_the_assets_is_served() {
        let request = TestRequest::default().to_http_request();
        for path in ["../Cargo.toml", "..%2FCargo.toml", "/etc/passwd", "", "missing.css"] {
            assert!(serve(&request, path).is_err(), "{path}");
        }
    }
}
