//! What several tests share. Each test program uses its part of it.
#![allow(dead_code)]

pub mod build;
pub mod network;
pub mod replay;
pub mod vectors;
