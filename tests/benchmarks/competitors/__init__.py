"""One file per client: `NAME`, `PACKAGES`, `IMPORTS` (what a user imports), and a function per workload."""
