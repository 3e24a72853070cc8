import { visibleOf } from '../value/masks.ts';
import { canonicalXml } from '../value/xml.ts';
import { textRule } from './text-pairs.ts';

export const markupChanged = textRule({
  name: 'markup-changed',
  shows: 'Another XML element in a text than legacy’s: other texts, attributes or elements.',
  spares: 'The same element in another spelling; texts that are no XML on one side.',
  how({ legacy, modern }) {
    const l = canonicalXml(legacy);
    const m = l === undefined ? undefined : canonicalXml(modern);
    return l !== undefined && m !== undefined && l !== m ? 'it is another XML element' : undefined;
  },
});

export const maskedOther = textRule({
  name: 'masked-other',
  shows: 'A masked number of which modern shows other letters or digits.',
  spares: 'Another mask around the same ones, or around fewer of them at the start and the end (asked).',
  how({ legacy, modern }) {
    const l = visibleOf(legacy);
    const m = l === undefined ? undefined : visibleOf(modern);
    return l !== undefined && m !== undefined && !isPartOf(m, l) ? `${l} is shown as ${m}` : undefined;
  },
});

/** As much or less is shown before the mask and behind it, and something is. */
function isPartOf(modern: string, legacy: string): boolean {
  const [l, m] = [legacy.split('*'), modern.split('*')];
  if (l.length !== 2 || m.length !== 2 || m.join('') === '') return legacy === modern;
  return l[0]?.startsWith(m[0] ?? '') === true && l[1]?.endsWith(m[1] ?? '') === true;
}
