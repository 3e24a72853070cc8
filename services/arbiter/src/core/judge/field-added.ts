import type { Context } from './bugs/rule.ts';
import type { Judgement } from './judgement.ts';
import { wordsOf } from './value/text.ts';

/** Requests that must show the same before a constant is called one. */
const REQUESTS_MIN = 3;

/** A version (v1, "1.2.3") or a small whole number; 12.50 may be a fee, 0 and 1 may be yes and no. */
const VERSION =
  /^"?v[0-9]{1,4}(?:\.[0-9]{1,4}){0,3}"?$|^"?[0-9]{1,4}(?:\.[0-9]{1,4}){2,3}"?$|^"[0-9]\.[0-9]"$|^[2-9]$/;
/** A region or zone of a cloud (eu-west-1, europe-west1, us-east-1a): where it runs, not what it says. */
const REGION = /^"[a-z]{2,12}-[a-z]{4,12}(?:-[a-z]{4,12})?-?[0-9]{1,2}[a-z]?"$/;

/** Names of what describes the answer and no thing of the business: a flag there (`_links: true`) grants and denies nothing. */
const META = /(?:^|\.)_?(?:meta|metadata|links)$/i;
/** Names of what has versions; a bare number of anything else counts, grants, costs or bounds something. */
const VERSIONED =
  /\b(?:versions?|ver|schema|api|format|revision|rev|engine|meta|metadata|links|protocol|build|release|model)\b/;
/** By the last word of the name: a fee of a schema is a fee. */
function isVersioned(field: string): boolean {
  const words = wordsOf(field.split('.').at(-1) ?? '').split(' ');
  return VERSIONED.test(words.at(-1) ?? '') || (words.length === 1 && VERSIONED.test(words[0] ?? ''));
}

const FLAG = /^(?:true|false)$/;

/**
 * A field that legacy never has and of which modern says the same short version, number or region in every request: it tells nothing about any
 * request, and clients of legacy do not know it; nor does a constant flag that by its name describes the answer. Anything else that modern adds
 * is asked (it may tell what nobody should see).
 */
export function fieldAdded({ all, unproven, episode }: Context): Judgement | undefined {
  const value = unproven[0]?.modern.raw;
  if (value === undefined || all.length < REQUESTS_MIN || unproven.length !== all.length) return undefined;
  // A charge or a right that all have is no version.
  if (/^[2-9]$|^"[0-9]\.[0-9]"$/.test(value) && !isVersioned(episode.field)) return undefined;
  if (
    REGION.test(value) &&
    /\b(?:residency|patients?|customers?|legal|tax|jurisdiction|storage|backup|location)\b/.test(
      wordsOf(episode.field),
    )
  )
    return undefined;
  // Four figures up to 255 are an address.
  if (/^"[0-9]{1,3}(?:\.[0-9]{1,3}){3}"$/.test(value)) return undefined;
  const isFlag = FLAG.test(value) && META.test(episode.field);
  if (!VERSION.test(value) && !REGION.test(value) && !isFlag) return undefined;
  const constant = unproven.every(
    ({ legacy, legacy2, modern }) => legacy.absent && (legacy2?.absent ?? true) && modern.raw === value,
  );
  if (!constant) return undefined;
  return {
    verdict: 'harmless',
    rule: 'constant-added',
    severity: '',
    explanation: `Legacy never has the field; modern says ${value} in all ${all.length} requests, which tells nothing about any of them.`,
  };
}
