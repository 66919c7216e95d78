// Present mode: the page as slides (slides.js), derivations line by line. P starts and stops.
// The address keeps the place: #section?present=3&part=2 is the section's second slide with three more lines shown.
(() => {
  const root = document.documentElement,
    { cut, join, fit, overflows } = globalThis.w2vSlides;
  if (!document.querySelector('.bd-article section')) return;
  let slides = [],
    at = 0,
    step = 0,
    typed = '',
    wasFull = false,
    bar;

  const presenting = () => root.classList.contains('w2v-present');
  const looking = () => root.classList.contains('w2v-overview');

  // The lines of a derivation: rows of the outermost aligned block of a displayed formula, without its first row.
  function lines({ node }) {
    const tables = [...node.querySelectorAll('.katex-display .mtable')].filter(
      table =>
        !table.parentElement.closest('.mtable') &&
        table.querySelector(':scope > .col-align-r') &&
        table.checkVisibility(),
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

  const unhide = () => document.querySelectorAll('.w2v-later').forEach(cell => cell.classList.remove('w2v-later'));

  function report() {
    const { section, part } = slides[at];
    history.replaceState(null, '', `#${section.id}?present${step ? `=${step}` : ''}${part ? `&part=${part + 1}` : ''}`);
    bar.style.setProperty('--w2v-progress', (at + 1) / slides.length);
    bar.querySelector('output').textContent = `${typed || at + 1} / ${slides.length}`;
  }

  // A hint that is opened, a figure that says more: the slide is fitted again.
  const grown = new ResizeObserver(() => {
    if (presenting() && overflows(slides[at].node)) fit(slides[at]);
  });

  function show(i, count = 0) {
    unhide();
    slides[at]?.node.classList.remove('w2v-now');
    grown.disconnect();
    at = Math.max(0, Math.min(slides.length - 1, i));
    const { node } = slides[at];
    node.classList.add('w2v-now');
    if (looking()) node.scrollIntoView({ block: 'nearest' });
    else {
      fit(slides[at]);
      node.scrollTop = 0;
      grown.observe(node.firstChild);
    }
    reveal(looking() ? Infinity : count);
  }

  // The slide with this element; of a section its first slide, or a later part.
  function placeOf(el, part = 0) {
    const first = Math.max(
      0,
      slides.findIndex(({ node }) => node.contains(el) || el.contains(node)),
    );
    return slides[first + part]?.section === slides[first].section ? first + part : first;
  }

  // Cuts the page anew, for another size of the screen or with the code, and stays at what is on show.
  function recut() {
    const mark = slides[at].node.querySelector('.w2v-fit > :not(h1, h2, h3, h4, h5, h6)');
    unhide();
    join();
    slides = cut();
    show(placeOf(mark));
  }

  const below = () => slides[at].node.scrollHeight - slides[at].node.clientHeight - slides[at].node.scrollTop > 8;
  const scroll = share => slides[at].node.scrollBy(0, share * innerHeight);

  function forward() {
    if (looking()) show(at + 1);
    else if (step < lines(slides[at]).length) reveal(step + 1, true);
    else if (below()) scroll(0.8);
    else if (at + 1 < slides.length) show(at + 1);
  }

  function back() {
    if (looking()) show(at - 1);
    else if (step > 0) reveal(step - 1, true);
    else if (slides[at].node.scrollTop > 8) scroll(-0.8);
    else if (at > 0) show(at - 1, Infinity);
  }

  function start(el, part, count) {
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
    slides = cut();
    show(el ? placeOf(el, part) : 0, count);
  }

  function stop() {
    grown.disconnect();
    const { section, node } = slides[at],
      top = node.querySelector('.w2v-fit > [id]') ?? section;
    unhide();
    join();
    root.classList.remove('w2v-present', 'w2v-with-code', 'w2v-overview');
    slides = [];
    bar.hidden = true;
    if (document.fullscreenElement) document.exitFullscreen();
    wasFull = false;
    history.replaceState(null, '', `#${section.id}`);
    section.closest('[hidden]')?.dispatchEvent(new Event('beforematch'));
    (top.isConnected ? top : section).scrollIntoView();
  }

  function code() {
    root.classList.toggle('w2v-with-code');
    recut();
  }

  // All slides small, to choose from.
  function overview() {
    const open = root.classList.toggle('w2v-overview');
    for (const slide of slides) {
      if (open) fit(slide);
      slide.node.firstChild.inert = open;
    }
    show(at);
  }

  // A number and Enter: to the slide of this number.
  function digit(key) {
    typed = (typed + key).slice(-3);
    report();
  }

  function choose() {
    const number = Number(typed);
    typed = '';
    if (looking()) overview();
    show(number ? number - 1 : at);
  }

  // What is on the screen, to start from.
  const current = () => {
    const sections = [...document.querySelectorAll('.bd-article section:not(.admonition section)')];
    return sections.findLast(section => section.getBoundingClientRect().top < innerHeight / 6) ?? sections[0];
  };
  const toggle = () => (presenting() ? stop() : start(current()));
  const leave = () => (looking() ? overview() : stop());

  const inFigure = el => el.closest?.('.w2v-explorer, input, textarea, select, [contenteditable=true]');
  const pressable = el => el.closest?.('button, a, summary, [role=button]');
  const MOVES = {
    ArrowRight: forward,
    ArrowDown: forward,
    PageDown: forward,
    ArrowLeft: back,
    ArrowUp: back,
    PageUp: back,
  };
  const PAGES = ['PageDown', 'PageUp'];

  function pressed(event) {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return null;
    if (PAGES.includes(key) && presenting()) return MOVES[key];
    if (inFigure(target)) return null;
    if (key === 'p' || key === 'P') return toggle;
    if (!presenting()) return null;
    if (/^\d$/.test(key)) return () => digit(key);
    if (key === 'Enter' && (typed || looking())) return choose;
    if (key === ' ' && !pressable(target)) return event.shiftKey ? back : forward;
    const ends = { Home: () => show(0), End: () => show(slides.length - 1), Escape: leave };
    return { ...MOVES, ...ends, c: code, C: code, o: overview, O: overview }[key];
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
  addEventListener('click', event => {
    if (!presenting()) return;
    const chosen = event.target.closest?.('.w2v-slide');
    if (looking() && chosen) {
      overview();
      show(Number(chosen.dataset.number) - 1);
    } else if (chosen && event.target.closest('label')) requestAnimationFrame(recut);
  });
  document.addEventListener('fullscreenchange', () => {
    if (wasFull && !document.fullscreenElement && presenting()) stop();
  });
  let size = `${innerWidth}x${innerHeight}`;
  addEventListener('resize', () => {
    if (!presenting() || size === `${innerWidth}x${innerHeight}`) return;
    size = `${innerWidth}x${innerHeight}`;
    recut();
  });

  // Printed, each slide is a page of the screen's shape.
  const paper = document.createElement('style');
  addEventListener('beforeprint', () => {
    if (!presenting()) return;
    paper.textContent = `@page{size:${innerWidth}px ${innerHeight}px;margin:0}html.w2v-present .w2v-slide{width:${innerWidth}px;height:${innerHeight}px}`;
    document.head.append(paper);
    unhide();
    root.classList.add('w2v-printing');
    slides.forEach(fit);
  });
  addEventListener('afterprint', () => {
    paper.remove();
    root.classList.remove('w2v-printing');
    if (presenting()) reveal(step);
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
      button('all slides (O)', 'All', overview),
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

  // #section?present, with the number of lines and the part; #?present is the first slide.
  function resume(hash) {
    const [id, query = ''] = hash.slice(1).split('?'),
      asked = new URLSearchParams(query);
    const el = id ? document.getElementById(id) : document.querySelector('.bd-article section');
    if (el && asked.has('present')) start(el, Math.max(0, asked.get('part') - 1), Number(asked.get('present')));
  }

  build();
  const asked = location.hash; // the figures take their part of it away
  if (document.readyState === 'complete') resume(asked);
  else addEventListener('load', () => resume(asked));
})();
