//! Fills the database and the index, and tells how fast that went.
use crate::corpus::{Corpus, is_open};
use crate::scratch::Scratch;
use anyhow::{Context, Result};
use brobygger::App;
use brobygger::app::Caller;
use brobygger::identity::{self, Email, NewUser, UserId};
use brobygger::needs;
use brobygger::op::Op;
use brobygger::platform::clock::Clock;
use brobygger::platform::language::Language;
use brobygger::regulations::OrganisationNumber;
use brobygger::tenancy::{self, NewOrganisation, Organisation, OrganisationKind, Reason, Role};
use std::time::{Duration, Instant};

/// Rows in one statement, on both engines within what they take.
const CHUNK: usize = 1_000;
/// Chunks in one transaction.
const CHUNKS: usize = 10;
const BUYERS: usize = 200;
const SUPPLIERS: usize = 100;
/// Needs that are asked for and responded to.
const KNOWN: usize = 20_000;

/// What is in the database, and what the requests need of it.
#[derive(Default)]
pub struct Filled {
    pub needs: usize,
    /// Ids of needs, spread over all.
    pub ids: Vec<String>,
    /// Ids of needs that wait for responses.
    pub open: Vec<String>,
    /// Access tokens of suppliers.
    pub tokens: Vec<String>,
    buyers: Vec<(Organisation, UserId)>,
    /// How many were added last, and how long that took.
    pub added: usize,
    pub inserting: Duration,
    pub indexing: Duration,
}

/// Enters needs until there are `size`.
pub fn up_to(size: usize, filled: &mut Filled, corpus: &Corpus, scratch: &Scratch) -> Result<()> {
    let app = App::open(scratch.config()?, Clock::System)?;
    if filled.buyers.is_empty() {
        enter_people(&app, filled)?;
    }
    filled.added = size - filled.needs;
    let start = Instant::now();
    enter_needs(size, &app, filled, corpus)?;
    filled.inserting = start.elapsed();
    eprintln!("{}", rate("needs entered", filled.added, filled.inserting));
    let start = Instant::now();
    actix_web::rt::System::new().block_on(app.update_index())?;
    filled.indexing = start.elapsed();
    eprintln!("{}", rate("needs indexed", filled.added, filled.indexing));
    let found = app.finder.documents();
    anyhow::ensure!(found == size as u64, "the index has {found} needs and not {size}");
    scratch.settle()
}

pub fn rate(what: &str, count: usize, time: Duration) -> String {
    #[expect(clippy::cast_precision_loss, reason = "for people")]
    let rate = count as f64 / time.as_secs_f64();
    format!("{count} {what} in {:.1} s, {rate:.0} a second", time.as_secs_f64())
}

fn enter_people(app: &App, filled: &mut Filled) -> Result<()> {
    let mut numbers = (310_000_000..)
        .filter_map(|n: u32| OrganisationNumber::parse(&n.to_string()).ok().map(|n| n.as_str().to_owned()));
    let mut next = || numbers.next().context("there are no more organisation numbers");
    app.write_now(&Caller::system(Reason::CommandLine), |op| {
        for n in 0..BUYERS {
            let buyer = enter_organisation(op, next()?, format!("Kommune {n}"), OrganisationKind::Buyer)?;
            let user = enter_user(op, &buyer, &format!("innkjop{n}@kommune.example"), Role::Buyer)?;
            enter_user(op, &buyer, &format!("leder{n}@kommune.example"), Role::Admin)?;
            filled.buyers.push((buyer, user));
        }
        for n in 0..SUPPLIERS {
            let supplier = enter_organisation(op, next()?, format!("Gründer {n} AS"), OrganisationKind::Supplier)?;
            let user = enter_user(op, &supplier, &format!("post{n}@grunder.example"), Role::Admin)?;
            let tokens = identity::open_api(op, user, &app.keys, &app.config.identity)?;
            filled.tokens.push(tokens.access_token);
        }
        Ok(())
    })?;
    Ok(())
}

fn enter_organisation(
    op: &mut Op<'_>,
    number: String,
    name: String,
    kind: OrganisationKind,
) -> brobygger::Result<Organisation> {
    tenancy::add(op, NewOrganisation { number, name, kind, municipality: None, language: Language::Nb })
}

fn enter_user(op: &mut Op<'_>, at: &Organisation, email: &str, role: Role) -> brobygger::Result<UserId> {
    let email = Email::parse(email).map_err(|_| anyhow::anyhow!("{email} is no address"))?;
    let name = "Ola Nordmann".to_owned();
    // Nobody logs in with a password here, so nobody has one.
    let new = NewUser { name, email, language: Language::Nb, password_hash: String::new() };
    let user = identity::add_user(op, new)?;
    tenancy::join(op, at, user, role)?;
    Ok(user)
}

fn enter_needs(size: usize, app: &App, filled: &mut Filled, corpus: &Corpus) -> Result<()> {
    let now = app.clock.now();
    let known_every = (size / KNOWN).max(1);
    while filled.needs < size {
        let end = size.min(filled.needs + CHUNK * CHUNKS);
        let batch: Vec<_> = (filled.needs..end)
            .map(|number| {
                let (buyer, user) = &filled.buyers[number % filled.buyers.len()];
                corpus.need(number, buyer.id, *user, now.utc())
            })
            .collect();
        for (number, need) in (filled.needs..).zip(&batch).filter(|(number, _)| number % known_every == 0) {
            filled.ids.push(need.id.to_string());
            if is_open(number) {
                filled.open.push(need.id.to_string());
            }
        }
        app.db.transaction(|db| batch.chunks(CHUNK).try_for_each(|chunk| needs::insert_published(db, chunk, now)))?;
        filled.needs = end;
    }
    Ok(())
}
