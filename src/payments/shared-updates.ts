/** Equal requests at once share one update: a run takes ten at a time, and more keep each other from being taken. */
export class SharedUpdates<Answer> {
  readonly #underway = new Map<string, Promise<Answer>>();

  once(request: readonly unknown[], ask: () => Promise<Answer>): Promise<Answer> {
    const key = JSON.stringify(request);
    const underway = this.#underway.get(key);
    if (underway) return underway;
    const asked = ask().finally(() => this.#underway.delete(key));
    this.#underway.set(key, asked);
    return asked;
  }
}
