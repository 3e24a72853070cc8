import { parseJson } from '@chronos/arbiter/core/compare/json.ts';
import { isObject, NumberText, type Value } from '@chronos/arbiter/core/compare/value.ts';
import type { Masker } from './masker.ts';

/**
 * A bearer token that has lost its signature (credentials.ts), with only those claims that segments are told by. What is no such token is
 * left as it is: its proof is gone.
 */
export function maskToken(
  value: string,
  claims: ReadonlySet<string>,
  masker: Masker,
  place: string,
): string | undefined {
  const parts = /^(bearer +[\w-]+\.)([\w-]+)(\..*)$/is.exec(value);
  const payload = parts === null ? undefined : claimsOf(parts[2] ?? '');
  if (parts === null || payload === undefined) return undefined;
  const kept = [...payload].filter(([name]) => claims.has(name));
  if (kept.length === payload.size) return undefined;
  masker.note(place, 'claims that no segment names are left out');
  const text = `{${kept.map(([name, claim]) => `${JSON.stringify(name)}:${rawOf(claim)}`).join(',')}}`;
  return `${parts[1]}${base64Url(text)}${parts[3]}`;
}

function claimsOf(payload: string): ReadonlyMap<string, Value> | undefined {
  try {
    const binary = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
    const json = parseJson(new TextDecoder().decode(Uint8Array.from(binary, (c) => c.charCodeAt(0))));
    return json.ok && isObject(json.value) ? json.value : undefined;
  } catch {
    return undefined;
  }
}

/** Segments are told by scalars; of others only that they are there. */
function rawOf(value: Value): string {
  if (value instanceof NumberText) return value.text;
  return typeof value === 'string' || typeof value === 'boolean' ? JSON.stringify(value) : 'null';
}

function base64Url(text: string): string {
  const binary = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
