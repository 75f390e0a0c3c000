/* chromium.cjs: opens the verifying page in a real, headless Chromium; reads JSON Lines {text, published, now, language,
 * picture?} and answers each with what stands on the page, what it asked of its server, and whether it failed.
 * The page comes from a server on this machine's loopback, which stands for the host of the receipts. */
'use strict';
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const readline = require('node:readline');
const { spawn } = require('node:child_process');

const page = `${process.env.JANELA_TOP}/assets/verify`;
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8' };
let published, asked;

/* The folder at /r, as any server gives a folder: with a redirection to /r/; and the list of keys in it. */
function serve() {
  const server = http.createServer((request, response) => {
    const name = request.url === '/r/' ? 'index.html' : path.basename(request.url);
    asked.push(request.url);
    if (request.url === '/r') {
      response.writeHead(301, { Location: '/r/' }).end();
      return;
    }
    if (name === 'keys.js' && published !== null) {
      response.writeHead(200, { 'Content-Type': types['.js'] });
      response.end(`janelaKeys = ${JSON.stringify(published)};`);
      return;
    }
    fs.readFile(path.join(page, name), (error, data) => {
      response.writeHead(error ? 404 : 200, { 'Content-Type': types[path.extname(name)] ?? 'text/plain' });
      response.end(error ? '' : data);
    });
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}

/* Chromium's DevTools protocol over a pipe: messages end with a zero byte. */
class Browser {
  constructor(folder) {
    const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
                   '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--remote-debugging-pipe',
                   `--user-data-dir=${folder}`];
    this.process = spawn('chromium', flags, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    this.waiting = new Map();
    this.listeners = [];
    this.serial = 0;
    this.process.on('error', (error) => { console.error(`chromium: ${error.message}`); process.exit(3); });
    let held = Buffer.alloc(0);
    this.process.stdio[4].on('data', (data) => {
      held = Buffer.concat([held, data]);
      for (let end; (end = held.indexOf(0)) >= 0; held = held.subarray(end + 1))
        this.receive(JSON.parse(held.subarray(0, end)));
    });
  }

  receive(message) {
    if (message.id === undefined) {
      for (const listener of [...this.listeners]) listener(message);
      return;
    }
    const [done, fail] = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.error) fail(new Error(message.error.message));
    else done(message.result);
  }

  send(method, params = {}, sessionId = this.session) {
    const id = ++this.serial;
    this.process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((done, fail) => this.waiting.set(id, [done, fail]));
  }

  once(method) {
    return new Promise((done) => {
      const listener = (message) => {
        if (message.method !== method) return;
        this.listeners.splice(this.listeners.indexOf(listener), 1);
        done(message.params);
      };
      this.listeners.push(listener);
    });
  }

  async open() {
    const { targetId } = await this.send('Target.createTarget', { url: 'about:blank' });
    this.session = (await this.send('Target.attachToTarget', { targetId, flatten: true })).sessionId;
    for (const domain of ['Page', 'Runtime', 'Log']) await this.send(`${domain}.enable`);
    await this.send('Emulation.setDeviceMetricsOverride', { width: 412, height: 892, deviceScaleFactor: 2, mobile: true });
    await this.send('Emulation.setTimezoneOverride', { timezoneId: 'Europe/Lisbon' }); // the page must say Macau's time
  }

  async go(url) {
    const loaded = this.once('Page.loadEventFired');
    await this.send('Page.navigate', { url });
    await loaded;
  }

  async evaluate(expression) {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }
}

/* Waits for the verdict, and reads the page as a person would. */
const reading = `(async () => {
  const verdict = document.getElementById('verdict');
  while (verdict.textContent === '') await new Promise((next) => setTimeout(next, 5));
  const shown = (id) => document.getElementById(id).textContent;
  const claim = {};
  if (!document.getElementById('claim').hidden)
    for (const term of document.querySelectorAll('dt')) claim[term.textContent] = term.nextElementSibling.textContent;
  return { language: document.documentElement.lang, title: document.title, heading: shown('title'), code: verdict.dataset.verdict,
           verdict: verdict.textContent, meaning: shown('meaning'), note: shown('note'), claim,
           pressed: [...document.querySelectorAll('[aria-pressed=true]')].map((button) => button.lang).join(),
           wide: document.documentElement.scrollWidth > innerWidth };
})()`;

async function answer(browser, origin, question) {
  const faults = [];
  const listener = ({ method, params }) => {
    if (method === 'Runtime.exceptionThrown') faults.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
    if (method === 'Log.entryAdded' && params.entry.level === 'error' && !params.entry.url?.endsWith('keys.js')
        && !params.entry.url?.endsWith('favicon.ico')) faults.push(params.entry.text);
  };
  published = question.published ?? null;
  asked = [];
  browser.listeners.push(listener);
  await browser.send('Emulation.setUserAgentOverride', { userAgent: 'Janela test', acceptLanguage: question.accept ?? 'en' });
  const clock = await browser.send('Page.addScriptToEvaluateOnNewDocument', { source: `if (location.protocol !== 'about:') { ${question.before ?? ''} }
    { const now = ${question.now} * 1000; Date.now = () => now; }` });
  await browser.go('about:blank');
  await browser.go(`${origin}/r${question.text.slice(question.text.indexOf('#'))}`);
  if (question.language) {
    await browser.evaluate(reading);
    await browser.evaluate(`document.querySelector('[data-language="${question.language}"]').click()`);
  }
  const said = await browser.evaluate(reading);
  if (question.picture) {
    const { data } = await browser.send('Page.captureScreenshot', { format: 'png' });
    fs.writeFileSync(question.picture, Buffer.from(data, 'base64'));
  }
  await browser.send('Page.removeScriptToEvaluateOnNewDocument', clock);
  browser.listeners.splice(browser.listeners.indexOf(listener), 1);
  return { ...said, asked, faults };
}

(async () => {
  const folder = fs.mkdtempSync(path.join(process.env.TMPDIR ?? '/tmp', 'chromium-'));
  asked = [];
  const server = await serve();
  const browser = new Browser(folder);
  await browser.open();
  for await (const line of readline.createInterface({ input: process.stdin }))
    process.stdout.write(`${JSON.stringify(await answer(browser, `http://127.0.0.1:${server.address().port}`, JSON.parse(line)))}\n`);
  const gone = new Promise((done) => browser.process.on('exit', done));
  browser.session = undefined; // the browser's own, not the page's
  await browser.send('Browser.close').catch(() => {});
  await gone;
  server.close();
  server.closeAllConnections?.();
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
})();
