//! Sums of runs of cells of a distribution.

/// Cells with the sums before each block of them, so that a sum up to any cell adds at most one block.
pub struct Cumulated {
    /// The cells, none negative.
    pub cells: Vec<f64>,
    sums: Vec<f64>,
}

const BLOCK: usize = 64;

impl Cumulated {
    /// Sums of these cells.
    pub fn new(cells: Vec<f64>) -> Self {
        Self { sums: block_sums(&cells), cells }
    }

    /// The sum of the cells up to `last`, itself included.
    pub fn through(&self, last: usize) -> f64 {
        let block = last / BLOCK;
        self.sums[block] + self.cells[block * BLOCK..=last].iter().sum::<f64>()
    }
}

/// The sum of the cells before each block, with compensated summation (Neumaier 1974).
fn block_sums(cells: &[f64]) -> Vec<f64> {
    let mut sums = Vec::with_capacity(cells.len() / BLOCK + 1);
    let (mut sum, mut lost) = (0.0_f64, 0.0);
    for block in cells.chunks(BLOCK) {
        sums.push(sum + lost);
        let next: f64 = block.iter().sum();
        let total = sum + next;
        lost += if sum >= next { (sum - total) + next } else { (next - total) + sum };
        sum = total;
    }
    sums
}
