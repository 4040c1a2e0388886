//! Forms of other sites cannot post here: a form must carry the token that also stands in a cookie which no other site
//! can read or set.
use aws_lc_rs::constant_time::verify_slices_are_equal;

/// With https the name itself makes browsers refuse a cookie that another host or a plain connection set.
pub fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-bb_csrf" } else { "bb_csrf" }
}

/// Does it look like a token of ours? Anything else is replaced.
pub fn is_token(value: &str) -> bool {
    value.len() == 43 && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// Compares in a time that does not tell where they differ.
pub fn same(a: &str, b: &str) -> bool {
    verify_slices_are_equal(a.as_bytes(), b.as_bytes()).is_ok()
}
