//! What a browser's translator does to a view, and that the view goes on.

use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element as Node, Node as Any};
use yew::prelude::{Html, html};

use super::drawings::{Shown, ShownProps};
use crate::browser::clock;
use crate::components::words::said;

/// Words alone, words among elements, and elements that come and go.
fn view(is_marked: bool, words: &str) -> Html {
    html! {
        <div>
            <h2>
                if is_marked {
                    <b ~textContent="✓" />
                }
                { said(words) }
            </h2>
            if is_marked {
                <ul><li ~textContent={words} /></ul>
            }
            { said(words) }
            <p ~textContent={words} />
        </div>
    }
}

/// Puts `font` elements in place of all text nodes: around them, or with words of their own.
fn translate(node: &Any, is_wrapping: bool) {
    let children = node.child_nodes();
    let children: Vec<Any> = (0..children.length())
        .filter_map(|index| children.get(index))
        .collect();
    for child in children {
        if child.node_type() != Any::TEXT_NODE {
            translate(&child, is_wrapping);
            continue;
        }
        let document = child.owner_document().expect("a document");
        let font = document.create_element("font").expect("an element");
        node.replace_child(&font, &child).expect("a child");
        if is_wrapping {
            font.append_child(&child).expect("appended");
        } else {
            font.set_text_content(Some("translated"));
        }
    }
}

async fn wait_for(root: &Node, expected: &str) {
    let is_there = async {
        while root.inner_html() != expected {
            clock::sleep_ms(0.0).await;
        }
    };
    let is_there = clock::timeout(is_there, 5_000.0).await;
    assert!(is_there.is_some(), "{} for {expected}", root.inner_html());
}

#[wasm_bindgen_test]
async fn a_translated_view_takes_new_words_and_elements() {
    let bare = "<div><h2><span>one</span></h2><span>one</span><p>one</p></div>";
    let full = "<div><h2><b>✓</b><span>two</span></h2><ul><li>two</li></ul><span>two</span><p>two</p></div>";
    for is_wrapping in [true, false] {
        let document = web_sys::window().and_then(|window| window.document());
        let document = document.expect("a document");
        let root = document.create_element("div").expect("an element");
        let props = |inside| ShownProps { inside };
        let shown =
            yew::Renderer::<Shown>::with_root_and_props(root.clone(), props(view(false, "one")));
        let mut shown = shown.render();
        wait_for(&root, bare).await;
        for _ in 0..2 {
            translate(root.unchecked_ref(), is_wrapping);
            shown.update(props(view(true, "two")));
            wait_for(&root, full).await;
            translate(root.unchecked_ref(), is_wrapping);
            shown.update(props(view(false, "one")));
            wait_for(&root, bare).await;
        }
        shown.destroy();
    }
}
