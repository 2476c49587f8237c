//! Heartbeat of a run: signs of life of the page, and what the browser says of the network of this computer.

use std::rc::Rc;

use reachcheck_model::machine::Input;
use reachcheck_model::thresholds::{HEARTBEAT_HIDDEN_MS, HEARTBEAT_MS};

use crate::browser::clock;
use crate::browser::window_events::{self, Listener};
use crate::tasks::Task;

/// Beats as long as it is not dropped.
pub struct Heartbeat {
    _beats: Task,
    _online: [Listener; 2],
    _visibility: Option<Listener>,
}

impl Heartbeat {
    /// Begins with a beat at once.
    pub fn begin(tell: impl Fn(Input) + 'static) -> Self {
        let tell = Rc::new(tell);
        let beat = {
            let tell = tell.clone();
            move || {
                let next_ms = match window_events::is_hidden() {
                    true => HEARTBEAT_HIDDEN_MS,
                    false => HEARTBEAT_MS,
                };
                tell(Input::Beat { next_ms });
            }
        };
        let changed = || {
            let tell = tell.clone();
            move || tell(Input::NetworkChanged)
        };
        Self {
            _online: [
                window_events::on_offline(changed()),
                window_events::on_online(changed()),
            ],
            // Timers pass more rarely from now on, or more often: what was announced holds no more.
            _visibility: window_events::on_visibility(beat.clone()),
            _beats: Task::begin(async move {
                loop {
                    beat();
                    clock::sleep_ms(HEARTBEAT_MS).await;
                }
            }),
        }
    }
}
