//! Time, CPU and memory of this process, like `measure.py` for Python.

use std::time::Instant;

use serde::Serialize;

use super::Failure;

#[derive(Serialize)]
pub(crate) struct Measured {
    ok: usize,
    seconds: f64,
    cpu: f64,
    /// Megabytes; none where the system does not report it.
    peak: Option<f64>,
    rose: Option<f64>,
}

pub(crate) struct Started {
    at: Instant,
    cpu: f64,
    resident: Option<f64>,
}

impl Started {
    pub fn now() -> Result<Self, Failure> {
        // Resets the peak; where that is not allowed, it is that of the whole process.
        let _ = std::fs::write("/proc/self/clear_refs", "5");
        Ok(Self { resident: megabytes("VmRSS:"), cpu: cpu_seconds()?, at: Instant::now() })
    }

    pub fn finish(&self, ok: usize) -> Result<Measured, Failure> {
        let (seconds, cpu) = (self.at.elapsed().as_secs_f64(), cpu_seconds()? - self.cpu);
        let peak = megabytes("VmHWM:");
        Ok(Measured { ok, seconds, cpu, peak, rose: peak.zip(self.resident).map(|(peak, resident)| peak - resident) })
    }
}

/// CPU time of all threads, user and system.
fn cpu_seconds() -> Result<f64, Failure> {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the call writes to `time`, which lives until it returns.
    let failed = unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &raw mut time) };
    if failed != 0 {
        return Err(std::io::Error::last_os_error().into());
    }
    Ok(time.tv_sec as f64 + time.tv_nsec as f64 / 1e9)
}

fn megabytes(name: &str) -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes / 1024.0)
}
