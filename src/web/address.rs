//! Where a request comes from, as far as we can trust it; for the throttle.
use crate::App;
use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// The network address that attempts are counted for.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientAddress(pub String);

impl FromRequest for ClientAddress {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let behind_proxy = request.app_data::<Data<App>>().is_some_and(|app| app.config.server.behind_proxy);
        let peer = request.peer_addr().map(|a| a.ip());
        let forwarded = request.headers().get_all("x-forwarded-for").filter_map(|v| v.to_str().ok());
        ready(Ok(Self(counted(if behind_proxy { forwarded_by_proxy(forwarded).or(peer) } else { peer }))))
    }
}

/// The right-most entry of `X-Forwarded-For`: each proxy appends the address that it was called from, so the last one
/// was written by our own proxy. Everything to the left of it was sent by the client, who could write a new address
/// at every try and would never have to wait; that is also why actix's `realip_remote_addr`, which takes the left-most
/// and believes in `Forwarded`, is not used here.
fn forwarded_by_proxy<'a>(headers: impl Iterator<Item = &'a str>) -> Option<IpAddr> {
    let last = headers.last()?.rsplit(',').next()?.trim();
    let bare = last.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(|| last.parse::<SocketAddr>().ok().map(|a| a.ip()))
}

/// An IPv6 subscriber has 2^64 addresses to try from, so they are counted as one.
fn counted(address: Option<IpAddr>) -> String {
    match address.map(|a| a.to_canonical()) {
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        None => "unknown".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forwarded(headers: &[&str]) -> Option<String> {
        forwarded_by_proxy(headers.iter().copied()).map(|a| a.to_string())
    }

    #[test]
    fn only_what_the_proxy_itself_wrote_is_believed() {
        assert_eq!(forwarded(&["203.0.113.9"]).as_deref(), Some("203.0.113.9"));
        assert_eq!(forwarded(&["1.1.1.1, 2.2.2.2,203.0.113.9"]).as_deref(), Some("203.0.113.9"));
        assert_eq!(forwarded(&["1.1.1.1", "203.0.113.9"]).as_deref(), Some("203.0.113.9"));
        assert_eq!(forwarded(&["203.0.113.9:4711"]).as_deref(), Some("203.0.113.9"));
        assert_eq!(forwarded(&["[2001:db8::1]:4711"]).as_deref(), Some("2001:db8::1"));
        assert_eq!(forwarded(&["[2001:db8::1]"]).as_deref(), Some("2001:db8::1"));
        for useless in [&[][..], &[""], &["unknown"], &["203.0.113.9, "], &["203.0.113.9, _hidden"]] {
            assert_eq!(forwarded(useless), None, "{useless:?}");
        }
    }

    #[test]
    fn one_subscriber_is_one_address() {
        let of = |text: &str| counted(text.parse().ok());
        assert_eq!(of("203.0.113.9"), "203.0.113.9");
        assert_eq!(of("::ffff:203.0.113.9"), "203.0.113.9");
        assert_eq!(of("2001:db8:1:2:aaaa:bbbb:cccc:dddd"), "2001:db8:1:2::/64");
        assert_eq!(of("2001:db8:1:2::1"), "2001:db8:1:2::/64");
        assert_eq!(of("nothing"), "unknown");
    }
}
