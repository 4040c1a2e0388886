//! A whole server for one test: its own database, clock, mail and people.
use crate::mail::{Inbox, Mail};
use crate::person::{Browser, Person};
use crate::schema::Schema;
use brobygger::App;
use brobygger::app::Caller;
use brobygger::identity::{Email, NewUser, Password, add_user};
use brobygger::platform::clock::Clock;
use brobygger::platform::config::Config;
use brobygger::platform::db::types::Json;
use brobygger::platform::language::Language;
use brobygger::regulations::StrategicArea;
use brobygger::suppliers::{self, Profile, SupplierKind};
use brobygger::tenancy::{self, NewOrganisation, Organisation, OrganisationKind, Reason, Role};
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use std::collections::HashMap;
use std::net::TcpListener;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use tempfile::TempDir;

/// Everybody has the same one.
pub const PASSWORD: &str = "riktig hest batteri stift";

/// The variable that chooses PostgreSQL.
pub const DATABASE: &str = "TEST_DATABASE_URL";

pub struct TestApp {
    pub app: App,
    pub url: String,
    server: actix_web::dev::ServerHandle,
    /// Both are gone with the app.
    folder: TempDir,
    _schema: Option<Schema>,
    organisations: Mutex<HashMap<String, Organisation>>,
    next_number: AtomicU32,
    inbox: Inbox,
    /// This test is about something else than mail.
    mail_is_looked_at: AtomicBool,
}

/// When every story begins: a Saturday at noon in Norway.
pub fn beginning() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 21, 11, 0, 0).unwrap()
}

impl TestApp {
    pub async fn start() -> Self {
        Self::with("").await
    }

    /// `settings`: TOML that changes what tests otherwise use.
    pub async fn with(settings: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let schema = database_url().map(|server| Schema::make(&server, "test").unwrap());
        let database = match &schema {
            Some(schema) => schema.url(),
            None => format!("sqlite://{}/test.db", folder.path().display()),
        };
        let path = |name: &str| folder.path().join(name).display().to_string();
        let common = format!(
            "server.public_url = \"{url}\"\n\
             server.workers = 1\n\
             database.url = \"{database}\"\n\
             database.connections = 3\n\
             database.synchronous = \"normal\"\n\
             search.path = \"{}\"\n\
             attachments.path = \"{}\"\n\
             identity.password_memory_kib = 8\n\
             log.level = \"off\"\n",
            path("search"),
            path("attachments"),
        );
        // The clock of a story moves by days; those who test tokens say how long one lasts.
        let mut given = settings.to_owned();
        if !given.contains("environment") {
            given += "\nenvironment = \"development\"";
        }
        if !given.contains("access_token_minutes") {
            given += "\nidentity.access_token_minutes = 1000000\nidentity.refresh_token_days = 1000";
        }
        if !given.contains("mail.url") {
            given += &format!("\nmail.url = \"folder:{}\"", path("mail"));
        }
        let config = Config::with(&format!("{common}{given}")).unwrap();
        let app = tokio::task::spawn_blocking(move || App::open(config, Clock::standing(beginning())).unwrap())
            .await
            .unwrap();
        let (sender, receiver) = tokio::sync::oneshot::channel();
        let serving = app.clone();
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = brobygger::serve::start(&serving, listener).unwrap();
                let _ = sender.send(server.handle());
                let _ = server.await;
            });
        });
        let inbox = Inbox::of_folder(folder.path().join("mail"));
        Self {
            app,
            url,
            server: receiver.await.unwrap(),
            folder,
            _schema: schema,
            organisations: Mutex::default(),
            next_number: AtomicU32::new(30_000_000),
            inbox,
            mail_is_looked_at: AtomicBool::new(true),
        }
    }

    /// Another node over the same database, without a server. Its clock stands where the story is.
    pub async fn node_beside(&self) -> App {
        let mut config = self.app.config.clone();
        config.search.path = self.folder.path().join("search-beside");
        let now = self.now();
        tokio::task::spawn_blocking(move || App::open(config, Clock::standing(now)).unwrap()).await.unwrap()
    }

    /// This story is not about mail: what waits at its end is left alone.
    pub fn mail_does_not_matter(&self) {
        self.mail_is_looked_at.store(false, Ordering::SeqCst);
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now().utc()
    }

    pub fn in_days(&self, days: i64) -> String {
        (self.now() + TimeDelta::days(days)).to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    }

    pub fn pass(&self, time: TimeDelta) {
        self.app.clock.advance(time);
    }

    // ---- people --------------------------------------------------------------------------------------------------

    /// Someone who writes needs for a municipality.
    pub async fn buyer(&self, name: &str, municipality: &str) -> Person {
        self.member(name, municipality, OrganisationKind::Buyer, Role::Buyer).await
    }

    /// Someone at a supplier that works with welfare technology everywhere, and wants to hear of new needs.
    pub async fn supplier(&self, name: &str, firm: &str) -> Person {
        self.member(name, firm, OrganisationKind::Supplier, Role::Member).await
    }

    pub async fn adviser(&self, name: &str) -> Person {
        self.member(name, "LUP", OrganisationKind::Adviser, Role::Adviser).await
    }

    pub async fn operator(&self, name: &str) -> Person {
        self.member(name, "Drift", OrganisationKind::Operator, Role::Operator).await
    }

    pub fn anonymous(&self) -> Person {
        Person::nobody(&self.url)
    }

    pub fn browser(&self) -> Browser {
        Browser::new(&self.url)
    }

    /// A browser on another machine: a proxy passes its requests on.
    pub fn browser_from_outside(&self) -> Browser {
        Browser::through_proxy(&self.url)
    }

    /// Someone in any role, logged in.
    pub async fn member(&self, name: &str, organisation: &str, kind: OrganisationKind, role: Role) -> Person {
        let person = self.enter(name, organisation, kind, role).await;
        person.log_in().await
    }

    /// The same, not logged in.
    pub async fn enter(&self, name: &str, organisation: &str, kind: OrganisationKind, role: Role) -> Person {
        let organisation = self.organisation(organisation, kind).await;
        let email = address(name, &organisation.name);
        let hash = self.app.passwords.hash(&Password::parse("password", PASSWORD).unwrap()).unwrap();
        let new = NewUser {
            name: name.to_owned(),
            email: Email::parse(&email).unwrap(),
            language: organisation.language,
            password_hash: hash,
        };
        let at = organisation.clone();
        self.by_command(move |op| {
            let user = add_user(op, new)?;
            tenancy::join(op, &at, user, role)
        })
        .await;
        Person::new(&self.url, name, &email, &organisation.number)
    }

    /// The number of an organisation that nobody has entered.
    pub fn new_number(&self) -> String {
        organisation_number(&self.next_number)
    }

    /// Makes someone a member of one more organisation.
    pub async fn also_in(&self, person: &Person, organisation: &str, kind: OrganisationKind, role: Role) -> String {
        let organisation = self.organisation(organisation, kind).await;
        let (email, at) = (person.email.clone(), organisation.clone());
        self.by_command(move |op| {
            let user = brobygger::identity::find_by_email(op.db(), &email)?.unwrap();
            tenancy::join(op, &at, user.id, role)
        })
        .await;
        organisation.number
    }

    /// The organisation of this name, entered when it is first heard of.
    pub async fn organisation(&self, name: &str, kind: OrganisationKind) -> Organisation {
        if let Some(known) = self.organisations.lock().unwrap().get(name) {
            return known.clone();
        }
        let number = self.new_number();
        let language = if name == "Voss" { Language::Nn } else { Language::Nb };
        let new = NewOrganisation {
            number,
            name: if kind == OrganisationKind::Buyer { format!("{name} kommune") } else { name.to_owned() },
            kind,
            municipality: Some(municipality(name).to_owned()),
            language,
        };
        let now = self.app.clock.now();
        let made = self
            .by_command(move |op| {
                let organisation = tenancy::add(op, new)?;
                if kind == OrganisationKind::Supplier {
                    let profile = Profile {
                        description: "Sensorer for trygghet".to_owned(),
                        areas: Json(vec![StrategicArea::HelseIAlt]),
                        ..Profile::new(organisation.id, SupplierKind::Startup, Vec::new(), now)
                    };
                    suppliers::enter(op, &profile)?;
                }
                Ok(organisation)
            })
            .await;
        self.organisations.lock().unwrap().insert(name.to_owned(), made.clone());
        made
    }

    /// Does something as a command on the machine does it.
    pub async fn by_command<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut brobygger::op::Op<'_>) -> brobygger::Result<T> + Send + 'static,
    ) -> T {
        self.app.write(Caller::system(Reason::CommandLine), f).await.unwrap()
    }

    // ---- mail ----------------------------------------------------------------------------------------------------

    /// Sends what is due. Gives how many attempts that took.
    pub async fn deliver(&self) -> usize {
        brobygger::notifications::deliver_due(&self.app).await.unwrap()
    }

    /// What has arrived since the mailbox was last emptied, by recipient.
    pub fn mailbox(&self) -> Vec<Mail> {
        self.inbox.take()
    }

    /// Delivers, and tells who got what: `ola@tryggvakt.example: dialogue subject`.
    pub async fn post(&self) -> Vec<String> {
        self.deliver().await;
        self.mailbox().into_iter().map(|m| format!("{}: {}", m.to, m.subject)).collect()
    }

    /// How many mails there are in each state.
    pub fn outbox(&self) -> Vec<(String, i64)> {
        let mut db = self.app.db.reader().unwrap();
        let counts = brobygger::notifications::counts(&mut db).unwrap();
        counts.into_iter().map(|(status, n)| (status.as_str().to_owned(), n)).collect()
    }
}

impl Drop for TestApp {
    /// A test that leaves mail unsent or unread has not told the whole story.
    fn drop(&mut self) {
        drop(self.server.stop(false));
        if std::thread::panicking() || !self.mail_is_looked_at.load(Ordering::SeqCst) {
            return;
        }
        let waiting: Vec<_> = self.outbox().into_iter().filter(|(s, _)| s == "waiting" || s == "sending").collect();
        assert!(waiting.is_empty(), "mail waits in the outbox: {waiting:?}");
        let unread: Vec<String> = self.inbox.take().into_iter().map(|m| format!("{}: {}", m.to, m.subject)).collect();
        assert!(unread.is_empty(), "mail was not read: {unread:#?}");
    }
}

pub fn address(name: &str, organisation: &str) -> String {
    let plain = |text: &str| -> String {
        let text = text.trim_end_matches(" kommune").to_lowercase().replace('ø', "o").replace(['å', 'æ'], "a");
        text.chars().filter(char::is_ascii_alphanumeric).collect()
    };
    format!("{}@{}.example", plain(name), plain(organisation))
}

/// A number of the synthetic test population with a right check digit.
fn organisation_number(next: &AtomicU32) -> String {
    loop {
        let first_eight = next.fetch_add(1, Ordering::SeqCst).to_string();
        let sum: u32 =
            first_eight.chars().zip([3, 2, 7, 6, 5, 4, 3, 2]).map(|(c, w)| c.to_digit(10).unwrap() * w).sum();
        match 11 - sum % 11 {
            10 => {}
            check => return format!("{first_eight}{}", check % 11),
        }
    }
}

fn municipality(name: &str) -> &'static str {
    match name {
        "Bergen" => "4601",
        "Utsira" => "1151",
        "Oslo" => "0301",
        "Tromsø" => "5501",
        "Voss" => "4621",
        "Ørland" => "5057",
        _ => "1103",
    }
}

#[expect(clippy::disallowed_methods, reason = "tests are told by the environment which database to use")]
fn database_url() -> Option<String> {
    std::env::var(DATABASE).ok().filter(|url| !url.is_empty())
}

impl TestApp {
    /// What happened, in order: `Kari: need-published`.
    pub fn trail(&self) -> Vec<String> {
        use brobygger::platform::db::schema::{events, users};
        use diesel::prelude::*;
        let mut db = self.app.db.reader().unwrap();
        let rows: Vec<(String, Option<String>, Option<String>)> = events::table
            .left_join(users::table)
            .select((events::name, events::reason, users::name.nullable()))
            .order(events::id)
            .load(&mut *db)
            .unwrap();
        rows.into_iter()
            .map(|(name, reason, person)| format!("{}: {name}", person.or(reason).unwrap_or_default()))
            .collect()
    }
}
