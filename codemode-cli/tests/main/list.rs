//! `codemode-cli list`.

use crate::support::cli_on;

#[test]
fn each_tool_has_a_line_with_its_name_and_the_first_line_of_its_docs() {
    let done = cli_on("fixture-tools", &["list"], "").expect(0);
    assert_eq!(
        done.stdout,
        "\
math.add          Adds two numbers.
math.answer       The answer, from a crate that only a patch of the workspace provides.
math.next         Counts on, from 255 to 0: a profile of the workspace turns overflow checks off.
odd.chat          Prints to standard output, as a careless library does.
odd.die           Takes the whole process with it.
odd.draw          Hands out a picture of one dot.
odd.fail          Fails.
odd.log           Adds to the run's log.
odd.panic         Breaks.
odd.peek          Looks and changes nothing.
odd.purge         Removes everything.
odd.stay          Never comes back.
odd.undocumented
"
    );
    assert_eq!(done.stderr, "");
}
