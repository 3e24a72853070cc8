/** Families of documents: links, signatures, fingerprints, error bodies and trees. */
import { type Family, twins } from '../kit.ts';
import { json, list, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const base64Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const link = twins(
  {
    fields: ['documentUrl', 'href', 'self', 'location'],
    value(random) {
      const [policy, document] = [random.int(10_000, 99_999), random.int(1, 60)];
      const modern = (a: number, b: number) =>
        json(`https://dms.example.com/policies/${a}/documents/${b}?v=2&lang=de`);
      return shown(
        json(`https://DMS.example.com:443/policies/${policy}/documents/${document}?lang=de&v=2`),
        modern(policy, document),
        modern(document, policy),
      );
    },
  },
  {
    name: 'link_normalised',
    why: 'The same link: default port and case of the host are of no meaning, the two parameters only changed places.',
  },
  {
    name: 'link_ids_swapped',
    why: 'Policy and document changed places in the path: the link leads to a document of another policy.',
    critical: true,
  },
);

const signature = twins(
  {
    fields: ['signature', 'seal', 'signedHash'],
    least: 3,
    value(random) {
      const lines = Array.from({ length: 3 }, () => random.text(base64Letters, 64));
      const text = `${random.text(base64Letters, 63)}=`;
      const right = [...lines, text].join('');
      return shown(json([...lines, text].join('\r\n')), json(right), json(right.replaceAll('+', ' ')));
    },
  },
  { name: 'signature_unwrapped', why: 'The same Base64, without the line ends of MIME.' },
  {
    name: 'signature_plus_blank',
    why: 'Every plus became a blank, as in form decoding: the signature no longer verifies.',
    critical: false,
  },
);

const thumbprint = twins(
  {
    fields: ['thumbprint', 'certFingerprint', 'x5t'],
    value(random) {
      const bytes = Array.from({ length: 20 }, () =>
        random.chance(0.1) ? random.int(0, 15) : random.int(16, 255),
      );
      const hex = (value: number) => value.toString(16);
      return shown(
        json(bytes.map((byte) => hex(byte).padStart(2, '0').toUpperCase()).join(':')),
        json(bytes.map((byte) => hex(byte).padStart(2, '0')).join('')),
        json(bytes.map(hex).join('')),
      );
    },
  },
  { name: 'thumbprint_plain_hex', why: 'The same twenty bytes in lower case and without colons.' },
  {
    name: 'thumbprint_unpadded',
    why: 'Bytes below 16 have one digit only, so the fingerprint has fewer than forty and matches no certificate.',
    critical: true,
  },
);

const faults = [
  ['Client', 404, 'Contract 4711 not found'],
  ['Client', 403, 'Not authorised for this account'],
  ['Client', 400, 'Element birthDate is missing'],
  ['Server', 503, 'Claims store not available'],
] as const;
const fault = twins(
  {
    fields: ['error', 'fault', 'body', 'response'],
    least: 4,
    value(random) {
      const [code, status, text] = random.pick(faults);
      return shown(
        object({ faultcode: json(`soap:${code}`), faultstring: json(text) }),
        object({ status: String(status), detail: json(text) }),
        object({ status: '200', items: '[]' }),
      );
    },
  },
  {
    name: 'fault_as_problem',
    why: 'The same failure with the same text; caller faults are 4xx and server faults 5xx.',
  },
  {
    name: 'fault_as_empty_success',
    why: 'The failure became a success with an empty list, so nobody notices it.',
    critical: false,
  },
);

const units = twins(
  {
    fields: ['organisation', 'costCentres', 'hierarchy'],
    value(random) {
      const root = random.int(10, 99) * 1000;
      const branches = Array.from({ length: random.int(1, 3) }, (_, at) => ({
        code: root + (at + 1) * 100,
        leaves: Array.from({ length: random.int(1, 3) }, (_leaf, leaf) => root + (at + 1) * 100 + leaf + 1),
      }));
      const node = (code: number, sub: readonly string[]) =>
        object({ code: json(`D${code}`), ...(sub.length > 0 ? { sub: list(sub) } : {}) });
      const row = (code: number, parent?: number) =>
        object({ code: json(`D${code}`), parent: parent === undefined ? 'null' : json(`D${parent}`) });
      const flat = (parentOfLeaf: (branch: number) => number) =>
        list([
          row(root),
          ...branches.flatMap(({ code, leaves }) => [
            row(code, root),
            ...leaves.map((leaf) => row(leaf, parentOfLeaf(code))),
          ]),
        ]);
      return shown(
        node(
          root,
          branches.map(({ code, leaves }) =>
            node(
              code,
              leaves.map((leaf) => node(leaf, [])),
            ),
          ),
        ),
        flat((branch) => branch),
        flat(() => root),
      );
    },
  },
  { name: 'tree_as_parents', why: 'The same tree: nested units became rows that name their parent.' },
  {
    name: 'tree_flattened_to_root',
    why: 'Units of the third level hang below the root, no longer below their own parent.',
    critical: false,
  },
);

export const families: readonly Family[] = [...link, ...signature, ...thumbprint, ...fault, ...units];
