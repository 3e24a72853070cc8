import { EventEmitter } from 'node:events';
import { expect, test } from '@jest/globals';
import { outliveLostConnections } from './lost-connections.ts';

test('a connection that is lost ends no process: idle it is told, handed out its own query fails', () => {
  const pool = new EventEmitter();
  const told: string[] = [];
  outliveLostConnections(pool, ({ message }) => told.push(message));
  const connection = new EventEmitter();
  pool.emit('connect', connection);
  // An 'error' that nobody listens to throws.
  pool.emit('error', new Error('idle'));
  connection.emit('error', new Error('handed out'));
  expect(told).toEqual(['idle']);
});
