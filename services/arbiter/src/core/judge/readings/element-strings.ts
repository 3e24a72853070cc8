import { asIs, type Told, toldLine } from './told-lines.ts';

/** Application identifiers (GS1 general specifications, 3): what they say, and its look. */
const ELEMENTS: Readonly<Record<string, readonly [part: string, look: RegExp]>> = {
  '01': ['gtin', /^[0-9]{14}$/],
  '10': ['lot', /^[^()]{1,20}$/],
  '11': ['made', /^[0-9]{6}$/],
  '15': ['until', /^[0-9]{6}$/],
  '17': ['until', /^[0-9]{6}$/],
  '21': ['serial', /^[^()]{1,20}$/],
};

/** A day of 00 is the last of its month (3.4.2). */
function dayOf(digits: string): string | undefined {
  const [year, month, day] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2)));
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = new Date(day === 0 ? Date.UTC(2000 + year, month, 0) : Date.UTC(2000 + year, month - 1, day));
  const told = date.toISOString().slice(0, 10);
  return month >= 1 && month <= 12 && Number(told.slice(5, 7)) === month ? told : undefined;
}

const DAY = /^20[0-9]{2}-[01][0-9]-[0-3][0-9]$/;
const article = (value: string): Told | undefined =>
  /^[0-9]{8,14}$/.test(value) ? { gtin: value.padStart(14, '0') } : undefined;

export const elementStrings = toldLine({
  name: 'element-string',
  reads:
    'What the bar code of a trade item says (GS1): "(01)04006379636181(17)290800(10)LP3551" and its members; a day of 00 is the last of its month.',
  text(text) {
    if (text.length > 120 || !/^(?:\([0-9]{2}\)[^()]+){2,6}$/.test(text)) return undefined;
    const told: Record<string, string> = {};
    for (const [, identifier = '', value = ''] of text.matchAll(/\(([0-9]{2})\)([^()]+)/g)) {
      const [part, look] = ELEMENTS[identifier] ?? [];
      if (part === undefined || look?.test(value) !== true || told[part] !== undefined) return undefined;
      const said = /^(?:made|until)$/.test(part) ? dayOf(value) : value;
      if (said === undefined) return undefined;
      told[part] = said;
    }
    return told;
  },
  needs: ['gtin'],
  members: [
    [/\b(?:gtin|ean|article|item)\b/, article],
    [/\b(?:lot|batch|charge)\b/, asIs('lot', /^[^()]{1,20}$/)],
    [/\bserial\b/, asIs('serial', /^[^()]{1,20}$/)],
    [/\b(?:expir\w*|exp|best|until|use by|mhd)\b/, asIs('until', DAY)],
    [/\b(?:production|produced|made|manufactured?)\b/, asIs('made', DAY)],
  ],
});
