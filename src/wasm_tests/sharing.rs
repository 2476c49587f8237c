//! What pages of one origin share: storage under names of their folder, and locks.

use reachcheck_watch::{Entry, What};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::browser::locks::{self, LockOutcome};
use crate::browser::{environment, storage};
use crate::watch::log_store::{LogStore, STATE};
use crate::watch::tab_id::TabId;

fn local() -> web_sys::Storage {
    let window = web_sys::window().expect("a window");
    window.local_storage().expect("allowed").expect("there")
}

#[wasm_bindgen_test]
fn names_have_the_folder_in_them() {
    let folder = environment::folder();
    assert!(folder.starts_with('/') && folder.ends_with('/'), "{folder}");
    assert!(storage::keep("of-folder", "words"));
    let name = format!("reachcheck {folder} of-folder");
    assert_eq!(
        local().get_item(&name).expect("allowed").as_deref(),
        Some("words")
    );
    storage::forget("of-folder");
    assert_eq!(storage::read("of-folder"), None);
}

#[wasm_bindgen_test]
fn what_an_earlier_release_kept_is_taken_over_once() {
    let old = "reachcheck.old";
    local().set_item(old, "first").expect("kept");
    assert!(storage::take_over("old"));
    assert_eq!(storage::read("old").as_deref(), Some("first"));
    assert_eq!(local().get_item(old).expect("allowed"), None);
    // Of another folder, by now: it stays.
    local().set_item(old, "second").expect("kept");
    assert!(!storage::take_over("old"));
    assert_eq!(storage::read("old").as_deref(), Some("first"));
    assert!(local().get_item(old).expect("allowed").is_some());
    local().remove_item(old).expect("allowed");
    storage::forget("old");
}

#[wasm_bindgen_test]
fn the_log_of_an_earlier_release_goes_on() {
    let store = LogStore::open("one".to_owned());
    store.note(What::Began);
    store.set_running(true);
    for name in [STATE.to_owned(), format!("{STATE}.0")] {
        let text = storage::read(&name).expect("kept");
        storage::forget(&name);
        local()
            .set_item(&format!("reachcheck.{name}"), &text)
            .expect("kept");
    }
    let store = LogStore::open("one".to_owned());
    assert!(store.is_running());
    assert_eq!(store.log().entries().len(), 1);
    assert!(!LogStore::open("two".to_owned()).is_running());
    store.forget();
    assert!(LogStore::open("one".to_owned()).log().entries().is_empty());
}

#[wasm_bindgen_test]
fn a_tab_that_was_overtaken_writes_nothing_more() {
    let first = LogStore::open("one".to_owned());
    first.set_running(true);
    first.note(What::Began);
    let second = LogStore::open("two".to_owned());
    second.set_running(true);
    second.note(What::Began);
    // It has not been told yet.
    first.note(What::Stopped);
    assert!(first.is_taken_over());
    assert!(!second.is_taken_over());
    let kept = LogStore::open("two".to_owned());
    assert!(kept.is_running());
    let began = |entry: &Entry| matches!(entry.what, What::Began);
    assert_eq!(kept.log().entries().len(), 2);
    assert!(kept.log().entries().iter().all(began));
    second.forget();
}

#[wasm_bindgen_test]
async fn a_lock_is_held_until_it_is_dropped() {
    let LockOutcome::Granted(lock) = locks::request("reachcheck test", 5_000.0).await else {
        panic!("nobody holds it");
    };
    let again = locks::request("reachcheck test", 30.0).await;
    assert!(matches!(again, LockOutcome::Taken));
    drop(lock);
    let again = locks::request("reachcheck test", 5_000.0).await;
    assert!(matches!(again, LockOutcome::Granted(_)));
}

#[wasm_bindgen_test]
async fn no_two_tabs_have_one_id() {
    let first = TabId::claim().await;
    let second = TabId::claim().await;
    assert_ne!(first.id, second.id);
    drop((first, second));
    // Free again, it is kept.
    let kept = TabId::claim().await.id;
    assert_eq!(TabId::claim().await.id, kept);
}
