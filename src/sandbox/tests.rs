//! The service without sockets: what rows answer, and what they leave behind.
