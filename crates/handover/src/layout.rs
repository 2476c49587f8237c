//! Lines, wrapping and columns of plain text.

/// No line is wider, so that mail programs do not wrap it themselves.
pub(crate) const WIDTH: usize = 78;

/// Text under construction.
#[derive(Default)]
pub(crate) struct TextLayout {
    lines: Vec<String>,
}

impl TextLayout {
    /// A line as it is, trailing spaces removed.
    pub fn line(&mut self, text: &str) {
        self.lines.push(text.trim_end().to_owned());
    }

    /// An empty line.
    pub fn blank(&mut self) {
        self.lines.push(String::new());
    }

    /// A paragraph, every line of it after the same margin.
    pub fn indented(&mut self, margin: &str, text: &str) {
        self.paragraph(margin, &format!("{margin}{text}"));
    }

    /// A paragraph wrapped at [`WIDTH`], its continuation lines after a margin.
    pub fn paragraph(&mut self, margin: &str, text: &str) {
        let indent: String = text.chars().take_while(|c| *c == ' ').collect();
        let mut line = indent.clone();
        let mut is_empty = true;
        // Runs of spaces inside align columns, so only single break points are moved.
        for word in text[indent.len()..].split(' ') {
            let width = line.chars().count() + usize::from(!is_empty) + word.chars().count();
            if width > WIDTH && !is_empty {
                self.line(&line);
                line = margin.to_owned();
                is_empty = true;
                if word.is_empty() {
                    continue;
                }
            }
            if !is_empty {
                line.push(' ');
            }
            line.push_str(word);
            is_empty = false;
        }
        self.line(&line);
    }

    /// The text, ending in one line end.
    pub fn finish(self) -> String {
        let mut text = self.lines.join("\n");
        text.push('\n');
        text
    }
}

/// Rows with their columns aligned, two spaces between them. Falls back to one cell per line where they
/// do not fit.
pub(crate) fn table(rows: &[Vec<String>]) -> Vec<String> {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        for (column, cell) in row.iter().enumerate() {
            let width = cell.chars().count();
            match widths.get_mut(column) {
                Some(widest) => *widest = width.max(*widest),
                None => widths.push(width),
            }
        }
    }
    let total = widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
    if total > WIDTH {
        return stacked(rows);
    }
    let mut lines = Vec::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width - cell.chars().count() + 2));
        }
        line.truncate(line.trim_end().len());
        lines.push(line);
    }
    lines
}

/// One block per row, each cell under its heading.
fn stacked(rows: &[Vec<String>]) -> Vec<String> {
    let [headings, rows @ ..] = rows else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    for row in rows {
        for (column, (cell, heading)) in row.iter().zip(headings).enumerate() {
            lines.push(match column {
                0 => cell.clone(),
                _ => format!("  {heading}: {cell}"),
            });
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{TextLayout, WIDTH, table};

    #[test]
    fn paragraphs_wrap_and_lose_no_word() {
        let text = "word ".repeat(60);
        let mut page = TextLayout::default();
        page.paragraph("  ", text.trim_end());
        let wrapped = page.finish();
        assert!(wrapped.lines().all(|line| line.chars().count() <= WIDTH));
        assert!(wrapped.lines().skip(1).all(|line| line.starts_with("  ")));
        assert_eq!(wrapped.split_whitespace().count(), 60);
    }

    #[test]
    fn a_word_wider_than_the_page_is_not_cut() {
        let mut page = TextLayout::default();
        page.paragraph("", &format!("a {} b", "x".repeat(100)));
        assert_eq!(page.finish().lines().count(), 3);
    }

    #[test]
    fn columns_align_or_stack() {
        let row = |a: &str, b: &str| vec![a.to_owned(), b.to_owned()];
        assert_eq!(
            table(&[row("A", "B"), row("long", "x")]),
            ["A     B", "long  x"]
        );
        let wide = "w".repeat(50);
        assert_eq!(
            table(&[row("REGION", "RESULT"), row(&wide, &wide)]),
            [wide.clone(), format!("  RESULT: {wide}")]
        );
    }
}
