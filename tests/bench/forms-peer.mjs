// forms-peer.mjs TOOL FOLDER: our engine beside @getodk/xforms-engine on the forms in FOLDER; JSON Lines for tests/bench/run.
// Runs where npm installed the peer. Times are medians; memory is the peak of a whole process that loaded the form three times and
// worked the same answers in.
import { spawn, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';

const [, self, tool, folder, mode, form] = process.argv;
const against = '@getodk/xforms-engine 0.22.0 under node';
const repeats = 21;

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const peakOf = (pid) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

// ---- the peer: it wants a browser's classes -------------------------------------------------------
async function openPeer() {
  const { JSDOM } = await import('jsdom');
  const { window } = new JSDOM('', { url: 'http://localhost/' });
  for (const name of Object.getOwnPropertyNames(window))
    if (/^(DOMParser|XMLSerializer|XPathResult|Node|NodeFilter|Document|XMLDocument|DocumentType|Element|HTMLElement|Attr|CharacterData|Text|Comment|CDATASection|ProcessingInstruction)$/.test(name))
      globalThis[name] ??= window[name];
  Object.assign(globalThis, { window, document: window.document, __dirname: process.cwd(), require: createRequire(import.meta.url) });
  return import('@getodk/xforms-engine');
}

async function loadPeer(engine, text) {
  const { root } = await engine.createInstance(text, {
    form: {
      fetchFormDefinition: () => Promise.reject(new Error('not asked for')),
      fetchFormAttachment: () => Promise.resolve(new Response('', { status: 404 })),
      missingResourceBehavior: engine.constants.MISSING_RESOURCE_BEHAVIOR.BLANK,
    },
    instance: { stateFactory: (state) => state, instanceAttachments: { fileNameFactory: () => '' }, preloadProperties: {},
      geolocationProvider: { getLocation: () => Promise.resolve('') } },
  });
  return root;
}

function findNode(root, reference) {
  const waiting = [root];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (node.currentState.reference === reference) return node;
    waiting.push(...(node.currentState.children ?? []));
  }
  throw new Error(`the peer has no ${reference}`);
}

// An answer is worked in when what it feeds has been read.
function timePeer(root, reference, values, fed) {
  const node = findNode(root, reference), end = findNode(root, fed), times = [];
  for (let i = 0; i < repeats; i++) {
    const start = performance.now();
    node.setValue(values[i % 2]);
    void end.currentState.instanceValue;
    times.push(performance.now() - start);
  }
  return median(times);
}

function timePeerRows(root, reference) {
  const range = findNode(root, `${reference}[1]`).parent, times = [];
  for (let i = 0; i < repeats; i++) {
    const start = performance.now();
    range.addInstances();
    times.push(performance.now() - start);
  }
  return median(times);
}

// In a process of its own, so that its memory is that of one form.
async function measurePeer(name) {
  const engine = await openPeer();
  const text = readFileSync(`${folder}/${name}.xml`, 'utf8');
  const result = {}, loads = [];
  let root;
  for (let i = 0; i < 3; i++) {
    const start = performance.now();
    root = await loadPeer(engine, text);
    loads.push(performance.now() - start);
  }
  result.load = median(loads);
  if (name === 'chains') {
    result.chain = timePeer(root, '/data/g0/c0_seed', ['2', '3'], '/data/g19/c0_calc19') * 1000;
    result.feed = timePeer(root, '/data/g0/root_in', ['9', '-1'], '/data/g8/c9_calc19') * 1000;
  }
  if (name === 'rows') {
    result.aggregate = timePeer(root, '/data/item[100]/qty', ['7', '8'], '/data/total') * 1000;
    result.add = timePeerRows(root, '/data/item') * 1000;
  }
  result.memory = peakOf(process.pid);
  console.log(JSON.stringify(result));
  process.exit(0);
}

// ---- ours ---------------------------------------------------------------------------------------
const bench = (name, ...options) => JSON.parse(execFileSync(tool, ['bench', `${folder}/${name}.xml`, ...options]));

async function peakOfOurs(name) {
  const child = spawn(tool, ['run', `${folder}/${name}.xml`], { stdio: ['pipe', 'pipe', 'ignore'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (request) => {
    child.stdin.write(JSON.stringify(request) + '\n');
    return JSON.parse((await answers.next()).value);
  };
  for (let i = 0; i < repeats; i++) {
    await ask({ op: 'set', ref: '/data/g0/c0_seed', value: String(2 + (i % 2)) });
    await ask({ op: 'set', ref: '/data/g0/root_in', value: i % 2 ? '9' : '-1' });
  }
  for (let i = 0; i < 2; i++) await ask({ op: 'load', xml: (await ask({ op: 'save' })).xml });
  const peak = peakOf(child.pid);
  child.stdin.end();
  return peak;
}

// ---- side by side ---------------------------------------------------------------------------------
function print(name, value, unit, theirs) {
  const ratio = theirs / value;
  console.log(JSON.stringify({ name: `forms/peer-${name}`, value, unit, against, ratio, target: '≥ 20 times', meets: ratio >= 20 }));
}

async function compare() {
  const peer = (name) => JSON.parse(execFileSync(process.execPath, [self, tool, folder, '--peer', name]));
  const chains = bench('chains', '--set', '/data/g0/c0_seed=2', '--set', '/data/g0/root_in=9');
  const rows = bench('rows', '--set', '/data/item[100]/qty=7', '--row', '/data/item');
  const theirs = { chains: peer('chains'), rows: peer('rows'), interview: peer('interview') };
  print('load-synth-b', chains.load_ms, 'ms', theirs.chains.load);
  print('chain-20', chains['set /data/g0/c0_seed_us'], 'us', theirs.chains.chain);
  print('feed-300', chains['set /data/g0/root_in_us'], 'us', theirs.chains.feed);
  print('memory-synth-b', await peakOfOurs('chains'), 'MB', theirs.chains.memory);
  print('aggregate-200', rows['set /data/item[100]/qty_us'], 'us', theirs.rows.aggregate);
  print('row-add', rows.add_us, 'us', theirs.rows.add);
  print('load-whova', bench('interview').load_ms, 'ms', theirs.interview.load);
}

await (mode === '--peer' ? measurePeer(form) : compare());
