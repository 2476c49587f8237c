//! Files that somebody chose or dropped, read as text. Nothing of them leaves the page.

use wasm_bindgen_futures::JsFuture;
pub use web_sys::File;
use web_sys::FileList;
use yew::AttrValue;

/// No more of a file is read, in bytes: what is longer is no report.
const BYTES_MAX: f64 = 4_194_304.0;
/// More files are not read at once.
const FILES_MAX: u32 = 1_000;

/// The files of a list.
pub fn listed(list: Option<FileList>) -> Vec<File> {
    let Some(list) = list else {
        return Vec::new();
    };
    let indices = 0..list.length().min(FILES_MAX);
    indices.filter_map(|at| list.get(at)).collect()
}

/// Names and texts; nothing of a file that the browser does not give us.
pub async fn texts(files: Vec<File>) -> Vec<(AttrValue, AttrValue)> {
    let mut texts = Vec::with_capacity(files.len());
    for file in files {
        let begin = file.slice_with_f64_and_f64(0.0, BYTES_MAX);
        let text = match begin {
            Ok(begin) => JsFuture::from(begin.text()).await.ok(),
            Err(_) => None,
        };
        let text = text.and_then(|text| text.as_string()).unwrap_or_default();
        texts.push((file.name().into(), text.into()));
    }
    texts
}
