import { canonicalJson, jsonObject } from './json-text.ts';
import { asText, literal, sqlText } from './sql.ts';
import { type Conversion, unreadable } from './step.ts';

interface Part {
  readonly name: string;
  readonly type: 'text' | 'number';
}

/** `<code:number> <message>`: the parts of a text, and what separates them. */
export interface PartsPattern {
  readonly parts: readonly Part[];
  /** Before the first part, between the parts, behind the last. */
  readonly between: readonly string[];
}

const PART = /<([A-Za-z_][A-Za-z0-9_]{0,63})(:number)?>/;

/** Undefined unless there is a part, names are distinct and every two parts have something between them. */
export function parsePartsPattern(pattern: string): PartsPattern | undefined {
  const pieces = pattern.split(PART);
  const parts: Part[] = [];
  const between: string[] = [pieces[0] ?? ''];
  for (let at = 1; at < pieces.length; at += 3) {
    parts.push({ name: pieces[at] ?? '', type: pieces[at + 1] === undefined ? 'text' : 'number' });
    between.push(pieces[at + 2] ?? '');
  }
  const isClear = between.slice(1, -1).every((text) => text !== '');
  const isDistinct = new Set(parts.map(({ name }) => name)).size === parts.length;
  return parts.length > 0 && isClear && isDistinct ? { parts, between } : undefined;
}

/**
 * Text of parts as a JSON object: `9 too little money` is `{"code": 9, "message": "too little money"}`. Numbers are whole ones, without zeros
 * before them.
 */
export function partsStep({ parts, between }: PartsPattern): Conversion {
  const source = between
    .map((text, at) => {
      const part = parts[at];
      const inner =
        part === undefined
          ? ''
          : part.type === 'number'
            ? '(0|-?[1-9][0-9]*)'
            : group(at === parts.length - 1);
      return escaped(text) + inner;
    })
    .join('');
  const regex = new RegExp(`^${source}$`, 's');
  return {
    read(text) {
      const match = regex.exec(text);
      if (match === null) return unreadable(text);
      return jsonObject(parts.map(({ name, type }, at) => [name, match[at + 1] ?? '', type]));
    },
    write(text) {
      const object: unknown = JSON.parse(text);
      const members = new Map(Object.entries(object ?? {}));
      const written = between
        .map(
          (separator, at) => separator + (parts[at] === undefined ? '' : String(members.get(parts[at].name))),
        )
        .join('');
      if (this.read(written) !== canonicalJson(text))
        throw new Error(`${JSON.stringify(text.slice(0, 64))} cannot be written in the declared parts`);
      return written;
    },
    sql(value) {
      const raw = asText(value);
      const match = `regexp_match(${raw}, ${literal(`^${source}$`)})`;
      const members = parts.map(
        ({ name, type }, at) =>
          `${literal(name)}, (${match})[${at + 1}]${type === 'number' ? '::numeric' : ''}`,
      );
      return sqlText(
        `CASE WHEN ${raw} ~ ${literal(`^${source}$`)} THEN jsonb_build_object(${members.join(', ')})::text ELSE '?' || ${raw} END`,
      );
    },
  };
}

/** The shortest text up to the next separator; the last part takes the rest. Postgres' `.` matches line ends, too. */
function group(last: boolean): string {
  return last ? '(.*)' : '(.*?)';
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
