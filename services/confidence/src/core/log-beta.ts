/**
 * ln B(a, b) for a a half-integer or ≥ 10 and b ≥ 10, to about 1e-15 of its largest term. Written as differences of Stirling's series so
 * that nothing of the size of lnΓ(n) is ever subtracted from its like: with n = 10⁹ a plain lnΓ loses nine digits.
 */
export function lnBeta(a: number, b: number): number {
  if (a >= 10) {
    return (
      halfLn2Pi -
      0.5 * Math.log(b) -
      (a - 0.5) * Math.log1p(b / a) -
      b * Math.log1p(a / b) +
      stirling(a) +
      stirling(b) -
      stirling(a + b)
    );
  }
  // lnΓ(a) + [lnΓ(b) − lnΓ(a+b)], the bracket by Stirling.
  return (
    lnGammaHalfInteger(a) -
    a * Math.log(b) -
    (a + b - 0.5) * Math.log1p(a / b) +
    a +
    stirling(b) -
    stirling(a + b)
  );
}

const halfLn2Pi = 0.5 * Math.log(2 * Math.PI);

/** lnΓ(z) − [(z−½)·ln z − z + ½·ln 2π] for z ≥ 10; the first term left out is below 1e-15. */
function stirling(z: number): number {
  const s = 1 / (z * z);
  return (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - (s * 691) / 360360))))) / z;
}

/** Γ(½+k) = √π·Π(i+½), i < k; exact but for rounding. */
function lnGammaHalfInteger(a: number): number {
  let product = Math.sqrt(Math.PI);
  for (let x = 0.5; x < a; x += 1) product *= x;
  return Math.log(product);
}
