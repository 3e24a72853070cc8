import { setTimeout as delay } from 'node:timers/promises';
import type { Interceptor } from '@connectrpc/connect';

/** What a call takes longer on the machine and the line that the legacy bank is at home on. */
const LINE_MS = 5;

/**
 * The demo runs on a machine decades younger than its legacy bank, on which even plain code is quick. This stands in for the difference: a
 * fixed time added to each call, and nothing else in the bank waits.
 */
export const oldLine: Interceptor = (next) => async (request) => {
  await delay(LINE_MS);
  return next(request);
};
