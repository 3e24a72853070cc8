import { create } from '@bufbuild/protobuf';
import {
  type KillMigrationResponse,
  KillMigrationResponseSchema,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { describe, expect, test } from '@jest/globals';
import { KillSwitch, lateAfterMs, type Target, throwOf } from './kill-switch.ts';

const bank: Target = { migration: 'bank', group: '' };
const shop: Target = { migration: 'shop', group: 'loans' };

/** A server that answers when the test says so, and a clock that only the test moves. */
function switched() {
  const calls: {
    target: Target;
    signal: AbortSignal;
    answer: PromiseWithResolvers<KillMigrationResponse>;
  }[] = [];
  const timers = new Map<object, () => void>();
  const killSwitch = new KillSwitch({
    kill(target, signal) {
      const answer = Promise.withResolvers<KillMigrationResponse>();
      calls.push({ target, signal, answer });
      return answer.promise;
    },
    after(ms, call) {
      expect(ms).toBe(lateAfterMs);
      const timer = {};
      timers.set(timer, call);
      return () => timers.delete(timer);
    },
  });
  const standing = (target: Target) => throwOf(killSwitch.throws, target)?.standing.kind;
  const late = () => {
    for (const call of timers.values()) call();
    timers.clear();
  };
  const settle = async () => {
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  return { killSwitch, calls, standing, late, settle, answer: create(KillMigrationResponseSchema) };
}

describe('KillSwitch', () => {
  test('without an answer it says so, and takes the answer that comes after all', async () => {
    const { killSwitch, calls, standing, late, settle, answer } = switched();
    killSwitch.throw(bank);
    expect(standing(bank)).toBe('asked');
    late();
    expect(standing(bank)).toBe('late');
    killSwitch.read(bank);
    expect(standing(bank)).toBe('late');
    calls[0]!.answer.resolve(answer);
    await settle();
    expect(standing(bank)).toBe('done');
    killSwitch.read(bank);
    expect(standing(bank)).toBeUndefined();
  });

  test('thrown again the call before is given up, and says nothing any more', async () => {
    const { killSwitch, calls, standing, late, settle, answer } = switched();
    killSwitch.throw(bank);
    late();
    killSwitch.throw(bank);
    expect(standing(bank)).toBe('asked');
    expect(calls.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    calls[0]!.answer.reject(new Error('aborted'));
    await settle();
    expect(standing(bank)).toBe('asked');
    calls[1]!.answer.resolve(answer);
    await settle();
    expect(standing(bank)).toBe('done');
    late();
    expect(standing(bank)).toBe('done');
  });

  test('one that hangs does not stand in the way of another', async () => {
    const { killSwitch, calls, standing, late, settle } = switched();
    killSwitch.throw(bank);
    late();
    killSwitch.throw(shop);
    calls[1]!.answer.reject(new Error('no such migration'));
    await settle();
    expect([standing(bank), standing(shop)]).toEqual(['late', 'failed']);
    expect(throwOf(killSwitch.throws, shop)?.standing).toMatchObject({ error: 'no such migration' });
  });
});
