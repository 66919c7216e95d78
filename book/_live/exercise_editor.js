// The text area of an exercise: grows with its text, knows indentation, and keeps everything that was typed.
// localStorage['w2v-answer:ID'] = {"text": ..., "earlier": [texts that "restore the starter" put away]}
(() => {
  const study = (window.w2vStudy = window.w2vStudy || {});
  const INDENT = '    ';

  // What is kept under a key, or null; a text that is not ours is put aside, not overwritten.
  function stored(key) {
    try {
      const raw = localStorage.getItem(key);
      if (raw === null) return null;
      try {
        const found = JSON.parse(raw);
        if (typeof found.text === 'string' && found.earlier.every(text => typeof text === 'string')) return found;
      } catch {
        /* no JSON, or not of this shape */
      }
      localStorage.setItem(`${key}-unreadable`, raw);
    } catch {
      /* the browser keeps nothing: the first change says so */
    }
    return null;
  }

  const keyOf = id => `w2v-answer:${id}`;
  study.hasAnswer = id => Boolean(stored(keyOf(id)));

  const lineStart = (text, at) => (at ? text.lastIndexOf('\n', at - 1) + 1 : 0);

  // Types into the text area so that the browser's own undo knows it.
  function type(area, from, to, text) {
    area.focus();
    area.setSelectionRange(from, to);
    const typed = text
      ? document.execCommand('insertText', false, text)
      : from === to || document.execCommand('delete');
    if (!typed) {
      area.setRangeText(text, from, to, 'end');
      area.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }

  function indent(area, back) {
    const { selectionStart: from, selectionEnd: to, value } = area;
    if (from === to && !back) return type(area, from, to, INDENT.slice((from - lineStart(value, from)) % 4));
    const start = lineStart(value, from),
      lines = value.slice(start, to).split('\n');
    const moved = lines.map(line => (back ? line.replace(/^ {1,4}/, '') : line && INDENT + line)).join('\n');
    if (moved === value.slice(start, to)) return;
    type(area, start, to, moved);
    if (from === to) area.setSelectionRange(...Array(2).fill(Math.max(start, to - (to - start - moved.length))));
    else area.setSelectionRange(start, start + moved.length);
  }

  function newline(area) {
    const { selectionStart: from, selectionEnd: to, value } = area,
      line = value.slice(lineStart(value, from), from);
    type(area, from, to, `\n${line.match(/^ */)[0]}${/:\s*(#.*)?$/.test(line) ? INDENT : ''}`);
  }

  // editor({id, starter, name, leave, check, say}) -> {element, area, text, swap, earlier, isStarter, mark, goTo}
  study.editor = ({ id, starter, name, leave, check, say, changed }) => {
    const key = keyOf(id);
    let { text, earlier } = stored(key) || { text: starter, earlier: [] },
      isUnsaved = false;

    const element = document.createElement('div');
    element.className = 'w2v-editor';
    element.innerHTML =
      '<pre class="w2v-gutter" aria-hidden="true"></pre>' +
      '<textarea wrap="off" spellcheck="false" autocomplete="off" autocapitalize="off"></textarea>';
    const [gutter, area] = element.children;
    area.setAttribute('aria-label', `Your answer: ${name}`);
    area.value = text;

    function fit() {
      const lines = area.value.split('\n').length;
      area.rows = lines;
      gutter.textContent = Array.from({ length: lines }, (_, i) => i + 1).join('\n');
    }

    function keep() {
      text = area.value;
      try {
        if (text === starter && !earlier.length) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify({ text, earlier }));
        if (isUnsaved) say('Your text is kept in this browser again.');
        isUnsaved = false;
      } catch {
        if (!isUnsaved)
          say('This browser does not keep the text. Copy it to a safe place before you leave the page.', 'bad');
        isUnsaved = true;
      }
      changed?.();
    }

    function mark(line) {
      element.classList.toggle('w2v-has-error', Boolean(line));
      element.style.setProperty('--w2v-line', line || 0);
    }

    function show(next) {
      type(area, 0, area.value.length, next);
      keep();
    }

    const restore = () => {
      if (area.value === starter) return;
      earlier.push(area.value);
      show(starter);
    };
    // Brings back the text put away last; the present one goes to the end of the queue, so that nothing is lost.
    const bringBack = () => {
      const next = earlier.pop();
      if (area.value !== starter) earlier.unshift(area.value);
      show(next);
    };

    area.addEventListener('input', () => (fit(), mark(0), keep()));
    area.addEventListener('keydown', event => {
      if (event.isComposing || event.altKey) return;
      const held = event.ctrlKey || event.metaKey;
      if (event.key === 'Enter' && held) check();
      else if (event.key === 'Escape') leave();
      else if (event.key === 'Tab' && !held) indent(area, event.shiftKey);
      else if (event.key === 'Enter' && !event.shiftKey) newline(area);
      else return;
      event.preventDefault();
    });
    const follow = () => {
      const found = stored(key) || { text: starter, earlier: [] };
      if (isUnsaved || found.text === area.value) return;
      ({ text, earlier } = found);
      area.value = text;
      fit();
      mark(0);
      changed?.();
    };
    addEventListener('storage', event => event.key === key && follow());
    addEventListener('pageshow', event => event.persisted && follow());
    addEventListener('beforeunload', event => isUnsaved && event.preventDefault());
    fit();

    return {
      element,
      area,
      restore,
      bringBack,
      mark,
      text: () => area.value,
      earlier: () => earlier.length,
      isStarter: () => area.value === starter,
      goTo: line => {
        const before =
          area.value
            .split('\n')
            .slice(0, line - 1)
            .join('\n').length +
          (line > 1);
        area.focus();
        area.setSelectionRange(before, before + (area.value.split('\n')[line - 1] || '').length);
      },
    };
  };
})();
