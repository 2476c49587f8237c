//! What an attempt brings, and when: each action of the machine, made by the browser.

use reachcheck_lab::engine::Engine;
use reachcheck_model::machine::{Action, Attempt, Input, Sign};
use reachcheck_model::observation::{Answer, Failure, Outcome};
use reachcheck_model::probe::AddressSpace;

use super::hosts::{self, Target};
use super::{Browser, Course, End};
use crate::engine::Way;
use crate::noise::{Class, Kind};
use crate::reaction::{Http, Reaction};
use crate::relay::{self, Talk};

/// What is to come, in milliseconds of the run's clock.
pub type Coming = Vec<(f64, Input)>;

impl Browser<'_> {
    /// Begins an attempt: everything that it will bring by itself.
    pub fn begin(&mut self, now: f64, attempt: Attempt, action: &Action) -> Coming {
        match action {
            Action::Fetch(url) | Action::Image(url) => {
                let target = self.hosts.find(url);
                let course = self.fetch(target, now, None);
                let outcome = self.of_endpoint(course);
                ended(now, attempt, course.ms, outcome, None)
            }
            Action::AwaitBodies { url, .. } => {
                let reaction = self.hosts.find(url).place.reaction;
                if matches!(reaction, Reaction::Answers(http) if http.stalls) {
                    return Vec::new();
                }
                let answer = Answer::Passed;
                let outcome = Outcome::Answered { ms: 0.0, answer };
                ended(now, attempt, 0.0, outcome, None)
            }
            // No host here has a private address: once connected, what wants a local one has failed.
            Action::FetchInSpace { url, space } => match self.hosts.find(url).place.reaction {
                Reaction::Answers(http) => {
                    let (ms, outcome) = match space {
                        AddressSpace::Public => {
                            let (ms, answer) = (http.wait_ms, Answer::Opaque);
                            (ms, Outcome::Answered { ms, answer })
                        }
                        AddressSpace::Local => {
                            let failure = Failure::Network { tls_finished: None };
                            (0.0, Outcome::Failed { ms: 0.0, failure })
                        }
                    };
                    ended(now, attempt, ms, outcome, None)
                }
                _ => Vec::new(),
            },
            Action::FetchPage => self.fetch_page(now, attempt),
            // Under the service's domain no more exists than under `.invalid`.
            Action::FetchFreshName(_) => {
                let course = self.canary();
                let outcome = self.outcome(course, None, Answer::Opaque);
                ended(now, attempt, course.ms, outcome, None)
            }
            Action::Challenge { base, port } => self.challenge(now, attempt, base, *port),
            Action::AskDial { base, endpoint } => {
                let (report, takes_ms) = relay::dial(self, endpoint);
                let kind = Kind::Dial(endpoint.ends_with("/tcp"));
                let answer = Answer::Dial(Box::new(report));
                self.ask(now, attempt, base, kind, takes_ms, answer)
            }
            Action::AskControls { base } => {
                let (report, takes_ms) = relay::controls(self.scene);
                let answer = Answer::Controls(report);
                self.ask(now, attempt, base, Kind::Controls, takes_ms, answer)
            }
            Action::Socket(url) => {
                let target = self.hosts.find(url);
                let course = self.socket(target, now);
                self.closes(now, attempt, course)
            }
            Action::RelaySocket { base, port } => {
                let (host, port) = hosts::with_port(base, *port);
                self.relay_socket(now, attempt, self.hosts.at(host, port))
            }
            Action::GatherEndpoint { host, port } => {
                let target = self.hosts.at(host, *port);
                let signs = self.gather_endpoint(target);
                told(now, attempt, signs)
            }
            Action::GatherRelay { base, port } => {
                let (host, _) = hosts::with_port(base, None);
                let target = self.hosts.at(host, *port);
                let signs = self.gather_relay(target);
                told(now, attempt, signs)
            }
            Action::ReadTiming { challenge, warm_ms } => {
                let timing = relay::timing(self, challenge.is_some(), *warm_ms);
                let answer = Answer::Timing(Box::new(timing));
                let outcome = Outcome::Answered { ms: 0.0, answer };
                ended(now, attempt, 0.0, outcome, None)
            }
        }
    }

    /// The page's own address: a connection of its own, except in WebKit, where the page's serves again (recordings).
    pub(crate) fn own_page(&mut self, now: f64) -> Course {
        let target = self.hosts.page();
        if self.engine == Engine::WebKit {
            self.hosts.pool(target).keep(now, true);
        }
        self.fetch(target, now, Some(Kind::Origin))
    }

    fn fetch_page(&mut self, now: f64, attempt: Attempt) -> Coming {
        let course = self.own_page(now);
        let outcome = self.outcome(course, None, Answer::Readable(200));
        let page = self.scene.page;
        // A Date header has whole seconds (RFC 9110 section 5.6.7).
        let clock = relay::clock(course.ms, now, page.ahead_ms, 1000.0);
        let clock = matches!(course.end, End::Answered(_)).then_some(clock);
        ended(now, attempt, course.ms, outcome, clock)
    }

    fn challenge(&mut self, now: f64, attempt: Attempt, base: &str, port: Option<u16>) -> Coming {
        let (host, number) = hosts::with_port(base, port);
        let target = self.hosts.at(host, number);
        let kind = match port {
            None => Kind::Challenge,
            Some(_) => Kind::Port,
        };
        let course = self.fetch(target, now, Some(kind));
        let challenge = relay::challenge(self, now + course.ms);
        let outcome = self.outcome(course, None, Answer::Challenge(Box::new(challenge)));
        let ahead_ms = relay::ahead_ms(self.scene);
        let clock = matches!(course.end, End::Answered(_))
            .then(|| relay::clock(0.0, now + course.ms, ahead_ms, 1.0));
        ended(now, attempt, course.ms, outcome, clock)
    }

    /// A question to the relay by HTTPS, which it takes so long to answer.
    fn ask(
        &mut self,
        now: f64,
        attempt: Attempt,
        base: &str,
        kind: Kind,
        takes_ms: f64,
        answer: Answer,
    ) -> Coming {
        let (host, port) = hosts::with_port(base, None);
        let mut target = self.hosts.at(host, port);
        if let Reaction::Answers(http) = target.place.reaction {
            let wait_ms = http.wait_ms + takes_ms;
            target.place.reaction = Reaction::Answers(Http { wait_ms, ..http });
        }
        let course = self.fetch(target, now, Some(kind));
        let outcome = self.outcome(course, None, answer);
        ended(now, attempt, course.ms, outcome, None)
    }

    /// A WebSocket at an endpoint, none of which takes the upgrade.
    pub(crate) fn socket(&mut self, target: Target, now: f64) -> Course {
        let host = target.host();
        let mut wait_ms = self.sockets.wait_ms(self.engine, host, now, &mut self.rng);
        let one_address = self.engine == Engine::Firefox && self.scene.ipv6_is_dead;
        if one_address && !self.hosts.is_literal(target) {
            wait_ms = wait_ms.max(self.sockets.connecting_until - now);
        }
        let (ms, end, class) = match target.place.reaction {
            Reaction::Answers(http) => {
                let named_ms = self.named_ms(target, Way::Socket, now + wait_ms);
                let fallback_ms = match self.scene.ipv6_is_dead && !self.hosts.is_literal(target) {
                    true => crate::engine::ipv6_fallback_ms(self.engine),
                    false => 0.0,
                };
                let ms =
                    named_ms + fallback_ms + self.trips_ms(target.place.is_near, 3) + http.wait_ms;
                self.connections = self.connections.wrapping_add(1);
                (ms, super::failed(), Class::Answered)
            }
            _ => self.new_connection(target, Way::Socket, now + wait_ms),
        };
        // What answers a request does not open a socket.
        let end = match end {
            End::Answered(_) => super::failed(),
            end => end,
        };
        let is_relay = host == self.scene.endpoints.len();
        let noise = self.draw(match is_relay && class == Class::Answered {
            true => Kind::RelaySocket,
            false => Kind::Socket(class),
        });
        let course = Course {
            ms: (wait_ms + ms + noise).max(0.0),
            end,
        };
        if one_address {
            self.sockets.connecting_until = now + course.ms;
        }
        if !is_relay {
            self.sockets.note(host, now + course.ms, true);
        }
        course
    }

    fn relay_socket(&mut self, now: f64, attempt: Attempt, target: Target) -> Coming {
        let course = self.socket(target, now);
        let takes = matches!(target.place.reaction, Reaction::Answers(_))
            && relay::takes_sockets(self.scene);
        let host = target.host();
        self.sockets.note(host, now + course.ms, !takes);
        if !takes {
            return self.closes(now, attempt, course);
        }
        let at = now + course.ms;
        let closed = relay::closes_after_ms(self.scene);
        let closes_at = closed.map_or(f64::INFINITY, |(after_ms, _)| at + after_ms);
        let address = self.address();
        self.talks.push(Talk::new(attempt, at, closes_at, address));
        let mut coming = Vec::new();
        // Firefox does not tell of one that is closed as it opens (recordings).
        if closes_at > at + relay::AT_ONCE_MS || self.engine != Engine::Firefox {
            let ms = self.on_its_clock(course.ms);
            coming.push((at, Input::Sign(attempt, Sign::Opened { at, ms })));
        }
        if let Some((after_ms, code)) = closed {
            let at = at + after_ms;
            let sign = Sign::Closed {
                at,
                ms: self.on_its_clock(at - now),
                code,
                clean: code != 1006,
            };
            coming.push((at, Input::Sign(attempt, sign)));
        }
        coming
    }

    fn closes(&self, now: f64, attempt: Attempt, course: Course) -> Coming {
        let at = now + course.ms;
        let code = match course.end {
            End::Failed { code, .. } => code,
            End::Answered(_) => 1006,
        };
        let sign = Sign::Closed {
            at,
            ms: self.on_its_clock(course.ms),
            code,
            clean: false,
        };
        let coming = vec![(at, Input::Sign(attempt, sign))];
        coming
            .into_iter()
            .filter(|(at, _)| at.is_finite())
            .collect()
    }

    /// How the page sees an attempt at an endpoint: opaque, and in Firefox with TLS finished or not.
    pub(crate) fn of_endpoint(&self, course: Course) -> Outcome {
        let is_firefox = self.engine == Engine::Firefox;
        let tls_finished = match course.end {
            End::Failed { after_tls, .. } if is_firefox => Some(after_tls),
            _ => None,
        };
        self.outcome(course, tls_finished, Answer::Opaque)
    }

    fn outcome(&self, course: Course, tls_finished: Option<bool>, answer: Answer) -> Outcome {
        let ms = self.on_its_clock(course.ms);
        match course.end {
            End::Answered(_) => Outcome::Answered { ms, answer },
            End::Failed { .. } => Outcome::Failed {
                ms,
                failure: Failure::Network { tls_finished },
            },
        }
    }
}

fn ended(now: f64, attempt: Attempt, ms: f64, outcome: Outcome, clock: Option<Outcome>) -> Coming {
    if !ms.is_finite() {
        return Vec::new();
    }
    let input = Input::Ended {
        attempt,
        outcome,
        clock,
    };
    vec![(now + ms, input)]
}

fn told(now: f64, attempt: Attempt, signs: Vec<(f64, Sign)>) -> Coming {
    let signs = signs.into_iter();
    signs
        .map(|(ms, sign)| (now + ms, Input::Sign(attempt, sign)))
        .collect()
}
