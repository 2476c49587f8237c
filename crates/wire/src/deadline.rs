//! Deadlines of a dial, in milliseconds: of its steps, of the whole, and of the page that waits for it.
//!
//! The page must hear of a dial before it gives it up, whatever the endpoint does. So the whole has a deadline of its
//! own ([`DIAL_MS`]), and a step may take what is left of it, at most its own. The three steps that a verdict rests on
//! (name, TCP, TLS) always have their full time; what comes after them, or beside them on connections of its own (a
//! WebSocket upgrade, plain bytes), may be cut short. **What was cut short is absent from the report**: to call it
//! silence would say of the endpoint what is true of the deadline alone.

/// Name lookup, asked again after half of it.
pub const RESOLVE_MS: u32 = 2_000;
/// TCP connection: the SYN and its repeats after 1 and 3 s (RFC 6298 section 2).
pub const CONNECT_MS: u32 = 4_000;
/// TLS handshake.
pub const TLS_MS: u32 = 3_000;
/// Answer to a request inside TLS, where there is time for it.
pub const ANSWER_MS: u32 = 4_000;
/// … and what of it is left where every step before took all its time: a second is a slow answer.
pub const ANSWER_LEFT_MS: u32 = 1_000;

/// A dial as a whole, from its being asked for to the report: the slowest that name, TCP and TLS may be one after the
/// other, and what is left for the answer.
pub const DIAL_MS: u32 = RESOLVE_MS + CONNECT_MS + TLS_MS + ANSWER_LEFT_MS;

/// The question's way to the relay and the report's way back: on a connection that stands one round trip, on a new one
/// four, with one segment repeated after a second.
pub const WAY_MS: u32 = 2_000;
/// How long the page waits for a report.
pub const PAGE_MS: u32 = DIAL_MS + WAY_MS;

/// Wait for an endpoint's other address family, and again for TLS there: the SYN and its repeat after 1 s. A browser
/// has turned away long before.
pub const OTHER_FAMILY_MS: u32 = 1_500;
/// Wait for a greeting before a plain TCP probe says anything. Servers that greet do so at once; a name lookup of the
/// client's address before it would take longer, and is rare.
pub const GREETING_MS: u32 = 300;
/// Answer to a plain TCP probe.
pub const PLAIN_MS: u32 = 2_000;
/// The farewell of TLS.
pub const FAREWELL_MS: u32 = 500;

#[cfg(test)]
mod tests {
    use super::{
        ANSWER_LEFT_MS, ANSWER_MS, CONNECT_MS, DIAL_MS, GREETING_MS, OTHER_FAMILY_MS, PAGE_MS,
        PLAIN_MS, RESOLVE_MS, TLS_MS,
    };

    #[test]
    fn the_page_waits_longer_than_the_slowest_dial_takes() {
        // In numbers, so that whoever moves one sees what it moves.
        assert_eq!((DIAL_MS, PAGE_MS), (10_000, 12_000));
        assert_eq!(RESOLVE_MS + CONNECT_MS + TLS_MS + ANSWER_LEFT_MS, DIAL_MS);
        const { assert!(ANSWER_LEFT_MS <= ANSWER_MS) };
    }

    #[test]
    fn beside_the_steps_that_decide_nothing_is_cut_short_where_they_are_quick() {
        // An upgrade, and plain bytes, connect anew once the first connection stands.
        let quick = 1_000;
        assert!(quick + CONNECT_MS + TLS_MS + ANSWER_LEFT_MS <= DIAL_MS);
        assert!(quick + CONNECT_MS + GREETING_MS + PLAIN_MS <= DIAL_MS);
        // The other family is never cut short.
        const { assert!(RESOLVE_MS + CONNECT_MS + OTHER_FAMILY_MS <= DIAL_MS) };
    }
}
