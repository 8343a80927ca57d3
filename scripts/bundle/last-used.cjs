/*
 * Stands in for the package `lru-cache`, of which jsonld uses `get` and `set` alone, to keep ten contexts. A map knows
 * the order in which its keys came: whoever is asked for comes again, and the first is the one not asked for longest.
 */
module.exports = class LastUsed {
  constructor({ max }) {
    this.max = max;
    this.kept = new Map();
  }

  get(key) {
    const value = this.kept.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key, value) {
    this.kept.delete(key);
    this.kept.set(key, value);
    if (this.kept.size > this.max) this.kept.delete(this.kept.keys().next().value);
  }
};
