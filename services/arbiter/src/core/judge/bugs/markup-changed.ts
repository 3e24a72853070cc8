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
  spares: 'Another mask around the same ones.',
  how({ legacy, modern }) {
    const l = visibleOf(legacy);
    const m = l === undefined ? undefined : visibleOf(modern);
    return l !== undefined && m !== undefined && l !== m ? `${l} is shown as ${m}` : undefined;
  },
});
