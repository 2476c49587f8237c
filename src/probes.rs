//! Probe drivers: each makes one attempt in the browser and tells what came of it. A driver never judges, knows of no
//! other, and has no deadline: dropping its work ends it.

pub mod challenge;
mod own_delay;
mod request;
mod socket;
mod turn;

use std::cell::OnceCell;
use std::rc::Rc;

use futures::future::{LocalBoxFuture, OptionFuture};
use futures::{FutureExt as _, join};
use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::machine::{Action, Attempt, Input, Sign};
use reachcheck_model::observation::{Failure, NotRun, Outcome};
use reachcheck_model::page_policy::ConnectSources;

use crate::browser::socket::Sender;
use crate::browser::{environment, page_policy};
use challenge::socket_url;
use own_delay::OwnDelayBefore;
pub use own_delay::clear;

/// Work of an attempt. It begins when it is first polled, so that attempts begin in the order of their tasks.
pub struct Work {
    /// Ends when nothing more is to be told.
    pub future: LocalBoxFuture<'static, ()>,
    /// Sends on its socket, once it has one.
    pub sender: Rc<OnceCell<Sender>>,
}

impl Work {
    /// An attempt that cannot be made.
    fn not_run(attempt: Attempt, why: NotRun, tell: impl Fn(Input) + 'static) -> Self {
        let future = async move {
            tell(Input::Ended {
                attempt,
                outcome: Outcome::NotRun(why),
                clock: None,
            });
        };
        Self {
            future: future.boxed_local(),
            sender: Rc::default(),
        }
    }
}

/// How an attempt ended, and this computer's clock beside the answering host's, where the answer tells the time.
type Ended = (Outcome, Option<Outcome>);

/// Work of an attempt, which tells the machine of it.
pub fn work(
    attempt: Attempt,
    action: Action,
    family: BrowserFamily,
    sources: Option<&ConnectSources>,
    tell: impl Fn(Input) + 'static,
) -> Work {
    if let Some(place) = sources.and_then(|sources| sources.forbids(&action)) {
        page_policy::note(place.to_string());
        return Work::not_run(attempt, NotRun::ForbiddenByPage, tell);
    }
    let address = match &action {
        Action::Fetch(url) | Action::FetchInSpace { url, .. } => Some(url.clone()),
        Action::Challenge { base, .. }
        | Action::AskDial { base, .. }
        | Action::AskControls { base } => Some(base.clone()),
        _ => None,
    };
    let forbidden = Outcome::Failed {
        ms: 0.0,
        failure: Failure::Forbidden,
    };
    let on_port = |base: String, port: Option<u16>| match port {
        Some(port) => environment::on_port(&base, port),
        None => Some(base),
    };
    let is_read_by_the_clock = matches!(
        action,
        Action::Fetch(_) | Action::FetchPage | Action::FetchFreshName(_) | Action::Challenge { .. }
    );
    let ended = match action {
        Action::Socket(url) => return socket::work(attempt, url, family, tell),
        Action::RelaySocket { base, port } => match on_port(base, port) {
            Some(base) => return socket::work(attempt, socket_url(&base), family, tell),
            None => only(forbidden),
        },
        Action::GatherEndpoint { host, port } => {
            return turn::work(
                attempt,
                ["turn", "turns"].map(|it| (it, &*host, port)),
                tell,
            );
        }
        Action::GatherRelay { base, port } => match environment::hostname(&base) {
            Some(host) => return turn::work(attempt, [("turn", &*host, port)], tell),
            None => only(Outcome::NotRun(NotRun::NotOffered)),
        },
        Action::Challenge { base, port } => match on_port(base, port) {
            Some(base) => async move { challenge::timed(&base).await }.boxed_local(),
            None => only(forbidden),
        },
        Action::AskDial { base, endpoint } => {
            async move { (challenge::dial(&base, &endpoint).await, None) }.boxed_local()
        }
        Action::AskControls { base } => {
            async move { (challenge::controls(&base).await, None) }.boxed_local()
        }
        Action::Fetch(url) => {
            async move { (request::opaque(&url, family).await, None) }.boxed_local()
        }
        Action::FetchInSpace { url, space } => {
            async move { (request::in_space(&url, space).await, None) }.boxed_local()
        }
        Action::FetchPage => request::page().boxed_local(),
        Action::FetchFreshName(domain) => {
            async move { (request::fresh_name(&domain).await, None) }.boxed_local()
        }
        Action::Image(url) => async move { (request::image(&url).await, None) }.boxed_local(),
        Action::AwaitBodies { url, count } => {
            async move { (request::bodies(&url, count).await, None) }.boxed_local()
        }
        Action::ReadTiming { challenge, warm_ms } => only(request::timing(challenge, warm_ms)),
    };
    let future = async move {
        let own_delay = is_read_by_the_clock.then(|| OwnDelayBefore::begin(family));
        let timed = own_delay.as_ref().map(OwnDelayBefore::timed);
        let told = async {
            let (mut outcome, clock) = ended.await;
            let may_be_forbidden = matches!(outcome, Outcome::Failed { .. });
            if may_be_forbidden && address.as_deref().is_some_and(page_policy::was_turned_down) {
                outcome = Outcome::NotRun(NotRun::ForbiddenByPage);
            }
            if let Some(own_delay) = own_delay
                && let Some(own_delay) = own_delay.end().await
            {
                tell(Input::Sign(attempt, Sign::OwnDelay(own_delay)));
            }
            tell(Input::Ended {
                attempt,
                outcome,
                clock,
            });
        };
        join!(told, OptionFuture::from(timed));
    };
    Work {
        future: future.boxed_local(),
        sender: Rc::default(),
    }
}

fn only(outcome: Outcome) -> LocalBoxFuture<'static, Ended> {
    async { (outcome, None) }.boxed_local()
}
