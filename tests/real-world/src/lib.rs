//! Catalogues of tools that weren't written with this project in mind: the types of the Kubernetes API. The tests have `tsc`
//! read their declarations; the benchmark and `bench/` measure them.

pub mod k8s;
pub mod unsaid;
