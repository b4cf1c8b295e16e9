//! Catalogues of tools that weren't written with this project in mind: the types of the Kubernetes API, and what published MCP
//! servers list. The tests have `tsc` read their declarations; the benchmark and `bench/` measure them.

pub mod k8s;
pub mod servers;
pub mod tokens;
pub mod unsaid;
