// The exercises page: export, import and delete the record of progress.
(() => {
  const study = window.w2vStudy,
    { make, button, progress } = study;
  const place = document.querySelector('.w2v-progress-tools');
  if (!place) return;
  const LARGEST = 1e6; // bytes of a file to import; a record has a few thousand

  const LINE = /^line-/; // what was found on the page of wrong lines, or in a chapter
  const count = record => Object.keys(record.passed).length;
  const many = (n, word) => `${n} ${word}${n === 1 ? '' : 's'}`;

  // "3 exercises", and "3 exercises and 2 lines" where lines were judged as well.
  function entries(record) {
    const lines = Object.keys(record.passed).filter(id => LINE.test(id)).length;
    return `${many(count(record) - lines, 'exercise')}${lines ? ` and ${many(lines, 'line')}` : ''}`;
  }

  const { line: status, say } = study.statusLine();

  function save(name, text) {
    const link = make('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  function exportRecord() {
    const { version, passed } = progress.read();
    save('w2v-progress.json', `${JSON.stringify({ version, passed }, null, 2)}\n`);
    say(`Saved ${entries({ passed })} as w2v-progress.json.`);
  }

  async function importFile(file) {
    try {
      if (file.size > LARGEST)
        throw new Error(`expected a file of at most 1 MB, got ${(file.size / 1e6).toFixed(1)} MB`);
      const record = progress.parse(await file.text()),
        before = progress.read().passed,
        added = Object.entries(record.passed).filter(([id]) => !Object.hasOwn(before, id)),
        known = count(record) - added.length;
      progress.merge(record);
      const news = entries({ passed: Object.fromEntries(added) });
      say(`Imported ${file.name}: ${news} added${known ? `, ${known} known already` : ''}.`, 'good');
    } catch (problem) {
      say(`Nothing was imported from ${file.name}: ${problem.message}.`, 'bad');
    }
  }

  // Asks in place of the button; the record stays in memory so that the deletion can be undone on this page.
  function askToDelete() {
    const record = progress.read();
    if (!count(record)) return say('There is nothing to delete: no exercise is recorded as passed.');
    const question = make('p', 'w2v-question', `Delete the record of ${entries(record)}? `);
    const close = () => (question.remove(), (row.hidden = false), remove.focus());
    const keepIt = button('Keep it', close);
    const doIt = button('Delete it', () => {
      progress.replace({ version: 1, passed: {} });
      close();
      say(`Deleted the record of ${entries(record)}. Until you leave this page it can be brought back. `);
      status.append(button('Undo', () => (progress.merge(record), say('The record is back.', 'good'), remove.focus())));
    });
    question.append(doIt, ' ', keepIt);
    row.hidden = true;
    row.after(question);
    keepIt.focus();
  }

  const file = make('input');
  Object.assign(file, { type: 'file', accept: '.json,application/json', hidden: true });
  file.setAttribute('aria-label', 'A record to import');
  file.addEventListener('change', async () => {
    if (file.files.length) await importFile(file.files[0]);
    file.value = '';
  });

  const remove = button('Delete', askToDelete);
  const row = make('div', 'w2v-row-of-buttons');
  row.append(
    button('Export', exportRecord),
    button('Import', () => file.click()),
    remove,
    file,
  );
  const damaged = make('div', 'w2v-damaged');
  place.append(row, status, damaged);

  progress.onChange(() => {
    damaged.replaceChildren(...progress.damaged().map(damagedItem));
    if (!progress.isKept())
      say('This browser keeps no data for this site, so the record lasts until you leave the page. Export it.', 'bad');
  });

  function damagedItem([key, text]) {
    const item = make(
      'p',
      '',
      `A record could not be read, so it was put aside in this browser as ${key} and a new one was begun. `,
    );
    const drop = button('Remove it', () => (localStorage.removeItem(key), item.remove(), say(`Removed ${key}.`)));
    item.append(
      button('Download it', () => save(`${key.replaceAll(':', '-')}.txt`, text)),
      ' ',
      drop,
    );
    return item;
  }
})();
