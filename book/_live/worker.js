// The worker behind the page: boots Pyodide from the site's own folder live/pyodide/ and answers runs.
// In:  {boot: {base, version, files, wheel, integrity, module}} once, then {id, kind, payload}.
// Out: {phase, loadedBytes} while it boots, {ready, module}, {failed}; then {say}, {id, result}, {id, fault}.
'use strict';

const PYTHON = 'worker.py'; // the build puts the text of worker.py here
const WASM = 'pyodide.asm.wasm';
const PATIENCE = 3; // packages that a cell may turn out to need, one after the other
const early = new Map(); // what was fetched before Pyodide asks for it
let base = '',
  version = '',
  python = null,
  packages = {};

// ---- no other address than those below base, whatever a student's cell tries ----

const plainFetch = self.fetch.bind(self),
  plainImport = self.importScripts.bind(self);

function own(address) {
  const url = new URL(address instanceof Request ? address.url : address, base).href;
  if (!url.startsWith(base))
    throw new TypeError(`expected an address below ${base}, got ${url}: nothing leaves this page`);
  return url;
}

// The version in the address makes a copy kept by the browser good for ever, also without a network.
const kept = (url, options) => plainFetch(`${url}?v=${version}`, { ...options, cache: 'force-cache' });

self.fetch = async (address, options) => {
  const url = own(address),
    waiting = early.get(url);
  early.delete(url);
  return waiting ? new Response(await waiting) : kept(url, options);
};
self.importScripts = (...addresses) => plainImport(...addresses.map(own));
for (const name of ['XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport', 'Worker', 'caches'])
  delete self[name];

// ---- boot ----

let phase = 'loading',
  loadedBytes = 0,
  told = 0;

function tell(now = phase) {
  phase = now;
  told = performance.now();
  self.postMessage({ phase, loadedBytes });
}

// The body of a response as it comes, counted.
function counted(response) {
  return response.body.pipeThrough(
    new TransformStream({
      transform(part, out) {
        loadedBytes += part.length;
        if (performance.now() - told > 50) tell();
        out.enqueue(part);
      },
    }),
  );
}

async function request(name, options) {
  try {
    const response = await kept(base + name, options);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return response;
  } catch (error) {
    const reason =
      error instanceof TypeError ? 'no connection, or the file is missing or not the one of this book' : error.message;
    throw new Error(`${name} could not be loaded (${reason})`);
  }
}

async function bytesOf(name, options) {
  const response = await request(name, options);
  return new Response(counted(response)).arrayBuffer().catch(() => {
    throw new Error(`${name} could not be loaded to its end`);
  });
}

// The browser keeps compiled code for the next visit only if it is given the response itself, so a copy is counted.
async function compiled() {
  const response = await request(WASM),
    copy = new Response(counted(response.clone())).arrayBuffer();
  copy.catch(() => {});
  return WebAssembly.compileStreaming(response)
    .catch(() => copy.then(WebAssembly.compile)) // another type than application/wasm
    .catch(error => {
      throw new Error(`${WASM} could not be loaded to its end (${error.message})`);
    });
}

function script(bytes) {
  const address = URL.createObjectURL(new Blob([bytes], { type: 'text/javascript' }));
  plainImport(address);
  URL.revokeObjectURL(address);
}

// Everything is fetched at once, and compiled while it comes; Pyodide then finds all it asks for. A module that was
// compiled before is used again.
async function boot({ files, wheel, integrity, module }) {
  tell();
  const compiling = module || compiled(),
    names = files.filter(name => name !== WASM);
  const fetching = names.map(async name => [name, await bytesOf(name, name === wheel ? { integrity } : {})]);
  const [ready, ...bodies] = await Promise.all([compiling, ...fetching]),
    bytes = Object.fromEntries(bodies);
  tell('starting');
  for (const name of names) early.set(base + name, bytes[name]);
  early.set(base + WASM, '');
  WebAssembly.instantiateStreaming = async (_, imports) => ({
    module: ready,
    instance: await WebAssembly.instantiate(ready, imports),
  });
  script(bytes['pyodide.js']);
  script(bytes['pyodide.asm.js']);
  python = await self.loadPyodide({ indexURL: base });
  packages = JSON.parse(new TextDecoder().decode(bytes['pyodide-lock.json'])).packages;
  python.unpackArchive(bytes[wheel], 'wheel');
  python.runPython(PYTHON);
  python.runPython('from w2v.checker import check; check("$$1 = 1$$")');
  return ready;
}

// ---- runs ----

function packagesFor(modules) {
  return Object.entries(packages)
    .filter(([name, entry]) => name !== 'w2v' && entry.imports.some(module => modules.includes(module)))
    .map(([name]) => name);
}

async function load(modules) {
  // whether there was something to load
  const found = packagesFor(modules).filter(name => !(name in python.loadedPackages));
  if (!found.length) return false;
  self.postMessage({ say: `loading ${found.join(', ')}` });
  const problems = [];
  await python.loadPackage(found, { messageCallback: () => {}, errorCallback: message => problems.push(message) });
  const missing = found.filter(name => !(name in python.loadedPackages));
  if (missing.length) throw new Error(`${missing.join(', ')} could not be loaded: ${problems.join('; ')}`);
  return true;
}

const call = (name, ...values) => {
  const made = python.globals.get(name);
  try {
    return made(...values);
  } finally {
    made.destroy();
  }
};

async function run(kind, payload) {
  const text = JSON.stringify(payload),
    say = news => self.postMessage({ say: JSON.parse(news) });
  if (kind === 'cell') await load(JSON.parse(call('imported', payload.source)));
  for (let attempt = 0; ; attempt++) {
    const result = JSON.parse(call('answer', kind, text, say));
    const missing = kind === 'cell' && result.error && result.error.missing;
    if (!missing || attempt === PATIENCE || !(await load([missing.split('.')[0]]))) return result;
  }
}

const inWords = error =>
  String(error?.message || error)
    .trim()
    .split('\n')
    .slice(-1)[0];

self.onmessage = async ({ data }) => {
  if (data.boot) {
    try {
      ({ base, version } = data.boot);
      self.postMessage({ ready: true, loadedBytes, module: await boot(data.boot) });
    } catch (error) {
      self.postMessage({ failed: inWords(error) });
    }
    return;
  }
  try {
    self.postMessage({ id: data.id, result: await run(data.kind, data.payload) });
  } catch (error) {
    self.postMessage({ id: data.id, fault: inWords(error) });
  }
};
