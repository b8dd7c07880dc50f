"""Adapters to other libraries. Each needs its library, and none is imported by the package itself."""
