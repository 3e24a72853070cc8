import { angleNotation } from './angle-notation.ts';
import { bytesNotation } from './bytes-notation.ts';
import { codeCase } from './code-case.ts';
import { codedKeys } from './coded-keys.ts';
import { codedNotation } from './coded-notation.ts';
import { computedDigits } from './computed-digits.ts';
import { decimalEqual } from './decimal-equal.ts';
import { dialledNumber } from './dialled-number.ts';
import { durationNotation } from './duration-notation.ts';
import { entities } from './entities.ts';
import { exclusiveEnd } from './exclusive-end.ts';
import { flagsToList } from './flags-to-list.ts';
import { floatNoise } from './float-noise.ts';
import { float32 } from './float32.ts';
import { identifierNotation } from './identifier-notation.ts';
import { sameDate, sameInstant, subSecond } from './instant-notation.ts';
import { jsonText } from './json-text.ts';
import { linesJoined } from './lines-joined.ts';
import { mapToRows } from './map-to-rows.ts';
import { maskNotation } from './mask-notation.ts';
import { mimeWords } from './mime-words.ts';
import { moneyMagnitude } from './money-magnitude.ts';
import { moneyObject } from './money-object.ts';
import { moreDigits } from './more-digits.ts';
import { nothingNotation } from './nothing-notation.ts';
import { numberNotation } from './number-notation.ts';
import { numberedKeys } from './numbered-keys.ts';
import { oneAsList } from './one-as-list.ts';
import { padding } from './padding.ts';
import { pairsToMembers } from './pairs-to-members.ts';
import { parts } from './parts.ts';
import { percentEncoding } from './percent-encoding.ts';
import { phpSerialised } from './php-serialised.ts';
import { rearranged } from './rearranged.ts';
import type { ProofRule } from './rule.ts';
import { sameJson } from './same-json.ts';
import { setOrder } from './set-order.ts';
import { textToList } from './text-to-list.ts';
import { treeToRows } from './tree-to-rows.ts';
import { truthNotation } from './truth-notation.ts';
import { unicodeForm } from './unicode-form.ts';
import { unitConversion } from './unit-conversion.ts';
import { ownAddress, urlNotation } from './url-notation.ts';
import { xmlText } from './xml-text.ts';

/** Every way in which a difference is proven harmless, the first that proves is named. */
export const PROOF_RULES: readonly ProofRule[] = [
  decimalEqual,
  sameJson,
  nothingNotation,
  truthNotation,
  numberNotation,
  floatNoise,
  float32,
  moreDigits,
  computedDigits,
  sameInstant,
  subSecond,
  sameDate,
  durationNotation,
  codedNotation,
  unitConversion,
  padding,
  unicodeForm,
  entities,
  identifierNotation,
  dialledNumber,
  codeCase,
  bytesNotation,
  urlNotation,
  ownAddress,
  angleNotation,
  maskNotation,
  percentEncoding,
  mimeWords,
  phpSerialised,
  xmlText,
  jsonText,
  setOrder,
  parts,
  textToList,
  oneAsList,
  flagsToList,
  pairsToMembers,
  codedKeys,
  mapToRows,
  numberedKeys,
  rearranged,
  moneyObject,
  moneyMagnitude,
  exclusiveEnd,
  linesJoined,
  treeToRows,
];
