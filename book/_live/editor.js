// The text area with its preview, its place, its examples, files and earlier texts.

const PREVIEW_DELAY = 150,
  SAVE_DELAY = 300;
const byId = id => document.getElementById(`w2v-${id}`);

function afterwards(delay, job) {
  // the job runs once, `delay` milliseconds after the last call, or at once by now()
  let timer = null;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      job();
    }, delay);
  };
  wait.now = () => {
    if (timer !== null) {
      clearTimeout(timer);
      timer = null;
      job();
    }
  };
  return wait;
}

// `gallery` is {examples: [{title, text}], macros}; edited() is called after every change, replaced() when another text came.
function Editor(gallery, edited, replaced) {
  const text = byId('text'),
    layout = byId('layout'),
    preview = Preview(byId('preview'), gallery.macros);
  const drafts = Drafts(message => {
    byId('warning').textContent = message;
  });
  const save = afterwards(SAVE_DELAY, () => drafts.save({ text: text.value, layout: layout.value }));
  const draw = afterwards(PREVIEW_DELAY, () => preview.show(text.value));
  const say = message => {
    byId('summary').textContent = message;
  };

  function showPlace() {
    const before = text.value.slice(0, text.selectionStart);
    byId('where').textContent = `line ${before.split('\n').length} of ${text.value.split('\n').length}`;
  }

  function changed() {
    save();
    byId('preview').setAttribute('aria-busy', 'true');
    draw();
    showPlace();
    edited();
  }

  async function share() {
    const link = await linkTo(text.value);
    if (link.length > LONGEST_LINK) return say('This text is too long for a link: save it as a file.');
    history.replaceState(null, '', link);
    try {
      await navigator.clipboard.writeText(link);
      say('The link is copied. It holds the text itself: nothing was sent, and whoever has the link has the text.');
    } catch {
      say('The address of this page now holds the text: copy it from there. Nothing was sent.');
    }
  }

  function put(value) {
    text.value = value;
    text.setSelectionRange(0, 0);
    text.scrollTop = 0;
    changed();
    for (const [name, count] of Object.entries(drafts.counts())) {
      byId(name).hidden = !count;
      byId(name).textContent = `${name === 'earlier' ? 'Earlier' : 'Later'} text (${count})`;
    }
  }

  function replace(value, others = []) {
    // what was there can be had back, unless it is an example as it stands
    if (text.value !== value && !gallery.examples.some(example => example.text === text.value))
      drafts.replaced(text.value);
    drafts.follow(others.map(other => other.text));
    put(value);
    replaced();
  }

  // The first of the files comes into the editor, and the others wait as later texts.
  async function open(files) {
    const texts = [],
      refused = [];
    for (const file of files) {
      try {
        texts.push({ name: file.name, text: await textOf(file) });
      } catch (error) {
        refused.push(error.message);
      }
    }
    if (texts.length) {
      const [first, ...others] = texts;
      replace(first.text, others);
      const names = others.map(other => other.name).join(', ');
      refused.unshift(`${first.name} is in the editor${names && `, and under "Later text" ${names}`}.`);
    }
    if (refused.length) say(refused.join(' '));
  }

  // Puts a sentence before the paragraph or the display of a line, and marks the dots in it if it has any; whether it had none.
  function insert(line, sentence) {
    const start = text.value.split('\n').slice(0, line).join('\n').length,
      piece = piecesOf(text.value).find(each => each.kind === 'display' && each.start <= start && start <= each.end),
      before = text.value.slice(0, piece ? piece.start : start),
      at = piece ? before.lastIndexOf('\n') + 1 : before.lastIndexOf('\n\n') + (before.includes('\n\n') ? 2 : 1);
    text.setRangeText(`${sentence}\n\n`, at, at, 'start');
    const dots = sentence.indexOf('\\dots');
    if (dots >= 0) {
      text.focus();
      text.setSelectionRange(at + dots, at + dots + 5);
    }
    changed();
    return dots < 0;
  }

  function download() {
    const link = Object.assign(document.createElement('a'), { download: 'derivation.md' });
    link.href = URL.createObjectURL(new Blob([text.value], { type: 'text/markdown' }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  function heightOf(lines) {
    // of the first lines, wrapped as in the text area
    const mirror = text.cloneNode();
    mirror.removeAttribute('id');
    Object.assign(mirror.style, {
      position: 'absolute',
      visibility: 'hidden',
      height: '0',
      width: `${text.offsetWidth}px`,
    });
    mirror.value = lines.join('\n');
    text.after(mirror);
    const height = mirror.scrollHeight;
    mirror.remove();
    return height;
  }

  function goTo(line) {
    const lines = text.value.split('\n'),
      start = lines.slice(0, line - 1).join('\n').length + (line > 1);
    text.focus({ preventScroll: true });
    text.setSelectionRange(start, start + (lines[line - 1] || '').length);
    text.scrollTop = heightOf(lines.slice(0, line)) - text.clientHeight / 2;
    text.scrollIntoView({ block: 'nearest' });
    preview.follow(start);
    showPlace();
  }

  function takeFilesDroppedOn(box) {
    for (const name of ['dragover', 'dragleave', 'drop']) {
      box.addEventListener(name, event => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        box.classList.toggle('w2v-drop', name === 'dragover');
        if (name === 'drop') open([...event.dataTransfer.files]);
      });
    }
  }

  function listen() {
    text.addEventListener('input', changed);
    layout.addEventListener('change', save);
    document.addEventListener(
      'selectionchange',
      afterwards(100, () => {
        if (document.activeElement === text) {
          showPlace();
          preview.follow(text.selectionStart);
        }
      }),
    );
    byId('take').addEventListener('click', () => replace(gallery.examples[Number(byId('example').value)].text));
    byId('earlier').addEventListener('click', () => put(drafts.earlier(text.value)));
    byId('later').addEventListener('click', () => put(drafts.later(text.value)));
    byId('export').addEventListener('click', download);
    byId('share').addEventListener('click', share);
    addEventListener('hashchange', openLink);
    byId('file').addEventListener('change', event => {
      const files = [...event.target.files];
      event.target.value = '';
      open(files);
    });
    for (const name of ['pagehide', 'visibilitychange']) addEventListener(name, save.now, true);
  }

  async function openLink() {
    try {
      const found = await textOfLink(location.hash);
      if (found === null) return;
      replace(found);
      say('The text of the link is in the editor.');
    } catch {
      say('The text in this link could not be read: was it copied to its end?');
    }
  }

  function begin() {
    const kept = drafts.load();
    if (kept && ['', 'columns', 'rows'].includes(kept.layout)) layout.value = kept.layout;
    put(kept ? kept.text : gallery.examples[0].text);
    draw.now();
    openLink();
    listen();
    takeFilesDroppedOn(document.querySelector('.w2v-check'));
  }

  return { begin, goTo, insert, text: () => text.value, layout: () => layout.value };
}
