//! Spawned work with an owner.

use std::cell::Cell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use futures::FutureExt as _;
use futures::future::LocalBoxFuture;

/// Spawned future. Dropping this drops the future at once: fetches abort and sockets close before `drop` returns.
///
/// A run that is begun again ends the one before it in the same call, and must not meet its connections. The futures
/// crate has `Abortable` and `RemoteHandle`, but what these end lives on until the event loop polls it once more.
pub struct Task {
    _work: Rc<Slot>,
}

/// The future; taken out while it is polled.
type Slot = Cell<Option<LocalBoxFuture<'static, ()>>>;

impl Task {
    /// Spawns a future on the browser's event loop.
    pub fn begin(work: impl Future<Output = ()> + 'static) -> Self {
        let slot: Rc<Slot> = Rc::new(Cell::new(Some(work.boxed_local())));
        let weak = Rc::downgrade(&slot);
        wasm_bindgen_futures::spawn_local(poll_fn(move |context| {
            let Some(mut work) = weak.upgrade().and_then(|slot| slot.take()) else {
                return Poll::Ready(());
            };
            let polled = work.poll_unpin(context);
            // Whoever was called by it may have dropped the task.
            if polled.is_pending()
                && let Some(slot) = weak.upgrade()
            {
                slot.set(Some(work));
            }
            polled
        }));
        Self { _work: slot }
    }
}
