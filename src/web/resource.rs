//! From the rows of a table to addresses: what each answers, and what it says to whoever asks what it takes.
use actix_web::http::{Method, header};
use actix_web::{HttpRequest, HttpResponse, Resource, Route, guard, web};
use std::collections::BTreeMap;

/// The route of a method. Who may look may also ask what they would see: `HEAD` is answered like `GET`, and the server
/// leaves the body out.
pub fn route(method: &Method) -> Route {
    match *method {
        Method::GET => web::route().guard(guard::Any(guard::Get()).or(guard::Head())),
        _ => web::method(method.clone()),
    }
}

/// Routes by their address.
#[derive(Default)]
pub struct Resources(BTreeMap<&'static str, Vec<(Method, Route)>>);

impl Resources {
    /// One more method at an address.
    pub fn add(&mut self, path: &'static str, method: Method, route: Route) {
        self.0.entry(path).or_default().push((method, route));
    }

    /// In the order in which they are to be tried: words before `{parameters}`, so `/behov/nytt` is no reference.
    pub fn into_services(self) -> Vec<Resource> {
        let mut resources: Vec<_> = self.0.into_iter().collect();
        resources.sort_by_key(|(path, _)| path.matches('{').count());
        resources.into_iter().map(|(path, routes)| resource(path, routes)).collect()
    }
}

fn resource(path: &'static str, routes: Vec<(Method, Route)>) -> Resource {
    let methods: Vec<Method> = routes.iter().map(|(method, _)| method.clone()).collect();
    let allow = allowed(&methods);
    let rest = web::to(move |request: HttpRequest| {
        let mut response = match *request.method() {
            Method::OPTIONS => HttpResponse::NoContent(),
            _ => HttpResponse::MethodNotAllowed(),
        };
        let response = response.insert_header((header::ALLOW, allow.as_str())).finish();
        async move { response }
    });
    let resource = routes.into_iter().fold(web::resource(path), |resource, (_, route)| resource.route(route));
    resource.default_service(rest)
}

/// `GET, HEAD, OPTIONS`
fn allowed(methods: &[Method]) -> String {
    let mut allowed: Vec<&str> = methods.iter().map(Method::as_str).collect();
    if methods.contains(&Method::GET) {
        allowed.push("HEAD");
    }
    allowed.push("OPTIONS");
    allowed.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_is_looked_at_tells_so() {
        assert_eq!(allowed(&[Method::GET, Method::POST]), "GET, POST, HEAD, OPTIONS");
        assert_eq!(allowed(&[Method::PUT, Method::DELETE]), "PUT, DELETE, OPTIONS");
    }
}
