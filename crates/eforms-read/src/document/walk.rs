//! The pass over a document: follows its elements, and gives what stands in them to the tables.
use super::doubts::Doubts;
use super::field::Attributes;
use super::namespaces::{Found, Namespace, Namespaces};
use super::paths::{Paths, Place, ROOT, paths};
use super::trail::{Hidden, Kind, Step};
use super::{Reason, Unreadable, check, legal, references};
use crate::facts::{DocumentKind, FlagKind, Notice};
use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Elements nested deeper than this are not read. Those of notices are nested 20 deep at the most.
pub(super) const MOST_DEPTH: usize = 200;

/// Reads the notices in a document. `wrong` is what was wrong with its bytes.
pub(super) fn walk(xml: &str, wrong: Option<(FlagKind, String)>) -> Result<Vec<Notice>, Unreadable> {
    let mut walk = Walk::new(paths(), wrong);
    match walk.follow(xml) {
        Ok(()) => walk.end(),
        Err(reason) => walk.stop(reason),
    }
}

struct Walk<'x> {
    paths: &'static Paths,
    doubts: Doubts<'x>,
    namespaces: Namespaces<'x>,
    /// How many elements of each place the element around it has had.
    counts: Vec<u32>,
    wanted: Option<Wanted>,
    text: Gathered<'x>,
    /// The notice that is being read, once its root has begun.
    notice: Option<Notice>,
    done: Vec<Notice>,
    /// How many notices there was no memory for.
    left_out: usize,
    wrong: Option<(FlagKind, String)>,
    has_doctype: bool,
    /// Text that stands outside all elements.
    stray: Option<&'x str>,
    /// The first element of the document, for telling what it is if it is no notice.
    first: Option<&'x str>,
    /// The namespace of the first element, where its name is that of a notice and the namespace is not.
    wrong_namespace: Option<&'x str>,
}

/// An element whose text is wanted.
#[derive(Clone, Copy)]
struct Wanted {
    /// How many elements there are around it.
    depth: usize,
    /// Whether there are elements in it.
    has_markup: bool,
}

/// The text of an element. Mostly it comes in one piece, and need not be copied.
enum Gathered<'x> {
    Nothing,
    Piece(&'x str),
    Joined(String),
}

impl<'x> Walk<'x> {
    fn new(paths: &'static Paths, wrong: Option<(FlagKind, String)>) -> Self {
        Self {
            paths,
            doubts: Doubts::default(),
            namespaces: Namespaces::default(),
            counts: vec![0; paths.len()],
            wanted: None,
            text: Gathered::Nothing,
            notice: None,
            done: Vec::new(),
            left_out: 0,
            wrong,
            has_doctype: false,
            stray: None,
            first: None,
            wrong_namespace: None,
        }
    }

    fn follow(&mut self, xml: &'x str) -> Result<(), Reason> {
        // The tokenizer counts from behind the byte order mark.
        let xml = xml.strip_prefix('\u{feff}').unwrap_or(xml);
        let mut reader = Reader::from_str(xml);
        // A lone & is an error that people can read past.
        reader.config_mut().allow_dangling_amp = true;
        let mut from = 0;
        loop {
            // Space between elements is most of what stands there, and of no account.
            reader.config_mut().trim_text_start = self.wanted.is_none();
            let event = reader.read_event();
            let to = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            match event {
                Ok(Event::Start(tag)) => self.open(cut_tag(xml, to - ">".len(), &tag))?,
                Ok(Event::Empty(tag)) => {
                    self.open(cut_tag(xml, to - "/>".len(), &tag))?;
                    self.close();
                }
                Ok(Event::End(_)) => self.close(),
                Ok(Event::Text(_)) if self.wanted.is_some() => {
                    let text = xml.get(from..to).unwrap_or_default();
                    // The tokenizer gives a lone & as the beginning of a text.
                    if text.starts_with('&') {
                        self.doubts.add(FlagKind::UnknownEntity, text);
                    }
                    self.gather(text);
                }
                Ok(Event::Text(_)) if self.depth() == 0 => self.stray = xml.get(from..to),
                Ok(Event::CData(_)) if self.wanted.is_some() => {
                    let section = xml.get(from..to).unwrap_or_default();
                    let text = section.strip_prefix("<![CDATA[").and_then(|rest| rest.strip_suffix("]]>"));
                    self.gather(text.unwrap_or_default());
                }
                Ok(Event::GeneralRef(reference)) if self.wanted.is_some() => self.resolve(&reference),
                Ok(Event::DocType(_)) => self.has_doctype = true,
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(error) => return Err(reason(error)),
            }
            from = to;
        }
        if self.depth() == 0 { Ok(()) } else { Err(Reason::Truncated) }
    }

    /// How many elements are open.
    fn depth(&self) -> usize {
        self.doubts.trail.steps.len()
    }

    /// An element begins.
    fn open(&mut self, (name, attributes): (&'x str, &'x str)) -> Result<(), Reason> {
        let depth = self.depth();
        if depth == MOST_DEPTH {
            return Err(Reason::TooDeep);
        }
        self.first.get_or_insert(name);
        let (around, mark) = (self.doubts.trail.kind(), self.namespaces.mark());
        self.doubts.trail.push(name, attributes, mark);
        if !self.namespaces.declare(attributes) {
            self.doubts.add_once(FlagKind::TooMany, "xmlns");
        }
        let kind = match (&mut self.wanted, around) {
            (Some(wanted), _) => {
                if is_name(name) && !std::mem::replace(&mut wanted.has_markup, true) {
                    self.doubts.add(FlagKind::MarkupInText, "");
                }
                Kind::Unknown(Hidden::Nothing)
            }
            (None, Kind::Outside) => self.open_outside(name, attributes),
            (None, Kind::Known(place)) => self.open_in(Some(place), Hidden::At(place), name),
            (None, Kind::Unknown(hidden)) => self.open_in(None, hidden, name),
            (None, Kind::Misplaced) => Kind::Unknown(Hidden::Nothing),
        };
        if !matches!(kind, Kind::Known(_)) && !is_name(name) {
            self.doubts.trail.pop();
            return Err(Reason::Malformed(format!("`{}` is no name of an element", shown(name))));
        }
        let is_wanted = match kind {
            Kind::Known(place) => self.paths.has_text(place),
            Kind::Misplaced => true,
            Kind::Outside | Kind::Unknown(_) => false,
        };
        if is_wanted {
            self.wanted = Some(Wanted { depth, has_markup: false });
            self.text = Gathered::Nothing;
        }
        self.doubts.trail.steps[depth].kind = kind;
        Ok(())
    }

    /// An element that stands around notices, or is one.
    fn open_outside(&mut self, name: &'x str, attributes: &'x str) -> Kind {
        self.doubts.trail.count_other();
        let (prefix, local) = split(name);
        let Ok(kind) = local.parse::<DocumentKind>() else { return Kind::Outside };
        let namespace = self.namespaces.find(prefix).namespace();
        if namespace != Namespace::Document(kind) && namespace != Namespace::Nothing {
            if self.depth() == 1 {
                self.wrong_namespace = Some(declared(prefix, attributes));
            }
            return Kind::Outside;
        }
        if !self.doubts.take_memory(size_of::<Notice>()) {
            self.left_out += 1;
            return Kind::Unknown(Hidden::Nothing);
        }
        self.notice = Some(Notice { document: kind, ..Notice::default() });
        self.counts.fill(0);
        self.doubts.prefixes = self.namespaces.own_prefixes();
        if namespace == Namespace::Nothing {
            self.doubts.add(FlagKind::NoNamespace, name);
        }
        if self.depth() > 1 {
            let envelope = self.first.unwrap_or_default();
            self.doubts.add(FlagKind::Envelope, envelope);
        }
        if self.has_doctype {
            self.doubts.add(FlagKind::Doctype, "");
        }
        if let Some((wrong, value)) = &self.wrong {
            self.doubts.add(*wrong, value);
        }
        Kind::Known(ROOT)
    }

    /// An element inside a notice: in one that is known, or in one that is not and hides something.
    fn open_in(&mut self, around: Option<Place>, hidden: Hidden, name: &'x str) -> Kind {
        let (prefix, local) = split(name);
        let below = around.and_then(|place| self.paths.below(place, local));
        let anywhere = if below.is_none() { self.paths.anywhere(local) } else { None };
        let is_open = |place| self.doubts.trail.steps.iter().any(|step| step.kind == Kind::Known(place));
        let is_within_itself = anywhere.is_some_and(|(place, _)| is_open(place));
        let known = below.or(anywhere.filter(|_| !is_within_itself));
        let found = known.map(|(place, namespace)| (place, namespace, self.namespaces.find(prefix)));
        let place = match (found, &mut *self.doubts.trail.steps) {
            (Some((place, namespace, found)), [.., parent, step]) if found.namespace() == namespace => {
                let nth = if below.is_some() { &mut self.counts[usize::from(place)] } else { &mut parent.strays };
                *nth = nth.saturating_add(1);
                step.nth = *nth;
                if let Found::Assumed(_) = found {
                    self.doubts.add_once(FlagKind::UndeclaredPrefix, prefix);
                }
                place
            }
            _ => {
                self.doubts.trail.count_other();
                if is_within_itself {
                    self.doubts.add(FlagKind::Duplicate, "");
                    return Kind::Unknown(Hidden::Nothing);
                }
                let namespace = self.namespaces.find(prefix).namespace();
                if around.is_none() && self.is_among(hidden, namespace, local) {
                    self.doubts.add(FlagKind::Misplaced, "");
                    return Kind::Unknown(Hidden::Nothing);
                }
                if namespace.is_of_parts() && !self.is_legal(namespace, local) && self.paths.has_name(local) {
                    return self.open_misplaced(namespace);
                }
                let hides_all = hidden != Hidden::Nothing && !namespace.is_of_parts();
                return Kind::Unknown(if hides_all { Hidden::All } else { hidden });
            }
        };
        self.counts[self.paths.all_below(place)].fill(0);
        let Some(notice) = &mut self.notice else { return Kind::Unknown(Hidden::Nothing) };
        let is_begun = self.paths.begin(place, notice, &mut self.doubts);
        if is_begun { Kind::Known(place) } else { Kind::Unknown(Hidden::Nothing) }
    }

    /// Whether eForms has the innermost element where it is.
    fn is_legal(&self, namespace: Namespace, local: &str) -> bool {
        let around = match &*self.doubts.trail.steps {
            [.., around, _] if around.kind == Kind::Known(ROOT) => legal::ROOT,
            [.., around, _] => split(around.name).1,
            _ => return true,
        };
        legal::is_in(around, namespace, local)
    }

    /// The innermost element stands where eForms has none of its name. One with elements in it is told of by its place, one with
    /// text when it has been read.
    fn open_misplaced(&mut self, namespace: Namespace) -> Kind {
        if matches!(namespace, Namespace::Cbc | Namespace::Efbc) {
            return Kind::Misplaced;
        }
        self.doubts.add(FlagKind::Misplaced, "");
        Kind::Unknown(Hidden::Nothing)
    }

    /// Whether an element is among those that are hidden.
    fn is_among(&self, hidden: Hidden, namespace: Namespace, local: &str) -> bool {
        match hidden {
            Hidden::Nothing => false,
            Hidden::At(place) => self.paths.below(place, local).is_some_and(|(_, expected)| expected == namespace),
            Hidden::All => namespace.is_of_parts(),
        }
    }

    /// The innermost element ends.
    fn close(&mut self) {
        let Some(Step { attributes, kind, mark, .. }) = self.doubts.trail.steps.last() else { return };
        let (attributes, kind, mark) = (*attributes, *kind, *mark);
        if self.wanted.is_some_and(|wanted| wanted.depth + 1 == self.depth()) {
            self.wanted = None;
            let text = self.text.as_str().trim();
            match (kind, &mut self.notice) {
                (Kind::Known(place), Some(notice)) => {
                    self.paths.read(place, notice, text, attributes, &mut self.doubts);
                }
                (Kind::Misplaced, _) => self.doubts.add(FlagKind::Misplaced, text),
                _ => {}
            }
        }
        if kind == Kind::Known(ROOT)
            && let Some(notice) = self.notice.take()
        {
            self.finish(notice);
        }
        self.doubts.trail.pop();
        self.namespaces.forget(mark);
    }

    /// All of a notice was read.
    fn finish(&mut self, mut notice: Notice) {
        references::follow(&mut notice, &mut self.doubts);
        check::recognise_numbers(&mut notice, &mut self.doubts);
        check::find_missing(&notice, &mut self.doubts);
        notice.flags = self.doubts.take();
        check::forgive_withheld(&mut notice);
        self.done.push(notice);
    }

    fn gather(&mut self, text: &'x str) {
        // XML has one kind of line end.
        if text.contains('\r') {
            return self.join(&text.replace("\r\n", "\n").replace('\r', "\n"));
        }
        match &self.text {
            Gathered::Nothing => self.text = Gathered::Piece(text),
            _ => self.join(text),
        }
    }

    fn join(&mut self, text: &str) {
        let mut joined = match std::mem::replace(&mut self.text, Gathered::Nothing) {
            Gathered::Nothing => String::new(),
            Gathered::Piece(piece) => piece.to_owned(),
            Gathered::Joined(joined) => joined,
        };
        joined.push_str(text);
        self.text = Gathered::Joined(joined);
    }

    /// A reference such as `&amp;` or `&#248;`. What a document type declares is never looked up.
    fn resolve(&mut self, reference: &BytesRef<'x>) {
        let name: &str = reference;
        let resolved = match reference.resolve_char_ref() {
            Ok(Some(character)) => return self.join(character.encode_utf8(&mut [0; 4])),
            Ok(None) => quick_xml::escape::resolve_predefined_entity(name),
            Err(_) => None,
        };
        match resolved {
            Some(text) => self.join(text),
            None => {
                let written = format!("&{name};");
                self.doubts.add(FlagKind::UnknownEntity, &written);
                self.join(&written);
            }
        }
    }

    /// The document was read to its end.
    fn end(mut self) -> Result<Vec<Notice>, Unreadable> {
        if let Some(notice) = self.done.last_mut() {
            self.doubts.make_room();
            if let Some(text) = self.stray {
                self.doubts.add(FlagKind::AroundTheNotice, text.trim());
            }
            self.doubts.add_left_out(self.left_out);
            notice.flags.append(&mut self.doubts.take());
        }
        if self.done.is_empty() { Err(self.no_notice()) } else { Ok(self.done) }
    }

    /// Something stopped the reader. Notices that were complete before it are kept.
    fn stop(mut self, reason: Reason) -> Result<Vec<Notice>, Unreadable> {
        if self.notice.is_none() {
            if let Some(notice) = self.done.last_mut() {
                self.doubts.make_room();
                self.doubts.add(FlagKind::AroundTheNotice, &reason.to_string());
                self.doubts.add_left_out(self.left_out);
                notice.flags.append(&mut self.doubts.take());
                return Ok(self.done);
            }
            // That it is a web page says more than that its markup is bad.
            if self.first.is_some() && matches!(reason, Reason::Malformed(_) | Reason::Truncated) {
                return Err(self.no_notice());
            }
        }
        Err(Unreadable { path: self.doubts.path(), reason })
    }

    fn no_notice(&self) -> Unreadable {
        match self.first {
            Some(name) if is_name(name) => {
                let name = shown(name).to_owned();
                let path = format!("/{name}");
                let reason = match self.wrong_namespace {
                    Some(namespace) => Reason::WrongNamespace { name, namespace: shown(namespace).to_owned() },
                    None => Reason::NoNotice(name),
                };
                Unreadable { path, reason }
            }
            Some(_) | None => Unreadable { path: "/".into(), reason: Reason::NotXml },
        }
    }
}

impl Gathered<'_> {
    fn as_str(&self) -> &str {
        match self {
            Self::Nothing => "",
            Self::Piece(piece) => piece,
            Self::Joined(joined) => joined,
        }
    }
}

/// The namespace that a tag declares for a prefix, as it is written. Empty if it declares none.
fn declared<'x>(prefix: &str, attributes: &'x str) -> &'x str {
    let is_for = |name: &str| match name.strip_prefix("xmlns") {
        Some("") => prefix.is_empty(),
        Some(rest) => rest.strip_prefix(':') == Some(prefix),
        None => false,
    };
    Attributes::of(attributes).find(|(name, _)| is_for(name)).map_or("", |(_, value)| value.trim())
}

/// The prefix and the local part of a name. By hand, since `split_once` is made for longer texts.
fn split(name: &str) -> (&str, &str) {
    match name.bytes().position(|byte| byte == b':') {
        Some(colon) => (&name[..colon], &name[colon + 1..]),
        None => ("", name),
    }
}

/// Whether it can be the name of an element: in an XPath nothing else can. What is beyond ASCII is not looked at closely.
pub(super) fn is_name(name: &str) -> bool {
    let (prefix, local) = split(name);
    let is_part = |part: &str| match part.as_bytes() {
        [first, rest @ ..] => {
            let begins = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_' || !byte.is_ascii();
            let goes_on = |byte: &u8| begins(byte) || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
            begins(first) && rest.iter().all(goes_on)
        }
        [] => false,
    };
    is_part(local) && (prefix.len() == name.len() - local.len() || is_part(prefix))
}

/// A name that is told, cut.
fn shown(name: &str) -> &str {
    &name[..name.floor_char_boundary(100)]
}

/// The name and the attributes of the tag that ends at `end`, as parts of the document, so that they outlive the event.
fn cut_tag<'x>(xml: &'x str, end: usize, tag: &BytesStart<'_>) -> (&'x str, &'x str) {
    let inside = end.checked_sub(tag.len()).and_then(|begin| xml.get(begin..end)).unwrap_or_default();
    inside.split_at_checked(tag.name().as_ref().len()).unwrap_or_default()
}

fn reason(error: Error) -> Reason {
    match &error {
        Error::Syntax(
            SyntaxError::UnclosedTag
            | SyntaxError::UnclosedComment
            | SyntaxError::UnclosedCData
            | SyntaxError::UnclosedPI
            | SyntaxError::UnclosedXmlDecl
            | SyntaxError::UnclosedDoctype
            | SyntaxError::UnclosedSingleQuotedAttributeValue
            | SyntaxError::UnclosedDoubleQuotedAttributeValue,
        )
        | Error::IllFormed(IllFormedError::UnclosedReference | IllFormedError::MissingEndTag(_)) => Reason::Truncated,
        _ => Reason::Malformed(error.to_string()),
    }
}
