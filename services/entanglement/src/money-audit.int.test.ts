import { setTimeout as delay } from 'node:timers/promises';
import { Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { Kind } from '@chronos/proto/events/v1/verdict_pb.js';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { randomOf } from './core/repair/testing/random.ts';
import { Audit, type AuditRequest, auditMigration } from './testing/audit.ts';
import { auditEntities, auditSchema, STATE_BUGS } from './testing/audit-bank.ts';
import { type Rig, startRig, until } from './testing/rig.ts';
import { VerdictKeeper } from './testing/verdict-keeper.ts';

/** More of both with AUDIT_ROUNDS, such as 20 before a release. */
const rounds = Number(process.env.AUDIT_ROUNDS ?? 1);
const seed = Number(process.env.AUDIT_SEED ?? 20_261_122);
/** Rows of one transaction: more than are kept one by one; 30,000 with AUDIT_BATCH=30000. */
const batchRows = Number(process.env.AUDIT_BATCH ?? 10_500);
const accounts = ['100001', '100002', '100003', '100004'];
const openingCents = 1_000_000;

jest.setTimeout(150_000 * rounds);

let rig: Rig;
let audit: Audit;
let keeper: VerdictKeeper;
beforeAll(async () => {
  rig = await startRig(auditEntities, auditSchema(accounts, openingCents));
  await rig.start();
  await rig.streaming();
  keeper = await VerdictKeeper.start(rig, auditMigration);
  audit = new Audit(rig);
  await audit.start();
}, 120_000);
afterAll(async () => {
  await audit?.close();
  await keeper?.close();
  await rig?.close();
}, 60_000);

const random = randomOf(seed);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

/** Transfers on four hot accounts: each eighth is a bug of modern's, some are sent twice, some copies are lost. */
function requests(name: string, count: number): AuditRequest[] {
  return Array.from({ length: count }, (_, n): AuditRequest[] => {
    const from = pick(accounts);
    const to = pick(accounts.filter((account) => account !== from));
    const bug = n % 4 === 3 ? STATE_BUGS[Math.floor(n / 4) % STATE_BUGS.length] : undefined;
    const first: AuditRequest = {
      requestId: `${name}-${n}`,
      key: `${name}-${n}`,
      from,
      to,
      cents: 100 + Math.floor(random() * 5_000),
      bug,
      retry: false,
      copyLost: bug === undefined && random() < 0.05,
      authority: 'legacy',
    };
    const again = bug === 'doubled on retry' || random() < 0.1;
    return again
      ? [first, { ...first, requestId: `${first.requestId}-again`, retry: true, copyLost: false }]
      : [first];
  }).flat();
}

/** As customers do: some at once, a retry after what it repeats. */
async function traffic(
  list: readonly AuditRequest[],
  between: () => Promise<void> = async () => {},
): Promise<void> {
  const underWay = new Map<string, Promise<void>>();
  for (const request of list) {
    await underWay.get(request.key);
    if (underWay.size >= 6) await Promise.race(underWay.values());
    const sent = audit.send(request, Math.floor(random() * 30)).finally(() => {
      if (underWay.get(request.key) === sent) underWay.delete(request.key);
    });
    underWay.set(request.key, sent);
    await delay(Math.floor(random() * 20));
    await between();
  }
  await Promise.all(underWay.values());
}

const settled = (list: readonly AuditRequest[]) => audit.settled(list.map(({ requestId }) => requestId));

/** Both books are the same, nobody's money is gone or made, each booked transfer stands there once. */
async function audited(): Promise<void> {
  const [legacy, modern] = [await audit.books('legacy'), await audit.books('modern')];
  expect(modern).toEqual(legacy);
  const total = legacy.accounts.reduce((sum, row) => sum + Math.round(Number(row.split(' ')[1]) * 100), 0);
  expect(total).toBe(openingCents * (accounts.length + 1));
  const postings = legacy.entries.map((row) => row.split(' ').at(-1) ?? '');
  for (const key of audit.booked)
    expect([key, postings.filter((each) => each === key).length]).toEqual([key, 4]);
  expect(legacy.orders).toEqual([...audit.booked].sort());
}

/** The control plane has stored each request's verdict as it last was, and has counted each once. */
async function kept(): Promise<void> {
  await until('the control plane has every verdict', async () => {
    await audit.readVerdicts();
    const last = audit.judged().map(([id, verdicts]) => `${id} ${Kind[verdicts.at(-1)?.kind ?? 0]}`);
    const { rows } = await rig.modern('SELECT request_id AS id, kind FROM verdicts');
    expect(rows.map(({ id, kind }) => `${id} ${Kind[kind]}`).sort()).toEqual(last.sort());
    const counted = Object.values(await keeper.counts('books')).reduce((sum, count) => sum + count, 0n);
    expect(counted).toBe(BigInt(last.length));
    return true;
  });
}

describe(`the money audit (seed ${seed})`, () => {
  test('eight state bugs of modern, retries, lost copies, hot accounts: each is found and attributed, and the books end the same', async () => {
    const list = requests('audit', 64 * rounds);
    await traffic(list);
    await settled(list);
    await audited();
    for (const bug of STATE_BUGS) {
      const own = list.filter((each) => each.bug === bug && each.retry === (bug === 'doubled on retry'));
      const kinds = own.map(({ requestId }) => audit.verdictsOf(requestId).at(-1)?.kind);
      expect([bug, kinds.filter((kind) => kind === Kind.MISMATCH).length]).toEqual([bug, own.length]);
    }
    const { rows } = await rig.modern(
      `SELECT count(*)::int AS repairs FROM entanglement.repairs WHERE state = 'done' AND universe = 'modern'`,
    );
    expect(rows[0].repairs).toBeGreaterThan(0);
    const written = await rig.modern(
      `SELECT count(*)::int AS repairs FROM entanglement.repairs WHERE universe = 'legacy'`,
    );
    expect(written.rows[0].repairs).toBe(0);
  });
});

describe(`kill -9 (seed ${seed})`, () => {
  test('capture and reconciler, arbiter, control plane, broker and both databases, in the middle of traffic: the books end the same, no verdict is lost or doubled', async () => {
    const victims: (() => Promise<void>)[] = [
      async () => {
        await rig.kill('SIGKILL');
        await rig.start();
      },
      async () => {
        await audit.killArbiter();
        await audit.startArbiter();
      },
      () => keeper.restart(),
      () => rig.restartModern(),
      () => rig.restartKafka(),
      () => rig.restartLegacy(),
    ];
    const order = Array.from({ length: rounds }, () => victims.toSorted(() => random() - 0.5)).flat();
    const list = requests('kill', 40 * rounds);
    const every = Math.floor(list.length / (order.length + 1));
    let sent = 0;
    await traffic(list, async () => {
      sent += 1;
      if (sent % every === 0) await order.shift()?.();
    });
    expect(order).toEqual([]);
    await settled(list);
    await audited();
    const revisions = list.flatMap(({ requestId }) =>
      audit.verdictsOf(requestId).map((v) => `${requestId} ${v.revision}`),
    );
    expect(new Set(revisions).size).toBe(revisions.length);
    await kept();
  });
});

describe('batches', () => {
  test(`${batchRows} rows in one transaction, then an emptied table: both are carried over by themselves`, async () => {
    const { orders } = await audit.books('legacy');
    const same = (what: string, count: number) =>
      until(
        what,
        async () => (await rig.modern('SELECT count(*)::int AS n FROM orders')).rows[0].n === count,
        100_000,
      );
    await rig.legacy(`INSERT INTO auftrag SELECT 'batch-' || n FROM generate_series(1, ${batchRows}) n`);
    await same('modern has the rows of the batch', orders.length + batchRows);
    await rig.legacy('TRUNCATE auftrag');
    await same('modern has no orders any more', 0);
    const values = orders.map((key) => `('${key}')`).join(', ');
    await rig.legacy(`INSERT INTO auftrag VALUES ${values}`);
    await same('modern has the orders again', orders.length);
    await until('nothing is outstanding', async () => {
      const { rows } = await rig.modern(
        `SELECT count(*)::int AS n FROM entanglement.repair_cases WHERE state IN ('open', 'outstanding')`,
      );
      return rows[0].n === 0;
    });
    await audited();
  });
});

describe('both ways', () => {
  test('modern answers: what legacy did otherwise is repaired there, and after a kill at 100 % legacy has every booked transfer', async () => {
    rig.controlPlane.change(({ groups }) => {
      for (const group of groups) group.stage = Stage.SWAPPED;
    });
    const before = requests('swapped', 40).map(
      (each): AuditRequest => ({ ...each, bug: undefined, authority: 'modern' }),
    );
    await traffic(before);
    // The kill waits for nothing: what is outstanding then is repaired after it, from what modern has acknowledged.
    rig.controlPlane.change(({ groups }) => {
      for (const group of groups) group.stage = Stage.KILLED;
    });
    await settled(before);
    await audited();
    const after = requests('killed', 20).map((each): AuditRequest => ({ ...each, bug: undefined }));
    await traffic(after);
    await settled(after);
    await audited();
    const { rows } = await rig.modern(
      `SELECT count(*)::int AS repairs FROM entanglement.repairs WHERE state = 'done' AND universe = 'legacy'`,
    );
    expect(rows[0].repairs).toBeGreaterThan(0);
  });

  test('an answer of modern’s is lost, asked for again after a kill, and legacy’s copy is late: booked once in both, and said so', async () => {
    const stage = (to: Stage) =>
      rig.controlPlane.change(({ groups }) => {
        for (const group of groups) group.stage = to;
      });
    const [from = '', to = ''] = accounts;
    const first: AuditRequest = {
      ...{ requestId: 'lost-answer', key: 'lost-answer', from, to, cents: 111 },
      ...{ bug: undefined, retry: false, copyLost: false, authority: 'modern' },
    };
    const again: AuditRequest = { ...first, requestId: 'asked-again', retry: true, authority: 'legacy' };
    stage(Stage.SWAPPED);
    const late = audit.send(first, 3_000);
    await until('modern has booked it', async () => (await audit.books('modern')).orders.includes(first.key));
    stage(Stage.KILLED);
    await Promise.all([late, audit.send(again, 0)]);
    await settled([first, again]);
    await until('both cases are settled', async () => {
      const { rows } = await rig.modern(
        `SELECT state, reason FROM entanglement.repair_cases WHERE id IN ('lost-answer', 'asked-again')`,
      );
      return rows.length === 2 && rows.every(({ state }) => state === 'settled');
    });
    await audited();
    const { rows } = await rig.modern(
      `SELECT reason FROM entanglement.repair_cases WHERE id IN ('lost-answer', 'asked-again')`,
    );
    for (const { reason } of rows)
      expect(reason).toContain('legacy did it for asked-again, modern for lost-answer');
  });
});
