//! The headers that every answer carries.
use actix_web::middleware::DefaultHeaders;

/// Nothing but our own files, no script in the page, no frame around it. The pictures in `data:` are the icons of
/// Designsystemet's style sheet.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; \
    connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The headers; `https`: the address that people use has it.
pub fn headers(https: bool) -> DefaultHeaders {
    let headers = DefaultHeaders::new()
        .add(("Content-Security-Policy", POLICY))
        .add(("X-Content-Type-Options", "nosniff"))
        .add(("Referrer-Policy", "same-origin"))
        .add(("Cross-Origin-Opener-Policy", "same-origin"))
        .add(("Permissions-Policy", "camera=(), geolocation=(), microphone=()"));
    if https { headers.add(("Strict-Transport-Security", "max-age=63072000")) } else { headers }
}
