import type { Observed } from '../bugs/rule.ts';
import type { Triple } from '../episode.ts';

/** The name of the enumeration in front of its words (protobuf: STATUS_ACTIVE; qualified: OrderStatus.Active), and the mark of a symbol (:active). */
const PREFIX = /^(:|(?:[A-Za-z_]\w*(?:\.|::|#))+|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_)(?=[A-Za-z])/;
/** Words that tell one thing by itself; figures behind a prefix are those of identifiers. */
const WORD = /^[A-Za-z]+(?:[_-][A-Za-z]+)*$/;

/** The observations without the one prefix that all words of one side have, and none of the other. */
export function constantPrefix(all: readonly Observed[]): readonly Triple[] | undefined {
  const first = all.find(({ legacy, modern }) => legacy.text !== undefined && modern.text !== undefined);
  if (first === undefined) return undefined;
  return (['legacy', 'modern'] as const)
    .map((side) => without(all, side, first[side].text ?? ''))
    .find((found) => found !== undefined);
}

function without(
  all: readonly Observed[],
  side: 'legacy' | 'modern',
  sample: string,
): readonly Triple[] | undefined {
  const prefixes = prefixesOf(sample);
  const other = side === 'legacy' ? 'modern' : 'legacy';
  const prefix = prefixes.find((one) =>
    all.every((at) => {
      const [ours, theirs] = [at[side].text, at[other].text];
      if (ours === undefined) return at[side].absent || at[side].raw === 'null';
      return ours.startsWith(one) && WORD.test(ours.slice(one.length)) && !(theirs?.startsWith(one) ?? false);
    }),
  );
  if (prefix === undefined) return undefined;
  const words = new Set(all.map((at) => at[side].text));
  if (words.size < 2) return undefined;
  return all.map(({ legacy, modern, legacy2 }) => {
    const bare = (of: typeof legacy | undefined, isOurs: boolean) =>
      isOurs && of?.text?.startsWith(prefix) ? JSON.stringify(of.text.slice(prefix.length)) : of?.raw;
    const [ours, theirs, again] = [
      bare(legacy, side === 'legacy'),
      bare(modern, side === 'modern'),
      bare(legacy2, side === 'legacy'),
    ];
    return {
      ...(ours !== undefined && { legacy: ours }),
      ...(theirs !== undefined && { modern: theirs }),
      ...(again !== undefined && { legacy2: again }),
    };
  });
}

/** Every prefix that a word may have: ORDER_STATUS_ and ORDER_. */
function prefixesOf(sample: string): readonly string[] {
  const longest = PREFIX.exec(sample)?.[1];
  if (longest === undefined) return [];
  if (!longest.endsWith('_')) return [longest];
  const parts = longest.split('_').slice(0, -1);
  return parts.map((_, i) => `${parts.slice(0, i + 1).join('_')}_`);
}
