/* cose.cjs PUBLIC-KEY SEAL: what npm's @auth0/cose, which knows nothing of us, thinks of a seal and of a changed one. */
'use strict';
const { webcrypto } = require('node:crypto');
const { pathToFileURL } = require('node:url');
const room = require('node:module').createRequire(`${process.env.JANELA_TOP}/build/npm/`);
globalThis.crypto ??= webcrypto;

(async () => {
  const { Sign1 } = await import(pathToFileURL(room.resolve('@auth0/cose')));
  const [x, seal] = process.argv.slice(2);
  const key = await webcrypto.subtle.importKey('raw', Buffer.from(x, 'base64url'), { name: 'Ed25519' }, false, ['verify']);
  const bytes = Buffer.from(seal, 'base64url');
  const sign1 = Sign1.decode(bytes);
  await sign1.verify(key);
  console.log('genuine', Buffer.from(sign1.payload).subarray(2, 17).toString());
  bytes[30] ^= 1;
  try {
    await Sign1.decode(bytes).verify(key);
    console.log('tampered taken');
  } catch {
    console.log('tampered refused');
  }
})();
