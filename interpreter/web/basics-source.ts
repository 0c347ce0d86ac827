/** DOMException and performance in the sandbox: JavaScript that answers them. */
export const BASICS_SOURCE = `(function () {
'use strict';
const CODES = { InvalidCharacterError: 5, DataCloneError: 25, AbortError: 20, TimeoutError: 23, SyntaxError: 12 };
class DOMException extends Error {
  #name;
  constructor(message = '', name = 'Error') {
    super(message);
    this.#name = String(typeof name === 'object' ? name?.name ?? 'Error' : name);
  }
  get name() { return this.#name; }
  get code() { return CODES[this.#name] ?? 0; }
}
const timeOrigin = Date.now();
const performance = Object.freeze({ timeOrigin, now: () => Date.now() - timeOrigin, toJSON() { return { timeOrigin }; } });
return { DOMException, performance };
})`;
