//! The bridge: the only folder that knows Python.

pub mod sandbox;
