//! Hostile scripts against the sandbox.
//!
//! The scripts are in `scripts/`, a file for each group, each script with what has to come of it. The suite never runs
//! one itself: it starts its own binary again as a host, hands the scripts to that, and looks at what the host reports
//! and whether it lives. So a script that ends its host fails by its name, and takes nothing else with it.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod calls;
mod case;
mod clocks;
mod engine;
mod header;
mod host;
mod limits;
mod listing;
mod record;
mod suite;
mod summary;
mod test262;
mod tier;
mod tools;
mod verdict;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

use crate::engine::Engine;
use crate::host::child;
use crate::summary::Summary;
use crate::tier::Tier;

fn main() -> ExitCode {
    codemode_runtime::run_if_worker();
    if child::is_wanted() {
        return child::serve();
    }
    let arguments = Arguments::from_args();
    let groups = case::read_groups();
    let summary = Summary::default();
    let mut trials = vec![
        Trial::test("the_suite_is_complete", {
            let groups = groups.clone();
            move || Ok(suite::is_complete(&groups)?)
        }),
        Trial::test("each_limit_has_scripts", {
            let groups = groups.clone();
            move || Ok(suite::has_scripts_for_each_limit(&groups)?)
        }),
        Trial::test("the_documented_lists_are_what_the_suite_says", {
            let groups = groups.clone();
            move || Ok(listing::is_documented(&groups)?)
        }),
    ];
    trials.push(Trial::test("test262::own_tests", || {
        Ok(test262::own_tests()?)
    }));
    // What differs is listed for V8.
    if let Some(root) = test262::checkout().filter(|_| Engine::THIS == Engine::V8) {
        trials.push(Trial::test("test262::differs_as_listed", move || {
            Ok(test262::differs_as_listed(&root)?)
        }));
    }
    for &tier in Tier::ALL {
        for group in &groups {
            let (group, summary) = (group.clone(), summary.clone());
            let name = suite::name(tier, &group);
            trials.push(Trial::test(name, move || {
                Ok(suite::run_group(tier, &group, &summary)?)
            }));
        }
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    suite::end_hosts();
    if !arguments.list {
        println!("{summary}");
    }
    conclusion.exit_code()
}
