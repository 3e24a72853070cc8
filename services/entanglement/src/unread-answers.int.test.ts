import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { EntanglementService, JobState } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { Audit, type AuditRequest } from './testing/audit.ts';
import { auditEntities, auditSchema } from './testing/audit-bank.ts';
import { type Rig, startRig, until } from './testing/rig.ts';

const accounts = ['100001', '100002', '100003'];

jest.setTimeout(200_000);

let rig: Rig;
let audit: Audit;
beforeAll(async () => {
  rig = await startRig(auditEntities, auditSchema(accounts, 1_000_000));
  await rig.start();
  await rig.streaming();
  audit = new Audit(rig);
  await audit.start();
}, 120_000);
afterAll(async () => {
  await audit?.close();
  await rig?.close();
}, 60_000);

let sent = 0;
function request(authority: AuditRequest['authority'], copyLost: boolean): AuditRequest {
  sent += 1;
  const [from = '', to = ''] = [accounts[sent % 3], accounts[(sent + 1) % 3]];
  const id = `unread-${sent}`;
  return {
    ...{ requestId: id, key: id, from, to, cents: 100 + sent, bug: undefined, retry: false },
    ...{ copyLost, authority },
  };
}

const stage = (to: Stage) =>
  rig.controlPlane.change(({ groups }) => {
    for (const group of groups) {
      group.stage = to;
      group.stageEnteredAt = timestampFromMs(Date.now());
    }
  });

async function verify(options: { readonly repair: boolean; readonly authority?: Universe }) {
  const transport = createConnectTransport({ baseUrl: rig.url(), httpVersion: '1.1' });
  const api = createClient(EntanglementService, transport);
  const { id } = await api.startVerification({ migration: 'books', ...options });
  let last: Awaited<ReturnType<typeof api.startVerification>> | undefined;
  for await (const seen of api.watchVerification({ migration: 'books', verificationId: id })) last = seen;
  if (last === undefined) throw new Error('no verification');
  return last;
}

const equal = async () => expect(await audit.books('modern')).toEqual(await audit.books('legacy'));

async function reasons(state: 'outstanding' | 'settled'): Promise<string[]> {
  const { rows } = await rig.modern(`SELECT reason FROM entanglement.repair_cases WHERE state = '${state}'`);
  return rows.map(({ reason }) => reason);
}
const outstanding = () => reasons('outstanding');

test('modern answers while its slot is gone, and is killed: none of it is taken from it, until somebody says whose is right', async () => {
  const before = [request('legacy', false), request('legacy', true)];
  for (const each of before) await audit.send(each, 0);
  await audit.settled(before.map(({ requestId }) => requestId));
  await equal();

  stage(Stage.SWAPPED);
  await rig.modern(
    `SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name LIKE '%books%' AND active`,
  );
  await until('the slot is dropped', async () => {
    const { rows } = await rig.modern(
      `SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name LIKE '%books%'`,
    );
    return rows.length > 0;
  });
  await until('the migration is paused', () => rig.controlPlane.pauses.some((why) => /is gone/.test(why)));
  const lost = Array.from({ length: 4 }, () => request('modern', true));
  for (const each of lost) await audit.send(each, 0);
  stage(Stage.KILLED);
  const told = await audit.books('modern');

  // Legacy answers on the same accounts; its copies are still carried out by modern, or lost.
  const after = [request('legacy', true), request('legacy', true), request('legacy', false)];
  for (const each of after) await audit.send(each, 0);
  const known = await audit.books('modern');
  rig.controlPlane.change(({ groups }) => {
    for (const group of groups) group.paused = false;
  });
  await rig.streaming();
  await until(
    'it is said that nobody knows who is right',
    async () => (await outstanding()).some((why) => why.includes('modern answered requests while')),
    90_000,
  );
  expect(await audit.books('modern')).toEqual(known);
  for (const row of told.entries) expect(known.entries).toContain(row);

  const refused = await verify({ repair: true });
  expect(refused.state).toBe(JobState.DIFFERENT);
  expect(refused.differences.length).toBeGreaterThan(0);
  for (const { repaired, repairFailure } of refused.differences)
    expect([repaired, repairFailure]).toEqual([false, expect.stringContaining('--authority modern')]);
  expect(await audit.books('modern')).toEqual(known);

  expect((await verify({ repair: true, authority: Universe.MODERN })).state).toBe(JobState.CLEAN);
  await equal();
  expect(await audit.books('modern')).toEqual(known);

  // It is proven: what legacy answers and modern lacks is repaired by itself again.
  const later = [request('legacy', true), request('legacy', false)];
  for (const each of later) await audit.send(each, 0);
  await audit.settled([...after, ...later].map(({ requestId }) => requestId));
  await equal();
  const { orders } = await audit.books('legacy');
  for (const { key } of [...lost, ...later]) expect(orders).toContain(key);
});

test('an edit by hand of which nobody knew who is right: whoever has said so by a verification has settled it', async () => {
  stage(Stage.SWAPPED);
  const answered = [request('modern', true)];
  for (const each of answered) await audit.send(each, 0);
  await audit.settled(answered.map(({ requestId }) => requestId));
  const lost = request('modern', true);
  await audit.send(lost, 0);
  await rig.modern(`UPDATE accounts SET balance = balance + 7.77 WHERE id = '${lost.from}'`);
  stage(Stage.KILLED);
  await until(
    'it is asked whose is right',
    async () => (await outstanding()).some((why) => why.includes('the other has changed it outside')),
    90_000,
  );
  const told = await audit.books('modern');
  const { id, state } = await verify({ repair: true, authority: Universe.MODERN });
  expect(state).toBe(JobState.CLEAN);
  expect(await audit.books('legacy')).toEqual(told);
  await until('nothing is outstanding', async () => (await outstanding()).length === 0);
  expect((await reasons('settled')).filter((why) => why === `settled by verification ${id}`)).not.toEqual([]);

  const later = [request('legacy', true), request('legacy', true), request('legacy', true)];
  for (const each of later) await audit.send(each, 0);
  await audit.settled([lost, ...later].map(({ requestId }) => requestId));
  await equal();
});
