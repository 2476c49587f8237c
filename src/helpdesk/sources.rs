//! What the helpdesk gave the page to read: a text that was pasted, or stands in the page's address, and files. It is kept
//! in this page's memory alone.

use std::rc::Rc;

use yew::AttrValue;
use yew::prelude::Reducible;

/// Texts to be read.
#[derive(Clone, Default, PartialEq)]
pub struct Sources {
    /// The text that was pasted.
    pub pasted: AttrValue,
    /// Names and texts of files, in the order in which they came.
    pub files: Vec<(AttrValue, AttrValue)>,
}

/// A change of them.
pub enum Change {
    /// This was pasted, in place of what was before, or stands in the page's address.
    Paste(AttrValue),
    /// These files came.
    Files(Vec<(AttrValue, AttrValue)>),
    /// All of it is to be forgotten.
    Clear,
}

impl Reducible for Sources {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        let mut sources = match change {
            Change::Clear => return Rc::default(),
            Change::Paste(_) | Change::Files(_) => (*self).clone(),
        };
        match change {
            Change::Paste(text) => sources.pasted = text,
            Change::Files(mut files) => sources.files.append(&mut files),
            Change::Clear => {}
        }
        sources.into()
    }
}

impl Sources {
    /// Whether there is nothing: the address of the empty view, or a form that was cleared.
    pub fn is_nothing(&self) -> bool {
        self.files.is_empty() && is_empty(&self.pasted)
    }

    /// Each text with the name of its file.
    pub fn texts(&self) -> Vec<(Option<&str>, &str)> {
        let pasted = (!is_empty(&self.pasted)).then_some((None, self.pasted.as_str()));
        let files = self.files.iter();
        let files = files.map(|(name, text)| (Some(name.as_str()), text.as_str()));
        pasted.into_iter().chain(files).collect()
    }
}

fn is_empty(pasted: &str) -> bool {
    matches!(pasted.trim(), "" | "#read" | "#read=" | "#link")
}
