//! What the reader promises, whatever it is given. The fuzzer (`fuzz/`) asks it of documents that it invents, and the
//! tests of what the fuzzer once found.
use eforms_read::facts::{FlagKind, Notice, Organisation, Reference};
use eforms_read::{MOST_BYTES, Unreadable};

/// The flags that are kept of a notice, with the one that counts the others and those for what stands around it.
const MOST_FLAGS: usize = 1_003;

/// Reads a document in every way that there is, and panics where a promise is broken.
pub fn hold(document: &[u8]) {
    match eforms_read::read_all(document) {
        Ok(notices) => {
            assert!(!notices.is_empty(), "a document without a notice is refused");
            the_first_is_given(document, &notices);
            for notice in &notices {
                every_flag_says_what_and_where(notice);
                nothing_is_left_out_silently(notice);
                references_lead_where_they_say(notice);
                facts_come_back_from_json(notice);
            }
            every_path_leads_to_an_element(document, &notices);
            another_dress_changes_nothing(document, &notices);
        }
        Err(unreadable) => {
            a_refusal_says_why_and_where(&unreadable);
            assert_eq!(eforms_read::read(document), Err(unreadable));
        }
    }
}

fn the_first_is_given(document: &[u8], all: &[Notice]) {
    let mut first = eforms_read::read(document).unwrap_or_else(|e| panic!("one of {} is not read: {e}", all.len()));
    if all.len() > 1 {
        let flag = first.flags.pop().unwrap_or_else(|| panic!("that there are more notices is not said"));
        assert_eq!((flag.kind, &*flag.value), (FlagKind::MoreNotices, &*(all.len() - 1).to_string()));
    }
    assert_eq!(first, all[0]);
}

fn a_refusal_says_why_and_where(unreadable: &Unreadable) {
    assert!(unreadable.path.starts_with('/'), "{unreadable}");
    assert!(unreadable.path.len() <= 20_000, "a path of {} bytes", unreadable.path.len());
    assert!(!unreadable.reason.code().is_empty() && !unreadable.reason.to_string().is_empty());
}

fn every_flag_says_what_and_where(notice: &Notice) {
    assert!(notice.flags.len() <= MOST_FLAGS, "{} flags", notice.flags.len());
    for flag in &notice.flags {
        assert!(flag.at.starts_with('/'), "{flag:?}");
        assert!(!flag.at.contains("{ext}") && !flag.at.contains("//"), "{flag:?}");
        assert!(flag.value.chars().count() <= 201, "{flag:?}");
        let of_field = ["", "BT-", "OPT-", "OPP-"].iter().any(|start| match *start {
            "" => flag.field.is_empty(),
            start => flag.field.starts_with(start),
        });
        assert!(of_field, "{flag:?}");
    }
    for withheld in &notice.withheld {
        assert!(withheld.field.is_none() || withheld.at.starts_with('/'), "{withheld:?}");
    }
}

/// Where something is wrong there is an element, but where it is wrong that there is none. Asked of documents that others
/// find well-formed too.
fn every_path_leads_to_an_element(document: &[u8], notices: &[Notice]) {
    let Ok(text) = std::str::from_utf8(document) else { return };
    let Ok(tree) = roxmltree::Document::parse(text.trim_start_matches('\u{feff}')) else { return };
    let not_there = [FlagKind::Missing, FlagKind::MissingIdentifier, FlagKind::MissingCode];
    for flag in notices.iter().flat_map(|notice| &notice.flags) {
        let is_there = !not_there.contains(&flag.kind) && flag.kind != FlagKind::MissingOrganisationNumber;
        if is_there && &*flag.at != "/" {
            assert!(find(&tree, &flag.at).is_some(), "{flag:?} is said of nothing");
        }
    }
    for withheld in notices.iter().flat_map(|notice| &notice.withheld).filter(|withheld| withheld.field.is_some()) {
        let element = find(&tree, &withheld.at).unwrap_or_else(|| panic!("{withheld:?} is said of nothing"));
        assert!(element.tag_name().name() == "FieldIdentifierCode", "{withheld:?}");
    }
}

/// The element that an XPath leads to, if the path is one of ours.
fn find<'a>(tree: &'a roxmltree::Document<'_>, path: &str) -> Option<roxmltree::Node<'a, 'a>> {
    path.split('/').skip(1).try_fold(tree.root(), |node, step| {
        let (name, nth) = match step.strip_suffix(']').and_then(|step| step.split_once('[')) {
            Some((name, nth)) => (name, nth.parse().ok()?),
            None => (step, 1),
        };
        let (prefix, local) = name.split_once(':').map_or((None, name), |(prefix, local)| (Some(prefix), local));
        let is_meant = |child: &roxmltree::Node<'_, '_>| {
            // A name may be cut.
            let same =
                child.tag_name().name() == local || (name.len() >= 77 && child.tag_name().name().starts_with(local));
            same && child.tag_name().namespace() == child.lookup_namespace_uri(prefix)
        };
        node.children().filter(|child| child.is_element()).filter(is_meant).nth(nth - 1)
    })
}

/// What every notice must say and this one does not is told, unless there is no room for more flags.
fn nothing_is_left_out_silently(notice: &Notice) {
    if notice.flags.iter().any(|flag| flag.kind == FlagKind::TooMany) {
        return;
    }
    let missing = [
        (notice.id.is_none(), "BT-701-notice"),
        (notice.version.is_none(), "BT-757-notice"),
        (notice.subtype.is_none(), "OPP-070-notice"),
        (notice.form.is_none(), "BT-03-notice"),
        (notice.notice_type.is_none(), "BT-02-notice"),
        (notice.issued.date.is_none(), "BT-05(a)-notice"),
        (notice.language.is_none(), "BT-702(a)-notice"),
        (notice.customization.sdk.is_none(), "OPT-002-notice"),
        (notice.lots.iter().any(|lot| lot.id.is_none()), "BT-137-Lot"),
        (notice.result.lots.iter().any(|result| result.lot.is_none()), "BT-13713-LotResult"),
        (notice.result.tenders.iter().any(|tender| tender.id.is_none()), "OPT-321-Tender"),
        (notice.result.contracts.iter().any(|contract| contract.id.is_none()), "OPT-316-Contract"),
    ];
    for (is_missing, field) in missing {
        assert!(
            !is_missing || notice.flags.iter().any(|flag| flag.field == field),
            "{field} is not told to be missing"
        );
    }
}

/// A reference leads to the part that has its identifier, or it is told that it leads nowhere.
fn references_lead_where_they_say(notice: &Notice) {
    let result = &notice.result;
    let told = |reference: &Reference| {
        notice.flags.iter().any(|flag| match flag.kind {
            FlagKind::DanglingReference => {
                flag.value.starts_with(reference.id.get(..reference.id.len().min(20)).unwrap_or_default())
            }
            FlagKind::TooMany => true,
            _ => false,
        })
    };
    let leads = |reference: &Reference, fits: bool| {
        assert!(fits || (reference.at.is_none() && told(reference)), "{reference:?} leads elsewhere");
    };
    let organisations = |reference: &Reference| {
        let has = |organisation: &Organisation| {
            let points = organisation.touch_points.iter().map(|point| point.id.as_deref());
            points.chain([organisation.id.as_deref()]).any(|id| id == Some(&*reference.id))
        };
        leads(reference, reference.in_list(&notice.organisations).is_some_and(has));
    };
    notice.buyers.iter().filter_map(|buyer| buyer.organisation.as_ref()).for_each(organisations);
    for party in &result.parties {
        party.tenderers.iter().filter_map(|tenderer| tenderer.organisation.as_ref()).for_each(organisations);
        party.subcontractors.iter().for_each(organisations);
    }
    let of_lots = result.lots.iter().map(|lot| &lot.lot).chain(result.tenders.iter().map(|tender| &tender.lot));
    for reference in of_lots.flatten() {
        let fits = reference.in_list(&notice.lots).is_some_and(|lot| lot.id.as_deref() == Some(&*reference.id));
        // A modification may leave out the lots that it does not change.
        let none = reference.at.is_none() && notice.lots.iter().all(|lot| lot.id.is_none());
        leads(reference, fits || none);
    }
    for reference in result.tenders.iter().filter_map(|tender| tender.party.as_ref()) {
        leads(reference, reference.in_list(&result.parties).is_some_and(|p| p.id.as_deref() == Some(&*reference.id)));
    }
    let of_results = result.lots.iter().flat_map(|lot| &lot.tenders);
    for reference in of_results.chain(result.contracts.iter().flat_map(|contract| &contract.tenders)) {
        leads(reference, reference.in_list(&result.tenders).is_some_and(|t| t.id.as_deref() == Some(&*reference.id)));
    }
    let of_modifications = notice.modifications.iter().filter_map(|modification| modification.contract.as_ref());
    for reference in result.lots.iter().flat_map(|lot| &lot.contracts).chain(of_modifications) {
        leads(reference, reference.in_list(&result.contracts).is_some_and(|c| c.id.as_deref() == Some(&*reference.id)));
    }
}

/// What is stored of a notice is JSON.
fn facts_come_back_from_json(notice: &Notice) {
    let json = serde_json::to_string(notice).unwrap_or_else(|e| panic!("facts that cannot be written: {e}"));
    let again: Notice = serde_json::from_str(&json).unwrap_or_else(|e| panic!("facts that cannot be read: {e}"));
    assert_eq!(*notice, again);
    // Numbers are equal that are written otherwise.
    assert_eq!(json, serde_json::to_string(&again).unwrap_or_default());
}

/// The same text in an envelope, twice, and in another encoding has the same facts.
fn another_dress_changes_nothing(document: &[u8], notices: &[Notice]) {
    let Ok(text) = std::str::from_utf8(document) else { return };
    let text = text.trim_start_matches('\u{feff}');
    let plain = [FlagKind::AroundTheNotice, FlagKind::BadEncoding, FlagKind::WrongEncoding, FlagKind::TooMany];
    let is_plain = |notice: &Notice| !notice.flags.iter().any(|flag| plain.contains(&flag.kind));
    if text.contains('\0') || text.contains("<?xml") || text.starts_with('\0') || !notices.iter().all(is_plain) {
        return;
    }
    let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(eforms_read::read_all(&[b"\xff\xfe", &*utf_16].concat()).as_deref(), Ok(notices), "as UTF-16");
    if text.contains("<!") || document.len() * 2 > MOST_BYTES {
        return;
    }
    let mut inside: Vec<Notice> = notices.iter().chain(notices).cloned().collect();
    for (nth, notice) in inside.iter_mut().enumerate() {
        put_into_envelope(notice, if nth < notices.len() { "/e/a" } else { "/e/a[2]" });
    }
    match eforms_read::read_all(format!("<e><a>{text}</a><a>{text}</a></e>").as_bytes()) {
        Ok(again) => {
            let again: Vec<Notice> = again
                .into_iter()
                .map(|mut notice| {
                    put_into_envelope(&mut notice, "");
                    notice
                })
                .collect();
            assert_eq!(again, inside, "in an envelope");
        }
        // Two levels more may be one too many.
        Err(unreadable) => assert_eq!(unreadable.reason.code(), "too-deep", "{unreadable}"),
    }
}

/// The notice as it is when it is read further in. What is said of the envelope itself is left out.
fn put_into_envelope(notice: &mut Notice, envelope: &str) {
    notice.flags.retain(|flag| flag.kind != FlagKind::Envelope);
    for at in notice.flags.iter_mut().map(|flag| &mut flag.at).chain(notice.withheld.iter_mut().map(|w| &mut w.at)) {
        if !at.is_empty() {
            *at = format!("{envelope}{at}").into();
        }
    }
}
