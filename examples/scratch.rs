use convenor::analysis::{Game, Threshold, power};
fn main() {
    let mut s: u64 = 88172645463325252;
    let mut r = move || {
        s ^= s << 13;
        s ^= s >> 7;
        s ^= s << 17;
        (s >> 11) as f64 / (1u64 << 53) as f64
    };
    let (mut bad1, mut bad2, mut dd, mut worst) = (0, 0, 0, 0.0f64);
    for i in 0..150000 {
        let n = 2 + (r() * 58.0) as usize;
        let w: Vec<f64> = (0..n).map(|_| (r() * 40.0).floor()).collect();
        let total: f64 = w.iter().sum();
        if total == 0.0 {
            continue;
        }
        let share = 0.3 + 0.65 * r();
        let veto: Vec<bool> = (0..n).map(|_| r() < 0.05).collect();
        if i == 48472 {
            println!("{:?} {share}", veto.iter().enumerate().filter(|(_, v)| **v).map(|(i, _)| i).collect::<Vec<_>>());
            return;
        }
        if i < 48472 {
            continue;
        }
        let c = power::threshold(w.clone(), share * total, false);
        let one = Game::new(vec![c.clone()], veto.clone(), None).unwrap();
        let idle = Threshold::new((0..n).map(|at| if at == 0 { 1.0 } else { 0.5 }).collect(), 0.0, false);
        let two = Game::new(vec![c, idle], veto, None).unwrap();
        match power::indices(&one) {
            Err(e) => {
                bad1 += 1;
                println!("{i} one {e} {w:?} {share}")
            }
            Ok(f) => {
                if f.method == power::Method::DecisionDiagram {
                    dd += 1
                }
                worst = worst.max(f.relative_error)
            }
        }
        match power::indices(&two) {
            Err(e) => {
                bad2 += 1;
                println!("{i} two {e} {w:?} {share}")
            }
            Ok(f) => worst = worst.max(f.relative_error),
        }
    }
    println!("bad {bad1} {bad2} by diagram {dd} worst {worst:e}");
}
