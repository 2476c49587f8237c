#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reachcheck_relay::foreign::client_message(bytes));
