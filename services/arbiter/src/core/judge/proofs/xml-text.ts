import { canonicalXml } from '../value/xml.ts';
import type { ProofRule } from './rule.ts';

export const xmlText: ProofRule = {
  name: 'xml-text',
  accepts:
    'The same XML element in a text: blanks between tags, order and quotes of attributes, <a/> and <a></a>, the prologue, a prefix for the one namespace of all elements.',
  refuses:
    'Blanks between words in <b>, <span> and the like, an element of nothing but blanks, blanks between two texts on one line, <div/> and <script/>, other texts, names, attributes or order of elements; documents with declarations or sections.',
  prove({ legacy, modern }) {
    const l = legacy.text?.includes('<') ? canonicalXml(legacy.text) : undefined;
    const m = l === undefined || modern.text === undefined ? undefined : canonicalXml(modern.text);
    return l !== undefined && l === m ? 'Both are the same XML element, only written otherwise.' : undefined;
  },
};
