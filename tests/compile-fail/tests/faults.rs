//! Every mistake that a tool's author can make is refused where it is made, with what to write
//! instead.
//!
//! One file in `cases` a fault. All of them must fail to compile: a case that passes would make
//! trybuild build, rather than check, everything a second time. `TRYBUILD=overwrite` writes the
//! messages anew.

#[test]
fn every_fault_is_refused_with_a_message_that_helps() {
    trybuild::TestCases::new().compile_fail("cases/*.rs");
}
