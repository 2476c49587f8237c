//! How a browser is used in a world, beside what is broken there: what keeps its processes busy, and which of its runs
//! is judged.

/// A browser's use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// What is busy from the beginning of each run to its end.
    pub busy: Vec<Busy>,
    /// The run that is judged.
    pub visit: Visit,
    /// What it does that it does not do by default here.
    pub features: Features,
}

/// What a browser is switched to when it starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Features {
    /// It races addresses as Happy Eyeballs version 3 says (draft-ietf-happy-happyeyeballs-v3).
    pub happy_eyeballs_3: bool,
    /// It takes up offers of QUIC; here no other Chromium does, and no other Firefox that trusts the lab's authority.
    pub quic: bool,
}

/// A part of a browser that has something else to do, time and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Busy {
    /// The process of its own that the network has: in Chromium the network service, in Firefox the socket process, which
    /// has WebRTC alone (HTTP is the parent's).
    Network,
    /// The first process, which all others are children of.
    Parent,
    /// The processes that pages live in.
    Content,
    /// The page itself, by long tasks.
    Page,
}

/// Which run is judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Visit {
    /// The first one of the first visit.
    #[default]
    First,
    /// The first one of a second visit: the address is opened once more in the same profile.
    Second,
    /// The second one of the first visit, by a press of the page's button.
    RunAgain,
}
