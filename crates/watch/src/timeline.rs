//! The log, drawn: what lies where between two moments. Shares of the width, so that no component computes.

use super::log::{Entry, Lane, Log, What};

/// What a stretch of a row was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StretchKind {
    /// A silence that passed.
    Passed,
    /// A silence that was cut at its end.
    Cut,
    /// Nothing was there: asleep, offline, out.
    Away,
    /// A moment at which something happened.
    Mark,
}

impl StretchKind {
    /// A stable token, for the stylesheet.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Cut => "cut",
            Self::Away => "away",
            Self::Mark => "mark",
        }
    }
}

/// A stretch, in shares of the width from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// What it was.
    pub kind: StretchKind,
}

/// Whose row it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    /// A socket's.
    Lane(Lane),
    /// The computer's and its network's.
    Network,
    /// A region's, by its id.
    Region(String),
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Whose.
    pub of: Of,
    /// What it shows, oldest first.
    pub stretches: Vec<Stretch>,
}

/// What is seen of a log: from and to, in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// The left edge.
    pub from: f64,
    /// The right edge.
    pub to: f64,
}

/// Nobody sees more in less than this, in milliseconds.
const CLOSEST_MS: f64 = 60_000.0;

impl View {
    /// All of a log.
    #[must_use]
    pub fn all(log: &Log) -> Self {
        let entries = log.entries();
        let from = entries.first().map_or(0.0, |entry| entry.unix_ms);
        let to = entries.last().map_or(0.0, |entry| entry.unix_ms);
        Self {
            from,
            to: to.max(from + CLOSEST_MS),
        }
    }

    fn length(self) -> f64 {
        self.to - self.from
    }

    /// Half or twice as much, about the right edge, where the news is; never more than all.
    #[must_use]
    pub fn zoomed(self, closer: bool, all: Self) -> Self {
        let length = if closer {
            (self.length() / 2.0).max(CLOSEST_MS)
        } else {
            self.length() * 2.0
        };
        Self {
            from: self.to - length,
            to: self.to,
        }
        .within(all)
    }

    /// Half a width earlier or later.
    #[must_use]
    pub fn moved(self, later: bool, all: Self) -> Self {
        let by = self.length() / if later { 2.0 } else { -2.0 };
        Self {
            from: self.from + by,
            to: self.to + by,
        }
        .within(all)
    }

    fn within(self, all: Self) -> Self {
        let length = self.length().min(all.length());
        let from = self.from.clamp(all.from, all.to - length);
        Self {
            from,
            to: from + length,
        }
    }
}

/// Draws what is seen: a row for each lane, one for the network, one for each of these regions.
#[must_use]
pub fn draw<'a>(log: &Log, view: View, regions: impl Iterator<Item = &'a str>) -> Vec<Row> {
    let own = Lane::ALL.into_iter().map(Of::Lane).chain([Of::Network]);
    let rows = own.chain(regions.map(|id| Of::Region(id.to_owned())));
    rows.map(|of| {
        let stretches = log.entries().iter().filter_map(|entry| {
            let (from, to, kind) = stretch(&of, entry)?;
            let share = |at: f64| ((at - view.from) / view.length()).clamp(0.0, 1.0);
            let is_seen = to >= view.from && from <= view.to;
            is_seen.then(|| Stretch {
                from: share(from),
                to: share(to),
                kind,
            })
        });
        let stretches = thinned(stretches.collect());
        Row { of, stretches }
    })
    .collect()
}

fn stretch(of: &Of, entry: &Entry) -> Option<(f64, f64, StretchKind)> {
    let at = entry.unix_ms;
    Some(match (of, &entry.what) {
        (Of::Lane(row), What::Survived { lane, quiet_ms }) if row == lane => {
            (at - quiet_ms, at, StretchKind::Passed)
        }
        (Of::Lane(row), What::Cut { lane, quiet_ms, .. }) if row == lane => {
            (at - quiet_ms, at, StretchKind::Cut)
        }
        (Of::Lane(row), What::NotOpened { lane } | What::Busy { lane }) if row == lane => {
            (at, at, StretchKind::Mark)
        }
        (Of::Lane(Lane::Events), What::Late { .. } | What::Lost { .. } | What::Twice { .. }) => {
            (at, at, StretchKind::Mark)
        }
        (Of::Network, What::Slept { ms } | What::Throttled { ms }) => {
            (at - ms, at, StretchKind::Away)
        }
        (Of::Network, What::Offline | What::Online | What::Address { .. }) => {
            (at, at, StretchKind::Mark)
        }
        (Of::Region(row), What::RegionBack { region, ms }) if row == region => {
            (at - ms, at, StretchKind::Away)
        }
        (Of::Region(row), What::RegionOut { region }) if row == region => {
            (at, at, StretchKind::Mark)
        }
        _ => return None,
    })
}

/// More than anybody sees on one line.
const STRETCHES_MAX: usize = 400;
/// Stretches of a kind closer than this, in shares of the width, are drawn as one.
const CLOSE: f64 = 0.002;

/// A whole shift of short silences is drawn as few stretches; none that was cut is lost among those that passed.
fn thinned(stretches: Vec<Stretch>) -> Vec<Stretch> {
    if stretches.len() <= STRETCHES_MAX {
        return stretches;
    }
    let mut thin: Vec<Stretch> = Vec::new();
    for stretch in stretches {
        match thin.last_mut() {
            Some(last) if last.kind == stretch.kind && stretch.from - last.to <= CLOSE => {
                last.to = last.to.max(stretch.to);
            }
            _ => thin.push(stretch),
        }
    }
    thin
}

#[cfg(test)]
mod tests {
    use super::{Of, StretchKind, View, draw};
    use crate::{Cut, Entry, Lane, Log, What};

    fn log() -> Log {
        let at = |minutes: f64, what| Entry {
            unix_ms: 1e12 + minutes * 60_000.0,
            what,
        };
        let lane = Lane::Growing;
        [
            at(0.0, What::Began),
            at(
                1.0,
                What::Survived {
                    lane,
                    quiet_ms: 60_000.0,
                },
            ),
            at(
                5.0,
                What::Cut {
                    lane,
                    quiet_ms: 120_000.0,
                    still_ms: 120_000.0,
                    how: Cut::Broken,
                },
            ),
            at(8.0, What::Slept { ms: 60_000.0 }),
            at(
                10.0,
                What::RegionBack {
                    region: "toronto".to_owned(),
                    ms: 120_000.0,
                },
            ),
        ]
        .into_iter()
        .collect()
    }

    #[test]
    fn each_lies_where_it_was() {
        let log = log();
        let rows = draw(&log, View::all(&log), ["toronto", "seattle"].into_iter());
        assert_eq!(rows.len(), 7);
        let drawn: Vec<(f64, f64, StretchKind)> = rows[0]
            .stretches
            .iter()
            .map(|stretch| (stretch.from, stretch.to, stretch.kind))
            .collect();
        assert_eq!(
            drawn,
            [
                (0.0, 0.1, StretchKind::Passed),
                (0.3, 0.5, StretchKind::Cut)
            ]
        );
        assert_eq!(rows[4].of, Of::Network);
        assert_eq!(rows[4].stretches[0].kind, StretchKind::Away);
        assert!((rows[5].stretches[0].from - 0.8).abs() < 1e-9);
        assert!(rows[1].stretches.is_empty() && rows[6].stretches.is_empty());
    }

    #[test]
    fn a_view_stays_within_the_log_and_shows_the_latest_first() {
        let log = log();
        let all = View::all(&log);
        let closer = all.zoomed(true, all);
        assert_eq!((closer.to, closer.length()), (all.to, 300_000.0));
        assert_eq!(draw(&log, closer, [].into_iter())[0].stretches.len(), 1);
        let earlier = closer.moved(false, all).moved(false, all);
        assert_eq!(earlier.from, all.from);
        assert_eq!(earlier.moved(true, all).moved(true, all), closer);
        assert_eq!(closer.zoomed(false, all).zoomed(false, all), all);
        let mut closest = all;
        for _ in 0..20 {
            closest = closest.zoomed(true, all);
        }
        assert_eq!(closest.length(), super::CLOSEST_MS);
        // An empty log can be looked at, too.
        let empty = Log::default();
        let view = View::all(&empty).zoomed(true, View::all(&empty));
        assert!(draw(&empty, view, [].into_iter()).len() == 5);
    }

    #[test]
    fn a_shift_of_short_silences_is_few_stretches_and_keeps_its_cut() {
        let mut log = Log::default();
        for minute in 0..2_000 {
            let lane = Lane::Growing;
            let what = if minute == 1_000 {
                What::Cut {
                    lane,
                    quiet_ms: 30_000.0,
                    still_ms: 30_000.0,
                    how: Cut::Silent,
                }
            } else {
                What::Survived {
                    lane,
                    quiet_ms: 60_000.0,
                }
            };
            log.push(Entry {
                unix_ms: f64::from(minute) * 60_000.0,
                what,
            });
        }
        let rows = draw(&log, View::all(&log), [].into_iter());
        assert!(rows[0].stretches.len() < 10, "{:?}", rows[0].stretches);
        assert!(rows[0].stretches.iter().any(|s| s.kind == StretchKind::Cut));
    }
}
