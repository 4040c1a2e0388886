//! A notice as it is stored: what is searched for and counted in columns, and all facts beside them.
use super::codelists::LotKind;
use super::outcome::Winners;
use super::packed::{Packed, unpacked};
use super::{Amount, Code, Codelist, Cpv, Lot, Notice, NoticeReference, Organisation, Outcome, Tender, Text};
use crate::Result;
use crate::platform::db::schema::notices;
use crate::platform::db::types::{Id, Json, Timestamp};
use anyhow::{Context, bail};
use chrono::NaiveDate;
use diesel::prelude::*;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Names a version of a notice. Made of BT-701 and BT-757, so that the same version has the same id wherever it is read.
pub type StoredId = Id<Stored>;

/// One version of one notice, as a row.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = notices, treat_none_as_default_value = false)]
pub struct Stored {
    pub id: StoredId,
    /// Where it stands in the feed of public changes. Given when it is kept.
    pub position: i64,
    /// BT-701.
    pub notice_id: Option<String>,
    /// BT-757.
    pub version: Option<String>,
    /// BT-04.
    pub procedure_id: Option<String>,
    /// OPP-010.
    pub publication_id: Option<String>,
    /// The UBL document.
    pub document: String,
    /// OPP-070.
    pub subtype: Option<String>,
    /// BT-03.
    pub form: Option<String>,
    /// BT-02.
    pub notice_type: Option<String>,
    /// BT-105.
    pub procedure_type: Option<String>,
    /// BT-01.
    pub legal_basis: Option<String>,
    /// BT-05: the day in the zone of the notice.
    pub issued_on: Option<NaiveDate>,
    /// BT-514 of the first buyer.
    pub country: Option<String>,
    /// BT-501 of the first buyer, where it is a Norwegian organisation number.
    pub buyer_number: Option<String>,
    /// BT-500 of the first buyer.
    pub buyer_name: Option<String>,
    /// BT-11 of the first buyer that says it.
    pub buyer_type: Option<String>,
    /// BT-507 of the first buyer.
    pub buyer_nuts: Option<String>,
    /// BT-21 of the procedure.
    pub title: Option<String>,
    /// BT-23.
    pub nature: Option<String>,
    /// BT-262.
    pub cpv: Option<String>,
    /// BT-27 of the procedure, or the sum of its lots' where it gives none; in hundredths.
    pub estimated_value: Option<i64>,
    pub estimated_currency: Option<String>,
    /// BT-161, or the sum of the tenders that won where it gives none; in hundredths.
    pub awarded_value: Option<i64>,
    pub awarded_currency: Option<String>,
    /// How many lots.
    pub lots: i32,
    /// How many parts of a planning notice.
    pub parts: i32,
    /// BT-776 of all lots, as written.
    pub innovation: Json<Vec<String>>,
    /// BT-06 of all lots, as written.
    pub aims: Json<Vec<String>>,
    /// Whether it changes an earlier notice (BT-758).
    pub is_change: bool,
    /// Whether it counts: of the versions of a notice that are no changes, the last.
    pub is_newest: bool,
    /// Whether it points at a notice before it: planning or consultation (BT-125, OPP-090).
    pub follows_notice: bool,
    /// The notices that it points at there, by [`NoticeReference::name`], each once and in order.
    pub previous_notices: Json<Vec<String>>,
    /// BT-131, or BT-1311 where there is none: the first of its lots'.
    pub tender_deadline_on: Option<NaiveDate>,
    /// BT-1451: the first decision.
    pub decided_on: Option<NaiveDate>,
    pub outcome: Json<Outcome>,
    /// The Norwegian organisation numbers (BT-501) of those who won, each once and in order.
    pub winner_numbers: Json<Vec<String>>,
    /// How much is wrong with it.
    pub flags: i32,
    /// The version of the SDK: 1.13 is 1013. 0 where it is not known.
    pub sdk: i32,
    /// Of the document.
    pub digest: Id<[u8; 16]>,
    /// Of the facts, and of how columns are made of them: another one for the same document means that we read better now.
    pub facts_digest: i64,
    /// All that was read: [`Stored::notice`].
    pub facts: Vec<u8>,
    pub imported_at: Timestamp,
}

/// How columns are made of the facts. Another letter with each change of that, so that notices which are read again follow.
const MADE: &[u8] = b"f";

/// How often a notice may name tenderers for its tenders. Of real notices a few thousand times; a made-up one of a few megabytes can
/// do it some hundred million times, and would be gigabytes as OCDS, where each tender has its tenderers.
const MOST_NAMED: usize = 200_000;

/// So many notices before it are kept of a notice. Real ones name one or two.
const MOST_PREVIOUS: usize = 200;

impl Stored {
    /// What is stored of a notice. `digest` names the document it was read from.
    ///
    /// # Errors
    /// When it names tenderers for tenders more often than any notice does.
    pub fn of(notice: Notice, digest: [u8; 16], now: Timestamp) -> anyhow::Result<Self> {
        let named = times_named(&notice);
        if named > MOST_NAMED {
            bail!("it names tenderers for its tenders {named} times, more than {MOST_NAMED}");
        }
        let packed = Packed::of(&notice)?;
        let made = packed.digest.clone().chain_update(MADE).finalize();
        let row = Self::without_facts(&notice, digest, i64::from_be_bytes(beginning(made.as_slice())), now);
        // Of a large notice there is room for the facts, or for what is stored of them.
        drop(notice);
        Ok(Self { facts: packed.into_bytes(), ..row })
    }

    fn without_facts(notice: &Notice, digest: [u8; 16], facts_digest: i64, now: Timestamp) -> Self {
        let lots = || notice.lots.iter();
        let of_kind = |kind: LotKind| lots().filter(|lot| lot.kind == Some(Code::Known(kind))).count();
        let buyer = notice.buyers.first().and_then(|buyer| notice.organisation(&buyer.organisation));
        let estimated = notice.project.estimated_value.or_else(|| sum(estimated_values(notice)));
        let awarded = notice.result.value.or_else(|| sum(winning_values(notice)));
        let is_change = notice.is_change();
        let winners = Winners::of(notice);
        let (estimated_value, estimated_currency) = hundredths(estimated);
        let (awarded_value, awarded_currency) = hundredths(awarded);
        Self {
            id: id_of(notice, digest),
            position: 0,
            notice_id: plain(notice.id.as_deref().map(identifier)),
            version: plain(notice.version.as_deref()),
            procedure_id: plain(notice.procedure_id.as_deref().map(identifier)),
            publication_id: plain(notice.publication.id.as_deref()),
            document: notice.document.as_str().to_owned(),
            subtype: written(&notice.subtype),
            form: written(&notice.form),
            notice_type: written(&notice.notice_type),
            procedure_type: written(&notice.procedure.kind),
            legal_basis: plain(notice.legal_basis.as_deref()),
            issued_on: notice.issued.date.filter(|date| date.is_likely()).map(|date| date.day),
            country: notice.country().map(|country| country.to_string()),
            buyer_number: buyer.and_then(|buyer| buyer.number.as_ref()).map(|number| number.as_str().to_owned()),
            buyer_name: buyer.and_then(|buyer| first_text(&buyer.name)),
            buyer_type: plain(notice.legal_type().map(Code::as_str)),
            buyer_nuts: plain(buyer.and_then(|buyer: &Organisation| buyer.nuts.as_deref())),
            title: first_text(&notice.project.title),
            nature: written(&notice.project.nature),
            cpv: plain(notice.project.cpv.as_ref().map(Cpv::as_str)),
            estimated_value,
            estimated_currency,
            awarded_value,
            awarded_currency,
            lots: number(of_kind(LotKind::Lot)),
            parts: number(of_kind(LotKind::Part)),
            innovation: codes(lots(), |lot| &lot.project.strategy.innovation),
            aims: codes(lots(), |lot| &lot.project.strategy.aims),
            is_change,
            is_newest: !is_change,
            follows_notice: notice.previous_notices().next().is_some(),
            previous_notices: Json(previous_notices(notice)),
            tender_deadline_on: lots()
                .filter_map(|lot| lot.process.tender_deadline.date.or(lot.process.request_deadline.date))
                .filter(|date| date.is_likely())
                .map(|date| date.day)
                .min(),
            decided_on: decided_on(notice),
            outcome: Json(Outcome::of(notice, &winners)),
            winner_numbers: Json(winners.numbers()),
            flags: number(notice.flags.len()),
            sdk: notice.customization.sdk.map_or(0, |sdk| i32::from(sdk.major) * 1_000 + i32::from(sdk.minor)),
            digest: Uuid::from_bytes(digest).into(),
            facts_digest,
            facts: Vec::new(),
            imported_at: now,
        }
    }

    /// All facts.
    ///
    /// # Errors
    /// When somebody else has written into the table.
    pub fn notice(&self) -> Result<Notice> {
        let json = unpacked(&self.facts).context("facts that cannot be unpacked")?;
        Ok(serde_json::from_slice(&json).context("facts that cannot be read")?)
    }
}

/// The first day on which a contract was decided on.
fn decided_on(notice: &Notice) -> Option<NaiveDate> {
    let decided = notice.result.contracts.iter().filter_map(|contract| contract.decided);
    decided.filter(|date| date.is_likely()).map(|date| date.day).min()
}

/// The id of a notice: the same for the same identifier and version. One that does not say its identifier is known by its
/// document.
fn id_of(notice: &Notice, digest: [u8; 16]) -> StoredId {
    let mut hash = Sha256::new();
    match &notice.id {
        Some(id) => {
            hash.update(b"notice\0");
            hash.update(identifier(id).as_bytes());
            hash.update(b"\0");
            hash.update(notice.version.as_deref().unwrap_or_default().as_bytes());
        }
        None => {
            hash.update(b"document\0");
            hash.update(digest);
        }
    }
    Uuid::from_bytes(beginning(hash.finalize().as_slice())).into()
}

/// An identifier as it is compared: a UUID is the same in capital letters.
fn identifier(text: &str) -> Cow<'_, str> {
    if Uuid::try_parse(text).is_ok() { text.to_ascii_lowercase().into() } else { text.into() }
}

/// Whether an identifier of a procedure (BT-04) names one, and is not only a word in its place.
pub fn names_procedure(id: &str) -> bool {
    !id.is_empty() && !id.eq_ignore_ascii_case("unknown") && !id.eq_ignore_ascii_case("n.a.")
}

/// What it calls the notices before it. Hundreds of lots mostly name the same.
fn previous_notices(notice: &Notice) -> Vec<String> {
    let names: BTreeSet<String> = notice.previous_notices().filter_map(NoticeReference::name).collect();
    names.into_iter().map(|name| name.replace('\0', "")).take(MOST_PREVIOUS).collect()
}

/// The first bytes of a hash.
pub(super) fn beginning<const N: usize>(hash: &[u8]) -> [u8; N] {
    let mut first = [0; N];
    for (to, from) in first.iter_mut().zip(hash) {
        *to = *from;
    }
    first
}

/// The text in the language that was written first.
fn first_text(texts: &[Text]) -> Option<String> {
    plain(texts.first().map(|text| &text.text))
}

/// PostgreSQL takes no NUL in a text.
fn plain(text: Option<impl AsRef<str>>) -> Option<String> {
    text.map(|text| text.as_ref().replace('\0', ""))
}

fn written<List: Codelist>(code: &Option<Code<List>>) -> Option<String> {
    plain(code.as_ref().map(Code::as_str))
}

fn codes<'a, List: Codelist>(
    lots: impl Iterator<Item = &'a Lot>,
    of: impl Fn(&'a Lot) -> &'a Vec<Code<List>>,
) -> Json<Vec<String>> {
    let all: BTreeSet<&str> = lots.flat_map(of).map(Code::as_str).collect();
    Json(all.into_iter().map(|code| code.replace('\0', "")).collect())
}

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// Of all lots, and not of groups of them, which have the same lots once more.
fn estimated_values(notice: &Notice) -> impl Iterator<Item = Option<Amount>> {
    let is_group = |lot: &&Lot| lot.kind == Some(Code::Known(LotKind::LotsGroup));
    notice.lots.iter().filter(move |lot| !is_group(lot)).map(|lot| lot.project.estimated_value)
}

/// Of all tenders that won something, each once: one may be for several lots.
fn winning_values(notice: &Notice) -> impl Iterator<Item = Option<Amount>> {
    let won: BTreeSet<u32> = notice.winning_tenders().into_iter().flatten().collect();
    won.into_iter().filter_map(|at| notice.result.tenders.get(at as usize)).map(|tender| tender.value)
}

/// The sum of amounts in one currency; None if there is none, or one is missing or withheld, or the currencies differ.
fn sum(amounts: impl Iterator<Item = Option<Amount>>) -> Option<Amount> {
    let mut total: Option<(i64, Amount)> = None;
    for amount in amounts {
        let amount = amount?;
        let more = positive(amount)?;
        total = Some(match total {
            None => (more, amount),
            Some((sum, first)) if first.currency == amount.currency => (sum.checked_add(more)?, first),
            Some(_) => return None,
        });
    }
    total.map(|(sum, first)| Amount { number: super::Decimal::new(sum, 2), currency: first.currency })
}

/// An amount in hundredths, if it is one: not withheld, not below zero.
fn positive(amount: Amount) -> Option<i64> {
    amount.number.in_units(2).filter(|hundredths| *hundredths >= 0)
}

fn hundredths(amount: Option<Amount>) -> (Option<i64>, Option<String>) {
    let value = amount.and_then(positive);
    (value, amount.filter(|_| value.is_some()).and_then(|a| Some(a.currency?.to_string())))
}
fn times_named(notice: &Notice) -> usize {
    let party = |tender: &Tender| tender.party.as_ref().and_then(|party| party.in_list(&notice.result.parties));
    let named = notice.result.tenders.iter().filter_map(party);
    named.map(|party| party.tenderers.len().saturating_add(party.subcontractors.len())).fold(0, usize::saturating_add)
}
