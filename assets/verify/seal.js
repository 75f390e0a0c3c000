/* seal.js: checks the seal of a receipt (COSE_Sign1 with Ed25519 in the fragment of its address) by WebCrypto, or by
 * ed25519.js where WebCrypto cannot.
 * The rules are those of printing/seal.h; both are tried on the same receipts by tests/printing/test-verify-page.c. */
'use strict';

const janelaSeal = (() => {
  const HEADER_SIZE = 10;      // the protected header {1: -8, 4: kid of 5 bytes}
  const CLOCK_SLACK = 300;     // seconds that two honest clocks may differ
  const NAMED_MOST = 4;        // more applications than that are sealed as a digest

  const plain = typeof janelaEd25519 !== 'undefined' ? janelaEd25519 : require('./ed25519.js');

  class Refusal extends Error {
    constructor(reason) {
      super(reason);
      this.reason = reason;
    }
  }

  /* base64url without padding; bits that are left over must be zero, so that one receipt has one text. */
  function decodeBase64(text) {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const bytes = [];
    let bits = 0, held = 0;
    for (const character of text) {
      const value = alphabet.indexOf(character);
      if (value < 0) throw new Refusal('malformed');
      held = (held << 6 | value) & 0xffff;
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        bytes.push(held >> bits & 0xff);
      }
    }
    if (bits >= 6 || (held & (1 << bits) - 1) !== 0) throw new Refusal('malformed');
    return Uint8Array.from(bytes);
  }

  /* CBOR (RFC 8949), as much as a receipt needs: unsigned numbers, bytes, text and arrays of definite length,
   * the empty map; each head in its shortest form where @strict. */
  class Reader {
    constructor(bytes, strict) {
      this.bytes = bytes;
      this.strict = strict;
      this.at = 0;
    }

    take(size) {
      if (this.at + size > this.bytes.length) throw new Refusal('malformed');
      this.at += size;
      return this.bytes.subarray(this.at - size, this.at);
    }

    head() {
      const first = this.take(1)[0], major = first >> 5, info = first & 31;
      if (info < 24) return [major, info];
      if (info > 27) throw new Refusal('malformed');
      const width = 1 << info - 24;
      const value = this.take(width).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
      const least = width === 1 ? 24n : 1n << BigInt(width * 4);
      if (this.strict && value < least) throw new Refusal('malformed');
      if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Refusal('malformed');
      return [major, Number(value)];
    }

    item() {
      const [major, value] = this.head();
      switch (major) {
        case 0: return value;
        case 2: return this.take(value);
        case 3:
          try {
            return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.take(value));
          } catch {
            throw new Refusal('malformed');
          }
        case 4: {
          const items = [];
          for (let i = 0; i < value; i++) items.push(this.item());
          return items;
        }
        case 5:
          if (value === 0) return new Map();
          throw new Refusal('malformed');
        default: throw new Refusal('malformed');
      }
    }

    whole() {
      const item = this.item();
      if (this.at !== this.bytes.length) throw new Refusal('malformed');
      return item;
    }
  }

  const isBytes = (value, size) => value instanceof Uint8Array && (size === undefined || value.length === size);
  const isNumber = (value, most) => typeof value === 'number' && value <= most;

  function readHeader(header) {
    const fixed = [0xa2, 0x01, 0x27, 0x04, 0x45];
    if (fixed.some((byte, i) => header[i] !== byte)) throw new Refusal('malformed');
    return `${header[5] << 8 | header[6]}-${header[7] << 8 | header[8]}-${header[9]}`;
  }

  function readApplications(list) {
    if (!Array.isArray(list)) throw new Refusal('malformed');
    if (typeof list[0] === 'number') {
      if (list.length !== 2 || list[0] <= NAMED_MOST || list[0] > 0xffff || !isBytes(list[1], 16)) throw new Refusal('malformed');
      return { count: list[0], numbers: null };
    }
    if (list.length > NAMED_MOST || list.some((number) => typeof number !== 'string')) throw new Refusal('malformed');
    return { count: list.length, numbers: list };
  }

  function readClaim(payload) {
    const fields = new Reader(payload, false).whole();
    if (!Array.isArray(fields) || fields.length !== 7) throw new Refusal('malformed');
    const [receipt, branch, counter, time, applications, fee, pickUp] = fields;
    if (typeof receipt !== 'string' || !isNumber(branch, 0xffff) || !isNumber(counter, 0xffff)
        || !isNumber(time, Number.MAX_SAFE_INTEGER) || !isNumber(fee, Number.MAX_SAFE_INTEGER)
        || !isNumber(pickUp, 0x7fffffff)) throw new Refusal('malformed');
    return { receipt, branch, counter, time, applications: readApplications(applications), fee, pickUp };
  }

  function bytesHead(size) {
    if (size < 24) return [0x40 | size];
    return size < 256 ? [0x58, size] : [0x59, size >> 8, size & 0xff];
  }

  /* Sig_structure, RFC 9052 section 4.4 */
  function signedBytes(header, payload) {
    const context = new TextEncoder().encode('Signature1');
    return Uint8Array.from([0x84, 0x60 | context.length, ...context, ...bytesHead(header.length), ...header,
                            0x40, ...bytesHead(payload.length), ...payload]);
  }

  /* Younger browsers have Ed25519 themselves. */
  async function importKey(bytes) {
    try {
      return await crypto.subtle.importKey('raw', bytes, { name: 'Ed25519' }, false, ['verify']);
    } catch {
      return null;
    }
  }

  async function isSigned(x, signature, data) {
    const bytes = decodeBase64(x), key = await importKey(bytes);
    return key !== null ? crypto.subtle.verify({ name: 'Ed25519' }, key, signature, data) : plain.verify(bytes, signature, data);
  }

  function checkTimes(claim, key, now) {
    const seconds = (text) => Date.parse(text) / 1000;
    if (key['revoked-at'] !== undefined && claim.time >= seconds(key['revoked-at'])) throw new Refusal('revoked');
    if (key['not-before'] !== undefined && claim.time < seconds(key['not-before'])) throw new Refusal('not-yet-valid');
    if (key['not-after'] !== undefined && claim.time > seconds(key['not-after'])) throw new Refusal('expired');
    if (claim.time > now + CLOCK_SLACK) throw new Refusal('future');
  }

  function readParts(text) {
    const at = text.indexOf('/r#');
    if (!text.startsWith('https://') || at < 0 || at + 3 === text.length) throw new Refusal('malformed');
    const parts = new Reader(decodeBase64(text.slice(at + 3)), true).whole();
    if (!Array.isArray(parts) || parts.length !== 4 || !isBytes(parts[0], HEADER_SIZE) || !(parts[1] instanceof Map)
        || !isBytes(parts[2]) || !isBytes(parts[3], 64)) throw new Refusal('malformed');
    return parts;
  }

  /* The published list (RFC 7515, flattened), opened by the root's key. */
  async function openList(jws, root) {
    const data = new TextEncoder().encode(`${jws.protected}.${jws.payload}`);
    const header = JSON.parse(new TextDecoder().decode(decodeBase64(jws.protected)));
    if (header.alg !== 'EdDSA' || !await isSigned(root, decodeBase64(jws.signature), data)) throw new Refusal('no-keys');
    return JSON.parse(new TextDecoder().decode(decodeBase64(jws.payload))).keys;
  }

  /* What the receipt in @text says; throws a Refusal with its reason where it is not genuine. */
  async function verify(text, published, now) {
    if (published === undefined) throw new Refusal('no-keys');
    const [header, , payload, signature] = readParts(text);
    const kid = readHeader(header);
    const keys = await openList(published.list, published.root);
    const key = keys.find((one) => one.kid === kid);
    if (key === undefined) throw new Refusal('unknown-key');
    if (!await isSigned(key.x, signature, signedBytes(header, payload))) throw new Refusal('tampered');
    const claim = readClaim(payload);
    checkTimes(claim, key, now);
    return { ...claim, kid };
  }

  /* Without WebCrypto, as on a page that did not come by https, nothing can be checked. */
  const isSupported = () => globalThis.crypto?.subtle !== undefined && typeof BigInt !== 'undefined';

  return { verify, isSupported, Refusal };
})();

if (typeof module !== 'undefined') module.exports = janelaSeal;
