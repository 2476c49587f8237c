//! Moments, and dates from milliseconds since 1970, without a clock: days to civil date after Howard Hinnant's
//! "chrono-Compatible Low-Level Date Algorithms".

/// A moment, as the browser tells it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moment {
    /// Milliseconds since 1970, UTC.
    pub unix_ms: f64,
    /// Local time minus UTC, in minutes.
    pub offset_minutes: i32,
}

struct Civil {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
}

fn civil(unix_ms: f64) -> Civil {
    // A browser's clock is within i64 by thousands of years; `as` saturates for one that is not.
    #[expect(clippy::cast_possible_truncation, reason = "saturates")]
    let seconds = (unix_ms / 1000.0).floor() as i64;
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let shifted = days.saturating_add(719_468);
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    Civil {
        year: year_of_era + era * 400 + i64::from(month <= 2),
        month,
        day: day_of_year - (153 * shifted_month + 2) / 5 + 1,
        hour: rest / 3600,
        minute: rest % 3600 / 60,
        second: rest % 60,
    }
}

/// `2026-11-22 22:10:05 UTC (17:10:05 -05:00)`.
#[must_use]
pub fn utc_and_local(moment: Moment) -> String {
    let utc = civil(moment.unix_ms);
    let local = civil(moment.unix_ms + f64::from(moment.offset_minutes) * 60_000.0);
    let sign = if moment.offset_minutes < 0 { '-' } else { '+' };
    let offset = moment.offset_minutes.abs();
    format!(
        "{:04}-{:02}-{:02} {:02}:{:02}:{:02} UTC ({:02}:{:02}:{:02} {sign}{:02}:{:02})",
        utc.year,
        utc.month,
        utc.day,
        utc.hour,
        utc.minute,
        utc.second,
        local.hour,
        local.minute,
        local.second,
        offset / 60,
        offset % 60
    )
}

/// `2026-11-22 22:10:05 UTC`.
#[must_use]
pub fn utc(moment: Moment) -> String {
    let utc = civil(moment.unix_ms);
    format!(
        "{:04}-{:02}-{:02} {:02}:{:02}:{:02} UTC",
        utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second
    )
}

/// `2026-11-22T22:10:05Z` (RFC 3339), for machines.
#[must_use]
pub fn iso_utc(moment: Moment) -> String {
    utc(moment).replacen(' ', "T", 1).replace(" UTC", "Z")
}

/// `17:10`, by the clock of where the moment was taken.
#[must_use]
pub fn local_hour(moment: Moment) -> String {
    let local = civil(moment.unix_ms + f64::from(moment.offset_minutes) * 60_000.0);
    format!("{:02}:{:02}", local.hour, local.minute)
}

/// `20261122-221005`, in UTC, for file names.
#[must_use]
pub fn file_stamp(moment: Moment) -> String {
    let utc = civil(moment.unix_ms);
    format!(
        "{:04}{:02}{:02}-{:02}{:02}{:02}",
        utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second
    )
}

#[cfg(test)]
mod tests {
    use super::{Moment, file_stamp, utc_and_local};

    #[test]
    fn known_moments() {
        for (unix_ms, offset_minutes, text) in [
            (0.0, 0, "1970-01-01 00:00:00 UTC (00:00:00 +00:00)"),
            (
                951_782_400_000.0,
                330,
                "2000-02-29 00:00:00 UTC (05:30:00 +05:30)",
            ),
            (
                1_795_385_405_999.0,
                -300,
                "2026-11-22 22:10:05 UTC (17:10:05 -05:00)",
            ),
            (
                4_102_444_799_000.0,
                -210,
                "2099-12-31 23:59:59 UTC (20:29:59 -03:30)",
            ),
        ] {
            let moment = Moment {
                unix_ms,
                offset_minutes,
            };
            assert_eq!(utc_and_local(moment), text);
        }
        assert_eq!(
            file_stamp(Moment {
                unix_ms: 951_782_399_000.0,
                offset_minutes: 0
            }),
            "20000228-235959"
        );
    }
}
