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
