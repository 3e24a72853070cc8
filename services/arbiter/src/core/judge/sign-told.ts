import type { Episode } from './episode.ts';
import { rawOf, Side } from './value/side.ts';

/** Also the code of a meter's register (OBIS), which tells energy taken from energy given. */
const WORD = /^"(?:[A-Za-z_ +-]{1,16}|(?:[0-9]-[0-9]:)?[0-9]{1,2}\.[0-9]\.[0-9](?:\*[0-9]{1,3})?)"$/;

/**
 * Whether a word that one side alone has beside a number tells its sign (`{"amount":-50.2}` and `{"amount":50.2,"side":"DEBIT"}`): the number is
 * the same but for the sign, which is turned with one word and never with another.
 */
export function isSignTold(part: Episode, parts: readonly Episode[]): boolean {
  const turned = part.observations.map(({ legacy, modern }) => {
    const [l, m] = [figures(legacy), figures(modern)];
    return l === undefined || m === undefined || Math.abs(l) !== Math.abs(m) ? undefined : l !== m;
  });
  if (turned.includes(undefined) || !turned.includes(true)) return false;
  return parts.some(({ observations }) => {
    const side = (['legacy', 'modern'] as const).find((key) =>
      observations.every((at) => at[key] === undefined),
    );
    const other = side === 'legacy' ? 'modern' : 'legacy';
    if (side === undefined) return false;
    const words = new Map<string, boolean>();
    return observations.every((at, i) => {
      const word = at[other];
      if (word === undefined || !WORD.test(word)) return false;
      const known = words.get(word) ?? turned[i];
      words.set(word, known === true);
      return known === turned[i];
    });
  });
}

function figures(raw: string | undefined): number | undefined {
  const side = new Side(raw);
  const text = side.text?.trim() ?? (side.isNumber ? raw : amountIn(side));
  const behind = text?.replace(/^([0-9.]+)-$/, '-$1');
  return behind !== undefined && /^[+-]?[0-9]{1,15}(?:\.[0-9]{1,6})?$/.test(behind)
    ? Number(behind)
    : undefined;
}

/** The only number of an object, beside its currency. */
function amountIn({ fields }: Side): string | undefined {
  const texts = [...(fields?.values() ?? [])].map((value) => new Side(rawOf(value)).text ?? rawOf(value));
  const [number, ...others] = texts.filter((text) => /[0-9]/.test(text));
  return texts.length === 2 && others.length === 0 ? number : undefined;
}
