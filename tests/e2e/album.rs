//! The page that shows a gallery's pictures side by side: a row for each state, what does not fit above it.

use std::fmt::Write as _;

use crate::gallery::Picture;

/// Its HTML. `unseen` are findings of which there is no picture.
pub fn page(pictures: &[Picture], unseen: &[&str]) -> String {
    let mut page = HEAD.to_owned();
    let faulty = pictures.iter().filter(|it| !it.faults.is_empty()).count();
    let _ = write!(
        page,
        "<p>{} pictures; in {faulty} something does not fit.</p>",
        pictures.len()
    );
    if !unseen.is_empty() {
        let _ = write!(
            page,
            "<p>No recording leads with {}.</p>",
            unseen.join(", ")
        );
    }
    for row in pictures.chunk_by(|one, other| one.state == other.state) {
        let state = &row[0].state;
        let _ = write!(page, "<h2 id=\"{state}\">{state}</h2>");
        for picture in row.iter().filter(|it| !it.faults.is_empty()) {
            let faults: Vec<_> = picture.faults.iter().map(|fault| escaped(fault)).collect();
            let _ = write!(
                page,
                "<p class=fault>{}: {}</p>",
                picture.column,
                faults.join("; ")
            );
        }
        page.push_str("<div class=row>");
        for Picture { column, file, .. } in row {
            let _ = write!(
                page,
                "<figure><figcaption>{column}</figcaption><a href=\"{file}\"><img loading=lazy src=\"{file}\" alt=\"{state}, {column}\"></a></figure>"
            );
        }
        page.push_str("</div>");
    }
    page
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

const HEAD: &str =
    "<!doctype html><html lang=en><meta charset=utf-8><title>Reachcheck, all of it</title><style>
body { font: 14px system-ui; margin: 1rem; background: #888; color: #000 }
.row { display: flex; gap: 1rem; overflow-x: auto; align-items: flex-start }
figure { margin: 0 } figcaption { white-space: nowrap }
img { max-block-size: 60vh; max-inline-size: 30vw; background: #fff }
.fault { color: #700 }
</style>";

#[cfg(test)]
mod tests {
    use super::page;
    use crate::gallery::Picture;

    #[test]
    fn a_row_for_each_state_and_what_does_not_fit_above_it() {
        let picture = |state: &str, faults: &[&str]| Picture {
            state: state.to_owned(),
            column: "en light 360".to_owned(),
            file: format!("{state}.png"),
            faults: faults.iter().map(|&fault| fault.to_owned()).collect(),
        };
        let pictures = [
            picture("idle", &[]),
            picture("blocked", &["cut: p “<a>”"]),
            picture("blocked", &[]),
        ];
        let page = page(&pictures, &["mtu"]);
        assert!(
            page.contains("3 pictures; in 1 something does not fit."),
            "{page}"
        );
        assert!(page.contains("No recording leads with mtu."), "{page}");
        assert_eq!(page.matches("<h2").count(), 2);
        assert_eq!(page.matches("src=\"blocked.png\"").count(), 2);
        assert!(page.contains("cut: p “&lt;a>”"), "{page}");
    }
}
