"""The contenders, a file each: `NAME`, `PACKAGES`, `IMPORTS` (what a user imports), and a function for each work it does."""
