// SHA-256, for a page opened from a file or without https: `crypto.subtle` is not there.

const WORD = 2 ** 32;

/** Give the fractional parts, in 32 bits, of a root of each of the first primes. */
const fractions = (many, root) => {
  const primes = [];
  for (let number = 2; primes.length < many; number += 1) {
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  }
  return primes.map((prime) => Math.floor((root(prime) % 1) * WORD) | 0);
};

const START = fractions(8, Math.sqrt);
const ROUND = fractions(64, Math.cbrt);

/** Give the SHA-256 of a text in UTF-8, in hexadecimal. */
export const sha256 = (text) => {
  const data = padded(new TextEncoder().encode(text));
  const state = Int32Array.from(START);
  const words = new Int32Array(64);
  for (let at = 0; at < data.byteLength; at += 64) mix(state, words, data, at);
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
};

/** End the bytes with a bit, zeros and their length in bits, so that they are whole blocks of 64. */
const padded = (bytes) => {
  const whole = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  const data = new DataView(whole.buffer);
  data.setUint32(whole.length - 8, Math.floor((bytes.length * 8) / WORD));
  data.setUint32(whole.length - 4, (bytes.length * 8) % WORD);
  return data;
};

const turned = (word, bits) => (word >>> bits) | (word << (32 - bits));

const mix = (state, words, data, at) => {
  for (let i = 0; i < 16; i += 1) words[i] = data.getInt32(at + 4 * i);
  for (let i = 16; i < 64; i += 1) {
    const early = words[i - 15];
    const late = words[i - 2];
    const one = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
    const other = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
    words[i] = words[i - 16] + one + words[i - 7] + other;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const chosen = (e & f) ^ (~e & g);
    const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + chosen + ROUND[i] + words[i]) | 0;
    const other = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + other) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] += word;
  });
};
