/* ed25519-vectors.cjs: assets/verify/ed25519.js on the vectors of RFC 8032, section 7.1, and on what must be refused. */
'use strict';
globalThis.crypto ??= require('node:crypto').webcrypto;
const { verify } = require(`${process.env.JANELA_TOP}/assets/verify/ed25519.js`);

const vectors = [
  ['d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'],
  ['3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'],
  ['fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025', 'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a'],
];
const bytes = (hex) => Uint8Array.from(Buffer.from(hex, 'hex'));

/* The order of the base point added to s: the same number for a careless checker */
function addOrder(signature) {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  let s = signature.slice(32).reduceRight((sum, byte) => sum << 8n | BigInt(byte), 0n) + order;
  const changed = signature.slice();
  for (let i = 32; i < 64; i++, s >>= 8n) changed[i] = Number(s & 0xffn);
  return changed;
}

(async () => {
  let taken = 0, refused = 0;
  for (const [key, message, signature] of vectors) taken += await verify(bytes(key), bytes(signature), bytes(message));
  const [key, message, signature] = vectors[1].map(bytes);
  const flip = (data, at) => data.map((byte, i) => i === at ? byte ^ 1 : byte);
  const wrong = [
    [flip(key, 0), signature, message], [key, flip(signature, 0), message], [key, flip(signature, 40), message],
    [key, signature, flip(message, 0)], [key, addOrder(signature), message], [key.slice(1), signature, message],
    [bytes('ff'.repeat(31) + '7f'), signature, message], // y above the field
  ];
  for (const one of wrong) refused += !await verify(...one);
  console.log(`${taken} taken, ${refused} refused`);
})();
