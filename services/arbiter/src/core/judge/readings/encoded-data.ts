import { isArray, NumberText, type Value } from '../../compare/value.ts';
import { readBytes } from '../value/bytes.ts';
import { rawOf } from '../value/side.ts';
import { type Domain, type Reading, reading } from './reading.ts';

/** How the bytes of a text or of samples are to be read, by the name of it without its marks. */
const ENCODINGS: ReadonlyMap<string, (view: DataView) => string> = new Map([
  ['utf8', (view: DataView) => textOf(view, 'utf-8')],
  ...['ucs2', 'utf16', 'utf16be'].map(
    (name) => [name, (view: DataView) => textOf(view, 'utf-16be')] as const,
  ),
  ['utf16le', (view: DataView) => textOf(view, 'utf-16le')],
  ...['s', 'int', 'i', 'pcm'].flatMap((name) =>
    [true, false].map(
      (little) => [`${name}16${little ? 'le' : 'be'}`, (view: DataView) => samplesOf(view, little)] as const,
    ),
  ),
]);

/** A text or samples as bytes beside the name of their encoding; the key is what they say and what stands beside it. */
export const encodedData: Domain = {
  name: 'encoded-data',
  reads:
    'A text or samples as bytes (hexadecimal, base64) beside the name of their encoding, and by itself: {"dcs":"UCS2","hex":"00480069"} and {"text":"Hi"}; {"encoding":"s16le","data":"GADTBPT/Vv8="} and {"samples":[24,1235,-12,-170]}.',
  read({ fields }) {
    if (fields === undefined || fields.size > 4) return [];
    const members = [...fields];
    const coded = members.find(([, value]) => typeof value === 'string' && ENCODINGS.has(bare(value)));
    return coded === undefined ? ofPlain(members) : ofCoded(members, coded);
  },
  // What stands beside it is the same, and the encoding says what it is.
  near: (legacy, modern) => legacy.split('|')[0] === modern.split('|')[0],
};

type Member = readonly [name: string, value: Value];

function ofCoded(members: readonly Member[], coded: Member): readonly Reading[] {
  const data = members.find(
    ([name, value]) =>
      typeof value === 'string' && /^(?:hex|data|bytes|base64|payload|body|content)$/i.test(name),
  );
  const decode = ENCODINGS.get(bare(String(coded[1])));
  const view = typeof data?.[1] === 'string' ? bytesOf(data[1]) : undefined;
  if (data === undefined || view === undefined || decode === undefined) return [];
  try {
    return said(
      'bytes and their encoding',
      members.filter((one) => one !== coded && one !== data),
      decode(view),
      false,
    );
  } catch {
    return [];
  }
}

/** One text alone, or one list of whole numbers. */
function ofPlain(members: readonly Member[]): readonly Reading[] {
  const [[, only = null] = [], ...others] = members;
  if (others.length === 0 && typeof only === 'string') return said('text', [], JSON.stringify(only), true);
  const lists = members.filter(([, value]) => isArray(value) && value.length > 0);
  const [list] = lists;
  if (list === undefined || lists.length > 1 || !isArray(list[1])) return [];
  const numbers = list[1].map((item) => (item instanceof NumberText ? item.text : ''));
  if (!numbers.every((text) => /^-?[0-9]{1,6}$/.test(text))) return [];
  return said(
    'samples',
    members.filter((one) => one !== list),
    numbers.join(','),
    true,
  );
}

function said(reader: string, beside: readonly Member[], told: string, plain: boolean): readonly Reading[] {
  const rest = beside.map(([name, value]) => `${name}=${rawOf(value)}`).sort();
  return reading(reader, `${rest.join(';')}|${told}`, true, plain);
}

function bare(name: string): string {
  return name.length > 12 ? '' : name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function bytesOf(text: string): DataView | undefined {
  const hex = /^(?:[0-9a-f]{2})+$/i.test(text) ? text : readBytes(text)[0]?.hex;
  const bytes = hex?.match(/../g)?.map((byte) => Number.parseInt(byte, 16));
  return bytes === undefined ? undefined : new DataView(new Uint8Array(bytes).buffer);
}

function textOf(view: DataView, encoding: 'utf-8' | 'utf-16le' | 'utf-16be'): string {
  return JSON.stringify(new TextDecoder(encoding, { fatal: true }).decode(view));
}

function samplesOf(view: DataView, little: boolean): string {
  return Array.from({ length: view.byteLength / 2 }, (_, i) => view.getInt16(i * 2, little)).join(',');
}
