//! A PDF as those read it who do not see it: by its tags.
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::HashMap;

/// A table, row by row.
pub type Table = Vec<Vec<String>>;

pub struct Pdf {
    pub document: Document,
    /// The text of each piece of marked content.
    marked: HashMap<(ObjectId, i64), String>,
    /// Everything with a tag, in the order in which it is read: how deep, the tag, the element.
    elements: Vec<(usize, String, Dictionary)>,
}

impl Pdf {
    pub fn read(bytes: &[u8]) -> Self {
        let document = Document::load_mem(bytes).unwrap();
        let mut marked = HashMap::new();
        for page in document.get_pages().into_values() {
            read_page(&document, page, &mut marked);
        }
        let mut pdf = Self { document, marked, elements: Vec::new() };
        let root = pdf.dictionary(pdf.catalog().get(b"StructTreeRoot").unwrap());
        let mut elements = Vec::new();
        pdf.walk(root.get(b"K").unwrap(), 0, &mut elements);
        pdf.elements = elements;
        pdf
    }

    pub fn catalog(&self) -> Dictionary {
        self.document.catalog().unwrap().clone()
    }

    pub fn pages(&self) -> usize {
        self.document.get_pages().len()
    }

    /// The elements with this tag.
    pub fn tagged(&self, tag: &str) -> Vec<&Dictionary> {
        self.elements.iter().filter(|(_, name, _)| name == tag).map(|(.., element)| element).collect()
    }

    /// The headings: level and text.
    pub fn headings(&self) -> Vec<(u8, String)> {
        let level = |tag: &str| tag.strip_prefix('H').and_then(|level| level.parse().ok());
        let headings = self.elements.iter().filter_map(|(_, tag, element)| Some((level(tag)?, self.text_of(element))));
        headings.collect()
    }

    /// Everything that is read aloud.
    pub fn text(&self) -> String {
        let root = self.dictionary(self.catalog().get(b"StructTreeRoot").unwrap());
        self.text_of(&root)
    }

    pub fn tables(&self) -> Vec<Table> {
        self.tagged("Table").into_iter().map(|table| self.rows(table)).collect()
    }

    fn rows(&self, table: &Dictionary) -> Table {
        let mut inside = Vec::new();
        self.walk(table.get(b"K").unwrap(), 0, &mut inside);
        let rows = inside.iter().filter(|(_, tag, _)| tag == "TR");
        let cells = |row: &Dictionary| {
            let mut cells = Vec::new();
            self.walk(row.get(b"K").unwrap(), 0, &mut cells);
            cells.into_iter().filter(|(_, tag, _)| tag == "TH" || tag == "TD").collect::<Vec<_>>()
        };
        rows.map(|(.., row)| cells(row).iter().map(|(.., cell)| self.text_of(cell).trim().to_owned()).collect())
            .collect()
    }

    /// The attribute of an element, wherever among its attributes it stands.
    pub fn attribute(&self, element: &Dictionary, name: &str) -> Option<String> {
        let all = match self.resolve(element.get(b"A").ok()?) {
            Object::Array(all) => all.iter().map(|one| self.dictionary(one)).collect(),
            one => vec![self.dictionary(&one)],
        };
        let found = all.iter().find_map(|one| one.get(name.as_bytes()).ok().cloned())?;
        found.as_name().ok().map(|name| String::from_utf8_lossy(name).into_owned())
    }

    fn text_of(&self, element: &Dictionary) -> String {
        let mut out = String::new();
        self.gather(element.get(b"K").ok(), element.get(b"Pg").ok(), &mut out);
        out
    }

    fn gather(&self, kids: Option<&Object>, page: Option<&Object>, out: &mut String) {
        let Some(kids) = kids else { return };
        match self.resolve(kids) {
            Object::Array(kids) => kids.iter().for_each(|kid| self.gather(Some(kid), page, out)),
            Object::Integer(id) => self.add_marked(page, id, out),
            Object::Dictionary(kid) => {
                let page = kid.get(b"Pg").ok().or(page);
                match kid.get(b"MCID").and_then(Object::as_i64) {
                    Ok(id) => self.add_marked(page, id, out),
                    Err(_) => self.gather(kid.get(b"K").ok(), page, out),
                }
            }
            _ => {}
        }
    }

    fn add_marked(&self, page: Option<&Object>, id: i64, out: &mut String) {
        let page = page.and_then(|page| page.as_reference().ok());
        if let Some(text) = page.and_then(|page| self.marked.get(&(page, id))) {
            out.push_str(text);
        }
    }

    fn walk(&self, kids: &Object, depth: usize, into: &mut Vec<(usize, String, Dictionary)>) {
        match self.resolve(kids) {
            Object::Array(kids) => kids.iter().for_each(|kid| self.walk(kid, depth, into)),
            Object::Dictionary(kid) => {
                if let Ok(tag) = kid.get(b"S").and_then(Object::as_name) {
                    into.push((depth, String::from_utf8_lossy(tag).into_owned(), kid.clone()));
                }
                if let Ok(kids) = kid.get(b"K") {
                    self.walk(kids, depth + 1, into);
                }
            }
            _ => {}
        }
    }

    fn resolve(&self, object: &Object) -> Object {
        self.document.dereference(object).unwrap().1.clone()
    }

    pub fn dictionary(&self, object: &Object) -> Dictionary {
        self.resolve(object).as_dict().unwrap().clone()
    }
}

/// The texts between `BDC` and `EMC`, by their numbers.
fn read_page(document: &Document, page: ObjectId, marked: &mut HashMap<(ObjectId, i64), String>) {
    let fonts = document.get_page_fonts(page).unwrap();
    let content = Content::decode(&document.get_page_content(page)).unwrap();
    let mut open: Vec<Option<i64>> = Vec::new();
    let mut encoding = None;
    for operation in &content.operations {
        match operation.operator.as_str() {
            "BDC" => {
                let properties = operation.operands.get(1).and_then(|operand| operand.as_dict().ok());
                open.push(properties.and_then(|properties| properties.get(b"MCID").ok()?.as_i64().ok()));
            }
            "BMC" => open.push(None),
            "EMC" => {
                open.pop();
            }
            "Tf" => {
                let name = operation.operands[0].as_name().unwrap();
                encoding = fonts.get(name).map(|font| font.get_font_encoding(document).unwrap());
            }
            "Tj" | "TJ" => {
                let Some(id) = open.iter().rev().find_map(|id| *id) else { continue };
                let text = marked.entry((page, id)).or_default();
                let mut add = |piece: &Object| {
                    if let (Ok(bytes), Some(encoding)) = (piece.as_str(), &encoding) {
                        text.push_str(&Document::decode_text(encoding, bytes).unwrap());
                    }
                };
                for operand in &operation.operands {
                    match operand {
                        Object::Array(pieces) => pieces.iter().for_each(&mut add),
                        piece => add(piece),
                    }
                }
            }
            _ => {}
        }
    }
}
