/** Names given in the order of asking. Source: RDFC-1.0 §4.5. */
export class Issued {
  readonly names: Map<number, string>;
  readonly #prefix: string;
  constructor(prefix: string, names: ReadonlyMap<number, string> = new Map()) {
    this.#prefix = prefix;
    this.names = new Map(names);
  }
  name(blank: number): string {
    const before = this.names.get(blank);
    if (before !== undefined) return before;
    const name = `${this.#prefix}${this.names.size}`;
    this.names.set(blank, name);
    return name;
  }
  copy(): Issued {
    return new Issued(this.#prefix, this.names);
  }
}
