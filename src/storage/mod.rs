//! Bytes to workspace and back.
