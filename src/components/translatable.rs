//! Views that go on working while the browser translates them.
//!
//! A translator takes text nodes away and puts `font` elements with its own words in their place. Yew does not know: it
//! would insert something before a text node that is gone, which ends the program, and change texts that nobody sees. So
//! here no text node is Yew's own. Each text is the `textContent` of an element, which replaces whatever was made of the
//! one before.

use std::rc::Rc;

use yew::AttrValue;
use yew::prelude::Html;
use yew::virtual_dom::{VNode, VTag};

/// The same view, with each text in an element of its own. Components in it are left to themselves.
pub fn translatable(mut view: Html) -> Html {
    enclose(&mut view);
    view
}

fn enclose(node: &mut Html) {
    match node {
        VNode::VText(text) => {
            let mut span = VTag::new("span");
            set_text(&mut span, &text.text);
            *node = span.into();
        }
        VNode::VTag(tag) => enclose_inside(Rc::make_mut(tag)),
        VNode::VList(list) => Rc::make_mut(list).iter_mut().for_each(enclose),
        VNode::VComp(_)
        | VNode::VPortal(_)
        | VNode::VRef(_)
        | VNode::VSuspense(_)
        | VNode::VRaw(_) => {}
    }
}

fn enclose_inside(tag: &mut VTag) {
    let Some(children) = tag.children_mut() else {
        return;
    };
    if let Some(text) = only_text(children) {
        *children = Html::default();
        set_text(tag, &text);
    } else {
        enclose(children);
    }
}

/// The text that is all there is.
fn only_text(node: &Html) -> Option<AttrValue> {
    match node {
        VNode::VText(text) => Some(text.text.clone()),
        VNode::VList(list) => match &list[..] {
            [only] => only_text(only),
            _ => None,
        },
        _ => None,
    }
}

fn set_text(tag: &mut VTag, text: &str) {
    tag.add_property("textContent", text);
}
