//! The stand-in SparkBot service. No Python here.
