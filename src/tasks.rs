//! Boxed futures, and joining, racing and spawning them. futures-util can do more, and compiles each of its combinators
//! once for every type of future; here there is one type.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;

/// Future without a result, in a box. Dropping it cancels it.
pub type BoxFuture<'run> = Pin<Box<dyn Future<Output = ()> + 'run>>;

/// Queue of futures that are added while others are polled.
pub type FutureQueue<'run> = RefCell<Vec<BoxFuture<'run>>>;

/// Boxes a future.
pub fn boxed<'run>(work: impl Future<Output = ()> + 'run) -> BoxFuture<'run> {
    Box::pin(work)
}

/// Polls these futures concurrently until each is done.
pub async fn join_all(works: Vec<BoxFuture<'_>>) {
    join_all_and_queued(works, &FutureQueue::default()).await;
}

/// Polls these futures and those that are queued meanwhile, until each is done.
pub async fn join_all_and_queued<'run>(mut works: Vec<BoxFuture<'run>>, more: &FutureQueue<'run>) {
    poll_fn(|context| {
        loop {
            works.retain_mut(|work| work.as_mut().poll(context).is_pending());
            let mut more = more.take();
            if more.is_empty() {
                break;
            }
            works.append(&mut more);
        }
        if works.is_empty() {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
}

/// Polls both futures until one is done; true if that is the first. The other may be polled on.
pub async fn race(first: &mut BoxFuture<'_>, second: &mut BoxFuture<'_>) -> bool {
    poll_fn(|context| {
        if first.as_mut().poll(context).is_ready() {
            return Poll::Ready(true);
        }
        second.as_mut().poll(context).map(|()| false)
    })
    .await
}

/// Handle of a spawned future. Dropping it cancels the future.
pub struct Task(Rc<TaskState>);

struct TaskState {
    /// The future; taken out while it is polled.
    work: RefCell<Option<BoxFuture<'static>>>,
    is_ended: Cell<bool>,
}

impl Task {
    /// Spawns a future on the browser's event loop.
    pub fn begin(work: impl Future<Output = ()> + 'static) -> Self {
        let task = Rc::new(TaskState {
            work: RefCell::new(Some(Box::pin(work))),
            is_ended: Cell::new(false),
        });
        let running = Self(task.clone());
        wasm_bindgen_futures::spawn_local(poll_fn(move |context| {
            // Taken out of its cell: polling may drop the handle.
            let Some(mut work) = task.work.take() else {
                return Poll::Ready(());
            };
            let polled = work.as_mut().poll(context);
            if polled.is_pending() && !task.is_ended.get() {
                task.work.replace(Some(work));
            }
            polled
        }));
        running
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.0.is_ended.set(true);
        self.0.work.take();
    }
}
