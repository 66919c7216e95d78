// A box that scrolls sideways says so: its edge fades where more is hidden, and it is a tab stop only then.
(() => {
  const BOXES =
    '.katex-scroll, .bd-article :is(pre, table, .cell_output, .text_html, .w2v-coverage, .pst-scrollable-table-container)';
  const boxes = [...document.querySelectorAll(BOXES)];

  function hidden(box) {
    const scrolls = /auto|scroll/.test(getComputedStyle(box).overflowX);
    const more = scrolls ? box.scrollWidth - box.clientWidth : 0;
    return { box, left: more > 1 && box.scrollLeft > 1, right: more > 1 && box.scrollLeft < more - 1 };
  }

  // All is measured before anything is changed, so that the page is laid out once.
  function show(found) {
    for (const { box, left, right } of found.map(hidden)) {
      box.classList.toggle('w2v-more-left', left);
      box.classList.toggle('w2v-more-right', right);
      if (left || right) box.tabIndex = 0;
      else box.removeAttribute('tabindex');
    }
  }

  // The content is watched with its box: it grows when its font or its picture arrives. What left its box says so once, too.
  const boxOf = new WeakMap();
  const resized = new ResizeObserver(entries => show([...new Set(entries.map(entry => boxOf.get(entry.target)))]));
  for (const box of boxes) {
    for (const el of [...box.children, box]) {
      boxOf.set(el, box);
      resized.observe(el);
    }
    box.addEventListener('scroll', () => show([box]), { passive: true });
  }
})();
