//! What mail programs, chats, ticket systems and people do to a text.

/// Numbers that look random and are the same every time (Steele and others, "SplitMix", 2014).
pub struct Random(u64);

impl Random {
    pub fn new(seed: usize) -> Self {
        Self(seed as u64)
    }

    /// From zero up to, not including, `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }

    fn one_of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

type Mangling = fn(&str, &mut Random) -> String;

pub const ALL: [(&str, Mangling); 20] = [
    ("quoted", quoted),
    ("wrapped", wrapped),
    ("indented", indented),
    ("html to text", html_to_text),
    ("html source", html_source),
    ("crlf", |text, _| text.replace('\n', "\r\n")),
    ("old mac line ends", |text, _| text.replace('\n', "\r")),
    ("trailing spaces", |text, random| {
        per_line(text, |line| {
            format!("{line}{}", " ".repeat(random.below(4)))
        })
    }),
    ("empty lines between", |text, _| text.replace('\n', "\n\n")),
    ("smart punctuation", smart_punctuation),
    ("no-break spaces", |text, random| {
        text.replace(' ', random.one_of(&["\u{a0}", "\u{202f}", "\u{2007}"]))
    }),
    ("zero-width characters", |text, random| {
        sprinkled(
            text,
            random,
            &["\u{200b}", "\u{200d}", "\u{2060}", "\u{feff}", "\u{ad}"],
        )
    }),
    ("bidi marks", |text, random| {
        sprinkled(
            text,
            random,
            &[
                "\u{200e}", "\u{200f}", "\u{202a}", "\u{202c}", "\u{2066}", "\u{2069}",
            ],
        )
    }),
    ("chat names and times", chat),
    ("pasted twice", |text, _| format!("{text}{text}")),
    ("amid other text", amid),
    ("lower case", |text, _| text.to_lowercase()),
    ("one paragraph", |text, _| text.replace('\n', " ")),
    ("table cell", |text, _| {
        per_line(text, |line| format!("| {line} |"))
    }),
    ("list", |text, random| {
        let bullet = random.one_of(&["* ", "- ", "• ", "· "]);
        per_line(text, |line| format!("{bullet}{line}"))
    }),
];

fn per_line(text: &str, mut change: impl FnMut(&str) -> String) -> String {
    text.lines().map(|line| change(line) + "\n").collect()
}

fn quoted(text: &str, random: &mut Random) -> String {
    let mark = random.one_of(&["> ", ">", "> > ", ">> ", "| "]);
    per_line(text, |line| format!("{mark}{line}"))
}

fn indented(text: &str, random: &mut Random) -> String {
    let mark = random.one_of(&["  ", "    ", "\t", "\u{3000}"]);
    per_line(text, |line| format!("{mark}{line}"))
}

/// At any width, in the middle of words too.
fn wrapped(text: &str, random: &mut Random) -> String {
    let width = 6 + random.below(90);
    per_line(text, |line| {
        let characters: Vec<char> = line.chars().collect();
        let lines: Vec<String> = characters
            .chunks(width)
            .map(|part| part.iter().collect())
            .collect();
        lines.join("\n")
    })
}

fn html_to_text(text: &str, random: &mut Random) -> String {
    let gap = random.one_of(&["\n\n", "\n \n", " \n"]);
    text.replace('<', "&lt;")
        .replace('\n', gap)
        .replace("  ", " \u{a0}")
}

fn html_source(text: &str, random: &mut Random) -> String {
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace("  ", "&nbsp; ");
    match random.below(3) {
        0 => escaped.replace('\n', "<br>"),
        1 => per_line(&escaped, |line| format!("<p style=\"margin:0\">{line}</p>")),
        _ => per_line(&escaped, |line| {
            format!("<div class=MsoNormal>{line}<o:p></o:p></div>")
        }),
    }
}

fn smart_punctuation(text: &str, _: &mut Random) -> String {
    text.replace("---", "—")
        .replace("--", "–")
        .replace('"', "”")
        .replace('\'', "’")
        .replace("...", "…")
}

fn sprinkled(text: &str, random: &mut Random, marks: &[&str]) -> String {
    let mut changed = String::new();
    for c in text.chars() {
        if random.below(12) == 0 {
            changed.push_str(random.one_of(marks));
        }
        changed.push(c);
    }
    changed
}

fn chat(text: &str, random: &mut Random) -> String {
    let name = random.one_of(&[
        "Anna",
        "Paul Dupuis",
        "Zoë Muller-Unger",
        "U2 SUPPORT",
        "jean.luc",
        "Übermut",
    ]);
    let style = random.below(8);
    let mut minute = random.below(40);
    per_line(text, |line| {
        minute += 1;
        match style {
            0 => format!("[10:{minute:02}] {name}: {line}"),
            1 => format!("{name} [10:{minute:02} AM]: {line}"),
            2 => format!("10:{minute:02} <{name}> {line}"),
            3 => format!("<{name}> {line}"),
            4 => format!("{name}  10:{minute:02} AM\n{line}"),
            5 => format!("10:{minute:02} {name} {line}"),
            6 => format!("[2026-11-24, 10:{minute:02}:07] {name}: {line}"),
            _ => format!("{name} > {line}"),
        }
    })
}

fn amid(text: &str, random: &mut Random) -> String {
    let before = random.one_of(&[
        "Hello,\nyour test says:\n\n",
        "On Tue, 24 Nov 2026 at 10:42, Paul U. <p@example.com> wrote:\n",
        "Please see below ",
    ]);
    let behind = random.one_of(&[
        "\n-- \nKind regards\nUrsula Uhl\n",
        " Sent from my phone, U know",
        "\n___\nThis message is confidential. If you are not …\n",
    ]);
    format!("{before}{text}{behind}")
}

/// Characters lost, changed, swapped or added, lines lost or swapped, the end or the beginning cut off.
pub fn damage(text: &str, random: &mut Random) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for _ in 0..1 + random.below(3) {
        if characters.is_empty() {
            break;
        }
        let at = random.below(characters.len());
        let other = random.below(characters.len());
        let letter = char::from(b"0123456789ABCDEFGHJKMNPQRSTUVWXYZ"[random.below(33)]);
        match random.below(7) {
            0 => characters[at] = letter,
            1 => drop(characters.remove(at)),
            2 => characters.insert(at, letter),
            3 => characters.swap(at, other),
            4 => characters.truncate(at),
            5 => drop(characters.drain(..at)),
            _ => drop(characters.drain(at.min(other)..at.max(other))),
        }
    }
    characters.into_iter().collect()
}
