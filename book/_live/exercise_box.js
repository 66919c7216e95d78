// Turns each exercise cell into a box to write and check the answer in; Python runs in the page's own worker.
(() => {
  const study = window.w2vStudy,
    { make, button } = study;
  const LIMIT = 20; // seconds a cell may run, loading not counted
  const LOOP = `Stopped after ${LIMIT} s. Probably a loop never ends: look for a while whose condition stays true. Your text is unchanged.`;
  let running = null; // the box whose cell is running

  const modules = source => [...source.matchAll(/^\s*(?:import|from)\s+([A-Za-z_]\w*)/gm)].map(match => match[1]);
  let imported = new Set(); // what the running Python has loaded

  // Loads what the cell imports, and NumPy, which the grader needs: on a slow line that takes longer than the limit.
  async function prepare(engine, source) {
    if (['off', 'stopped', 'failed'].includes(engine.state)) imported = new Set();
    const wanted = [...new Set(['numpy', ...modules(source)])].filter(name => !imported.has(name));
    if (!wanted.length) return;
    await engine.run('cell', { source: wanted.map(name => `import ${name}`).join('\n') });
    wanted.forEach(name => imported.add(name));
  }

  async function run(source, say) {
    const engine = study.startEngine();
    const unwatch = engine.onState(state => say(inWords(state)));
    let timer = null,
      late = false;
    try {
      await prepare(engine, source);
      timer = setTimeout(() => ((late = true), engine.stop()), 1000 * LIMIT);
      return await engine.run('cell', { source });
    } catch (problem) {
      if (problem?.stopped) return { stopped: late ? LOOP : 'Stopped. Your text is unchanged.' };
      throw problem;
    } finally {
      clearTimeout(timer);
      unwatch();
    }
  }

  function inWords({ state, message, loadedBytes, totalBytes }) {
    if (state === 'busy') return message ? `Python is ${message}.` : 'Running.';
    const share = totalBytes ? `, ${study.size(loadedBytes)} of ${study.size(totalBytes)}` : '';
    return state === 'loading' ? `Python is loading${share}.` : 'Python is ready.';
  }

  function box(note) {
    const { w2vExercise: id, w2vTitle: name } = note.dataset,
      cell = note.nextElementSibling,
      input = cell.querySelector('.cell_input'),
      output = cell.querySelector('.cell_output') || cell.appendChild(make('div', 'cell_output'));
    const { line: status, say } = study.statusLine();

    const checkButton = button('Check', () => check()),
      stopButton = button('Stop', () => study.engine?.stop()),
      restore = button('Restore the starter', () => editor.restore()),
      bringBack = button('', () => editor.bringBack()),
      load = make('span', 'w2v-load');
    const refresh = () => {
      stopButton.hidden = running !== own;
      checkButton.textContent = running === own ? 'Checking' : 'Check';
      checkButton.setAttribute('aria-disabled', String(running === own));
      restore.hidden = editor.isStarter();
      bringBack.hidden = !editor.earlier();
      bringBack.textContent = `Bring back my answer${editor.earlier() > 1 ? ` (${editor.earlier()} are kept)` : ''}`;
    };
    const editor = study.editor({
      id,
      starter: input.querySelector('pre').textContent.replace(/\n+$/, ''),
      name,
      leave: () => checkButton.focus(),
      check: () => check(),
      say,
      changed: () => refresh(),
    });

    async function check() {
      if (running === own) return;
      if (running)
        return say('Another exercise of this page is running. Stop it first, or wait for its result.', 'bad');
      running = own;
      boxes.forEach(other => other.refresh());
      editor.mark(0);
      try {
        const source = editor.text(),
          result = await run(source, say);
        boxes.forEach(other => other.load.remove());
        say(...study.showResult(result, id, output, editor.goTo));
        if (editor.text() === source) editor.mark(result.error?.line);
      } catch (problem) {
        say(`${problem?.message || problem} Your text is unchanged; Check tries again.`, 'bad');
      } finally {
        running = null;
        boxes.forEach(other => other.refresh());
      }
    }

    const row = make('div', 'w2v-row-of-buttons');
    row.append(checkButton, stopButton, restore, bringBack, load);
    const keys = make('p', 'w2v-keys', 'Ctrl+Enter checks. Tab indents; Escape leaves the text for the Check button.');
    keys.id = `w2v-keys-${id}`;
    editor.area.setAttribute('aria-describedby', keys.id);
    input.replaceWith(editor.element);
    editor.element.after(keys, row, status);
    note.hidden = true;
    const style = output.querySelector('.w2v-feedback style');
    if (style) document.head.append(style); // the grader's own, needed when its first output is replaced
    const own = { refresh, load, say, note };
    refresh();
    return own;
  }

  const boxes = [];

  async function begin() {
    const notes = [...document.querySelectorAll('.w2v-exercise-note')];
    if (!notes.length) return;
    const { absent, cell } = await study.startEngine().manifest();
    const shown = notes.filter(note => !absent || study.hasAnswer(note.dataset.w2vExercise));
    if (absent)
      notes.forEach(
        note => (note.textContent = `This cell cannot be run here. ${absent} Or answer in a notebook: make lab.`),
      );
    boxes.push(...shown.map(box));
    for (const { load, say } of boxes) {
      if (absent) say(`This cannot be checked here, but what you type is kept. ${absent}`, 'bad');
      else load.textContent = `The first check loads ${study.size(cell.bytes)} once, from this site; nothing is sent.`;
    }
  }
  begin();
})();
