/** How this author's episodes are sized: 8 to 60 observations. It holds no families of its own. */
import { defect, type Family, faithful, type Naming, type Theme, twins } from '../kit.ts';

export const families: readonly Family[] = [];

const fewest = 8;
const most = 60;
const attemptsMax = 100;

type Bug = Naming & { readonly critical: boolean };

/** A harmless family and the bug that looks almost the same. */
export function pair<C>(theme: Theme<C>, harmless: Naming, bug: Bug): Family[] {
  return twins({ least: fewest, ...theme }, harmless, bug).map(capped);
}

export function harmlessOnly<C>(theme: Theme<C>, naming: Naming): Family {
  return capped(faithful({ least: fewest, ...theme }, naming));
}

export function bugOnly<C>(theme: Theme<C>, naming: Bug): Family {
  return capped(defect({ least: fewest, ...theme }, naming));
}

/** Takes the first episode that is short enough. */
export function capped(family: Family): Family {
  return {
    ...family,
    episode(random, index) {
      for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
        const episode = family.episode(random, index);
        if (episode.observations.length <= most) return episode;
      }
      throw new Error(`family ${family.name}: no episode of at most ${most} observations`);
    },
  };
}
