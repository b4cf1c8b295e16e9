use super::*;

const PARSE: &str = "// Ours.
import { billing } from 'tools';
export interface Row { name: string; cents: Cents }
type Cents = number;
interface Inner { rest: boolean }
const SEPARATOR = ',';

/**
 * Parses invoices.
 *
 * One a line.
 */
export default async function parse({ text }: { text: string; rows?: Row[] }): Promise<Row[]> {
  const inner: Inner = { rest: true };
  await scripts.helper();
  return await billing.rows({ text: text.split(SEPARATOR) });
}
";

#[test]
fn a_file_is_told_to_others_by_its_signature_and_the_types_that_this_needs() {
    let saved = SavedScript::compile("parse", PARSE).unwrap();
    assert_eq!(saved.docs, "Parses invoices.\n\nOne a line.");
    assert_eq!(saved.calls, BTreeSet::from(["helper".to_owned()]));
    assert_eq!(
        saved.declaration,
        "namespace parse {
  interface Row { name: string; cents: Cents }
  type Cents = number;
}
/**
 * Parses invoices.
 *
 * One a line.
 */
function parse(input: { text: string; rows?: parse.Row[] }): Promise<parse.Row[]>;"
    );
    let names = saved.script.names();
    assert_eq!(
        names.iter().map(String::as_str).collect::<Vec<_>>(),
        ["Promise", "billing", "scripts"]
    );
}

#[test]
fn the_code_hands_the_function_out_and_places_in_it_are_those_of_the_file() {
    let text = "/** One. */\nexport async function one(): Promise<number> {\n  return   two;\n}\n";
    let script = SavedScript::compile("one", text).unwrap().script;
    assert_eq!(
        script.javascript,
        "(() => {\"use strict\";\n/** One. */\nasync function one() {\nreturn two;\n}\nreturn one;\n\n})"
    );
    assert_eq!(script.original_position(4, 8), Some((3, 12)));
    let module = script.module();
    assert!(
        module.contains("export async function one(): Promise<number>"),
        "{module}"
    );
    let offset = module.find("two").unwrap();
    assert_eq!(script.position_in_module(offset), (3, 12));
}

#[test]
fn what_is_no_saved_script_is_refused_where_that_can_be_seen() {
    let docs = "/** Docs. */ ";
    let one = "async function one(): Promise<void> {}";
    for (text, place, message) in [
        ("", (1, 1), "there is no exported function: a saved script exports one `async function` and, if it likes, types".to_owned()),
        ("{ a: 1 }", (1, 1), ONE_FUNCTION.to_owned()),
        ("export const one = 1;", (1, 1), ONE_FUNCTION.to_owned()),
        ("export default async () => 1;", (1, 1), ONE_FUNCTION.to_owned()),
        ("export function one() {}", (1, 8), ONE_FUNCTION.to_owned()),
        (&format!("{docs}export {one}\n{docs}export async function two(): Promise<void> {{}}"), (2, 14), ONE_FUNCTION.to_owned()),
        (&format!("{docs}{one}\nexport {{ one }}"), (2, 1), ONE_FUNCTION.to_owned()),
        (
            &format!("{docs}export async function two(): Promise<void> {{}}"),
            (1, 36),
            "the function is called `two`, but the file `one.ts`: they need one name".to_owned(),
        ),
        (
            &format!("{docs}export default async function (): Promise<void> {{}}"),
            (1, 29),
            "the function needs the name of its file, `one`".to_owned(),
        ),
        (
            &format!("export {one}"),
            (1, 1),
            "say what the function does in a comment before it, by which it is found: `/** … */`".to_owned(),
        ),
        (
            &format!("{docs}export async function one(a: {{}}, b: {{}}): Promise<void> {{}}"),
            (1, 39),
            "a saved script takes one object or nothing: `input: { … }`".to_owned(),
        ),
        (
            &format!("{docs}export async function one(a): Promise<void> {{}}"),
            (1, 40),
            "write the type of the parameter: callers are checked against it".to_owned(),
        ),
        (
            &format!("{docs}export async function one() {{}}"),
            (1, 39),
            "write what the function returns, as in `): Promise<{ total: number }> {`: callers are checked against it".to_owned(),
        ),
        (
            &format!("class Row {{}}\n{docs}export async function one(): Promise<Row> {{}}"),
            (2, 51),
            "`Row` can't be told to callers: only `type` and `interface` can".to_owned(),
        ),
        (
            &format!("const a = 1; type A = typeof a;\n{docs}export async function one(): Promise<A> {{}}"),
            (1, 23),
            "write the type out here, since callers can't see the value behind `typeof`".to_owned(),
        ),
        (&format!("await 1;\n{docs}export {one}"), (1, 1), NO_AWAIT.to_owned()),
        (&format!("return;\n{docs}export {one}"), (1, 1), NO_RETURN.to_owned()),
        (
            &format!("{docs}export async function one(): Promise<void> {{ const {{ a }} = scripts; }}"),
            (1, 73),
            BY_NAME.to_owned(),
        ),
        ("export async function one( {", (1, 29), "Expected `}` but found `EOF`".to_owned()),
        ("import 'fs';\n/** A */ export async function one(): Promise<void> {}", (1, 1), "a script can't load anything: the tools are there as namespaces, without an import".to_owned()),
    ] {
        let told = SavedScript::compile("one", text).unwrap_err();
        let first = &told[0];
        assert_eq!((first.message.as_str(), (first.line, first.column)), (message.as_str(), place), "{text}");
    }
}

#[test]
fn a_name_is_one_that_a_function_can_have_and_nothing_else_has() {
    let text = |name: &str| format!("/** D */ export async function {name}(): Promise<void> {{}}");
    for (name, message) in [
        ("a-b", "a saved script is called as a function is"),
        ("1a", "a saved script is called as a function is"),
        ("ä", "a saved script is called as a function is"),
        (&"n".repeat(65), "a saved script is called as a function is"),
        (
            "Date",
            "`Date` is there already in every script: take another name",
        ),
        ("then", "`then` is there already"),
        ("class", "Expected"),
        ("await", ""),
    ] {
        let told = SavedScript::compile(name, &text(name)).unwrap_err();
        assert!(told[0].message.starts_with(message), "{name}: {told:?}");
    }
    assert!(SavedScript::compile("parse_2", &text("parse_2")).is_ok());
}

#[test]
fn a_script_that_exports_nothing_is_of_another_kind() {
    for (text, exports) in [
        ("return 1", false),
        ("import { a } from 'b'; await a.b()", false),
        ("export async function a() {}", true),
        ("export default 1", true),
        ("export async function (", true),
        ("return (", false),
    ] {
        assert_eq!(exports_something(text), exports, "{text}");
    }
}
