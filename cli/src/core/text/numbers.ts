import { type Duration, durationMs, type Timestamp, timestampMs } from '@bufbuild/protobuf/wkt';

/** 12,345 whatever the machine's locale. */
export function count(value: bigint | number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

/** Percent without trailing zeros, never rounded up: 99.996 is `99.99`, so that nothing looks reached that is not. */
export function percent(value: number): string {
  // The scaled value is rounded at 1e-6 first, or 0.29 * 100 would come out as 28.
  const hundredths = Math.floor(Math.round(value * 1e8) / 1e6);
  return String(hundredths / 100);
}

/** A span of milliseconds for reading: `0.42 ms`, `18 ms`, `3.2 s`, `4 min 10 s`. */
export function span(ms: number): string {
  if (ms < 10) return `${Number(ms.toFixed(2))} ms`;
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${Number((ms / 1_000).toFixed(1))} s`;
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

export function durationText(duration: Duration | undefined): string {
  return duration === undefined ? '' : span(durationMs(duration));
}

/** Minutes and seconds of a clock that counts up: `01:23`, `1:02:03`. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours === 0 ? rest : `${hours}:${rest}`;
}

/** Time of day in UTC with seconds; the same line in every time zone. */
export function timeOfDay(at: Timestamp | undefined): string {
  return at === undefined ? '--:--:--' : new Date(timestampMs(at)).toISOString().slice(11, 19);
}

export function isoTime(at: Timestamp | undefined): string | null {
  return at === undefined ? null : new Date(timestampMs(at)).toISOString();
}

/** Milliseconds from one moment to another; 0 when one of them is unknown. */
export function durationMsBetween(from: Timestamp | undefined, to: Timestamp | undefined): number {
  return from === undefined || to === undefined ? 0 : timestampMs(to) - timestampMs(from);
}
