/** One request's story: both exchanges side by side, what differs and why. */
import { stands } from '@chronos/arbiter/core/judge/ruling.ts';
import type { GetVerdictResponse } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { type Exchange, Transport, Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { type Difference, Kind, Ruling, Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { fit, padEnd, printable } from '../text/cells.ts';
import { durationText, isoTime } from '../text/numbers.ts';
import type { Palette } from '../text/palette.ts';
import { traceLink } from '../text/trace-link.ts';
import { effectLines } from './effects.ts';
import { endOf, messageLines } from './exchange-text.ts';
import { paintKind } from './verdict-lines.ts';

/** @param traces where traces are looked at, `{trace}` for the id; empty: the id is shown */
export function explainLines(
  response: GetVerdictResponse,
  traces: string,
  width: number,
  colors: Palette,
): string[] {
  const verdict = response.verdict;
  if (verdict === undefined) return [];
  const answered = {
    [Universe.LEGACY]: 'legacy',
    [Universe.MODERN]: 'modern',
    [Universe.UNSPECIFIED]: 'nobody',
  }[verdict.answeredBy];
  const facts: [string, string][] = [
    ['request', verdict.requestId],
    ['x-request-id', verdict.clientRequestId],
    ['migration', `${verdict.migration} / ${verdict.group}`],
    ['route', verdict.route],
    ['started', isoTime(verdict.startedAt) ?? ''],
    ['answered by', answered],
    ['compared', `${verdict.legacyDeployment || '-'} with ${verdict.modernDeployment || '-'}`],
    [
      'segments',
      Object.entries(verdict.segments)
        .map(([name, value]) => `${name}=${value}`)
        .join(' '),
    ],
    ['trace', traceLink(traces, response.traceId) ?? response.traceId],
  ];
  const { kind, lostReason } = verdict;
  const reason =
    kind === Kind.LOST ? `: ${printable(lostReason)}` : `, answers not compared: ${printable(lostReason)}`;
  const lost = lostReason === '' ? '' : reason;
  return [
    `${colors.bold(paintKind(verdict.kind, colors))}${lost}`,
    ...facts
      .filter(([, value]) => value !== '')
      .map(([name, value]) => `  ${padEnd(name, 13)} ${printable(value)}`),
    '',
    ...differenceLines(verdict.differences, colors),
    ...effectLines(verdict, colors),
    ...requestLines(verdict.legacy ?? verdict.modern, colors),
    ...sideBySide(verdict.legacy, verdict.modern, width, colors),
  ];
}

function differenceLines(differences: readonly Difference[], colors: Palette): string[] {
  if (differences.length === 0) return ['no differences', ''];
  const lines = differences.flatMap((difference) => {
    const isStanding = stands(difference);
    const mark = isStanding ? colors.bad('✗') : colors.dim('✓');
    return [
      `${mark} ${colors.bold(printable(difference.pointer || difference.path))}${rulingText(difference, colors)}`,
      `    legacy  ${colors.good(printable(difference.legacy) || '(nothing)')}`,
      `    modern  ${(isStanding ? colors.bad : colors.good)(printable(difference.modern) || '(nothing)')}`,
      ...(difference.explanation === '' ? [] : [`    ${printable(difference.explanation)}`]),
    ];
  });
  return [...lines, ''];
}

/** What the judge says of it, and by which rule. */
function rulingText({ ruling, rule, severity }: Difference, colors: Palette): string {
  const named = printable(rule);
  switch (ruling) {
    case Ruling.BUG: {
      const worst = severity === Severity.UNSPECIFIED ? '' : ` ${Severity[severity]?.toLowerCase()}`;
      return colors.bad(` ${worst} bug by rule ${named}`);
    }
    case Ruling.ASKED:
      return colors.warn(`  waits for an answer (${named}): chronos questions`);
    case Ruling.APPROVED:
      return colors.dim(`  approved by rule ${named}`);
    case Ruling.RACE:
      return colors.dim(`  explained by the order of requests in flight together`);
    case Ruling.HARMLESS:
    case Ruling.UNSPECIFIED:
      return rule === '' ? '' : colors.dim(`  harmless by rule ${named}`);
  }
}

function requestLines(exchange: Exchange | undefined, colors: Palette): string[] {
  if (exchange === undefined) return ['neither side was captured', ''];
  return [
    colors.bold(
      exchange.transport === Transport.TCP
        ? `TCP ${printable(exchange.group)}`
        : `${printable(exchange.method)} ${printable(exchange.path)}`,
    ),
    ...messageLines(exchange.request).map((line) => `  ${line}`),
    '',
  ];
}

function sideBySide(
  legacy: Exchange | undefined,
  modern: Exchange | undefined,
  width: number,
  colors: Palette,
): string[] {
  const half = Math.max(20, Math.floor((width - 3) / 2));
  const left = answerLines(legacy);
  const right = answerLines(modern);
  const rows = Math.max(left.length, right.length);
  const lines = [`${padEnd(colors.bold('LEGACY'), half)} │ ${colors.bold('MODERN')}`];
  for (let row = 0; row < rows; row += 1) {
    const one = left[row] ?? '';
    const other = right[row] ?? '';
    const paint = one === other ? (text: string) => text : colors.warn;
    lines.push(`${padEnd(paint(fit(one, half)), half)} │ ${paint(fit(other, half))}`.trimEnd());
  }
  return lines;
}

function answerLines(exchange: Exchange | undefined): string[] {
  if (exchange === undefined) return ['(not captured)'];
  return [
    `${endOf(exchange)}  ${durationText(exchange.duration)}`.trimEnd(),
    ...messageLines(exchange.response),
  ];
}
