import { connect, type Socket } from 'node:net';

/**
 * One HTTP/2 connection with one gRPC stream, by hand (RFC 9113): the load must cost less than what it measures, and `node:http2` costs
 * several times as much. It keeps to the protocol: flow control both ways, SETTINGS and PING answered.
 */
export interface StreamEvents {
  /** One whole gRPC message. */
  message(bytes: Buffer): void;
  ended(reason: string): void;
}

const frame = { data: 0, headers: 1, reset: 3, settings: 4, ping: 6, goaway: 7, windowUpdate: 8 } as const;
const flag = { ack: 1, endStream: 1, endHeaders: 4 } as const;
const setting = { initialWindow: 4 } as const;
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const FRAME_HEADER = 9;
const FRAME_MAX = 16_384;
const STREAM = 1;
/** Envoy's default for a stream's window; the connection's is larger still, as Envoy's is. */
const WINDOW = 16 * 1024 * 1024;

export class H2Connection {
  readonly #socket: Socket;
  readonly #events: StreamEvents;
  #rest: Buffer = Buffer.alloc(0);
  #message: Buffer[] = [];
  #messageBytes = 0;
  #unannounced = 0;
  #streamWindow = 65_535;
  #connectionWindow = 65_535;
  #initialWindow = 65_535;
  #waiting: Buffer[] = [];
  #over = false;

  constructor(port: number, path: string, events: StreamEvents) {
    this.#events = events;
    this.#socket = connect({ host: '127.0.0.1', port, noDelay: true });
    this.#socket.on('data', (chunk) => this.#read(chunk));
    this.#socket.on('error', (error) => this.#end(error.message));
    this.#socket.on('close', () => this.#end('closed'));
    this.#socket.write(Buffer.concat([PREFACE, hello(), headers(path, port)]));
  }

  /** Writes one gRPC message, given in parts that are not modified later. */
  send(...parts: readonly Buffer[]): void {
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const prefix = Buffer.alloc(5);
    prefix.writeUInt32BE(length, 1);
    this.#waiting.push(prefix, ...parts);
    this.#flush();
  }

  /** Reads nothing from now on: the proxy hangs. */
  stopReading(): void {
    this.#socket.pause();
  }

  destroy(): void {
    this.#over = true;
    this.#socket.destroy();
  }

  #end(reason: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#socket.destroy();
    this.#events.ended(reason);
  }

  #flush(): void {
    if (this.#waiting.length === 0) return;
    this.#socket.cork();
    while (this.#waiting.length > 0) {
      const room = Math.min(FRAME_MAX, this.#streamWindow, this.#connectionWindow);
      if (room <= 0) break;
      const parts: Buffer[] = [];
      let size = 0;
      for (let part = this.#waiting[0]; part !== undefined && size < room; part = this.#waiting[0]) {
        const taken = part.subarray(0, room - size);
        parts.push(taken);
        size += taken.length;
        if (taken.length === part.length) this.#waiting.shift();
        else this.#waiting[0] = part.subarray(taken.length);
      }
      this.#socket.write(frameHeader(size, frame.data, 0, STREAM));
      for (const part of parts) this.#socket.write(part);
      this.#streamWindow -= size;
      this.#connectionWindow -= size;
    }
    this.#socket.uncork();
  }

  #read(chunk: Buffer): void {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    while (bytes.length >= FRAME_HEADER && !this.#over) {
      const length = bytes.readUIntBE(0, 3);
      if (bytes.length < FRAME_HEADER + length) break;
      const payload = bytes.subarray(FRAME_HEADER, FRAME_HEADER + length);
      this.#frame(bytes[3] ?? 0, bytes[4] ?? 0, bytes.readUInt32BE(5), payload);
      bytes = bytes.subarray(FRAME_HEADER + length);
    }
    this.#rest = bytes;
  }

  #frame(type: number, flags: number, streamId: number, payload: Buffer): void {
    switch (type) {
      case frame.data:
        this.#data(payload);
        break;
      case frame.settings:
        if ((flags & flag.ack) !== 0) break;
        for (let at = 0; at < payload.length; at += 6) {
          if (payload.readUInt16BE(at) !== setting.initialWindow) continue;
          const window = payload.readUInt32BE(at + 2);
          this.#streamWindow += window - this.#initialWindow;
          this.#initialWindow = window;
        }
        this.#socket.write(frameHeader(0, frame.settings, flag.ack, 0));
        this.#flush();
        break;
      case frame.ping:
        if ((flags & flag.ack) === 0)
          this.#socket.write(Buffer.concat([frameHeader(8, frame.ping, flag.ack, 0), payload]));
        break;
      case frame.windowUpdate:
        if (streamId === 0) this.#connectionWindow += payload.readUInt32BE(0);
        else this.#streamWindow += payload.readUInt32BE(0);
        this.#flush();
        break;
      case frame.headers:
        if ((flags & flag.endStream) !== 0) this.#end('the server ended the stream');
        break;
      case frame.reset:
        this.#end('reset');
        break;
      case frame.goaway:
        this.#end('GOAWAY');
        break;
    }
  }

  #data(payload: Buffer): void {
    this.#unannounced += payload.length;
    if (this.#unannounced > WINDOW / 2) {
      this.#socket.write(
        Buffer.concat([windowUpdate(0, this.#unannounced), windowUpdate(STREAM, this.#unannounced)]),
      );
      this.#unannounced = 0;
    }
    this.#message.push(payload);
    this.#messageBytes += payload.length;
    while (this.#messageBytes >= 5) {
      const first = this.#message[0];
      if (first === undefined) return;
      if (first.length < 5) this.#message = [Buffer.concat(this.#message)];
      const length = 5 + (this.#message[0] ?? first).readUInt32BE(1);
      if (this.#messageBytes < length) return;
      const whole = this.#message.length === 1 ? this.#message[0]! : Buffer.concat(this.#message);
      const rest = whole.subarray(length);
      this.#message = rest.length === 0 ? [] : [rest];
      this.#messageBytes = rest.length;
      this.#events.message(whole.subarray(5, length));
    }
  }
}

function frameHeader(length: number, type: number, flags: number, streamId: number): Buffer {
  const header = Buffer.alloc(FRAME_HEADER);
  header.writeUIntBE(length, 0, 3);
  header[3] = type;
  header[4] = flags;
  header.writeUInt32BE(streamId, 5);
  return header;
}

function windowUpdate(streamId: number, by: number): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(by);
  return Buffer.concat([frameHeader(4, frame.windowUpdate, 0, streamId), payload]);
}

function hello(): Buffer {
  const settings = Buffer.alloc(6);
  settings.writeUInt16BE(setting.initialWindow, 0);
  settings.writeUInt32BE(WINDOW, 2);
  return Buffer.concat([
    frameHeader(settings.length, frame.settings, 0, 0),
    settings,
    windowUpdate(0, WINDOW * 4),
  ]);
}

/** RFC 7541: names from the static table, values as plain literals that are not indexed. */
function headers(path: string, port: number): Buffer {
  const literal = (text: string) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]);
  const block = Buffer.concat([
    Buffer.from([0x83, 0x86, 0x04]), // :method POST, :scheme http, :path
    literal(path),
    Buffer.from([0x01]), // :authority
    literal(`127.0.0.1:${port}`),
    Buffer.from([0x0f, 0x10]), // content-type
    literal('application/grpc'),
    Buffer.from([0x00]),
    literal('te'),
    literal('trailers'),
  ]);
  return Buffer.concat([frameHeader(block.length, frame.headers, flag.endHeaders, STREAM), block]);
}
