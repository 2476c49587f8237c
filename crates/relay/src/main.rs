//! The relay's program; all of it is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    reachcheck_relay::command::main(std::env::args_os())
}
