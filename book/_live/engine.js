// One Python for the page: window.w2vStudy.startEngine({root, onState}) gives the shared engine, which loads nothing
// before the first run. engine.run(kind, payload) -> Promise of the result; engine.stop() ends a run at once; engine.state
// is "off", "loading", "ready", "busy", "stopped" or "failed"; engine.onState(fn) hears of every change.
(() => {
  'use strict';

  const WORKER = 'worker.js'; // the build puts the text of worker.js here
  const here = new URL('..', document.currentScript.src).href; // this script lies in ROOT/_static/
  const study = (window.w2vStudy = window.w2vStudy || {});

  const ABSENT = {
    file:
      'This page was opened as a file, and a browser runs Python only for pages that come from a server. ' +
      'Run "make serve" in the folder of the book and open http://localhost:8000.',
    missing: 'This copy of the book was built without Python for the browser: "make book" builds it with it.',
    broken: 'The list of what Python needs (live/manifest.json) could not be read. Is the server still there?',
  };

  function Engine(root) {
    const listeners = new Set(),
      base = new URL('live/pyodide/', root).href;
    const engine = { state: 'off', root };
    let worker = null,
      booting = null,
      boot = null,
      running = null,
      waiting = [],
      number = 0,
      manifest = null,
      module = null;
    let shown = { phase: '', loadedBytes: 0, totalBytes: 0, message: '', steps: [] };

    function change(state, news = {}) {
      engine.state = state;
      shown = { ...shown, message: '', steps: [], ...news };
      for (const listener of [...listeners]) listener({ state, ...shown });
    }

    function end() {
      if (worker) worker.terminate();
      const left = [running, boot, ...waiting].filter(Boolean);
      worker = booting = boot = running = null;
      waiting = [];
      return left;
    }

    function fail(message) {
      const left = end();
      change('failed', { phase: '', message });
      for (const job of left) job.reject(new Error(message));
    }

    // ---- what there is to load: null and a reason, or {version, wheel, integrity, check: {files, bytes, gzip}, cell} ----

    engine.manifest = async () => {
      if (location.protocol === 'file:') return { absent: ABSENT.file };
      if (!manifest) {
        const found = await fetch(new URL('live/manifest.json', root), { cache: 'no-cache' })
          .then(response => (response.ok ? response.json() : response.status === 404 ? {} : null))
          .catch(() => null);
        if (!found) return { absent: ABSENT.broken };
        if (!found.check) return { absent: ABSENT.missing };
        manifest = found;
      }
      return manifest;
    };

    // ---- boot ----

    async function start() {
      change('loading', { phase: 'loading', loadedBytes: 0, totalBytes: 0 });
      const begun = booting,
        found = await engine.manifest();
      if (begun !== booting) return new Promise(() => {}); // stopped meanwhile, and told so
      if (found.absent) throw new Error(found.absent);
      change('loading', { totalBytes: found.check.bytes });
      const address = URL.createObjectURL(new Blob([WORKER], { type: 'text/javascript' }));
      worker = new Worker(address);
      URL.revokeObjectURL(address);
      worker.onmessage = ({ data }) => hear(data);
      worker.onerror = event => fail(`Python stopped: ${event.message || 'the worker could not be started'}`);
      const {
        version,
        wheel,
        integrity,
        check: { files },
      } = found;
      worker.postMessage({ boot: { base, version, files, wheel, integrity, module } });
      return new Promise((resolve, reject) => {
        boot = { resolve, reject };
      });
    }

    function hear(news) {
      if (news.phase) change('loading', news);
      else if (news.ready) {
        const { resolve } = boot;
        boot = null;
        module = news.module;
        change('ready', { phase: '', loadedBytes: news.loadedBytes });
        resolve();
      } else if (news.failed) fail(`Python could not be started: ${news.failed}.`);
      else if (news.say) change('busy', { phase: 'running', ...news.say });
      else if (news.fault) fail(`Python gave up: ${news.fault}. The next run starts it again.`);
      else {
        const job = running;
        running = null;
        change('ready', { phase: '' });
        job.resolve(news.result);
        next();
      }
    }

    // ---- runs, one after the other ----

    function next() {
      if (running || boot || !worker || !waiting.length) return;
      running = waiting.shift();
      change('busy', { phase: 'running' });
      worker.postMessage({ id: running.id, kind: running.kind, payload: running.payload });
    }

    engine.run = (kind, payload) =>
      new Promise((resolve, reject) => {
        waiting.push({ id: ++number, kind, payload, resolve, reject });
        if (!booting) {
          const own = (booting = {});
          start().then(next, error => own === booting && fail(error.message));
        } else next();
      });

    engine.stop = () => {
      const alive = booting,
        left = end();
      if (alive) change('stopped', { phase: '' });
      for (const job of left) job.reject({ stopped: true });
    };

    engine.onState = listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    };
    return engine;
  }

  study.startEngine = ({ root = here, onState } = {}) => {
    study.engine = study.engine || Engine(root);
    if (onState) study.engine.onState(onState);
    return study.engine;
  };

  // "12.3 MB": bytes as a reader counts them.
  study.size = bytes =>
    bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${(bytes / 1e6).toFixed(bytes < 9.95e6 ? 1 : 0)} MB`;
})();
