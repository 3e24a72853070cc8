/** More would mean that the database hangs; then callers hear it at once instead of waiting in a growing line. */
const waitingMax = 1_000;

/**
 * One writer at a time. `urgent` work goes before everything that waits, behind what runs. This is what makes a decision's
 * read-decide-store whole without locks elsewhere.
 */
export class SerialQueue {
  readonly #waiting: (() => Promise<void>)[] = [];
  #running = false;

  run<T>(work: () => Promise<T>, options: { readonly urgent?: boolean } = {}): Promise<T> {
    if (this.#waiting.length >= waitingMax && options.urgent !== true) {
      return Promise.reject(new Error('too many changes wait for the database'));
    }
    return new Promise<T>((resolve, reject) => {
      const job = () => work().then(resolve, reject);
      if (options.urgent === true) this.#waiting.unshift(job);
      else this.#waiting.push(job);
      void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let job = this.#waiting.shift(); job !== undefined; job = this.#waiting.shift()) await job();
    this.#running = false;
  }
}
