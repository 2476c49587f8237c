//! Clocks and timers: monotonic time for measuring, calendar time for the report.

use std::pin::pin;

use futures::future::{Either, select};
use gloo_timers::callback::Interval;
use gloo_timers::future::TimeoutFuture;
use reachcheck_model::time::Moment;

/// Milliseconds since the page began, monotonic; resolution 0.1 ms in Chromium, 1 ms in Firefox.
pub fn now_ms() -> f64 {
    super::window()
        .performance()
        .map_or_else(js_sys::Date::now, |performance| performance.now())
}

/// The smallest of a few steps of [`now_ms`], in milliseconds; `None` where the clock stands still. The page does nothing
/// else meanwhile: for 0.5 ms in Chromium, 5 ms in Firefox, and one step of a clock that is coarser.
pub fn grain_ms() -> Option<f64> {
    /// Reads for which a clock may stand still: more than a tenth of a second.
    const READS: u32 = 4_000_000;
    /// Some steps are longer, where another program ran meanwhile.
    const STEPS: u32 = 5;
    /// Where one step takes this long (ms), the others are not waited for.
    const COARSE_MS: f64 = 5.0;
    let (mut last, mut grain, mut steps) = (now_ms(), f64::INFINITY, 0);
    for _ in 0..READS {
        let now = now_ms();
        if now > last {
            grain = grain.min(now - last);
            last = now;
            steps += 1;
            if steps == STEPS || grain > COARSE_MS {
                break;
            }
        }
    }
    grain.is_finite().then_some(grain)
}

/// The calendar's now.
pub fn moment() -> Moment {
    moment_at(js_sys::Date::now())
}

/// A moment of the calendar, in this computer's time zone.
pub fn moment_at(unix_ms: f64) -> Moment {
    let date = js_sys::Date::new(&unix_ms.into());
    Moment {
        unix_ms: date.get_time(),
        // Between -840 and 720.
        #[expect(clippy::cast_possible_truncation, reason = "whole minutes")]
        offset_minutes: -(date.get_timezone_offset() as i32),
    }
}

/// A moment as people of a language write it, in this computer's time zone.
pub fn in_words(unix_ms: f64, language: &str) -> String {
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "long"), ("timeStyle", "long")] {
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    let date = js_sys::Date::new(&unix_ms.into());
    date.to_locale_string(language, &options).into()
}

/// The time of day as people of a language write it, in this computer's time zone.
pub fn time_in_words(unix_ms: f64, language: &str) -> String {
    let date = js_sys::Date::new(&unix_ms.into());
    date.to_locale_time_string(language).into()
}

/// A number as people of a language write it, with one decimal.
pub fn number_in_words(value: f64, language: &str) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    js_sys::Number::from(rounded)
        .to_locale_string(language)
        .into()
}

/// Calls with the number of seconds that have passed, once in each, until it is dropped.
#[must_use]
pub fn each_second(mut call: impl FnMut(u32) + 'static) -> impl Sized + 'static {
    let begun = now_ms();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "seconds since a moment that is over"
    )]
    Interval::new(1_000, move || {
        call(((now_ms() - begun) / 1_000.0).round() as u32)
    })
}

/// Ends after so many milliseconds.
pub async fn sleep_ms(ms: f64) {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within the 31 bits that a browser's timer has"
    )]
    let ms = ms.clamp(0.0, f64::from(i32::MAX)).ceil() as u32;
    TimeoutFuture::new(ms).await;
}

/// What work comes to, or `None` if it is not done within so many milliseconds. Work that was lent can then go on.
pub async fn timeout<T>(work: impl Future<Output = T>, ms: f64) -> Option<T> {
    match select(pin!(work), pin!(sleep_ms(ms))).await {
        Either::Left((done, _)) => Some(done),
        Either::Right(_) => None,
    }
}
