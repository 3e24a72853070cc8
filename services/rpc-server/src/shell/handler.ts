import type { connectNodeAdapter } from '@connectrpc/connect-node';

/** A request handler for `node:http` and `node:http2` alike. */
export type Handler = ReturnType<typeof connectNodeAdapter>;
export type HttpRequest = Parameters<Handler>[0];
export type HttpResponse = Parameters<Handler>[1];
