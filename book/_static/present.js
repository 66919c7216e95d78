// Present mode: the page itself, one section at a time, derivations line by line. P starts and stops.
// The address keeps the place: #section?present=3 is the section with three more lines shown.
(() => {
  const root = document.documentElement;
  // The inside of a theorem, exercise or solution is a section too, but no slide of its own; nor is a heading alone.
  const SECTION = 'section:not(.admonition section)';
  const SAYS = ':scope > :not(section, h1, h2, h3, h4, h5, h6, span, .cell:not(:has(> .cell_output)))';
  const slides = [...document.querySelectorAll(`.bd-article ${SECTION}`)].filter(section => section.querySelector(SAYS));
  if (!slides.length) return;
  let at = 0,
    step = 0,
    wasFull = false,
    bar;

  const presenting = () => root.classList.contains('w2v-present');

  // The lines of a derivation: rows of the outermost aligned block of a displayed formula, without its first row.
  function lines(slide) {
    const tables = [...slide.querySelectorAll(':scope > :not(section) .katex-display .mtable')].filter(
      table => !table.parentElement.closest('.mtable') && table.querySelector(':scope > .col-align-r'),
    );
    return tables.flatMap(table => {
      const columns = [...table.children]
        .map(column => [...column.querySelectorAll(':scope > .vlist-t > .vlist-r:first-child > .vlist > span')])
        .filter(rows => rows.length);
      return columns.length ? columns[0].map((_, i) => columns.map(rows => rows[i]).filter(Boolean)).slice(1) : [];
    });
  }

  function reveal(count, follow) {
    const all = lines(slides[at]);
    step = Math.max(0, Math.min(all.length, count));
    all.forEach((row, i) => row.forEach(cell => cell.classList.toggle('w2v-later', i >= step)));
    if (follow && step) all[step - 1][0].scrollIntoView({ block: 'nearest' });
    report();
  }

  function report() {
    const id = slides[at].id;
    history.replaceState(null, '', presenting() ? `#${id}?present${step ? `=${step}` : ''}` : `#${id}`);
    bar.style.setProperty('--w2v-progress', (at + 1) / slides.length);
    bar.querySelector('output').textContent = `${at + 1} / ${slides.length}`;
  }

  function show(i, count = 0) {
    lines(slides[at])
      .flat()
      .forEach(cell => cell.classList.remove('w2v-later'));
    slides[at].classList.remove('w2v-now');
    at = Math.max(0, Math.min(slides.length - 1, i));
    slides[at].classList.add('w2v-now');
    scrollTo(0, 0);
    reveal(count);
  }

  const below = () => root.scrollHeight - innerHeight - scrollY > 8;

  function forward() {
    if (step < lines(slides[at]).length) reveal(step + 1, true);
    else if (below()) scrollBy(0, 0.8 * innerHeight);
    else if (at + 1 < slides.length) show(at + 1);
  }

  function back() {
    if (step > 0) reveal(step - 1, true);
    else if (scrollY > 8) scrollBy(0, -0.8 * innerHeight);
    else if (at > 0) show(at - 1, Infinity);
  }

  function start(i, count = 0) {
    root.classList.add('w2v-present');
    bar.hidden = false;
    root.requestFullscreen?.().then(
      () => {
        wasFull = true;
      },
      () => {
        wasFull = false;
      },
    );
    show(i, count);
  }

  function stop() {
    const slide = slides[at];
    lines(slide)
      .flat()
      .forEach(cell => cell.classList.remove('w2v-later'));
    slide.classList.remove('w2v-now');
    root.classList.remove('w2v-present', 'w2v-with-code');
    bar.hidden = true;
    if (document.fullscreenElement) document.exitFullscreen();
    wasFull = false;
    report();
    slide.scrollIntoView();
  }

  const code = () => root.classList.toggle('w2v-with-code');

  // The section that is on the screen, to start from.
  const current = () =>
    Math.max(
      0,
      slides.findLastIndex(slide => slide.getBoundingClientRect().top < innerHeight / 6),
    );
  const toggle = () => (presenting() ? stop() : start(current()));

  const inFigure = el => el.closest?.('.w2v-explorer, input, textarea, select, [contenteditable=true]');
  const pressable = el => el.closest?.('button, a, summary, [role=button]');
  const MOVES = { ArrowRight: forward, ArrowDown: forward, PageDown: forward, ArrowLeft: back, ArrowUp: back, PageUp: back };
  const PAGES = ['PageDown', 'PageUp'];

  function pressed(event) {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return null;
    if (PAGES.includes(key) && presenting()) return MOVES[key];
    if (inFigure(target)) return null;
    if (key === 'p' || key === 'P') return toggle;
    if (!presenting()) return null;
    if (key === ' ' && !pressable(target)) return event.shiftKey ? back : forward;
    return { ...MOVES, Home: () => show(0), End: () => show(slides.length - 1), Escape: stop, c: code, C: code }[key];
  }

  addEventListener(
    'keydown',
    event => {
      const act = pressed(event);
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    },
    true,
  );
  document.addEventListener('fullscreenchange', () => {
    if (wasFull && !document.fullscreenElement && presenting()) stop();
  });

  function button(label, text, act, cls = '') {
    const el = document.createElement('button');
    Object.assign(el, { type: 'button', className: cls, title: label, innerHTML: text, onclick: act });
    el.setAttribute('aria-label', label);
    return el;
  }

  function build() {
    bar = document.createElement('div');
    bar.className = 'w2v-present-bar';
    bar.hidden = true;
    bar.setAttribute('role', 'toolbar');
    bar.setAttribute('aria-label', 'presentation');
    bar.append(
      button('back', '‹', back),
      document.createElement('output'),
      button('forward', '›', forward),
      button('show or hide code (C)', 'Code', code),
      button('end presentation (Escape)', 'End', stop),
    );
    document.body.append(bar);
    const icon =
      '<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M1 2h14v9H1zM8 11v2M5 14.5l3-2 3 2" fill="none" stroke="currentColor" stroke-width="1.4"/></svg>';
    document
      .querySelector('.article-header-buttons')
      ?.prepend(button('Present this page (P)', icon, toggle, 'btn btn-sm nav-link w2v-present-button'));
  }

  function resume() {
    const [id, query = ''] = location.hash.slice(1).split('?'),
      found = query.match(/(?:^|&)present(?:=(\d+))?(?:&|$)/);
    const section = found && document.getElementById(id)?.closest(SECTION);
    if (section) start(slides.findIndex(slide => section.contains(slide)), Number(found[1] ?? 0));
  }

  build();
  if (document.readyState === 'complete') resume();
  else addEventListener('DOMContentLoaded', resume);
})();
