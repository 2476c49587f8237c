//! Clocks and timers: monotonic time for measuring, calendar time for the report.

use std::rc::Rc;

use reachcheck_model::time::Moment;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

use super::notify::Notify;
use crate::tasks::{BoxFuture, boxed, race};

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

/// Calls once, after so many milliseconds, unless it is dropped before.
pub struct Timer {
    handle: i32,
    _call: Closure<dyn FnMut()>,
}

impl Timer {
    /// Sets it.
    pub fn set(ms: f64, call: impl FnMut() + 'static) -> Self {
        let call = Closure::<dyn FnMut()>::new(call);
        #[expect(clippy::cast_possible_truncation, reason = "saturates")]
        let handle = super::window().set_timeout_with_callback_and_timeout_and_arguments_0(
            call.as_ref().unchecked_ref(),
            ms.max(0.0).ceil() as i32,
        );
        Self {
            // Every browser has timers; without one, it never calls.
            handle: handle.unwrap_or_default(),
            _call: call,
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        super::window().clear_timeout_with_handle(self.handle);
    }
}

/// Ends after so many milliseconds.
pub async fn sleep_ms(ms: f64) {
    let notify = Rc::new(Notify::default());
    let over = notify.clone();
    let _timer = Timer::set(ms, move || over.notify());
    notify.notified().await;
}

/// Whether work is done within so many milliseconds. It can go on.
pub async fn timeout(it: &mut BoxFuture<'_>, ms: f64) -> bool {
    race(it, &mut boxed(sleep_ms(ms))).await
}

/// Waits for the next notification for at most `ms` milliseconds; false if there was none.
pub async fn notified_within(notify: &Notify, ms: f64) -> bool {
    timeout(&mut boxed(notify.notified()), ms).await
}
