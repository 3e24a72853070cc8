import type { FieldRule } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import type { ApprovedDivergence } from '@chronos/proto/chronos/v1/migration_pb.js';
import type { ReactNode } from 'react';
import { Badge } from '../../ui/badge.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';

interface Row {
  readonly key: string;
  readonly name: string;
  readonly why: string;
  readonly where: string;
  readonly must: string;
  readonly until: string;
  /** How it ends. */
  readonly ends: ReactNode;
}

/**
 * Intended corrections, verified on each request. Those of the migration file end there: a page that took them out would be undone by the
 * next apply of the file. Those that were answered are rules like others.
 */
export function ApprovedDivergences({
  declared,
  answered,
  revokeCell,
}: {
  declared: readonly ApprovedDivergence[];
  answered: readonly FieldRule[];
  revokeCell: (rule: FieldRule) => ReactNode;
}) {
  const rows = [
    ...declared.map(declaredRow),
    ...answered.map((rule) => ({ ...answeredRow(rule), ends: endOf(rule, revokeCell) })),
  ];
  if (rows.length === 0) return null;
  return (
    <Panel title="Approved divergences" aside="verified on each request" flush>
      <Table
        label="Approved divergences"
        stacks
        rows={rows}
        rowKey={({ key }) => key}
        columns={[
          {
            head: 'Name',
            cell: ({ name, where }) => (
              <>
                {name}
                <br />
                <small className="muted">{where}</small>
              </>
            ),
          },
          { head: 'Why', cell: ({ why }) => why },
          { head: 'Modern must answer', cell: ({ must }) => <code>{must}</code> },
          { head: 'Until', cell: ({ until }) => until },
          { head: 'Ends', right: true, cell: ({ ends }) => ends },
        ]}
      />
    </Panel>
  );
}

function declaredRow({
  name,
  why,
  approvedBy,
  group,
  route,
  path,
  when,
  expect,
  until,
}: ApprovedDivergence): Row {
  return {
    key: `declared ${name}`,
    name,
    why: `${why}${approvedBy === '' ? '' : ` (${approvedBy})`}`,
    where: route || group || 'every route',
    must: `${path} = ${expect}${when === '' ? '' : ` when ${when}`}`,
    until: until || 'withdrawn',
    ends: (
      <small className="muted">
        in the migration file: take it out of <code>approved</code> there and apply it
      </small>
    ),
  };
}

function answeredRow({ id, author, note, route, field, sentence, accepts }: FieldRule): Omit<Row, 'ends'> {
  const expression = accepts.case === 'expect' ? accepts.value.expression : sentence;
  return {
    key: id,
    name: `answered by ${author}`,
    why: note || sentence,
    where: route,
    must: `${field} = ${expression}`,
    until: 'revoked',
  };
}

function endOf(rule: FieldRule, revokeCell: (rule: FieldRule) => ReactNode): ReactNode {
  if (rule.revoked === undefined) return revokeCell(rule);
  return (
    <small className="warn">
      <Badge tone="warn">revoked</Badge> by {rule.revoked.actor}: {rule.revoked.reason}
    </small>
  );
}
