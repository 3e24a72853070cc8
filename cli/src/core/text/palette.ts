/** Colours by meaning. Without colour every function returns its text as it is. */
export type Palette = {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly accent: (text: string) => string;
};

const plain = (text: string) => text;
const sgr = (on: number, off: number) => (text: string) =>
  text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`;

export function palette(color: boolean): Palette {
  if (!color) return { bold: plain, dim: plain, good: plain, bad: plain, warn: plain, accent: plain };
  return {
    bold: sgr(1, 22),
    dim: sgr(2, 22),
    good: sgr(32, 39),
    bad: sgr(31, 39),
    warn: sgr(33, 39),
    accent: sgr(36, 39),
  };
}
