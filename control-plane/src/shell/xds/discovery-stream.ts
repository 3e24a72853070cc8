import type { CloseCode } from '../../core/xds/close-code.ts';
import type { DiscoveryMethod } from '../../core/xds/services.ts';

/** One open stream of a discovery service as the protocol sees it; a transport implements it. Calls after its end do nothing. */
export interface DiscoveryStream {
  readonly method: DiscoveryMethod;
  /** Sends one message: `body`, which other streams share and nobody modifies, followed by the field of the nonce (core/xds/encode.ts). */
  send(body: Uint8Array, nonce: string): void;
  /** Bytes taken by `send` and not yet handed to the kernel; what flow control holds back counts. */
  readonly bufferedBytes: number;
  /** Ends the stream with a status and a message that the client logs; `gone` follows. */
  close(code: CloseCode, reason: string): void;
}

/** What the protocol does on a stream's events; a transport calls it. */
export interface StreamHandlers {
  /** One whole request, still encoded. Longer ones than the transport's limit it refuses itself with RESOURCE_EXHAUSTED. */
  message(bytes: Uint8Array): void;
  /** `bufferedBytes` fell. */
  drained(): void;
  /** The stream is over, whoever ended it. Called once. */
  gone(reason: string): void;
}
