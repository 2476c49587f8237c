#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reachcheck_handover::foreign::read_a_report(bytes));
