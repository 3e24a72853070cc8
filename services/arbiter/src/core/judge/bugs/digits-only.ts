import { readDuration } from '../value/durations.ts';
import type { BugRule, Context } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

export const codeAsNumber: BugRule = {
  name: 'code-as-number',
  shows:
    'A text that only looks like a number given as one: zeros at the start are lost (06721 as 6721), a clock’s digits are joined (03:01:58 as 30158).',
  spares:
    'Numbers of a field that is filled to one width of six or more, with three zeros or more somewhere, or that begins with zeros more often than codes do, unless its name is that of a code (asked); a clock counted in seconds.',
  find(context) {
    if (!context.unproven.some(({ legacy, modern }) => legacy.text !== undefined && modern.isNumber))
      return undefined;
    const filled =
      isFilled(context) ||
      ((isOftenFilled(context) || COUNT_NAME.test(context.episode.field)) &&
        !CODE_NAME.test(context.episode.field));
    const found = context.unproven.flatMap((at) => {
      const text = at.legacy.text;
      if (at.varies || text === undefined || !at.modern.isNumber || at.modern.raw === undefined) return [];
      if (filled) return [];
      if (/^0{1,2}[1-9][0-9]*$/.test(text) && BigInt(text) === integerOf(at.modern.raw))
        return [{ at, how: 'the zeros at the start are lost' }];
      if (readDuration(at.legacy)?.notation !== 'clock') return [];
      const joined = BigInt(text.replaceAll(/[^0-9]/g, ''));
      return joined === integerOf(at.modern.raw) ? [{ at, how: 'the digits of a clock are joined' }] : [];
    });
    const first = found[0];
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.at.legacy)}, modern ${shown(first.at.modern)}: ${first.how}`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

/** Names of what is a code though it is written in figures. They decide nothing but what the figures leave open. */
const CODE_NAME = /zip|postal|postcode|plz|blz|sort|branch|iban|bic|code|pin|account|konto|ident/i;

const COUNT_NAME =
  /count|anzahl|reading|meter|register|prev|curr|cons|qty|quantity|menge|usage|term|months|days|total|line|pages?|amount|value$/i;

/**
 * Figures of one width of which more begin with zeros than codes do: of codes one in ten begins with a zero and one in a hundred with two, of
 * numbers that are filled up most do.
 */
function isOftenFilled({ all }: Context): boolean {
  const texts = new Set(all.flatMap(({ legacy }) => legacy.text ?? []));
  const zeros = [...texts].reduce(
    (sum, text) => sum + (text.length - text.replace(/^0+(?=.)/, '').length),
    0,
  );
  const short = [...texts].every((text) => /^[0-9]{2,3}$/.test(text));
  return short || texts.size < TEXTS_MIN || zeros / texts.size > ZEROS_OF_CODES;
}

/** Zeros at the start of a code, on average, and what chance adds in few of them. */
const ZEROS_OF_CODES = 0.4;
/** Fewer of them tell nothing. */
const TEXTS_MIN = 5;

function integerOf(raw: string): bigint | undefined {
  return /^-?[0-9]{1,20}$/.test(raw) ? BigInt(raw) : undefined;
}

/** All of legacy's texts are digits of one width, six or more, and one starts with three zeros: a column that is filled, not a code. */
function isFilled({ all }: Context): boolean {
  const texts = all.flatMap(({ legacy }) => legacy.text ?? []);
  const width = texts[0]?.length ?? 0;
  return (
    width >= 6 &&
    texts.every((text) => text.length === width && /^[0-9]+$/.test(text)) &&
    texts.some((text) => text.startsWith('000'))
  );
}
