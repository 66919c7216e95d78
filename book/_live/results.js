// The verdicts of a check: one item for each step, made in slices; formulas are set when they are seen.

const MARKS = { proved: '✓', definition: '≔', transposed: 'ᵀ', refuted: '✗', 'ill-typed': '⚠', unreadable: '?', unsettled: '…' };
const KIND = { proved: 'good', definition: 'good', transposed: 'bad', refuted: 'bad', 'ill-typed': 'bad', unreadable: 'open', unsettled: 'open' };

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

// What stands beside a verdict: assumptions, reason, counterexample, and the repaired step.
function notesOf(step, later) {
  const notes = [];
  if (step.assumptions.length) notes.push(made('p', '', `assumes ${unequal(step.assumptions.join(', '))}`));
  if (step.reason) notes.push(made('p', '', step.reason));
  if (step.counterexample) notes.push(made('p', '', made('b', '', 'counterexample '), ...lowered(step.counterexample.text)));
  if (step.suggestion) {
    const { name, side, latex } = step.suggestion, whole = side === 'left' ? `${latex} = ${step.rhs}` : `${step.lhs} = ${latex}`;
    const formula = made('span', 'w2v-scroll', latex);
    later(formula, () => typeset(formula, side === 'left' || side === 'right' ? whole : latex, false, {}));
    notes.push(made('p', '', made('b', '', `repaired (${name}) `), formula));
  }
  return notes;
}

function stepElement(step, before, sourceLine, later, go) {
  const goesOn = before && step.step > 1 && before.chain === step.chain && before.rhs === step.lhs;
  const line = made('button', 'w2v-line', `line ${step.line}`), formula = made('div', 'w2v-scroll w2v-step');
  const verdict = made('strong', 'w2v-verdict', `${MARKS[step.status]} ${step.status}`);
  line.type = 'button';
  const source = made('code', 'w2v-source', sourceLine.trim().slice(0, 160));
  const tex = `${goesOn ? '' : step.lhs} = ${step.rhs}`;
  formula.textContent = tex;
  if (step.lhs || step.rhs) later(formula, () => typeset(formula, tex, true, {}));
  else formula.hidden = true;
  const item = made('li', `w2v-${KIND[step.status]}`, made('div', 'w2v-where', line, source), verdict, formula, made('div', 'w2v-notes', ...notesOf(step, later)));
  item.dataset.status = step.status;
  item.addEventListener('click', event => {
    if (event.target.closest('button') || getSelection().isCollapsed) go(step.line);
  });
  return item;
}

// results.show(report, text, go) fills `list`; go(line) is called when a step is chosen. results.clear() empties it.
function Results(list) {
  const later = whenSeen(null);
  let round = 0;
  return {
    clear: () => { round++; list.replaceChildren(); },
    show: ({ steps }, text, go) => {
      const own = ++round, lines = text.split(/\r\n|\r|\n/);
      list.replaceChildren();
      list.dataset.complete = 'no';
      inSlices(steps.map((step, index) => [step, steps[index - 1]]),
        ([step, before]) => list.append(stepElement(step, before, lines[step.line - 1] || '', later, go)),
        () => own === round, () => { list.dataset.complete = 'yes'; });
    },
  };
}
