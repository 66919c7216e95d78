// The verdicts of a check: one item for each step, made in slices; formulas are set when they are seen.

const MARKS = {
  proved: '✓',
  definition: '≔',
  transposed: 'ᵀ',
  refuted: '✗',
  'ill-typed': '⚠',
  unreadable: '?',
  unsettled: '…',
};
const KIND = {
  proved: 'good',
  definition: 'good',
  transposed: 'bad',
  refuted: 'bad',
  'ill-typed': 'bad',
  unreadable: 'open',
  unsettled: 'open',
};

function made(tag, className, ...content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content.filter(part => part !== null && part !== ''));
  return element;
}

const unequal = text => text.replace(/!=/g, '≠').replace(/(^|[\s(,;=])-(?=[\d.])/g, '$1−');

// The words of a counterexample, indices lowered: u_2 = (1, 2).
function lowered(text) {
  const parts = unequal(text).split(/(?<=\b[a-zA-Z])_(\d+)\b/);
  return parts.map((part, index) => (index % 2 ? made('sub', '', part) : part));
}

// Sentences that answer a question of the checker; dots are for the reader to fill in.
const ANSWERS = [
  [/^which loss is J\b/, () => ['The loss is the naive softmax loss.', 'The loss is the negative sampling loss.']],
  [/^what is in the set ([^\s?]+)/, name => [`$${name} = \\dots$`]],
  [/^what is ([^\s?,]+)/, name => [`Let $${name} = \\dots$`]],
];

function answersTo(question) {
  for (const [asked, sentences] of ANSWERS) {
    const found = asked.exec(question);
    if (found) return sentences(found[1]);
  }
  return [];
}

// What stands beside a verdict: hypotheses, domain, reason, counterexample, the repaired step, the question that would settle it.
function notesOf(step, later, { explained, add }) {
  const notes = [],
    say = (lead, words) => {
      if (words?.length) notes.push(made('p', '', lead && made('b', '', lead), unequal([words].flat().join(', '))));
    };
  say('assumes ', step.hypotheses);
  say('where ', step.domain);
  if (KIND[step.status] !== 'good') say('judged under ', step.stated);
  if (step.reason !== step.question) say('', step.reason);
  if (step.counterexample)
    notes.push(made('p', '', made('b', '', 'counterexample '), ...lowered(step.counterexample.text)));
  if (step.suggestion) {
    const { name, side, latex } = step.suggestion,
      whole = side === 'left' ? `${latex} = ${step.rhs}` : `${step.lhs} = ${latex}`;
    const formula = made('span', 'w2v-scroll', latex);
    later(formula, () => typeset(formula, side === 'left' || side === 'right' ? whole : latex, false, {}));
    notes.push(made('p', '', made('b', '', `repaired (${name}) `), formula));
    if (explained[name]) {
      const link = made('a', '', 'This slip, explained');
      link.href = explained[name];
      notes.push(made('p', '', link));
    }
  }
  say('to settle it: ', step.question);
  for (const sentence of answersTo(step.question)) {
    const button = made('button', 'w2v-answer', 'Add: ', made('code', '', sentence));
    button.type = 'button';
    button.addEventListener('click', () => add(step.line, sentence));
    notes.push(made('p', '', button));
  }
  say('', step.follows ? `follows from line ${step.follows}` : '');
  say('', step.repairs ? `repairs line ${step.repairs}` : '');
  return notes;
}

// How the text was read: each name, what it is, where that comes from; the conventions; the sentences that were not used.
function legendElement({ legend, conventions, ignored }) {
  if (!legend.length && !conventions.length && !ignored.length) return '';
  const rows = legend.map(({ name, type, origin, lines }) => {
    const head = made('th', '', made('code', '', name));
    head.scope = 'row';
    return made('tr', '', head, made('td', '', type), made('td', '', [origin, lines].filter(Boolean).join('; ')));
  });
  const notes = [...conventions, ...ignored.map(words => `not used: ${words}`)].map(words => made('p', '', words));
  const box = made('div', '', made('table', '', made('tbody', '', ...rows)), ...notes),
    all = made('details', 'w2v-legend', made('summary', '', 'How this text was read'), box);
  Object.assign(box, { tabIndex: 0, role: 'region', ariaLabel: 'How this text was read' });
  all.open = true;
  return all;
}

function stepElement(step, before, sourceLine, later, go, help) {
  const goesOn = before && step.step > 1 && before.chain === step.chain && before.rhs === step.lhs;
  const line = made('button', 'w2v-line', step.place),
    formula = made('div', 'w2v-scroll w2v-step');
  const verdict = made('strong', 'w2v-verdict', `${MARKS[step.status]} ${step.status}`);
  line.type = 'button';
  const source = made('code', 'w2v-source', sourceLine.trim().slice(0, 160));
  const tex = `${goesOn ? '' : step.lhs} = ${step.rhs}`;
  formula.textContent = tex;
  if (step.lhs || step.rhs) later(formula, () => typeset(formula, tex, true, {}));
  else formula.hidden = true;
  const item = made(
    'li',
    `w2v-${KIND[step.status]}`,
    made('div', 'w2v-where', line, source),
    verdict,
    formula,
    made('div', 'w2v-notes', ...notesOf(step, later, help)),
  );
  item.dataset.status = step.status;
  item.addEventListener('click', event => {
    if (event.target.closest('.w2v-line') || (!event.target.closest('a, button') && getSelection().isCollapsed))
      go(step.line);
  });
  return item;
}

// results.begin(text, go) empties the list; add(steps) shows verdicts as they fall; finish(report) the rest, and the legend above;
// go(line) is called when a step is chosen. results.clear() empties all.
// `help` is {explained: {slip: address}, add(line, sentence)}.
function Results(above, list, help) {
  const later = whenSeen(null);
  let round = 0,
    known = 0,
    queue = [],
    working = false,
    complete = false,
    lines = [],
    before = null,
    go = () => {};

  function clear() {
    round++;
    [known, queue, working, complete, before] = [0, [], false, false, null];
    above.replaceChildren();
    list.replaceChildren();
    list.dataset.complete = 'no';
  }

  function work() {
    const own = round;
    if (working) return;
    working = true;
    inSlices(
      queue,
      step => {
        list.append(stepElement(step, before, lines[step.line - 1] || '', later, go, help));
        before = step;
      },
      () => own === round,
      () => {
        [working, queue] = [false, []];
        if (complete) list.dataset.complete = 'yes';
      },
    );
  }

  function add(steps) {
    known += steps.length;
    queue.push(...steps);
    work();
  }

  return {
    clear,
    add,
    begin: (text, goTo) => {
      clear();
      lines = text.split(/\r\n|\r|\n/);
      go = goTo;
    },
    finish: report => {
      complete = true;
      above.replaceChildren(legendElement(report));
      add(report.steps.slice(known));
    },
  };
}
