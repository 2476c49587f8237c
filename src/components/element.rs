//! Elements, named as a stylesheet selects them: `el("a#watch.offer[href=#watch]")`.
//!
//! In place of `html!`, whose code for an element is some 300 bytes each time; a call here is 20. Nothing of this is
//! compiled more than once: what is generic converts a value and hands it on.

use std::rc::Rc;

use yew::AttrValue;
use yew::prelude::{Callback, Event, Html};
use yew::virtual_dom::{
    AttributeOrProperty, Attributes, Listener, ListenerKind, VList, VTag, VText,
};

/// An element that is being put together. In a box: what is handed from call to call is one word.
pub struct Element(Box<Parts>);

struct Parts {
    tag: VTag,
    children: Vec<Html>,
}

/// An element by its name, and after it whatever of this is fixed: `#id`, `.class`, `[attribute=value]`, in this order.
/// A value ends at the bracket, nothing is quoted, and further classes follow as `.class.class`.
pub fn el(selector: &'static str) -> Element {
    let (head, attributes) = selector.split_once('[').unwrap_or((selector, ""));
    let (head, class) = head.split_once('.').unwrap_or((head, ""));
    let (name, id) = head.split_once('#').unwrap_or((head, ""));
    let mut tag = VTag::new(name);
    // All elements have the same kind of attributes, so that Yew holds the old against the new without sorting them.
    tag.attributes = Attributes::IndexMap(Rc::default());
    let mut element = Element(Box::new(Parts {
        tag,
        children: Vec::new(),
    }));
    if !id.is_empty() {
        element.set("id", id.into());
    }
    if class.contains('.') {
        element.set("class", class.replace('.', " ").into());
    } else if !class.is_empty() {
        element.set("class", class.into());
    }
    for attribute in attributes.split('[') {
        let attribute = attribute.strip_suffix(']').unwrap_or(attribute);
        if let Some((name, value)) = attribute.split_once('=') {
            element.set(name, value.into());
        }
    }
    element
}

impl Element {
    /// One more attribute.
    #[inline(never)]
    pub fn attr(mut self, name: &'static str, value: impl Into<AttrValue>) -> Self {
        self.set(name, value.into());
        self
    }

    /// An attribute that stands there or does not, as `disabled`.
    pub fn flag(mut self, name: &'static str, is_set: bool) -> Self {
        if is_set {
            self.set(name, name.into());
        }
        self
    }

    /// A box that is ticked or not.
    pub fn checked(mut self, is_checked: bool) -> Self {
        self.0.tag.set_checked(is_checked);
        self
    }

    /// Of that class, and of its variant: `badge badge--blocked`.
    pub fn variant(mut self, class: &'static str, modifier: &str) -> Self {
        let classes = [class, " ", class, "--", modifier].concat();
        self.set("class", classes.into());
        self
    }

    /// What tells it from its siblings when these change.
    pub fn key(mut self, key: &str) -> Self {
        self.0.tag.key = Some(key.into());
        self
    }

    /// Calls back when it is pressed.
    pub fn on_press(self, call: Callback<Event>) -> Self {
        self.on(Handler::Press(call))
    }

    /// Calls back when the agent changes what it is set to.
    pub fn on_change(self, call: Callback<Event>) -> Self {
        self.on(Handler::Change(call))
    }

    /// Holds words, after what it holds already.
    #[inline(never)]
    pub fn text(self, words: impl Into<AttrValue>) -> Self {
        self.holds(VText::new(words.into()))
    }

    /// Holds this, after what it holds already.
    #[inline(never)]
    pub fn holds(mut self, child: impl Into<Html>) -> Self {
        self.0.children.push(child.into());
        self
    }

    /// Holds this, if there is one. Its place is kept, so that what follows stays what it is.
    pub fn maybe(self, child: Option<impl Into<Html>>) -> Self {
        match child {
            Some(child) => self.holds(child),
            None => self.holds(Html::default()),
        }
    }

    /// Holds all of these, after what it holds already.
    pub fn each(self, children: impl IntoIterator<Item = impl Into<Html>>) -> Self {
        children.into_iter().fold(self, Self::holds)
    }

    fn on(mut self, handler: Handler) -> Self {
        self.0.tag.add_listener(Rc::new(handler));
        self
    }

    fn set(&mut self, name: &'static str, value: AttrValue) {
        if let Attributes::IndexMap(attributes) = &mut self.0.tag.attributes
            && let Some(attributes) = Rc::get_mut(attributes)
        {
            attributes.insert(name.into(), AttributeOrProperty::Attribute(value));
        }
    }
}

impl From<Element> for Html {
    fn from(element: Element) -> Self {
        let Parts { mut tag, children } = *element.0;
        if let Some(inside) = tag.children_mut() {
            *inside = several(children);
        }
        tag.into()
    }
}

/// Several, one after the other, with no element around them.
pub fn several(children: Vec<Html>) -> Html {
    VList::with_children(children, None).into()
}

enum Handler {
    Press(Callback<Event>),
    Change(Callback<Event>),
}

impl Listener for Handler {
    fn kind(&self) -> ListenerKind {
        match self {
            Self::Press(_) => ListenerKind::onclick,
            Self::Change(_) => ListenerKind::onchange,
        }
    }

    fn handle(&self, event: Event) {
        let (Self::Press(call) | Self::Change(call)) = self;
        call.emit(event);
    }

    fn passive(&self) -> bool {
        false
    }
}
