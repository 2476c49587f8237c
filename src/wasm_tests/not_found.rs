//! Where the page for what is not there leads, by its own script with an address put in the place of the browser's.

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

/// Runs the script at a path: the address that it goes to, or that of its links where it stays.
fn leads_to(path: &str) -> String {
    let html = include_str!("../boot/404.html");
    let (_, script) = html.split_once("<script>").expect("a script");
    let (script, _) = script.split_once("</script>").expect("its end");
    let run = Function::new_with_args(
        "script, pathname",
        "let address;
         const link = { href: './' };
         const replace = (url) => { address = url; };
         const location = { origin: 'https://check.example', pathname, replace };
         new Function('location', 'document', script)(location, { querySelectorAll: () => [link] });
         return address ?? link.href;",
    );
    let address = run.call2(&JsValue::NULL, &script.into(), &path.into());
    address.expect("it runs").as_string().expect("an address")
}

#[wasm_bindgen_test]
fn an_encoded_fragment_leads_back_to_the_page_in_the_same_folder() {
    for (path, address) in [
        ("/%23read=AB1", "https://check.example/#read=AB1"),
        ("/%23read%3DAB1", "https://check.example/#read=AB1"),
        ("/%2523read%253DAB1", "https://check.example/#read=AB1"),
        ("/%23READ%3dab1", "https://check.example/#read=ab1"),
        ("/%23read=AB1&data=05", "https://check.example/#read=AB1"),
        ("/repo/%23read=AB1", "https://check.example/repo/#read=AB1"),
        (
            "/repo/index.html%23read=AB1/",
            "https://check.example/repo/#read=AB1",
        ),
        ("/%23read", "https://check.example/#read"),
        ("/%23link", "https://check.example/#link"),
        ("/%23watch", "https://check.example/#watch"),
    ] {
        assert_eq!(leads_to(path), address, "{path}");
    }
}

#[wasm_bindgen_test]
fn no_path_leads_to_another_host() {
    for path in [
        "//evil.example/%23read=AB1",
        "///evil.example/%23read=AB1",
        "/@evil.example/%23read=AB1",
        "/%23read=//evil.example/",
        "/%23read=%0d%0ahttps://evil.example",
    ] {
        let address = leads_to(path);
        assert!(address.starts_with("https://check.example/"), "{address}");
    }
}

#[wasm_bindgen_test]
fn what_is_no_link_of_the_page_stays_with_a_way_to_the_page() {
    for (path, link) in [
        ("/nothing", "./"),
        ("/%24read=AB1", "./"),
        ("/no/folder/", "../"),
    ] {
        assert_eq!(leads_to(path), link, "{path}");
    }
}
