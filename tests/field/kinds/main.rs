//! Faults as users meet them, one file a kind of fault.
//!
//! A kind has a rule, which the head of its file states, and inputs that broke it: of peers' bug reports, and of the
//! neighbours that a report leads to. Servers are small programs in `servers/`, started by the test that needs them.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

mod base64_alphabets;
mod buffered_by_serde;
mod check_fails_closed;
mod configurations;
mod environments;
mod equal_types;
mod flattened_parameters;
mod forbidden_lints;
mod forgotten_await;
mod greetings;
mod hidden_letters;
mod http_words;
mod inputs_are_objects;
mod json_always;
mod last_statements;
mod lists_entry_by_entry;
mod lists_from_files;
mod mangled_text;
mod names_of_ones_own;
mod names_that_collide;
mod names_that_mean_something;
mod newcomers;
mod noise_on_the_wire;
mod numbers_under_features;
mod other_drafts;
mod pages;
mod positions;
mod process_groups;
mod results_as_declared;
mod results_in_parts;
mod secrets_and_words;
mod separators;
mod skipped_variants;
mod slow_servers;
mod standard_error;
mod strict_clients;
mod terminal_escapes;
mod the_end_of_a_script;
mod the_web_in_a_script;
mod thrown_getters;
mod tools_nobody_names;
mod unknown_names;
mod unreadable_answers;
mod unreadable_requests;
mod unreadable_schemas;
mod values_json_loses;
mod what_a_client_hears;
mod words_for_values;
