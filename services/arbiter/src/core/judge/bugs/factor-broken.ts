import { relateNumbers } from '../meaning/numbers.ts';
import type { BugRule, Context, Observed } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

/** Different numbers that modern writes by one factor before another factor is called a slip. */
const VALUES_MIN = 3;
/** A number of up to 15 digits, filled with zeros or not, with a unit or sign of a currency or neither. */
const NUMBER = /^[^0-9.,+-]{0,4}([+-]?[0-9]{1,15}(?:\.[0-9]{1,9})?)[^0-9.,]{0,6}$/;

export const factorBroken: BugRule = {
  name: 'factor-broken',
  shows:
    'A number in a text that modern gives as a number: it is that number, or that number times one factor (a percentage as a fraction), in the other requests, and here it is not; or it is cut to 16 or 32 bits.',
  spares:
    'Fewer than three different numbers of the same factor; other units around the number; a number that is rounded.',
  find(context) {
    if (context.keyLike || context.clockLike) return undefined;
    const found = [...wrapped(context), ...exceptions(context)];
    const first = found[0];
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}, which is not what the other requests lead to expect`;
    return { severity: severityOf(context), explanation, shownBy: new Set(found).size };
  },
};

function exceptions({ all, profile }: Context): readonly Observed[] {
  const groups = new Map<string, Map<string, Observed[]>>();
  for (const at of all) {
    if (at.varies || !at.modern.isNumber) continue;
    const l = numberIn(at.legacy.text);
    // The point of 1.234 may separate thousands.
    if (l === undefined || l.value === 0 || /[0-9]\.[0-9]{3}(?![0-9])/.test(at.legacy.text ?? '')) continue;
    const factors = groups.get(l.around) ?? new Map<string, Observed[]>();
    groups.set(l.around, factors);
    const factor = (Number(at.modern.raw) / l.value).toPrecision(9);
    factors.set(factor, [...(factors.get(factor) ?? []), at]);
  }
  return [...groups.values()].flatMap((factors) => {
    const [most = [], ...rest] = [...factors.values()].sort((a, b) => b.length - a.length);
    if (new Set(most.map(({ legacy }) => legacy.raw)).size < VALUES_MIN) return [];
    const factor = Number(most[0]?.modern.raw) / (numberIn(most[0]?.legacy.text)?.value ?? Number.NaN);
    const others = rest.flat().filter((at) => at.proof === undefined && !isNear(at, factor));
    const broken = others.filter(
      ({ legacy, modern }) => relateNumbers(legacy, modern, profile)?.is !== 'same',
    );
    return broken.length <= most.length ? broken : [];
  });
}

/** Within two parts in a hundred: rounded otherwise, at most. */
function isNear({ legacy, modern }: Observed, factor: number): boolean {
  const expected = (numberIn(legacy.text)?.value ?? 0) * factor;
  return Math.abs(Number(modern.raw) - expected) <= Math.abs(expected) / 50;
}

function wrapped({ unproven }: Context): readonly Observed[] {
  return unproven.filter(({ legacy, modern, varies }) => {
    const text = legacy.text ?? '';
    if (
      varies ||
      !modern.isNumber ||
      !/^[0-9]{5,18}$/.test(text) ||
      !/^-?[0-9]{1,12}$/.test(modern.raw ?? '')
    )
      return false;
    const [l, m] = [BigInt(text), BigInt(modern.raw ?? '')];
    return [16, 32].some(
      (bits) =>
        l >= 1n << BigInt(bits - 1) &&
        m !== l &&
        (m === BigInt.asIntN(bits, l) || m === BigInt.asUintN(bits, l)),
    );
  });
}

/** The number of a text, and what stands around it; undefined for texts with no number, or several. */
function numberIn(text: string | undefined): { readonly value: number; readonly around: string } | undefined {
  const digits = text === undefined || text.length > 32 ? undefined : NUMBER.exec(text.trim())?.[1];
  return digits === undefined || text === undefined
    ? undefined
    : { value: Number(digits), around: text.trim().replace(digits, '') };
}
