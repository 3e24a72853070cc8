import type { Figures, Share } from './measure.ts';

const colours = { harmless: '#3a9d5d', ask: '#c9a227', bug: '#c0392b' } as const;
const barWidth = 360;
const rowHeight = 22;
const labelWidth = 250;

/** Two bars a row: what became of the bugs, and of the harmless differences. Plain SVG, readable on light and dark. */
export function plot(figures: readonly Figures[]): string {
  const height = 62 + figures.length * rowHeight;
  const width = labelWidth + 2 * barWidth + 40;
  const rows = figures.map((one, row) => rowOf(one, 52 + row * rowHeight)).join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" role="img">
<title>What each way makes of bugs and of harmless differences</title>
<rect width="${width}" height="${height}" fill="#fff"/>
<text x="${labelWidth}" y="20" font-weight="bold">bugs</text>
<text x="${labelWidth + barWidth + 20}" y="20" font-weight="bold">harmless differences</text>
${legend()}
${rows}
</svg>
`;
}

function legend(): string {
  return (Object.keys(colours) as (keyof typeof colours)[])
    .map((call, at) => {
      const x = labelWidth + at * 110;
      const words = { harmless: 'accepted', ask: 'asked', bug: 'called a bug' }[call];
      return `<rect x="${x}" y="30" width="10" height="10" fill="${colours[call]}"/><text x="${x + 15}" y="39">${words}</text>`;
    })
    .join('\n');
}

function rowOf(one: Figures, y: number): string {
  const bugs = one.bugs_found;
  const accepted = { hits: bugs.of - bugs.hits - one.bugs_asked.hits, of: bugs.of };
  return [
    `<text x="8" y="${y + 13}">${escaped(`${one.data}: ${one.contender}`)}</text>`,
    bar(labelWidth, y, [accepted, one.bugs_asked, bugs]),
    bar(labelWidth + barWidth + 20, y, [one.harmless_proven, one.harmless_asked, one.harmless_called_bug]),
  ].join('\n');
}

function bar(x: number, y: number, shares: readonly Pick<Share, 'hits' | 'of'>[]): string {
  const fills = [colours.harmless, colours.ask, colours.bug];
  let left = x;
  return shares
    .map(({ hits, of }, at) => {
      const width = of === 0 ? 0 : (hits / of) * barWidth;
      const rect = `<rect x="${left.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="16" fill="${fills[at]}"/>`;
      left += width;
      return rect;
    })
    .join('');
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
