import { CORPUS_DEFAULT, type Dataset, ownFamilies, readCorpus } from './episodes.ts';

export interface Sets {
  /** To learn from; undefined when the corpora are not there. */
  readonly train: Dataset | undefined;
  /** Families that `train` does not have. */
  readonly unseen: readonly Dataset[];
  /** Said to people when something is not there. */
  readonly notes: readonly string[];
}

/** All labelled data that this machine has. */
export async function loadSets(corpus: string | undefined, perFamily: number, seed: number): Promise<Sets> {
  const folder = corpus ?? CORPUS_DEFAULT;
  const train = readCorpus(folder, 'train');
  const others = ['check', 'hard'].map((name) => readCorpus(folder, name)).filter((set) => set !== undefined);
  const own = await ownFamilies(perFamily, seed);
  const notes =
    train === undefined || others.length < 2
      ? [`no train, check and hard .jsonl.gz in ${folder}: give their folder by --corpus; own families only`]
      : [];
  return { train, unseen: [...others, ...own], notes };
}
