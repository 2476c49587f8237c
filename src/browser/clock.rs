//! Time: a monotonic one for measuring, the calendar's for the report.

use reachcheck_core::session::Moment;

/// Milliseconds since the page began, monotonic; resolution 0.1 ms in Chromium, 1 ms in Firefox.
pub fn now_ms() -> f64 {
    super::window()
        .performance()
        .map_or_else(js_sys::Date::now, |performance| performance.now())
}

/// The calendar's now.
pub fn moment() -> Moment {
    let date = js_sys::Date::new_0();
    Moment {
        unix_ms: date.get_time(),
        // Between -840 and 720.
        #[expect(clippy::cast_possible_truncation, reason = "whole minutes")]
        offset_minutes: -(date.get_timezone_offset() as i32),
    }
}

/// Ends after so many milliseconds.
pub async fn sleep_ms(ms: f64) {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates"
    )]
    gloo_timers::future::TimeoutFuture::new(ms.max(0.0).ceil() as u32).await;
}
