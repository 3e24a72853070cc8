import { namesAll } from './attribute.ts';
import { sameCell, sameState, shownCell } from './cell.ts';
import { type Chain, chainOf } from './chain.ts';
import { stateAt, type Told, tells, toldBy, toldByBoth } from './mirror.ts';
import type { RowPair } from './pair-rows.ts';
import type { EffectField } from './row-differences.ts';
import type { StateWindow } from './state-window.ts';
import { deedOf } from './timeline.ts';

const SIDES = [
  ['legacy', 'modern'],
  ['modern', 'legacy'],
] as const;

/**
 * Whether the order of commits explains what differs between the effects of one request. It does so only where the same requests, each with the
 * same effect, lead from one equal state to exactly what each universe has, in its own order ({@link chainOf}):
 *
 * - a value of a row that several requests changed: by that row's own chain;
 * - a value of a new row that tells the running state of another (a balance after the booking, a number counted on): when it is, in both
 *   universes, the value of the same field of the same row at the same step of this request, and that row's chain explains it.
 *
 * Everything else is no race, however near in time.
 */
export class Race {
  readonly #window: StateWindow;
  readonly #migration: string;
  readonly #requestId: string;
  readonly #pairs: readonly RowPair[];
  readonly #chains = new Map<RowPair, Chain>();
  /** A request that one universe has committed and the other has not yet may explain what does not look explained now. */
  missing = false;

  constructor(
    window: StateWindow,
    request: { migration: string; requestId: string },
    pairs: readonly RowPair[],
  ) {
    this.#window = window;
    this.#migration = request.migration;
    this.#requestId = window.alike.deedOf(request.requestId);
    this.#pairs = pairs;
  }

  /** The fields of one pair of rows that differ: all of them explained, or none. One sentence says how. */
  explains(pair: RowPair, differing: readonly EffectField[]): string | undefined {
    if (pair.legacy === undefined || pair.modern === undefined) return undefined;
    if (pair.legacy.before !== undefined || pair.modern.before !== undefined) {
      const chain = this.#chain(pair);
      return chain?.reordered === true ? this.#sentence(chain.requests.size, chain.lacked) : undefined;
    }
    // Rows of other keys are one row only if their keys are explained, too.
    const { key, compared } = pair.entity;
    if (pair.by === 'content' && !key.every((part) => compared.includes(part))) return undefined;
    const found = differing.map(({ field }) => field !== undefined && this.#mirrors(pair, field));
    return found.every(Boolean) ? this.#sentence(undefined) : undefined;
  }

  /** Both did the same, yet in another order than others: fields in which the last writer wins, and the universes now differ. */
  diverging(pair: RowPair): readonly string[] {
    const { legacy, modern, entity } = pair;
    if (legacy === undefined || modern === undefined || pair.by !== 'key') return [];
    if (sameState(legacy.before, modern.before, entity.compared)) {
      // The other order may have begun with this one.
      const versions = this.#window.timeline(this.#migration, entity.name, legacy.key, modern.key);
      if (versions.legacy.length < 2 || versions.modern.length < 2) return [];
    }
    const chain = this.#chain(pair);
    if (chain?.reordered !== true) return [];
    return chain.diverging.filter((field) => !sameCell(legacy.before?.get(field), legacy.after?.get(field)));
  }

  #sentence(requests: number | undefined, lacked: readonly string[] = []): string {
    if (lacked.length > 0)
      return `Legacy lacks what it failed to do for request ${lacked[0]}, which was not repaired yet; with it, the same effects lead to exactly this.`;
    const others = requests === undefined ? 'requests' : `${requests} requests`;
    return `The same effects of ${others} in flight together, committed in another order in each universe, lead to exactly this.`;
  }

  /**
   * A field of the new row that is the same in both universes and yet wrong in one of them: elsewhere on the chain it always tells the running
   * state of another row, here it does so in one universe only. Two errors that cancel out look like agreement.
   */
  contradiction(pair: RowPair): { readonly field: string; readonly words: string } | undefined {
    if (pair.legacy?.before !== undefined || pair.modern?.before !== undefined) return undefined;
    const moved = this.#tellable(pair).filter((other) => this.#hasMoved(other));
    for (const field of moved.length === 0 ? [] : pair.entity.compared) {
      const cells = { legacy: pair.legacy?.after?.get(field), modern: pair.modern?.after?.get(field) };
      if (!sameCell(cells.legacy, cells.modern)) continue;
      // It tells the same of some row in both.
      if (toldByBoth(cells.legacy, cells.modern, moved).next().done === false) continue;
      for (const [universe, other] of SIDES) {
        for (const told of toldBy(cells[universe], universe, moved)) {
          const there = stateAt(told, other)?.get(told.field);
          if (tells(cells[other], there) || !names(pair, told.row) || !this.#always(told, pair, field))
            continue;
          // Another new row of this request is the one that tells it.
          if (this.#isToldByAnother(told, pair, field)) continue;
          const words = `${field} is ${shownCell(cells[other])} in ${other} as well, yet ${told.row.entity.name} ${told.row.legacy?.key} had ${told.field} ${shownCell(there)} there.`;
          return { field, words };
        }
      }
    }
    return undefined;
  }

  #isToldByAnother(told: Told, pair: RowPair, field: string): boolean {
    return this.#pairs.some(({ entity, legacy, modern }, at) => {
      if (this.#pairs[at] === pair || entity !== pair.entity || legacy?.before || modern?.before)
        return false;
      const same = toldByBoth(legacy?.after?.get(field), modern?.after?.get(field), [told.row]);
      return [...same].some(
        ({ field: of, step }) => of === told.field && (told.step === 0 || step === told.step),
      );
    });
  }

  /** The two universes came to it in different states, by another order. */
  #hasMoved(pair: RowPair): boolean {
    const { legacy, modern, entity, by } = pair;
    if (by !== 'key' || legacy?.before === undefined || modern?.before === undefined) return false;
    return !sameState(legacy.before, modern.before, entity.compared) && this.#chain(pair)?.reordered === true;
  }

  /** In both universes, every other request on the chain that made rows of the same entity made one that tells the running state in the same way. */
  #always({ row, field: told }: Told, { entity }: RowPair, field: string): boolean {
    const chain = this.#chain(row);
    if (chain === undefined) return false;
    const others = [...chain.span.legacy, ...chain.span.modern].flatMap((version) => {
      if (deedOf(version) === this.#requestId) return [];
      const { transaction, changes } = version;
      const made = transaction.changes.filter((c) => c.entity === entity.name && c.before === undefined);
      return made.length === 0 ? [] : [{ made, changes }];
    });
    return (
      others.length > 0 &&
      others.every(({ made, changes }) =>
        made.some((row) => changes.some(({ after }) => tells(row.after?.get(field), after?.get(told)))),
      )
    );
  }

  /**
   * Rows whose running state a new row may tell: of accounts the one that it names, where it names one, not another that happens to have had the
   * same balance.
   */
  #tellable(pair: RowPair): RowPair[] {
    const named = this.#pairs.filter((other) => other !== pair && names(pair, other));
    const ofNamed = new Set(named.map(({ entity }) => entity));
    return this.#pairs.filter(
      (other) => other !== pair && (named.includes(other) || !ofNamed.has(other.entity)),
    );
  }

  /** Whether the field of the two new rows tells the running state of one and the same other row. */
  #mirrors(pair: RowPair, field: string): boolean {
    const cells = [pair.legacy?.after?.get(field), pair.modern?.after?.get(field)] as const;
    const told = toldByBoth(...cells, this.#tellable(pair));
    for (const { row } of told) if (this.#chain(row)?.reordered === true) return true;
    return false;
  }

  #chain(pair: RowPair): (Chain & { readonly type: 'explained' }) | undefined {
    let chain = this.#chains.get(pair);
    if (chain === undefined) {
      const key = pair.legacy?.key ?? '';
      const timeline = this.#window.timeline(this.#migration, pair.entity.name, key, pair.modern?.key);
      chain = chainOf(timeline, this.#requestId, pair.entity);
      this.#chains.set(pair, chain);
    }
    if (chain.type === 'explained') return chain;
    this.missing ||= chain.missing;
    return undefined;
  }
}

/** The new row holds the key of the other one: it belongs to it. */
function names({ legacy }: RowPair, { legacy: other }: RowPair): boolean {
  const texts = new Set(
    [...(legacy?.after?.values() ?? [])].map((cell) => (cell.is === 'value' ? cell.text : '')),
  );
  return namesAll(other?.key ?? '', texts);
}
