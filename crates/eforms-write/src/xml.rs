//! Elements of a document: put together first, then written in one go.
use quick_xml::Writer;
use quick_xml::events::BytesText;
use std::io;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    content: Content,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Content {
    Text(String),
    Elements(Vec<Element>),
}

impl Element {
    pub fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), content: Content::Elements(Vec::new()) }
    }

    /// An element with nothing but text in it.
    pub fn text(name: &'static str, text: impl ToString) -> Self {
        Self { name, attributes: Vec::new(), content: Content::Text(text.to_string()) }
    }

    /// A code and the list it is from.
    pub fn code(name: &'static str, list: &'static str, code: impl ToString) -> Self {
        Self::text(name, code).with("listName", list)
    }

    /// An identifier and what it identifies.
    pub fn id(scheme: &'static str, id: impl ToString) -> Self {
        Self::text("cbc:ID", id).with("schemeName", scheme)
    }

    /// The wrapping in which eForms adds to UBL.
    pub fn extension(elements: impl IntoIterator<Item = Element>) -> Option<Self> {
        let extension = Self::new("efext:EformsExtension").children(elements).unless_empty()?;
        let content = Self::new("ext:ExtensionContent").child(extension);
        Some(Self::new("ext:UBLExtensions").child(Self::new("ext:UBLExtension").child(content)))
    }

    pub fn with(mut self, attribute: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((attribute, value.into()));
        self
    }

    pub fn child(self, element: Element) -> Self {
        self.children([element])
    }

    /// Also for what may be absent: an `Option` is a list of one or none. In what has text, they are lost.
    pub fn children(mut self, elements: impl IntoIterator<Item = Element>) -> Self {
        if let Content::Elements(children) = &mut self.content {
            children.extend(elements);
        }
        self
    }

    /// Nothing, if nothing is in it: eForms has no empty elements.
    pub fn unless_empty(self) -> Option<Self> {
        match &self.content {
            Content::Elements(children) if children.is_empty() => None,
            Content::Elements(_) | Content::Text(_) => Some(self),
        }
    }

    /// # Errors
    /// Those of the writer beneath.
    pub fn write<W: io::Write>(&self, writer: &mut Writer<W>) -> io::Result<()> {
        let attributes = self.attributes.iter().map(|(name, value)| (*name, value.as_str()));
        let start = writer.create_element(self.name).with_attributes(attributes);
        match &self.content {
            Content::Text(text) => start.write_text_content(BytesText::new(text))?,
            Content::Elements(children) => {
                start.write_inner_content(|writer| children.iter().try_for_each(|child| child.write(writer)))?
            }
        };
        Ok(())
    }
}
