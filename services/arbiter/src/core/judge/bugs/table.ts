import { atomsChanged } from './atoms-changed.ts';
import { boundLost } from './bound-lost.ts';
import { copyBroken } from './broken-copy.ts';
import { placesBroken } from './broken-places.ts';
import { centuryMoved } from './century-moved.ts';
import { charactersLost, namesLost } from './characters-lost.ts';
import { claimsChanged } from './claims-changed.ts';
import { codeRead, zerosLost } from './code-read.ts';
import { codedChanged } from './coded-changed.ts';
import { codeReplaced, otherRequestsText, textsCollapsed, unstable } from './codes.ts';
import { codesCrossed } from './codes-crossed.ts';
import { currencyMark } from './currency-mark.ts';
import { cellsMoved, partsLost, quotingLost } from './delimited.ts';
import { derivationBroken } from './derivation-broken.ts';
import { codeAsNumber } from './digits-only.ts';
import { echoChanged } from './echo-changed.ts';
import { escapedTwice } from './escaped-twice.ts';
import { factorBroken } from './factor-broken.ts';
import { flagsListed } from './flags-listed.ts';
import { fractionMisplaced } from './fraction-misplaced.ts';
import { identifierReplaced } from './identifier-replaced.ts';
import { caseLost, charactersChanged, identifierChanged } from './identifiers.ts';
import { impossibleValue } from './impossible-value.ts';
import { durationChanged, instantMoved } from './instants.ts';
import { internalsShown } from './internals-shown.ts';
import { keyShown } from './key-shown.ts';
import { kindChanged } from './kind-changed.ts';
import { labelReplaced } from './label-replaced.ts';
import { languageChanged } from './language-changed.ts';
import { leftOver } from './left-over.ts';
import { listCollapsed } from './list-collapsed.ts';
import {
  elementAdded,
  elementChanged,
  elementDoubled,
  elementLost,
  orderBroken,
  tupleReversed,
} from './lists.ts';
import { mapKeyLost } from './map-key-lost.ts';
import { markLost } from './mark-lost.ts';
import { markupChanged, maskedOther } from './markup-changed.ts';
import { measuredChanged } from './measured-changed.ts';
import { messagesCrossed } from './messages-crossed.ts';
import { mojibake } from './mojibake.ts';
import { monthMoved } from './month-moved.ts';
import { nameMarred } from './name-marred.ts';
import { namesSwapped } from './names-swapped.ts';
import { structuresCollapsed, structuresUnstable } from './not-a-function.ts';
import { notationBroken } from './notation-broken.ts';
import { numberInText } from './number-in-text.ts';
import { clamped, numberChanged, offset, otherRequestsNumber, ratio } from './number-series.ts';
import {
  currencyChanged,
  digitsCut,
  integerOverflow,
  integerRounded,
  inverted,
  moneyFloat32,
  scaleChanged,
  signFlipped,
} from './number-shape.ts';
import { oneSidedRounding } from './one-sided-rounding.ts';
import { pairsMoved } from './pairs-moved.ts';
import { parentsChanged } from './parents-changed.ts';
import { partsChanged } from './parts-changed.ts';
import { percentMixed } from './percent-mixed.ts';
import { placesShifted } from './places-shifted.ts';
import { pointReadTwice } from './point-read-twice.ts';
import { positionsLost } from './positions-lost.ts';
import { quantityChanged } from './quantity-changed.ts';
import { recordsMisaligned } from './records-changed.ts';
import { rightsWidened } from './rights-widened.ts';
import { rowsMispaired } from './rows-mispaired.ts';
import type { BugRule } from './rule.ts';
import { secretAdded } from './secret-added.ts';
import { secretRevealed } from './secret-revealed.ts';
import { segmentsMispaired } from './segments-mispaired.ts';
import { setChanged } from './set-changed.ts';
import { sixtiethsAsDecimals } from './sixtieths.ts';
import { splitInside } from './split-inside.ts';
import { textCut } from './text-cut.ts';
import { truthCollapsed } from './truth-collapsed.ts';
import { truthInverted, zeroOneChanged } from './truth-inverted.ts';
import { urlChanged } from './urls.ts';
import { defaultPut, valueLost, valueMadeUp } from './value-lost.ts';
import { versionAsNumber } from './version-as-number.ts';
import { wordDoubled } from './word-doubled.ts';
import { negationChanged, numberWordsChanged } from './words-changed.ts';
import { wordsCrossed } from './words-crossed.ts';
import { wordsGlued } from './words-glued.ts';
import { wordsOfObjectLost } from './words-of-object-lost.ts';
import { zeroLost } from './zero-lost.ts';
import { zerosOfPartLost } from './zeros-of-part-lost.ts';

/** Every way in which a difference is shown to be a bug; the first that shows one is named, so that the most telling stand first. */
export const BUG_RULES: readonly BugRule[] = [
  valueLost,
  zeroLost,
  secretRevealed,
  secretAdded,
  rightsWidened,
  impossibleValue,
  maskedOther,
  markupChanged,
  truthInverted,
  zeroOneChanged,
  truthCollapsed,
  defaultPut,
  valueMadeUp,
  leftOver,
  parentsChanged,
  elementLost,
  elementDoubled,
  elementAdded,
  elementChanged,
  setChanged,
  orderBroken,
  tupleReversed,
  listCollapsed,
  currencyChanged,
  currencyMark,
  signFlipped,
  integerOverflow,
  integerRounded,
  scaleChanged,
  moneyFloat32,
  inverted,
  clamped,
  otherRequestsNumber,
  ratio,
  offset,
  digitsCut,
  oneSidedRounding,
  numberChanged,
  centuryMoved,
  fractionMisplaced,
  instantMoved,
  monthMoved,
  durationChanged,
  quantityChanged,
  codedChanged,
  codeRead,
  sixtiethsAsDecimals,
  versionAsNumber,
  codeAsNumber,
  markLost,
  boundLost,
  pointReadTwice,
  factorBroken,
  percentMixed,
  positionsLost,
  zerosLost,
  zerosOfPartLost,
  mojibake,
  escapedTwice,
  quotingLost,
  cellsMoved,
  flagsListed,
  rowsMispaired,
  segmentsMispaired,
  pairsMoved,
  mapKeyLost,
  placesShifted,
  splitInside,
  charactersLost,
  labelReplaced,
  numberWordsChanged,
  internalsShown,
  keyShown,
  languageChanged,
  messagesCrossed,
  negationChanged,
  textCut,
  namesLost,
  nameMarred,
  caseLost,
  otherRequestsText,
  wordDoubled,
  wordsGlued,
  textsCollapsed,
  unstable,
  claimsChanged,
  codesCrossed,
  codeReplaced,
  identifierChanged,
  urlChanged,
  charactersChanged,
  identifierReplaced,
  echoChanged,
  copyBroken,
  partsLost,
  numberInText,
  measuredChanged,
  partsChanged,
  namesSwapped,
  atomsChanged,
  wordsOfObjectLost,
  recordsMisaligned,
  derivationBroken,
  wordsCrossed,
  structuresUnstable,
  structuresCollapsed,
  placesBroken,
  notationBroken,
  kindChanged,
];
