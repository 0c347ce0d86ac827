/** URL and URLSearchParams in the sandbox: JavaScript that answers them. What needs the rules of URLs is asked of the host. */
export const URL_SOURCE = `(function (given) {
'use strict';
const { ask } = given;
const parts = ['protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'];
const text = (value) => String(value);
class URLSearchParams {
  #pairs = [];
  /** Told about changes: the URL that they belong to. */
  #changed = () => {};
  constructor(init = '') {
    if (typeof init === 'object' && init !== null) {
      if (typeof init[Symbol.iterator] === 'function') {
        for (const pair of init) {
          const list = [...pair];
          if (list.length !== 2) throw new TypeError('Each query pair must be an iterable [name, value] tuple');
          this.#pairs.push(list.map(text));
        }
      } else for (const key of Object.keys(init)) this.#pairs.push([key, text(init[key])]);
    } else this.#pairs = ask({ query: text(init) });
  }
  static of(search, changed) {
    const params = new URLSearchParams(search);
    params.#changed = changed;
    return params;
  }
  static refresh(params, search) { params.#pairs = ask({ query: search }); }
  #set(pairs) { this.#pairs = pairs; this.#changed(this.toString()); }
  get size() { return this.#pairs.length; }
  append(name, value) { this.#set([...this.#pairs, [text(name), text(value)]]); }
  delete(name, value) {
    this.#set(this.#pairs.filter(([key, held]) => key !== text(name) || (value !== undefined && held !== text(value))));
  }
  get(name) { return this.#pairs.find(([key]) => key === text(name))?.[1] ?? null; }
  getAll(name) { return this.#pairs.filter(([key]) => key === text(name)).map(([, value]) => value); }
  has(name, value) { return this.#pairs.some(([key, held]) => key === text(name) && (value === undefined || held === text(value))); }
  set(name, value) {
    const key = text(name), at = this.#pairs.findIndex(([held]) => held === key);
    const others = this.#pairs.filter(([held], index) => held !== key || index === at);
    this.#set(at < 0 ? [...others, [key, text(value)]] : others.map((pair) => (pair[0] === key ? [key, text(value)] : pair)));
  }
  sort() { this.#set([...this.#pairs].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))); }
  forEach(fn, self) { for (const [key, value] of this.#pairs) fn.call(self, value, key, this); }
  *entries() { for (const [key, value] of this.#pairs) yield [key, value]; }
  *keys() { for (const [key] of this.#pairs) yield key; }
  *values() { for (const [, value] of this.#pairs) yield value; }
  [Symbol.iterator]() { return this.entries(); }
  toString() { return ask({ pairs: this.#pairs }); }
  get [Symbol.toStringTag]() { return 'URLSearchParams'; }
}
const { of, refresh } = URLSearchParams;
delete URLSearchParams.of;
delete URLSearchParams.refresh;
class URL {
  #parts; #params;
  constructor(url, base) {
    const found = ask({ url: text(url), base: base === undefined ? undefined : text(base) });
    if (found === null) throw new TypeError("Invalid URL: '" + text(url) + "'" + (base === undefined ? '' : " with base '" + text(base) + "'"));
    this.#parts = found;
  }
  static canParse(url, base) { return ask({ url: text(url), base: base === undefined ? undefined : text(base) }) !== null; }
  static parse(url, base) { return URL.canParse(url, base) ? new URL(url, base) : null; }
  #set(name, value) {
    const found = ask({ url: this.#parts.href, name, value: text(value) });
    if (found === null) throw new TypeError("Invalid URL: '" + text(value) + "'");
    this.#parts = found;
  }
  get href() { return this.#parts.href; }
  set href(value) { this.#set('href', value); this.#refresh(); }
  get origin() { return this.#parts.origin; }
  get searchParams() {
    this.#params ??= of(this.#parts.search, (search) => this.#set('search', search));
    return this.#params;
  }
  #refresh() { if (this.#params) refresh(this.#params, this.#parts.search); }
  toString() { return this.#parts.href; }
  toJSON() { return this.#parts.href; }
  get [Symbol.toStringTag]() { return 'URL'; }
  static {
    for (const name of parts) {
      Object.defineProperty(URL.prototype, name, {
        get() { return this.#parts[name]; },
        set(value) { this.#set(name, value); if (name === 'search') this.#refresh(); },
        enumerable: true,
        configurable: true,
      });
    }
  }
}
return { URL, URLSearchParams };
})`;
