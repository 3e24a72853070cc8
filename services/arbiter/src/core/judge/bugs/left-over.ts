import { readNothing } from '../value/nothing.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

/** What templates and formats leave where a value was to be put, and what a program prints for none. */
const PLACEHOLDERS: readonly RegExp[] = [
  /\{\{[^{}]{1,80}\}\}/,
  /[$#]\{[^{}]{1,80}\}/,
  /<%=?[^%]{1,80}%>/,
  /(?<![0-9%])%(?:[0-9]\$)?[sd](?![\p{L}\p{N}])/u,
  /\[object [A-Z][A-Za-z]+\]/,
  /\bundefined\b/,
  /\bNaN\b/,
  /(?<![{$\p{L}])\{(?:[0-9]{1,2}|[a-z][A-Za-z]{2,30})\}/u,
];
/** What programs print for none, as one more word between those of legacy. */
const NONE_WORD = /^(?:null|None|nil|undefined|NULL)$/;

/** Each of them has one of these. */
const SIGNS = /[{%[]|undefined|NaN/;

const TRIAL = /^(?:test(?:[ _-]?\w+)?|foo|bar|baz|dummy|lorem ipsum.*|todo|tbd|fixme|sample|asdf|changeme)$/i;

export const leftOver: BugRule = {
  name: 'placeholder-left',
  shows:
    'A place in a template that was not filled ({{name}}, #{name}, %s, {0}), what a program prints for no value (undefined, NaN, [object Object]; null, None or nil between legacy’s words), or a value of a trial (Test, dummy, TODO) where legacy has none of these.',
  spares: 'Texts of which legacy has one too.',
  find(context) {
    const found = context.unproven.flatMap(({ varies, legacy, modern }) => {
      const ours = legacy.text ?? '';
      const theirs = modern.text;
      if (varies || theirs === undefined || theirs.length > 4096) return [];
      const left = SIGNS.test(theirs)
        ? PLACEHOLDERS.find((place) => place.test(theirs) && !place.test(ours))?.exec(theirs)?.[0]
        : undefined;
      if (left !== undefined) return [{ legacy, modern, left }];
      const none = printedNone(ours, theirs);
      if (none !== undefined) return [{ legacy, modern, left: none }];
      const trial = readNothing(legacy) !== undefined && TRIAL.test(theirs);
      return trial ? [{ legacy, modern, left: theirs }] : [];
    });
    const [first] = found;
    if (first === undefined || context.all.some(({ legacy }) => legacy.text?.includes(first.left)))
      return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: ${first.left} is no value`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

/** Lars None Haddad for Lars Haddad. */
function printedNone(ours: string, theirs: string): string | undefined {
  if (!ours.includes(' ') || theirs.length > 400) return undefined;
  const words = theirs.split(/\s+/);
  const at = words.findIndex((word) => NONE_WORD.test(word));
  if (at < 0) return undefined;
  const rest = words.filter((_, i) => i !== at).join(' ');
  return rest === ours.trim().split(/\s+/).join(' ') ? words[at] : undefined;
}
