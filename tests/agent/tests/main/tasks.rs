//! What tasks cost.

use codemode_agent::rows;
use codemode_test_support::golden;

#[test]
fn every_task_reaches_its_end_in_both_profiles_at_the_recorded_price() {
    let all = rows::all(super::program());
    assert_eq!(rows::problems(&all), [""; 0]);
    golden::check(super::golden("tasks.md"), &rows::print(&all));
}
