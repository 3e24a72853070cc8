import type { Universe } from '../../mapping/catalog.ts';
import type { Values } from '../../mapping/entity.ts';
import { sum } from '../../mapping/numbers.ts';
import { OpenRows } from '../open-rows.ts';
import type { RowPair } from '../plan.ts';
import { Reconciler } from '../reconciler.ts';
import { type CaseRow, type Deltas, type RepairCase, rowsById } from '../repair-case.ts';
import { type SimChange, SimDatabase, SimRefusal, simEntities } from './sim-database.ts';

const universes: readonly Universe[] = ['legacy', 'modern'];
const startMs = 1_000_000;

export interface BacklogOptions {
  readonly accounts: number;
  readonly bookings: number;
  readonly random: () => number;
  /** Whether what a booking did to its accounts is known in numbers; default: it is. */
  readonly inNumbers?: (n: number) => boolean;
  /** Bookings that legacy refuses, by their number. */
  readonly refused?: ReadonlySet<number>;
}

/** Legacy was away while modern answered bookings: each made a row and moved money between two hot accounts. No request is at work any more. */
export class Backlog {
  readonly open = new OpenRows({ expiresAfterMs: 60_000 });
  readonly reconciler = new Reconciler(this.open);
  readonly db: Readonly<Record<Universe, SimDatabase>>;
  readonly #refused: ReadonlySet<string>;
  nowMs = startMs;
  /** Rows of the largest piece that was looked at. */
  largest = 0;

  constructor({ accounts, bookings, random, inNumbers = () => true, refused = new Set() }: BacklogOptions) {
    const rows = Array.from({ length: accounts }, (_, n) => change('account', `${n}`, account('1000')));
    this.db = { legacy: new SimDatabase('legacy', rows), modern: new SimDatabase('modern', rows) };
    this.#refused = new Set([...refused].map((n) => `p${n}`));
    const pick = () => String(Math.floor(random() * accounts));
    for (let n = 0; n < bookings; n += 1) {
      const [from, to] = [pick(), pick()];
      const moves = new Map<string, string>([[from, '-1']]);
      moves.set(to, sum(moves.get(to) ?? '0', '1') ?? '0');
      const booked = [...moves].map(([key, delta]) => {
        const before = this.db.modern.values('account', key)?.get('balance') ?? '0';
        return change('account', key, account(sum(before, delta) ?? '0'));
      });
      this.db.modern.commit(`r${n}`, startMs + n, [change('entry', `p${n}`, entry(n)), ...booked]);
      this.reconciler.take(caseOf(n, moves, inNumbers(n)), startMs + n);
    }
    this.nowMs += 61_000;
  }

  /** At most so many rounds; returns what is not settled. */
  settle(roundsMax: number): readonly RepairCase[] {
    for (let n = 0; n < roundsMax && this.reconciler.cases.length > 0; n += 1) this.round();
    return this.reconciler.cases.map((kept) => kept.case);
  }

  /** As the shell does it: some of what is due is read, decided and written. */
  round(): void {
    const components = this.reconciler.due(this.nowMs).slice(0, 32);
    for (const component of components) {
      this.largest = Math.max(this.largest, component.rows.length);
      const since = this.open.now;
      const look = this.reconciler.look(
        component,
        component.rows.map((id) => this.#pair(id)),
        {
          since,
          both: false,
          nowMs: this.nowMs,
        },
      );
      if (look.type === 'busy' || look.type === 'conflict') {
        this.reconciler.postponed(component, this.nowMs, look.plan.conflict);
        continue;
      }
      const refused = universes.map((universe) => this.#write(component, look.plan, universe)).find(Boolean);
      if (refused === undefined) this.reconciler.done(component, look.plan, this.nowMs);
      else this.reconciler.refused(component, this.nowMs, refused);
    }
    this.nowMs += components.length > 0 ? 100 : 5_000;
  }

  #write(
    component: Parameters<Reconciler['afterWriting']>[0],
    plan: Parameters<Reconciler['afterWriting']>[1],
    universe: Universe,
  ): string | undefined {
    const writes = plan.writes[universe];
    if (writes.length === 0) return undefined;
    const poison = writes.find(({ entity: name, key }) => name === 'entry' && this.#refused.has(key));
    if (poison !== undefined) return `value too long: ${poison.key}`;
    const progress = this.reconciler.afterWriting(component, plan, universe);
    if (this.db[universe].repair(writes, this.nowMs) === 'changed')
      throw new SimRefusal('nobody else writes');
    this.reconciler.wrote(progress);
    return undefined;
  }

  #pair(id: string): RowPair {
    const [name = '', key = ''] = id.split('\n');
    const entity = simEntities.find((each) => each.name === name);
    if (entity === undefined) throw new RangeError(`no entity ${name}`);
    const { legacy, modern } = this.db;
    return { entity, key, legacy: legacy.read(name, key), modern: modern.read(name, key) };
  }
}

function change(entity: string, key: string, after: Values): SimChange {
  return { entity, key, before: undefined, after };
}

function account(balance: string): Values {
  return new Map([
    ['balance', balance],
    ['count', '0'],
    ['status', 'open'],
  ]);
}

function entry(n: number): Values {
  return new Map([
    ['amount', '1'],
    ['balance_after', '0'],
    ['reference', `r${n}`],
  ]);
}

function caseOf(n: number, moves: Deltas, inNumbers: boolean): RepairCase {
  const row = (entity: string, key: string, deed: CaseRow['deed'], desired: Deltas | undefined): CaseRow => ({
    entity,
    key,
    deed,
    desired,
    applied: new Map(),
    proven: false,
  });
  const balances = [...moves].map(([key, delta]) =>
    row('account', key, 'kept', inNumbers ? new Map(delta === '0' ? [] : [['balance', delta]]) : undefined),
  );
  return {
    id: `r${n}`,
    cause: 'mismatch',
    revision: 0,
    authority: 'modern',
    committedMs: startMs + n,
    authorityLsn: BigInt(n + 1),
    openedMs: startMs + n,
    revertFirst: false,
    undecided: false,
    rows: rowsById([row('entry', `p${n}`, 'added', undefined), ...balances]),
  };
}

/** Rows of both databases, in one order. */
export function shownRows(db: SimDatabase): unknown {
  return [...db.rows()].map(([id, values]) => [id, [...values].sort()]).sort();
}
