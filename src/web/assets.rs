//! Style sheets, fonts and pictures, from within the program.
use super::Failure;
use crate::Error;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Path;
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
pub async fn show(path: Path<String>) -> super::Result {
    serve(&path)
}

/// `GET /favicon.ico`, which browsers ask for unasked.
pub async fn favicon() -> super::Result {
    serve("favicon.svg")
}

fn serve(path: &str) -> super::Result {
    let file = Assets::get(path).ok_or(Failure(Error::NotFound("the file")))?;
    let response = HttpResponse::Ok()
        .content_type(media_type(path, &file))
        .insert_header((header::CACHE_CONTROL, CACHE))
        .body(file.data.into_owned());
    Ok(response)
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

    #[test]
    fn fonts_and_pictures_have_their_media_types() {
        let of = |path| serve(path).unwrap().headers().get("content-type").unwrap().clone();
        assert_eq!(of("brobygger.css"), "text/css; charset=utf-8");
        assert_eq!(of("fonts/inter-latin-wght-normal.woff2"), "font/woff2");
        assert_eq!(of("favicon.svg"), "image/svg+xml");
    }

    #[test]
    fn nothing_but_the_assets_is_served() {
        for path in ["../Cargo.toml", "..%2FCargo.toml", "/etc/passwd", "", "missing.css"] {
            assert!(serve(path).is_err(), "{path}");
        }
    }
}
