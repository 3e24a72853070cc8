import type { Http2Session } from 'node:http2';

const PING_EVERY_MS = 10_000;
const ANSWER_WITHIN_MS = 5_000;

const watched = new WeakSet<Http2Session>();

/** Pings a connection as long as it lives, once however often it is asked: a half-open one, which would keep a kill waiting, is found within 15 s. */
export function keepAlive(session: Http2Session): void {
  if (watched.has(session)) return;
  watched.add(session);
  let late: NodeJS.Timeout | undefined;
  const every = setInterval(() => {
    late ??= setTimeout(() => session.destroy(), ANSWER_WITHIN_MS).unref();
    session.ping((error) => {
      if (error !== null) return;
      clearTimeout(late);
      late = undefined;
    });
  }, PING_EVERY_MS).unref();
  session.once('close', () => {
    clearInterval(every);
    clearTimeout(late);
  });
}
