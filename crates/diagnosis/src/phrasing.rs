//! How a finding is to be put into words: the form of each sentence and the values in it, and no words.

use reachcheck_wire::CertificateFault;

/// Which form of each sentence fits, and what the sentences name.
///
/// The texts of a finding are the attributes `.title`, `.what`, `.means` and `.do` of `finding-TOKEN`. Where the evidence
/// asks for another sentence, that has an attribute of its own, `.what-FORM`.
#[derive(Clone, Debug, Default)]
pub struct Phrasing<'run> {
    /// The form of the title; empty: the plain one.
    pub title: &'static str,
    /// The form of what happened.
    pub what: &'static str,
    /// The form of what it means.
    pub means: &'static str,
    /// The form of what is to be done.
    pub action: &'static str,
    /// Values by the names of their places in the texts.
    pub given: Vec<(&'static str, Value<'run>)>,
}

/// A value in a sentence.
#[derive(Clone, Copy, Debug)]
pub enum Value<'run> {
    /// A name, as it is.
    Text(&'run str),
    /// Names, with commas between them.
    List(&'run [String]),
    /// How many.
    Count(usize),
    /// A whole number.
    Whole(f64),
    /// A number with one decimal.
    Tenths(f64),
    /// Milliseconds.
    Ms(f64),
    /// Seconds, told in minutes, hours or days.
    Span(f64),
    /// What is wrong with a certificate.
    Certificate(CertificateFault),
}

/// What a finding's sentences may depend on beside its evidence.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances {
    /// Whether it is about hosts, and not about the network as a whole.
    pub has_hosts: bool,
    /// The outside relay's round trip to the first host, in milliseconds, where it got through.
    pub outside_ms: Option<f64>,
    /// Whether a proxy that the browser asks connects in its place.
    pub is_proxied: bool,
    /// Whether it is about one of several regions, and every other one is reachable.
    pub is_alone: bool,
}

impl<'run> Phrasing<'run> {
    /// The plain form of each sentence, with these values.
    #[must_use]
    pub fn plain(given: &[(&'static str, Value<'run>)]) -> Self {
        Self::what("", given)
    }

    /// What happened in a form of its own, all else plain.
    #[must_use]
    pub fn what(form: &'static str, given: &[(&'static str, Value<'run>)]) -> Self {
        Self {
            what: form,
            given: given.to_vec(),
            ..Self::default()
        }
    }
}
