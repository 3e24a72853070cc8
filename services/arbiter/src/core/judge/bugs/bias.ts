/** Bias over many requests: two e-values, each below 1/α with probability at least 1 − α at every n at once when there is no bias. */

/**
 * Sign test: B(½+s, ½+m−s) / B(½,½) · 2^m over m non-zero differences of which s are positive, as a natural logarithm. With
 * Γ(k+½) = √π·Π(i+½), i < k, it is Π(i+½)·Π(j+½) / m! · 2^m, i < s, j < m−s: no approximation needed.
 */
export function lnSignEvidence(positive: number, differences: number): number {
  let ln = differences * Math.LN2;
  for (let i = 0; i < positive; i++) ln += Math.log(i + 0.5);
  for (let i = 0; i < differences - positive; i++) ln += Math.log(i + 0.5);
  for (let i = 2; i <= differences; i++) ln -= Math.log(i);
  return ln;
}

const STAKES = [0.02, 0.05, 0.1, 0.2, 0.4, 0.8];

/**
 * Materiality, in one direction: the mean over the stakes λ of Π(1 + λ(d − 0.05)/1.05), d the difference in minor units clipped to ±1, zeros
 * included. Large when the mean difference is above 0.05 minor units a request. As a natural logarithm.
 */
export function lnMaterialEvidence(differences: readonly number[], direction: 1 | -1): number {
  const logs = STAKES.map((stake) => {
    let ln = 0;
    for (const difference of differences) {
      const d = Math.max(-1, Math.min(1, difference * direction));
      ln += Math.log1p((stake * (d - 0.05)) / 1.05);
    }
    return ln;
  });
  const top = Math.max(...logs);
  return top + Math.log(logs.reduce((sum, ln) => sum + Math.exp(ln - top), 0) / STAKES.length);
}
