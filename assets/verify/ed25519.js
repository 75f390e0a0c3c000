/* ed25519.js: checks an Ed25519 signature (RFC 8032, section 5.1.7) in plain JavaScript, for browsers whose WebCrypto
 * cannot; slower, and only good for checking: nothing here is secret. SHA-512 is WebCrypto's, which all have. */
'use strict';

const janelaEd25519 = (() => {
  const P = 2n ** 255n - 19n;                                       // the field
  const L = 2n ** 252n + 27742317777372353535851937790883648493n;   // the order of the base point
  const mod = (a, m = P) => ((a % m) + m) % m;

  function power(base, exponent) {
    let result = 1n;
    for (base = mod(base); exponent > 0n; exponent >>= 1n, base = base * base % P)
      if (exponent & 1n) result = result * base % P;
    return result;
  }

  const inverse = (a) => power(a, P - 2n);
  const D = mod(-121665n * inverse(121666n));
  const ROOT = power(2n, (P - 1n) / 4n);                            // a square root of -1

  const number = (bytes) => bytes.reduceRight((sum, byte) => sum << 8n | BigInt(byte), 0n);

  function bytesOf(value) {
    return Uint8Array.from({ length: 32 }, (_, i) => Number(value >> BigInt(8 * i) & 0xffn));
  }

  /* The x of a point from its y, with the sign wanted; null where there is none (section 5.1.3). */
  function recover(y, sign) {
    const square = (y * y - 1n) * inverse(D * y * y + 1n);
    let x = power(square, (P + 3n) / 8n);
    if (mod(x * x - square) !== 0n) x = x * ROOT % P;
    if (mod(x * x - square) !== 0n || (x === 0n && sign === 1n)) return null;
    return (x & 1n) === sign ? x : P - x;
  }

  /* Points as (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z (section 5.1.4) */
  const point = (x, y) => [x, y, 1n, x * y % P];

  function add([x1, y1, z1, t1], [x2, y2, z2, t2]) {
    const a = (y1 - x1) * (y2 - x2) % P, b = (y1 + x1) * (y2 + x2) % P, c = 2n * t1 * t2 * D % P, d = 2n * z1 * z2 % P;
    const e = b - a, f = d - c, g = d + c, h = b + a;
    return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
  }

  function multiply(times, base) {
    let sum = [0n, 1n, 1n, 0n];
    for (; times > 0n; times >>= 1n, base = add(base, base))
      if (times & 1n) sum = add(sum, base);
    return sum;
  }

  function decode(bytes) {
    const whole = number(bytes), sign = whole >> 255n, y = whole & (1n << 255n) - 1n;
    const x = y < P ? recover(y, sign) : null;
    return x === null ? null : point(x, y);
  }

  function encode([x, y, z]) {
    const scale = inverse(z);
    return bytesOf(mod(y * scale) | (mod(x * scale) & 1n) << 255n);
  }

  const BASE = point(recover(4n * inverse(5n) % P, 0n), 4n * inverse(5n) % P);

  async function verify(key, signature, data) {
    const r = signature.subarray(0, 32), s = number(signature.subarray(32)), a = key.length === 32 ? decode(key) : null;
    if (a === null || signature.length !== 64 || s >= L) return false;
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-512', Uint8Array.from([...r, ...key, ...data])));
    const minus = [mod(-a[0]), a[1], a[2], mod(-a[3])];
    const expected = encode(add(multiply(s, BASE), multiply(mod(number(hash), L), minus)));
    return expected.every((byte, i) => byte === r[i]);
  }

  return { verify };
})();

if (typeof module !== 'undefined') module.exports = janelaEd25519;
