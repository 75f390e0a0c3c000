/* zxing.cjs: reads pictures, each its width and height (32 bits, little-endian) and grey bytes, and answers each with
 * a line: the text of the QR symbol that ZXing finds, as JSON, or null. */
'use strict';
const fs = require('node:fs');
const room = require('node:module').createRequire(`${process.env.JANELA_TOP}/build/npm/`);
const { prepareZXingModule, readBarcodes } = room('zxing-wasm/reader');

function* pictures() {
  const read = (size) => {
    const bytes = Buffer.alloc(size);
    for (let at = 0, n; at < size; at += n)
      if ((n = fs.readSync(0, bytes, at, size - at)) === 0) return null;
    return bytes;
  };
  for (let head; (head = read(8)) !== null;) {
    const width = head.readUInt32LE(0), height = head.readUInt32LE(4);
    yield { width, height, grey: read(width * height) };
  }
}

function colour({ width, height, grey }) {
  const data = new Uint8ClampedArray(width * height * 4);
  grey.forEach((value, i) => data.fill(value, 4 * i, 4 * i + 3));
  for (let i = 3; i < data.length; i += 4) data[i] = 255;
  return { width, height, data, colorSpace: 'srgb' };
}

(async () => {
  const wasmBinary = fs.readFileSync(room.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  for (const picture of pictures()) {
    const found = await readBarcodes(colour(picture), { formats: ['QRCode'], tryHarder: true });
    fs.writeSync(1, `${JSON.stringify(found.length > 0 && found[0].isValid ? found[0].text : null)}\n`);
  }
})();
