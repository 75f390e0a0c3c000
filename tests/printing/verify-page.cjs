/* verify-page.cjs [plain]: reads JSON Lines {text, published, now} and answers each with what the page would say; plain: as
 * in a browser whose WebCrypto has no Ed25519. */
'use strict';
globalThis.crypto ??= require('node:crypto').webcrypto;
if (process.argv[2] === 'plain') crypto.subtle.importKey = async () => { throw new Error('no Ed25519'); };
const seal = require(`${process.env.JANELA_TOP}/assets/verify/seal.js`);

async function answer(line) {
  const { text, published, now } = JSON.parse(line);
  try {
    return await seal.verify(text, published, now);
  } catch (error) {
    return { refused: error instanceof seal.Refusal ? error.reason : String(error) };
  }
}

(async () => {
  if (!seal.isSupported()) process.exit(3);
  for await (const line of require('node:readline').createInterface({ input: process.stdin }))
    process.stdout.write(`${JSON.stringify(await answer(line))}\n`);
})();
