//! What serde writes is never taken for something that isn't declared.

use codemode_runtime::ResultType;
use codemode_truth::lost::{Property, lost};
use codemode_truth::subject::tool;
use codemode_truth::zoo;

#[test]
fn each_value_of_each_type_fits_its_declaration() {
    let mut values = 0;
    for topic in zoo::topics() {
        for entry in topic.entries {
            let Some(schema) = entry.output_schema() else {
                continue;
            };
            let ty = ResultType::of(&tool(topic.name, "f", None, Some(schema))).unwrap();
            for sample in (entry.samples)() {
                // What is written and not declared is found out here, as `tsc` finds it in the proof of the declarations.
                if lost(&entry.rust, Property::Output, &sample).is_some() {
                    continue;
                }
                let text = sample.to_string();
                let fits = ty.check_text(&text);
                assert_eq!(fits, Ok(()), "{}: {text}", entry.rust);
                values += 1;
            }
        }
    }
    assert!(values > 200, "only {values} values");
}
