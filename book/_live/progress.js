// The record of passed exercises. It lives in this browser under one key, and what cannot be read is kept, not overwritten.
// localStorage['w2v-progress'] = {"version": 1, "passed": {"exercise-id": "ISO date", ...}}
(() => {
  const study = (window.w2vStudy = window.w2vStudy || {});
  const KEY = 'w2v-progress',
    ASIDE = 'w2v-progress-damaged-';
  const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/,
    DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
  const listeners = [];
  let unsaved = null; // the record, once the browser refuses to keep it

  const isObject = value => typeof value === 'object' && value !== null && !Array.isArray(value);
  const shown = value => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60));
  const isDate = value => typeof value === 'string' && DATE.test(value) && !Number.isNaN(Date.parse(value));

  // What is wrong with a record, in one sentence, or '' if nothing is.
  function faultOf(record) {
    if (!isObject(record)) return `expected an object {"version": 1, "passed": {...}}, got ${shown(record)}`;
    if (record.version !== 1) return `version: expected 1, got ${shown(record.version)}`;
    if (!isObject(record.passed))
      return `passed: expected an object of exercise ids and dates, got ${shown(record.passed)}`;
    for (const [id, date] of Object.entries(record.passed)) {
      if (!ID.test(id)) return `passed: expected ids of small letters, digits and hyphens, got ${shown(id)}`;
      if (!isDate(date)) return `passed[${shown(id)}]: expected a date such as "2026-03-14", got ${shown(date)}`;
    }
    return '';
  }

  // The record in a text; throws an Error that says what was expected and what came.
  function parse(text) {
    let record;
    try {
      record = JSON.parse(text);
    } catch (problem) {
      throw new Error(`expected JSON, got text that is none (${problem.message})`);
    }
    const fault = faultOf(record);
    if (fault) throw new Error(fault);
    return { version: 1, passed: record.passed };
  }

  function setAside(text) {
    localStorage.setItem(ASIDE + new Date().toISOString(), text);
    localStorage.removeItem(KEY);
  }

  function read() {
    const empty = { version: 1, passed: {} };
    if (unsaved) return unsaved;
    try {
      const text = localStorage.getItem(KEY);
      if (text === null) return empty;
      try {
        return parse(text);
      } catch {
        setAside(text);
        return empty;
      }
    } catch {
      return (unsaved = empty);
    }
  }

  function write(record) {
    try {
      localStorage.setItem(KEY, JSON.stringify(record));
      unsaved = null;
    } catch {
      unsaved = record;
    }
    tell();
  }

  // Adds the entries of a record; of two dates for one exercise the earlier one stays.
  function merge({ passed }) {
    const record = read();
    for (const [id, date] of Object.entries(passed)) {
      const own = Object.hasOwn(record.passed, id) ? record.passed[id] : date;
      record.passed[id] = Date.parse(own) <= Date.parse(date) ? own : date;
    }
    write(record);
  }

  // The records that could not be read, as [[key, text], ...], oldest first.
  function damaged() {
    try {
      const keys = Object.keys(localStorage).filter(key => key.startsWith(ASIDE));
      return keys.sort().map(key => [key, localStorage.getItem(key)]);
    } catch {
      return [];
    }
  }

  const when = iso => new Date(iso).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

  function mark(record) {
    const passed = id => (Object.hasOwn(record.passed, id) ? record.passed[id] : null);
    for (const note of document.querySelectorAll('[data-w2v-label]')) tick(note, passed(note.dataset.w2vExercise));
    for (const status of document.querySelectorAll('.w2v-status')) {
      const date = passed(status.dataset.w2vExercise);
      status.textContent = date ? `✓ passed, ${when(date)}` : 'not yet';
      status.classList.toggle('w2v-done', Boolean(date));
    }
    for (const total of document.querySelectorAll('.w2v-total')) {
      const every = [...total.closest('section').querySelectorAll('.w2v-status')];
      total.textContent = `${every.filter(status => passed(status.dataset.w2vExercise)).length} of ${every.length} passed`;
    }
  }

  // The tick beside the title of an exercise on its chapter.
  function tick(note, date) {
    const title = document.querySelector(`#${CSS.escape(note.dataset.w2vLabel)} > .admonition-title`);
    if (!title) return;
    title.querySelector('.w2v-tick')?.remove();
    if (!date) return;
    const made = document.createElement('span');
    made.className = 'w2v-tick';
    made.textContent = '✓ passed';
    made.title = when(date);
    title.append(' ', made);
  }

  function tell() {
    const record = read();
    mark(record);
    for (const listener of listeners) listener(record);
  }

  study.progress = {
    read,
    parse,
    merge,
    damaged,
    replace: write,
    pass: id => merge({ passed: { [id]: new Date().toISOString() } }),
    isKept: () => !unsaved,
    onChange: listener => (listeners.push(listener), listener(read())),
  };

  // Another tab, the notebook app of the same site among them, or a return by the Back button.
  addEventListener('storage', event => (event.key === KEY || event.key === null) && tell());
  addEventListener('pageshow', event => event.persisted && tell());
  tell();
})();
