// Cuts a page into slides: a heading with what belongs to it, as much as a screen holds, and puts the page together again.
// globalThis.w2vSlides = { cut, join, fit, overflows }, used by present.js.
(() => {
  const SECTION = 'section:not(.admonition section)';
  const HEADING = 'h1, h2, h3, h4, h5, h6';
  const FIGURE = '.w2v-explorer, .w2v-drawing';
  const WIDE = '.katex-scroll, pre, .text_html, .pst-scrollable-table-container';
  const SMALLEST = 0.6; // a slide is drawn smaller down to this before it is cut where it should not be
  const FLOOR = 0.35;
  const LARGER = [1.5, 1.25]; // how much larger a slide with room to spare is drawn
  let undo = [],
    touched = new Set(); // what got a style of its own

  const make = (cls, ...kids) => {
    const el = document.createElement('div');
    el.className = cls;
    el.append(...kids);
    return el;
  };

  // A copy of a box without its content, or of a heading with it; no id may stand twice.
  function copy(el, deep) {
    const twin = el.cloneNode(deep);
    for (const each of [twin, ...twin.querySelectorAll('[id]')]) each.removeAttribute('id');
    return twin;
  }

  // Remembers what a parent holds, so that join() can give it back.
  const remember = parent => undo.push([parent, [...parent.childNodes]]);

  function join() {
    for (const [parent, kids] of undo.reverse()) parent.replaceChildren(...kids);
    for (const el of touched) el.removeAttribute('style');
    undo = [];
    touched = new Set();
  }

  // What must not begin a slide: an output without its sentence, a formula without its introduction.
  function glued(el, before) {
    if (el.matches('.cell, .hint, .w2v-count, .w2v-exercise-note')) return true;
    if (before.matches('p') && /:\s*$/.test(before.textContent)) return true;
    if (el.matches('.katex-block')) return before.matches('p');
    return el.matches('p') && /^\s*[a-z]/.test(el.textContent) && before.matches('.katex-block');
  }

  // Too tall for one slide even when drawn small: what holds the parts of a box, a list, a sheet or a table.
  function holderOf(el) {
    if (el.matches('.admonition')) return el.querySelector(':scope > section') ?? el;
    if (el.matches('.w2v-sheet'))
      return [...el.querySelectorAll(':scope > .sd-tab-content')].find(tab => height(tab) > 0) ?? el;
    const body = el.querySelector('table > tbody');
    if (body || el.matches('.cell, .math, .sd-tab-set')) return body ?? el;
    while (el.children.length === 1) el = el.firstElementChild;
    return el;
  }
  const isPart = child => !child.matches('.admonition-title, input, label');

  // A second frame for more parts of a box: its title, and the head of a table, are said again.
  function frameFor(el, holder, kids) {
    if (el.matches('.w2v-sheet')) return make('w2v-sheet', ...kids);
    const shell = copy(el, false);
    for (const child of el.children)
      if (child.matches('.admonition-title, thead, colgroup')) shell.append(copy(child, true));
    if (el === holder) shell.append(...kids);
    else
      shell.append(
        frameFor(
          [...el.children].find(child => child.contains(holder)),
          holder,
          kids,
        ),
      );
    return shell;
  }

  const height = el => el.getBoundingClientRect().height;

  function split(el, room) {
    const holder = holderOf(el),
      parts = [...holder.children].filter(child => isPart(child) && height(child) > 0);
    if (parts.length < 2 || holder.matches('.cell, .math, .sd-tab-set')) return [el];
    const rest = height(el) - height(holder) + 40,
      chunks = [[]];
    let top = parts[0].getBoundingClientRect().top;
    for (const part of parts) {
      const box = part.getBoundingClientRect();
      if (chunks.at(-1).length && box.bottom - top > room - rest) {
        const title = chunks.at(-1).at(-1).matches('.rubric') ? [chunks.at(-1).pop()] : [];
        chunks.push(title);
        top = (title[0] ?? part).getBoundingClientRect().top;
      }
      chunks.at(-1).push(part);
    }
    if (chunks.length < 2) return [el];
    remember(holder);
    const more = chunks.slice(1).map(chunk => frameFor(el, holder, chunk));
    el.after(...more);
    return [el, ...more];
  }

  // The blocks of a slide with their places; what may shrink counts with the least height that is still of use.
  function measure(fit, room) {
    const blocks = [...fit.children].filter(el => !el.matches(HEADING));
    const tall = blocks.flatMap(el =>
      height(el) > room / SMALLEST && !el.querySelector(FIGURE) ? split(el, room) : [el],
    );
    const items = tall.map(el => ({ el, box: el.getBoundingClientRect() })).filter(({ box }) => box.height > 0);
    const first = items.findIndex(({ el }) => el.matches('.exercise'));
    return items.map(({ el, box }, i) => ({
      el,
      first: i === first, // it may follow the words that introduce the exercises
      top: box.top,
      bottom: box.bottom,
      spare: el.querySelector(FIGURE) ? Math.max(0, box.height - 0.65 * room) : 0,
      alone: el.matches('.exercise, .solution') || (i > 0 && tall.includes(el) && !blocks.includes(el)),
      glued: i > 0 && glued(el, items[i - 1].el),
    }));
  }

  // The price of showing the items i..j together: a slide more, empty space, small print.
  function price(items, i, j, room) {
    let spare = 0;
    for (let k = i; k <= j; k++) {
      if (k > i && items[k].alone && (i > 0 || !items[k].first)) return Infinity;
      spare += items[k].spare;
    }
    const full = (items[j].bottom - items[i].top - spare) / room;
    if (full > 1 / SMALLEST && j > i) return Infinity;
    return 1 + (full > 1 ? 12 * (full - 1) : 0.5 * (1 - full) ** 2) + (i > 0 && items[i].glued ? 3 : 0);
  }

  // The first item of each slide, at the least price for the whole section.
  function starts(items, room) {
    const best = [0],
      from = [];
    for (let j = 0; j < items.length; j++) {
      best[j + 1] = Infinity;
      for (let i = j; i >= 0; i--) {
        const cost = best[i] + price(items, i, j, room);
        if (cost < best[j + 1]) [best[j + 1], from[j + 1]] = [cost, i];
      }
    }
    const found = [];
    for (let j = items.length; j > 0; j = from[j]) found.unshift(from[j]);
    return found;
  }

  function cutSection(slide, room) {
    const fit = slide.firstChild,
      heading = fit.querySelector(`:scope > :is(${HEADING})`),
      top = heading ? heading.getBoundingClientRect().bottom - fit.getBoundingClientRect().top + 16 : 0,
      items = measure(fit, room - top),
      at = starts(items, room - top);
    const nodes = [slide];
    for (let n = at.length - 1; n > 0; n--) {
      const kids = [...fit.children].slice([...fit.children].indexOf(items[at[n]].el));
      const again = heading ? [copy(heading, true)] : [];
      if (again.length)
        again[0].append(Object.assign(document.createElement('small'), { textContent: ` ${n + 1}/${at.length}` }));
      const more = make('w2v-slide', make('w2v-fit', ...again, ...kids));
      slide.after(more);
      nodes.splice(1, 0, more);
    }
    return nodes.map((node, part) => ({ node, part, section: slide.parentElement }));
  }

  // Cuts the whole page; returns [{ node, part, section }] in reading order.
  function cut() {
    const root = document.documentElement,
      sections = [...document.querySelectorAll(`.bd-article ${SECTION}`)],
      whole = [];
    root.classList.add('w2v-measuring');
    for (const section of sections) {
      const own = [...section.children].filter(el => el.localName !== 'section');
      remember(section);
      const slide = make('w2v-slide', make('w2v-fit', ...own));
      section.prepend(slide);
      whole.push(slide);
    }
    const says = whole.filter(slide =>
      [...slide.firstChild.children].some(el => !el.matches(HEADING) && height(el) > 0),
    );
    for (const slide of whole) if (!says.includes(slide)) slide.remove();
    const room =
      innerHeight -
      (says.length
        ? parseFloat(getComputedStyle(says[0]).paddingTop) + parseFloat(getComputedStyle(says[0]).paddingBottom)
        : 0);
    const slides = says.flatMap(slide => cutSection(slide, room));
    root.classList.remove('w2v-measuring');
    slides.forEach(({ node }, i) => {
      node.dataset.number = i + 1;
    });
    return slides;
  }

  const overflowsSideways = el => el.scrollWidth > el.clientWidth + 1;
  const overflows = node => node.scrollHeight > node.clientHeight || node.scrollWidth > node.clientWidth;

  // Draws the figures, and if need be all of a slide that is on show, so small that nothing is cut off; words and formulas
  // with room to spare are drawn larger, for the last row.
  function fit({ node }) {
    const inner = node.firstChild,
      wide = [...inner.querySelectorAll(WIDE)];
    for (const el of [inner, ...wide]) el.style.zoom = el.style.whiteSpace = '';
    node.style.removeProperty('--w2v-fit');
    for (const el of wide) {
      const share = el.clientWidth / (el.scrollWidth + 2);
      if (!share || !overflowsSideways(el)) continue;
      if (share < SMALLEST && el.closest('.stream, .text_plain')) el.style.whiteSpace = 'pre-wrap';
      else el.style.zoom = share;
      touched.add(el);
    }
    const over = () => overflows(node);
    if (over() && inner.querySelector(FIGURE)) {
      let [small, large] = [FLOOR, 1];
      for (let n = 0; n < 6; n++) {
        const middle = (small + large) / 2;
        node.style.setProperty('--w2v-fit', middle);
        if (over()) large = middle;
        else small = middle;
      }
      node.style.setProperty('--w2v-fit', small);
    }
    for (let zoom = 1; over() && zoom > FLOOR; ) {
      zoom = Math.max(FLOOR, zoom * Math.min(0.97, (node.clientHeight / node.scrollHeight) ** 0.6));
      inner.style.zoom = zoom;
    }
    const cutOff = () => over() || [...inner.querySelectorAll(`${WIDE}, table`)].some(overflowsSideways);
    for (const zoom of LARGER) {
      if (inner.style.zoom || inner.querySelector(FIGURE)) break;
      inner.style.zoom = zoom;
      if (cutOff()) inner.style.zoom = '';
    }
  }

  globalThis.w2vSlides = { cut, join, fit, overflows };
})();
