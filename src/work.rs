//! Asynchronous work in boxes, and how it goes side by side. futures-util can do more, and compiles each of its
//! combinators once for every kind of work; here there is one kind.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;

/// Work under way. Dropping it ends it.
pub type Work<'run> = Pin<Box<dyn Future<Output = ()> + 'run>>;

/// Work that comes up while other work is under way.
pub type More<'run> = RefCell<Vec<Work<'run>>>;

/// Puts work into its box.
pub fn work<'run>(work: impl Future<Output = ()> + 'run) -> Work<'run> {
    Box::pin(work)
}

/// All of these side by side, until each is done.
pub async fn all(works: Vec<Work<'_>>) {
    all_and_more(works, &More::default()).await;
}

/// All of these side by side, and what comes up meanwhile, until each is done.
pub async fn all_and_more<'run>(mut works: Vec<Work<'run>>, more: &More<'run>) {
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

/// Both, until one is done: whether that is the first. The other can go on.
pub async fn either(first: &mut Work<'_>, second: &mut Work<'_>) -> bool {
    poll_fn(|context| {
        if first.as_mut().poll(context).is_ready() {
            return Poll::Ready(true);
        }
        second.as_mut().poll(context).map(|()| false)
    })
    .await
}

/// Work that goes on by itself. Dropping this ends it.
pub struct Running(Rc<Task>);

struct Task {
    /// Not here while it is polled.
    work: RefCell<Option<Work<'static>>>,
    is_ended: Cell<bool>,
}

impl Running {
    /// Begins it.
    pub fn begin(work: impl Future<Output = ()> + 'static) -> Self {
        let task = Rc::new(Task {
            work: RefCell::new(Some(Box::pin(work))),
            is_ended: Cell::new(false),
        });
        let running = Self(task.clone());
        wasm_bindgen_futures::spawn_local(poll_fn(move |context| {
            // Out of its cell: what it does may end it.
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

impl Drop for Running {
    fn drop(&mut self) {
        self.0.is_ended.set(true);
        self.0.work.take();
    }
}
