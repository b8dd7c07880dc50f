"""One module per client: `NAME`, `PACKAGES`, `IMPORTS` (the module that a user imports), and the `WORKLOADS` that it runs."""
