// The text of the editor, kept in this browser as one types, and the earlier texts that an example or a file replaced.

const DRAFT = 'w2v-derivation',
  MOST_EARLIER = 10;

// `say(message)` is called when the browser cannot keep the text, and with '' when it can again.
function Drafts(say) {
  const tab = Math.random().toString(36).slice(2),
    adopted = new Map();
  let past = [],
    future = [],
    written = null,
    failed = false;

  function read() {
    const raw = localStorage.getItem(DRAFT);
    if (raw === null) return null;
    const found = JSON.parse(raw);
    const good =
      typeof found.text === 'string' &&
      [found.past, found.future].every(list => Array.isArray(list) && list.every(item => typeof item === 'string'));
    if (!good) throw new TypeError('not a draft');
    return found;
  }

  // The text of the last visit, or null; a record that is not ours is put aside, not lost.
  function load() {
    try {
      const found = read();
      if (found) [past, future, written] = [found.past, found.future, localStorage.getItem(DRAFT)];
      return found;
    } catch (error) {
      try {
        localStorage.setItem(`${DRAFT}-unreadable`, localStorage.getItem(DRAFT));
        say(
          `The text kept from the last visit could not be read; it lies in this browser's storage as "${DRAFT}-unreadable".`,
        );
      } catch {
        say('This browser keeps no text for this page: save it as a file before you leave.');
      }
      return null;
    }
  }

  // Another tab may have written meanwhile: its last text becomes an earlier one.
  function adopt() {
    const now = localStorage.getItem(DRAFT);
    if (written === null || now === written || now === null) return;
    try {
      const other = read();
      past = [...past.filter(text => text !== adopted.get(other.tab) && text !== other.text), other.text];
      adopted.set(other.tab, other.text);
    } catch {
      /* not a draft: nothing to adopt */
    }
  }

  // Where there is little room the oldest of the earlier texts are not stored; the page still has them.
  function save(draft) {
    for (let oldest = 0; ; oldest++) {
      try {
        adopt();
        const raw = JSON.stringify({ ...draft, tab, past: past.slice(oldest), future });
        if (raw !== written) localStorage.setItem(DRAFT, raw);
        written = raw;
        if (failed) say('');
        return (failed = false);
      } catch {
        if (oldest < past.length) continue;
        say(
          'This browser cannot keep the text (its storage is full or switched off): save it as a file before you leave.',
        );
        return (failed = true);
      }
    }
  }

  return {
    load,
    save,
    replaced: text => {
      if (text.trim() && text !== past.at(-1)) past = [...past, text].slice(-MOST_EARLIER);
      future = [];
    },
    follow: texts => {
      future = [...texts].reverse();
    },
    earlier: text => {
      const back = past.pop();
      if (text.trim()) future.push(text);
      return back;
    },
    later: text => {
      const forth = future.pop();
      if (text.trim()) past.push(text);
      return forth;
    },
    counts: () => ({ earlier: past.length, later: future.length }),
  };
}
