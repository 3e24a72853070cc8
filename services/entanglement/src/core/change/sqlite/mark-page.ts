import { viewOf } from './wal-commits.ts';

const leafTable = 0x0d;
/** Offset of the first cell pointer on a leaf. */
const pointersAt = 8;

/**
 * The first column after the rowid of a table's only row, a whole number, from the page that the table is
 * (https://sqlite.org/fileformat2.html, sections 1.6 and 2.1); undefined when the page is none of such a table.
 */
export function markOf(page: Uint8Array): number | undefined {
  const view = viewOf(page);
  if (view.getUint8(0) !== leafTable || view.getUint16(3) !== 1) return undefined;
  const payload = varint(view, view.getUint16(pointersAt));
  const rowid = varint(view, payload.next);
  const header = varint(view, rowid.next);
  // The rowid's own column is stored as NULL, one byte of header.
  const idType = varint(view, header.next);
  const type = varint(view, idType.next);
  if (idType.value !== 0) return undefined;
  return wholeNumber(view, rowid.next + header.value, type.value);
}

function varint(view: DataView, from: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let at = from; at < from + 8; at += 1) {
    const byte = view.getUint8(at);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, next: at + 1 };
  }
  throw new RangeError('a number of nine bytes has no place here');
}

/** By serial type: 1 to 6 are two's complement of 1, 2, 3, 4, 6 and 8 bytes, 8 and 9 are 0 and 1. */
function wholeNumber(view: DataView, at: number, type: number): number | undefined {
  switch (type) {
    case 1:
      return view.getInt8(at);
    case 2:
      return view.getInt16(at);
    case 3:
      return view.getInt8(at) * 0x1_0000 + view.getUint16(at + 1);
    case 4:
      return view.getInt32(at);
    case 5:
      return view.getInt16(at) * 0x1_0000_0000 + view.getUint32(at + 2);
    case 6:
      return Number(view.getBigInt64(at));
    case 8:
      return 0;
    case 9:
      return 1;
    default:
      return undefined;
  }
}
