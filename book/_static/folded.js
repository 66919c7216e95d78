// The button of a folded box is named by its box, "First hint, Exercise 4.1", not "Toggle hidden content" every time.
addEventListener('DOMContentLoaded', () => {
  let exercise = '';
  for (const el of document.querySelectorAll('.exercise > .admonition-title .caption-number, .toggle-button')) {
    if (el.matches('.caption-number')) {
      exercise = el.textContent.trim();
      continue;
    }
    const title = el.closest('.admonition-title').textContent.trim().replace(/\s+/g, ' ');
    el.ariaLabel = title.includes(exercise) ? title : `${title}, ${exercise}`;
  }
});

// "The long road" of a page is optional, and folded: a button opens it, and so does a link into it or a search on the page.
addEventListener('DOMContentLoaded', () => {
  const parts = [...document.querySelectorAll('#the-long-road > section')];
  if (!parts.length) return;
  const button = document.createElement('button');
  function open(shown) {
    for (const part of parts) part.hidden = shown ? false : 'until-found';
    button.ariaExpanded = shown;
    button.textContent = shown ? 'Close the long road' : `Open the long road, ${parts.length} sections`;
  }
  function follow() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1).split('?')[0]));
    if (!parts.some(part => part.contains(target))) return;
    open(true);
    target.scrollIntoView();
  }
  Object.assign(button, {
    type: 'button',
    className: 'w2v-road',
    onclick: () => open(button.ariaExpanded === 'false'),
  });
  for (const part of parts) part.addEventListener('beforematch', () => open(true));
  addEventListener('hashchange', follow);
  parts[0].before(button);
  open(false);
  follow();
});
