// "Check my derivation": the text of the editor goes to the checker, its verdicts come back, and the reader is told how
// far it is. Joined with its neighbours into one script by the build.

const NAME = 'your derivation'; // as messages of the checker call the text

function CheckPage() {
  const summary = byId('summary'),
    list = byId('steps'),
    gallery = JSON.parse(byId('gallery').textContent),
    results = Results(byId('legend'), list, { explained: gallery.explained, add }),
    { size } = w2vStudy;
  const editor = Editor(gallery, markStale, () => {
    forget();
    summary.textContent = '';
  });
  const engine = w2vStudy.startEngine({ onState: hear });
  let checked = null,
    since = 0,
    clock = null,
    news = {}; // the text of the verdicts on show; the run and what is heard of it

  function markStale() {
    list.classList.toggle('w2v-stale', checked !== null && checked !== editor.text());
  }

  function forget() {
    results.clear();
    checked = null;
    markStale();
  }

  // A sentence that settles a question is checked at once; one with dots waits for its reader.
  function add(line, sentence) {
    if (editor.insert(line, sentence)) check();
  }

  async function check() {
    if (clock) return;
    const text = editor.text();
    forget();
    summary.textContent = text.trim() ? '' : 'Nothing to check yet: write or paste a derivation, or take an example.';
    if (!text.trim()) return;
    since = performance.now();
    results.begin(text, editor.goTo);
    clock = setInterval(showProgress, 500);
    showProgress();
    try {
      show(await engine.run('check', { text, name: NAME, layout: editor.layout() }), text);
    } catch (reason) {
      summary.textContent = reason.stopped
        ? 'Stopped. The text is as you left it; the verdicts so far stand below.'
        : reason.message;
    } finally {
      rest();
    }
  }

  function show(report, text) {
    summary.textContent = report.error
      ? report.error.message
      : [`${report.summary}.`, report.headline].filter(Boolean).join(' ');
    if (report.error) return results.clear();
    checked = text;
    results.finish(report);
    markStale();
  }

  function rest() {
    clearInterval(clock);
    clock = null;
    if (document.activeElement === byId('stop')) byId('check').focus();
    showProgress();
    showSize();
  }

  // ---- how far it is, and how much there is to load ----

  function hear(fresh) {
    const other = fresh.state !== news.state;
    news = fresh;
    if (clock && fresh.steps.length) results.add(fresh.steps);
    showProgress();
    if (other) showSize();
  }

  function showProgress() {
    const bar = byId('bar'),
      total = news.totalBytes,
      loaded = Math.min(news.loadedBytes, total);
    byId('stop').hidden = byId('progress').hidden = !clock;
    byId('check').setAttribute('aria-disabled', String(Boolean(clock)));
    if (news.phase === 'loading' && total) Object.assign(bar, { max: total, value: loaded });
    else bar.removeAttribute('value');
    const seconds = Math.floor((performance.now() - since) / 1000);
    const loading = {
      loading: total ? `loading ${size(loaded)} of ${size(total)}` : 'loading',
      starting: 'starting Python',
    }[news.phase];
    byId('doing').textContent =
      loading || ['checking', news.message, seconds > 1 ? `${seconds} s` : ''].filter(Boolean).join(', ');
  }

  async function showSize() {
    const found = await engine.manifest(),
      alive = /ready|busy/.test(engine.state),
      loads = byId('loads');
    byId('check').textContent = found.absent || alive ? 'Check' : `Check (loads ${size(found.check.bytes)} once)`;
    const sizes =
      found.absent ||
      `The first check loads Python: ${size(found.check.bytes)}, or ${size(found.check.gzip)} where the server compresses.`;
    loads.textContent = found.absent
      ? `${sizes} Writing and preview work here as well.`
      : `Ctrl+Enter checks. ${alive ? 'Python is loaded.' : sizes} The text stays in this browser; nothing is uploaded.`;
  }

  byId('text').addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      check();
    }
  });
  byId('check').addEventListener('click', check);
  byId('stop').addEventListener('click', engine.stop);
  editor.begin();
  showSize();
}

CheckPage();
