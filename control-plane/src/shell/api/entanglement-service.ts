import { EntanglementService } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { type Client, Code, ConnectError, createClient, type ServiceImpl } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { type Engine, requireLeading } from '../engine/engine.ts';
import { copyWords, journalJob, stopWords, verificationWords } from '../engine/journal-job.ts';

const answerWithinMs = 15_000;

/** EntanglementService as the entanglement process answers it; this API asks who calls, and journals who begins and ends a job. */
export function entanglementService(
  engine: Engine,
  address: string | undefined,
  draining: AbortSignal,
): ServiceImpl<typeof EntanglementService> {
  const client =
    address === undefined
      ? undefined
      : createClient(
          EntanglementService,
          createConnectTransport({ baseUrl: `http://${address}`, httpVersion: '1.1' }),
        );
  const there = (): Client<typeof EntanglementService> => {
    if (client === undefined)
      throw new ConnectError(
        'no databases are entangled here: no migration declared entanglement when Chronos was started',
        Code.FailedPrecondition,
      );
    return client;
  };
  const within = { timeoutMs: answerWithinMs };
  return {
    getEntanglement: (request) => shown(there().getEntanglement(request, within)),
    async startVerification(request) {
      requireLeading(engine);
      const begun = await shown(there().startVerification(request, within));
      await journalJob(engine, 'verify', request, verificationWords(begun), { id: begun.id });
      return begun;
    },
    async startCopy(request) {
      requireLeading(engine);
      const begun = await shown(there().startCopy(request, within));
      await journalJob(engine, 'copy', request, copyWords(request), { id: begun.id });
      return begun;
    },
    async stopJob(request) {
      requireLeading(engine);
      const { migration, id } = request;
      const running = await shown(there().getEntanglement({ migration }, within));
      const stopped = there().stopJob(request, within);
      // No answer in time: it has been asked to end, and does once its chunk is done.
      const isAsked = await stopped.then(
        () => true,
        (error) => ConnectError.from(error).code === Code.DeadlineExceeded,
      );
      if (isAsked) await journalJob(engine, 'stop', request, stopWords(running, id), { id });
      return shown(stopped);
    },
    listRepairs: (request) => shown(there().listRepairs(request, within)),
    watchVerification: (request, { signal }) =>
      passedOn(there().watchVerification(request, { signal: AbortSignal.any([signal, draining]) })),
    watchCopy: (request, { signal }) =>
      passedOn(there().watchCopy(request, { signal: AbortSignal.any([signal, draining]) })),
  };
}

function shown<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((error: unknown) => {
    throw asAway(error);
  });
}

async function* passedOn<T>(messages: AsyncIterable<T>): AsyncIterable<T> {
  try {
    yield* messages;
  } catch (error) {
    throw asAway(error);
  }
}

/** That the entanglement is away does not mean that this API is. */
function asAway(error: unknown): unknown {
  return error instanceof ConnectError && error.code === Code.Unavailable
    ? new ConnectError(
        'the entanglement does not answer; it may be starting (chronos status shows its parts)',
        Code.FailedPrecondition,
        undefined,
        undefined,
        error,
      )
    : error;
}
