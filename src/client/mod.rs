//! The HTTP core: what a call is, how it is checked, sent, repeated and read. No Python here.

pub mod value;

pub use value::Value;
