import { once } from '../observe.ts';
import type { BugRule, Context } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';
import { textPairs } from './text-pairs.ts';

/** Words that sentences of a language are joined with; none of them is a word of two of these languages. */
const JOINTS: readonly (readonly [language: string, words: string])[] = [
  [
    'English',
    'the and of to is has have been your you please not for with this that are will was can could cannot we our by from on it',
  ],
  [
    'German',
    'der die das den dem und ist sind nicht bitte für mit ein eine einen Ihre Ihr Ihren Sie wurde werden wird kann konnte haben hat auf bei zu von zur zum es wir im',
  ],
  [
    'French',
    'le les des du est et pour vous votre vos une nous été avec dans pas cette sont veuillez sur au aux ne',
  ],
  ['Spanish', 'el los las y su para ha está por favor una con sus ser sido puede hemos'],
  ['Italian', 'il gli della delle è stato stata non per favore suo sua ordine sono nel alla abbiamo'],
  ['Dutch', 'het een uw niet voor wij zijn werd worden heeft kan naar wordt'],
];

const LANGUAGE_OF = new Map<string, Set<string>>();
for (const [language, words] of JOINTS)
  for (const word of words.split(' ')) {
    const key = word.toLowerCase();
    LANGUAGE_OF.set(key, (LANGUAGE_OF.get(key) ?? new Set()).add(language));
  }

/** Pairs of texts that show it before it is called so. */
const SHOWN_MIN = 2;

export const languageChanged: BugRule = {
  name: 'language-changed',
  needs: ['texts', 'several'],
  shows:
    'Sentences in another language than legacy’s (each by two words at least that only join sentences), in two requests or more.',
  spares:
    'Single words, which may be codes in another language (asked); fields in which legacy has modern’s language as well, or modern legacy’s.',
  find(context) {
    const [language, other] = once(context, languagesOf);
    if (language === undefined || other === undefined) return undefined;
    const found = textPairs(context).filter(
      ({ legacy, modern }) => languageOf(legacy) === language && languageOf(modern) === other,
    );
    const [first] = found;
    if (first === undefined || new Set(found.map(({ legacy }) => legacy)).size < SHOWN_MIN) return undefined;
    const explanation = `Legacy has ${shown(first.at.legacy)}, modern ${shown(first.at.modern)}: ${other} in place of ${language}`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

/** The one language of legacy’s sentences, and the other one that modern has. */
function languagesOf(context: Context): readonly string[] {
  const differing = textPairs(context);
  if (differing.length < SHOWN_MIN) return [];
  const ours = new Set(context.all.flatMap(({ legacy }) => languageOf(legacy.text ?? '') ?? []));
  const theirs = new Set(differing.flatMap(({ modern }) => languageOf(modern) ?? []));
  const [language] = ours;
  const [other] = [...theirs].filter((one) => !ours.has(one));
  return ours.size === 1 && theirs.size === 1 && language !== undefined && other !== undefined
    ? [language, other]
    : [];
}

/** By at least two joints of it, and more than twice as many as of any other. */
function languageOf(text: string): string | undefined {
  if (text.length < 12 || text.length > 2000 || !text.includes(' ')) return undefined;
  const counts = new Map<string, number>();
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? [])
    for (const language of LANGUAGE_OF.get(word) ?? []) counts.set(language, (counts.get(language) ?? 0) + 1);
  const [[language, most] = ['', 0], [, next] = ['', 0]] = [...counts].sort((a, b) => b[1] - a[1]);
  return most >= 2 && most > next * 2 ? language : undefined;
}
