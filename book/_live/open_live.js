// A page opened from a file cannot start the live part: browsers refuse it workers and WebAssembly. Says so.
(() => {
  'use strict';
  if (location.protocol !== 'file:') return;
  const text =
    'The live part needs a web server, and this page was opened from a file. ' +
    'In the folder of the book run  make serve  and open http://localhost:8000 .';
  const say = () => {
    let note = document.getElementById('open-live-note');
    if (!note) {
      note = document.createElement('p');
      note.id = 'open-live-note';
      note.setAttribute('role', 'status');
      document.querySelector('article')?.prepend(note);
    }
    note.textContent = text;
    note.scrollIntoView({ block: 'center' });
  };
  document.addEventListener('click', event => {
    const link = event.target.closest('.btn-open-live, a.open-live');
    if (!link) return;
    event.preventDefault();
    say();
  });
})();
