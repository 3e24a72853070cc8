/** Which ids belong together, for people. */
import type {
  KnownBijection,
  KnownPair,
  ListIdentifiersResponse,
} from '@chronos/proto/chronos/v1/identifiers_service_pb.js';
import { printable } from '../text/cells.ts';
import { count, isoTime } from '../text/numbers.ts';
import type { Palette } from '../text/palette.ts';
import { table } from '../text/table.ts';

/** `id`: what was looked up; empty where nothing was. */
export function identifierLines(
  { bijections, pairs }: ListIdentifiersResponse,
  id: string,
  colors: Palette,
): string[] {
  if (id !== '')
    return pairs.length > 0
      ? pairs.flatMap((pair) => pairLines(pair, colors))
      : [`no pair of ${printable(id)} is known`];
  return [
    ...table(
      [
        { title: 'KIND' },
        { title: 'PAIRS', align: 'right' },
        { title: 'CONFLICTS', align: 'right' },
        { title: 'NEWEST' },
      ],
      bijections.map(({ name, isToken, pairs: known, conflicts, lastLearnedAt }) => [
        `${printable(name)}${isToken ? ' (tokens)' : ''}`,
        count(known),
        count(conflicts),
        isoTime(lastLearnedAt) ?? '-',
      ]),
    ),
    ...bijections.flatMap((each) => overlapLines(each, colors)),
    ...bijections.flatMap((each) => conflictLines(each, colors)),
  ];
}

function pairLines(
  { bijection, legacy, modern, requestId, learnedAt }: KnownPair,
  colors: Palette,
): string[] {
  return [
    `${printable(bijection)}: legacy ${printable(legacy)}, modern ${printable(modern)}`,
    colors.dim(`  learned ${isoTime(learnedAt) ?? ''} from ${printable(requestId)}`),
  ];
}

/** Overlaps that somebody has accepted; told wherever the migration's state is. */
export function acceptedOverlapLines({ bijections }: ListIdentifiersResponse, colors: Palette): string[] {
  return bijections
    .filter(({ overlapAccepted }) => overlapAccepted !== '')
    .flatMap((each) => overlapLines(each, colors))
    .map((line) => `  ${line}`);
}

function overlapLines(
  { name, overlaps, overlappingId, overlapAccepted }: KnownBijection,
  colors: Palette,
): string[] {
  if (!overlaps) return [];
  const id = overlappingId === '' ? 'a token' : printable(overlappingId);
  return [
    colors.warn(
      `${printable(name)} overlap: ${id} is one thing in legacy and another in modern${overlapAccepted === '' ? '' : `, accepted: ${printable(overlapAccepted)}`} (docs/identifiers.md, "Ids that overlap")`,
    ),
  ];
}

function conflictLines({ name, isToken, newestConflicts }: KnownBijection, colors: Palette): string[] {
  const lines = newestConflicts.map(({ legacy, modern, requestId, knownRequestId, seenAt }) => {
    const ids = isToken ? 'a token' : `legacy ${printable(legacy)} with modern ${printable(modern)}`;
    const whose = `request ${printable(requestId)} against ${printable(knownRequestId)}, whose pair stands`;
    return colors.warn(`${isoTime(seenAt) ?? ''}  conflict of ${printable(name)}: ${ids} (${whose})`);
  });
  if (lines.length === 0) return [];
  const again = `where one of ${printable(name)} was removed and its id is used again, that is followed only if a DELETE names it at a declared place (docs/identifiers.md, "Ids that are used again"); else one universe has made something twice`;
  return [...lines, colors.dim(again)];
}
