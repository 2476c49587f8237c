//! Attacks, performed against the real binary: the attacker is cut off by a limit with a name, others are served
//! meanwhile, memory comes back, and nothing but the catalogue is ever dialled.
//!
//! What needs addresses or names of its own runs in a network namespace (`inside.rs`).

mod budgets;
mod certificates;
mod families;
mod floods;
mod frames;
mod hellos;
mod hoards;
pub mod inside;
mod keeps;
mod labels;
mod names;
mod pages;
mod readers;
mod records;
mod shares;
mod slow;
pub mod targets;
