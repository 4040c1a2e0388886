//! One binary: the server, its worker, and the commands of the operator.
use brobygger::cli::{self, Command};
use clap::Parser;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run(Command::parse())
}
