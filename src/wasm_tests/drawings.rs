//! What a drawing says stands beside it in words, and what is drawn is what `picture.rs` has decided. Yew draws it, so only
//! a browser can show what came of it.

use reachcheck_diagnosis::analysis::Proof;
use reachcheck_diagnosis::picture::{Hop, Reach, Route};
use reachcheck_model::lang::Lang;
use reachcheck_texts as text;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element as Node;
use yew::prelude::{Component, Context, Html, Properties};

use crate::browser::clock;
use crate::components::route::route;
use crate::components::spread::spread;
use crate::components::strip::strip;

/// Shows what it is given.
pub struct Shown;

/// What it is given.
#[derive(PartialEq, Properties)]
pub struct ShownProps {
    /// The view.
    pub inside: Html,
}

impl Component for Shown {
    type Message = ();
    type Properties = ShownProps;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, context: &Context<Self>) -> Html {
        context.props().inside.clone()
    }
}

/// Lets Yew draw it into an element of its own, and gives that.
async fn drawn(inside: Html) -> Node {
    let document = web_sys::window()
        .expect("a window")
        .document()
        .expect("a document");
    let root = document.create_element("div").expect("an element");
    let body = document.body().expect("a body");
    body.append_child(&root).expect("appended");
    yew::Renderer::<Shown>::with_root_and_props(root.clone(), ShownProps { inside }).render();
    while root.first_element_child().is_none() {
        clock::sleep_ms(0.0).await;
    }
    root
}

fn texts(root: &Node, selector: &str) -> Vec<String> {
    let found = root.query_selector_all(selector).expect("a selector");
    (0..found.length())
        .filter_map(|index| found.get(index)?.text_content())
        .collect()
}

fn attributes(root: &Node, selector: &str, name: &str) -> Vec<String> {
    let found = root.query_selector_all(selector).expect("a selector");
    (0..found.length())
        .filter_map(|index| wasm_bindgen::JsCast::dyn_into::<Node>(found.get(index)?).ok())
        .map(|node| node.get_attribute(name).unwrap_or_default())
        .collect()
}

/// The classes of the stops, without what they have in common.
async fn stops(way: Route) -> (Vec<String>, String) {
    let root = drawn(route(Lang::En, way, "Seattle")).await;
    let marks = attributes(&root, "ol[aria-hidden=true] > li", "class")
        .iter()
        .map(|class| class.replace("route__stop route__stop--", ""))
        .collect();
    let words = texts(&root, "p.route__words").concat();
    assert_eq!(words, text::route(Lang::En, way, "Seattle"));
    let kind = root.first_element_child().expect("the drawing");
    (marks, kind.class_name())
}

#[wasm_bindgen_test]
async fn a_way_is_drawn_as_far_as_it_is_known() {
    let way = |reach, proof| Route { reach, proof };
    let network = Reach::BreaksAt(Hop::Network);
    for (route, marks, class) in [
        (
            way(Reach::Through, Proof::Confirmed),
            ["passed"; 4],
            "route route--confirmed",
        ),
        (
            way(network, Proof::Inferred),
            ["passed", "broken", "beyond", "beyond"],
            "route route--inferred",
        ),
        (
            way(Reach::BreaksAt(Hop::FarEnd), Proof::Confirmed),
            ["passed", "passed", "passed", "broken"],
            "route route--confirmed",
        ),
        (
            way(Reach::Unclear, Proof::None),
            ["passed", "unclear", "unclear", "unclear"],
            "route route--inferred",
        ),
        (
            way(Reach::Waiting, Proof::None),
            ["passed", "beyond", "beyond", "beyond"],
            "route route--inferred",
        ),
    ] {
        let (drawn, kind) = stops(route).await;
        assert_eq!(
            (drawn, kind.as_str()),
            (marks.map(str::to_owned).to_vec(), class)
        );
    }
}

#[wasm_bindgen_test]
async fn each_stop_has_a_sign_and_a_name_beside_its_colour() {
    let way = Route {
        reach: Reach::BreaksAt(Hop::Internet),
        proof: Proof::Inferred,
    };
    let root = drawn(route(Lang::Fr, way, "Seattle")).await;
    assert_eq!(texts(&root, ".route__mark"), ["✓", "✓", "✕", ""]);
    let names = texts(&root, ".route__name");
    assert_eq!((names.len(), names[3].as_str()), (4, "Seattle"));
    assert!(names.iter().all(|name| !name.is_empty()));
}

#[wasm_bindgen_test]
async fn times_are_dots_where_they_belong_on_the_scale() {
    let times = [90.0, 104.0, 250.0];
    let root = drawn(spread(Lang::En, &times, 200.0)).await;
    // The last lies beyond the scale, and is drawn at its end.
    assert_eq!(
        attributes(&root, "svg circle", "cx"),
        ["45", "52", "100"],
        "{}",
        root.inner_html()
    );
    assert_eq!(
        attributes(&root, "svg .spread__range", "d"),
        ["M45 5H100"],
        "from the fastest to the slowest"
    );
    // Drawn, not only named: an element of that name outside the namespace shows nothing.
    let svg = root.query_selector("svg").expect("valid").expect("drawn");
    assert_eq!(
        svg.namespace_uri().as_deref(),
        Some("http://www.w3.org/2000/svg")
    );
    assert_eq!(svg.get_attribute("aria-hidden").as_deref(), Some("true"));
    let words = texts(&root, ".spread__words").concat();
    assert_eq!(words, text::spread(Lang::En, 3, 90.0, 250.0));
    assert_eq!(spread(Lang::En, &[], 200.0), Html::default());
}

#[wasm_bindgen_test]
async fn a_strip_has_a_box_for_each_event_and_shows_which_were_lost() {
    let root = drawn(strip(10, 7)).await;
    assert_eq!(texts(&root, ".strip__box").len(), 10);
    let lost = attributes(&root, ".strip__box", "class");
    let lost: Vec<bool> = lost.iter().map(|class| class.contains("--lost")).collect();
    assert_eq!(lost, [[false; 7].as_slice(), &[true; 3]].concat());
}
