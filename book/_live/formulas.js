// Finds the mathematics of a text and typesets it with KaTeX; what KaTeX cannot read is shown as it was typed.
// Joined with its neighbours into check_page.js by the build; `katex` is the browser build of KaTeX.

const LONGEST_FORMULA = 6000; // characters; a longer one would stop the page for seconds
const KATEX = { strict: 'ignore', trust: false, maxExpand: 1000, maxSize: 20, throwOnError: true };
const PLAIN_ENVIRONMENT = /^(equation|displaymath|math|dmath|subequations)$/;
const OTHER_NAME = { eqnarray: 'align', flalign: 'align', multline: 'gather' };
const OPENING = new RegExp(
  [
    String.raw`^[ \t]*(?<fence>\x60{3,}|~{3,})(?<info>[^\n]*)$`,
    '<!--(?!>)',
    String.raw`(?<code>\x60+)`,
    String.raw`\\begin\{(?<env>equation|` +
      String.raw`align|gather|eqnarray|multline|displaymath|flalign|alignat|math|dmath|split|aligned|gathered|subequations|cases)(?<star>\*?)\}`,
    String.raw`\\\[`,
    String.raw`\\\(`,
    String.raw`\\.`,
    String.raw`\$\$`,
    String.raw`\$`,
  ].join('|'),
  'gm',
);
const CLOSING = { '<!--': '-->', '\\[': '\\]', '\\(': '\\)', $$: '$$', $: '$' };

// The pieces of a text in order: {kind: 'text' | 'inline' | 'display' | 'code' | 'comment', text, start, end}.
function piecesOf(text) {
  const pieces = [],
    none = new Set(); // closings that do not come any more
  const find = (closing, from) => {
    const at = none.has(closing) ? -1 : text.indexOf(closing, from);
    if (at < 0) none.add(closing);
    return at;
  };
  let done = 0;
  const add = (kind, start, from, to, end) => {
    if (start > done) pieces.push({ kind: 'text', text: text.slice(done, start), start: done, end: start });
    pieces.push({ kind, text: text.slice(from, to), start, end });
    OPENING.lastIndex = done = end;
  };
  OPENING.lastIndex = 0;
  for (let match = OPENING.exec(text); match; match = OPENING.exec(text)) {
    const open = match[0],
      start = match.index,
      from = start + open.length,
      { fence, info, code, env, star } = match.groups;
    if (fence) {
      const at = find(`\n${fence}`, from),
        to = at < 0 ? text.length : at;
      const kind = /^\s*(\{?math|latex|tex)\b/.test(info) ? 'display' : 'code';
      add(kind, start, Math.min(from + 1, to), to, at < 0 ? text.length : at + 1 + fence.length);
    } else if (code) {
      const at = find(code, from);
      if (at >= 0 && !/\n/.test(text.slice(from, at))) add('code', start, from, at, at + code.length);
    } else if (env) {
      const end = `\\end{${env}${star}}`,
        at = find(end, from);
      if (at >= 0) add('display', start, start, at + end.length, at + end.length);
    } else if (open in CLOSING) {
      const closing = CLOSING[open],
        at = find(closing, from);
      if (at < 0 || (open === '$' && /\n[ \t]*\n/.test(text.slice(from, at)))) continue;
      const kind = open === '<!--' ? 'comment' : open === '$' || open === '\\(' ? 'inline' : 'display';
      if (at > from) add(kind, start, from, at, at + closing.length);
    }
  }
  if (done < text.length) pieces.push({ kind: 'text', text: text.slice(done), start: done, end: text.length });
  return pieces;
}

// Where the group {...} that opens at `from` ends, or -1.
function endOfGroup(text, from) {
  let depth = 0;
  for (let i = from; i < Math.min(text.length, from + 2000); i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return i;
  }
  return -1;
}

// {macros, text}: the writer's own commands in KaTeX's form, and the text with spaces in their place.
function macrosOf(text) {
  const macros = {},
    spans = [];
  const definition =
    /\\(?:(?:re|provide)?newcommand\*?|DeclareMathOperator(\*?))\s*\{?(\\[A-Za-z]+)\}?\s*(?:\[\d\])?\s*(?=\{)|\\def\s*(\\[A-Za-z]+)(?:#\d)*(?=\{)/g;
  for (const match of text.matchAll(definition)) {
    const from = match.index + match[0].length,
      to = endOfGroup(text, from),
      body = text.slice(from + 1, to);
    if (to < 0) continue;
    macros[match[2] || match[3]] = match[1] === undefined ? body : `\\operatorname${match[1]}{${body}}`;
    spans.push([match.index, to + 1]);
  }
  for (const [from, to] of spans.reverse())
    text = text.slice(0, from) + text.slice(from, to).replace(/[^\n]/g, ' ') + text.slice(to);
  return { macros, text };
}

// TeX as KaTeX likes it: no labels, no numbers, rows only inside an environment.
function tidy(tex) {
  const body = tex
    .replace(/^[ \t]*>[ \t]?/gm, '')
    .replace(/\\label\{[^{}]*\}/g, '')
    .replace(/\\begin\{alignat(\*?)\}\{\d+\}/g, '\\begin{alignat$1}')
    .replace(/\\(begin|end)\{(\w+)(\*?)\}/g, (all, way, name) => {
      if (PLAIN_ENVIRONMENT.test(name)) return '';
      const known = OTHER_NAME[name] || (name === 'alignat' ? 'align' : name);
      return /^(align|gather)$/.test(known) ? `\\${way}{${known}*}` : all;
    })
    .trim();
  return /\\\\/.test(body) && !/\\begin\{/.test(body) ? `\\begin{aligned}${body}\\end{aligned}` : body;
}

// Typesets `tex` into `element`, or shows it as typed, in red, with the reason.
function typeset(element, tex, display, macros) {
  const refuse = reason => {
    const typed = document.createElement('code'),
      why = document.createElement('small');
    typed.textContent = tex;
    why.textContent = ` ${reason}`;
    typed.className = 'w2v-bad-tex';
    element.replaceChildren(typed, why);
  };
  if (tex.length > LONGEST_FORMULA) return refuse(`(${tex.length} characters: too long to be set here)`);
  try {
    katex.render(tidy(tex), element, { ...KATEX, displayMode: display, macros: { ...macros } });
    if (element.scrollWidth > element.clientWidth && element.classList.contains('w2v-scroll')) element.tabIndex = 0;
  } catch (error) {
    refuse(
      `(${String(error.message)
        .replace(/^KaTeX parse error: /, '')
        .replace(/ at position \d+:.*$/s, '')})`,
    );
  }
}

// A function later(element, work): does the work when the element comes near the part of `root` that is seen.
function whenSeen(root) {
  const work = new WeakMap();
  const observer = new IntersectionObserver(
    entries => {
      for (const { target, isIntersecting } of entries)
        if (isIntersecting) {
          observer.unobserve(target);
          work.get(target)();
        }
    },
    { root, rootMargin: '400px' },
  );
  return (element, job) => {
    work.set(element, job);
    observer.observe(element);
  };
}

// Calls step(item) for every item, a few milliseconds in each frame, until done or until `wanted()` says no.
function inSlices(items, step, wanted, finish = () => {}) {
  let index = 0;
  const slice = () => {
    if (!wanted()) return;
    for (const until = performance.now() + 8; index < items.length && performance.now() < until; ) step(items[index++]);
    if (index < items.length) setTimeout(slice, 0);
    else finish();
  };
  slice();
}
