//! What is concluded of an endpoint that answered.

use reachcheck_model::catalogue::Kind;
use reachcheck_model::environment::BrowserFamily;
use reachcheck_wire::Rejection;

use super::Evidence;
use super::decisions::{OUTSIDE, R, evidence, reached, words};
use crate::analysis::Canary;
use crate::analysis::attempt_pattern::{Answered, AttemptPattern};
use crate::analysis::fast_answers::FastAnswers;
use crate::analysis::outside::{Expectation, OutsideFailure, OutsideView};

/// An answer, what is known beside it, and what is concluded.
type Case = (Answered, fn(&mut Evidence<'_>), &'static str);

/// An answer that took what the path takes, a third of it on kept connections.
fn answered(ms: f64) -> Answered {
    Answered {
        opened: false,
        fetched: true,
        warm_ms: vec![ms],
        first_ms: 3.0 * ms,
        typical_ms: ms,
        successes: 4,
        failures: 0,
        fetch_waits: false,
        is_late: false,
    }
}

#[test]
fn answers_are_the_services_as_far_as_nobody_else_can_have_given_them() {
    let http = reached(Expectation::Http(200));
    let said = |answered: Answered, change: fn(&mut Evidence<'_>)| {
        let pattern = AttemptPattern::Answered(answered);
        let mut evidence = evidence(Kind::Tcp, BrowserFamily::Chromium, &pattern, &http);
        change(&mut evidence);
        words(&evidence.conclude())
    };
    let well = || answered(R);
    let fast = || answered(R / 4.0);
    let sometimes = || Answered {
        failures: 2,
        ..well()
    };
    let opened = || Answered {
        opened: true,
        ..fast()
    };
    // What WebKit takes for an answer each time anew.
    let never_kept = || Answered {
        first_ms: R,
        ..well()
    };
    let cases: [Case; 25] = [
        (well(), |_| (), "ok confirmed Answered"),
        (
            well(),
            |it| it.canary = Canary::Answered,
            "ok inferred Answered",
        ),
        (well(), |it| it.inspected = true, "ok inferred Answered"),
        (sometimes(), |_| (), "ok inferred AnsweredSometimes"),
        (opened(), |it| it.inspected = true, "ok confirmed Answered"),
        // Faster than the way: by itself that convicts nobody.
        (fast(), |_| (), "ok confirmed Answered"),
        (
            fast(),
            |it| it.fast_answers = FastAnswers::WaysDiffer,
            "ok confirmed Answered",
        ),
        (
            fast(),
            |it| it.fast_answers = FastAnswers::Undecided,
            "unknown TooFast",
        ),
        (
            fast(),
            |it| it.fast_answers = FastAnswers::NotTheService,
            "failed inferred TooFast",
        ),
        (
            well(),
            |it| it.fast_answers = FastAnswers::NotTheService,
            "ok confirmed Answered",
        ),
        (fast(), |it| it.inspected = true, "failed inferred TooFast"),
        (
            fast(),
            |it| it.image = Some(false),
            "failed inferred TooFast",
        ),
        (fast(), |it| it.image = Some(true), "ok confirmed Answered"),
        // An answer that took three round trips, and was three times too fast.
        (
            well(),
            |it| {
                it.answer_trips = 3.0;
                it.fast_answers = FastAnswers::Undecided;
            },
            "unknown TooFast",
        ),
        (
            well(),
            |it| {
                it.floor_ms = None;
                it.fast_answers = FastAnswers::Undecided;
            },
            "ok confirmed Answered",
        ),
        // Whoever opens connections may say what the service does not.
        (
            well(),
            |it| {
                it.inspected = true;
                it.outside = &OutsideView::Failed(OutsideFailure::NoHttp);
            },
            "unknown AnswersUnlikeOutside",
        ),
        (
            well(),
            |it| it.outside = &OutsideView::Failed(OutsideFailure::NoHttp),
            "ok confirmed Answered",
        ),
        (
            well(),
            |it| {
                it.inspected = true;
                it.image = Some(false);
            },
            "failed inferred AnswersUnlikeOutside",
        ),
        (well(), |it| it.image = Some(false), "ok confirmed Answered"),
        // A port that answers nobody outside.
        (
            well(),
            |it| it.outside = &CLOSES,
            "unknown AnswersUnlikeOutside",
        ),
        (
            well(),
            |it| {
                it.outside = &CLOSES;
                it.canary = Canary::Answered;
            },
            "failed inferred AnswersUnlikeOutside",
        ),
        (
            well(),
            |it| {
                it.outside = &CLOSES;
                it.kind = Kind::Https;
            },
            "ok confirmed Answered",
        ),
        // A proxy that refuses is an answer to WebKit; it never comes as on a kept connection.
        (
            never_kept(),
            |it| {
                it.family = BrowserFamily::WebKit;
                it.canary = Canary::Answered;
            },
            "unknown AnswersUnlikeOutside",
        ),
        (
            never_kept(),
            |it| {
                it.family = BrowserFamily::WebKit;
                it.canary = Canary::Answered;
                it.answer_trips = 3.0;
                it.floor_ms = None;
            },
            "ok inferred Answered",
        ),
        (
            never_kept(),
            |it| it.family = BrowserFamily::WebKit,
            "ok confirmed Answered",
        ),
    ];
    for (number, (answered, change, expected)) in cases.into_iter().enumerate() {
        assert_eq!(said(answered, change), expected, "case {number}");
    }
    let kept: fn(&mut Evidence<'_>) = |it| {
        it.family = BrowserFamily::WebKit;
        it.canary = Canary::Answered;
    };
    assert_eq!(said(well(), kept), "ok inferred Answered");
    let chromium: fn(&mut Evidence<'_>) = |it| it.canary = Canary::Answered;
    assert_eq!(said(never_kept(), chromium), "ok inferred Answered");
}

const CLOSES: OutsideView = reached(Expectation::NoTls(Rejection::Closed));

/// How a port behaves that answers this browser: only what cannot have answered a request is unlike it.
#[test]
fn an_answer_is_held_against_what_the_relay_met() {
    let pattern = AttemptPattern::Answered(answered(R));
    let said = |outside: &OutsideView| {
        words(&evidence(Kind::Tcp, BrowserFamily::Chromium, &pattern, outside).conclude())
    };
    for (relay, outside) in &OUTSIDE {
        let is_like = matches!(
            *relay,
            "nobody" | "refused" | "no TLS" | "bad certificate" | "HTTP" | "not HTTP"
        );
        let expected = match is_like {
            true => "ok confirmed Answered",
            false => "unknown AnswersUnlikeOutside",
        };
        assert_eq!(said(outside), expected, "{relay}");
    }
}
