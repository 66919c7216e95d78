// Lines to be judged before the verdict is opened, and the game that draws from all of them. What was found is kept beside the exercises.
(() => {
  const study = window.w2vStudy,
    { make, button, progress } = study;
  const VERDICTS = {
    proved: 'It holds',
    refuted: 'It is false',
    transposed: 'Only after a transpose',
    'ill-typed': 'The shapes do not fit',
  };
  const KEY = 'line-'; // what the names of lines begin with in the record
  const ROUND = [1, 1, 2, 2, 3, 3]; // the levels of a round of the game
  const own = [...document.querySelectorAll('.w2v-puzzle')];

  // The question of a puzzle and its possible answers, {answer: words}.
  function asked({ w2vSteps }) {
    if (w2vSteps === '1') return ['Does the line hold?', VERDICTS];
    const steps = Array.from({ length: Number(w2vSteps) }, (_, n) => [`${n + 1}`, `Step ${n + 1}`]);
    return [
      'Which step is the first that does not hold?',
      Object.fromEntries([...steps, ['none', 'All of them hold']]),
    ];
  }

  // Adds the question to a puzzle; calls settled(right at the first answer) once, at the right answer or when the verdict is opened.
  function ask(puzzle, settled = () => {}) {
    const [question, answers] = asked(puzzle.dataset),
      id = KEY + puzzle.dataset.w2vPuzzle,
      fold = puzzle.querySelector('details'),
      { line, say } = study.statusLine(),
      row = make('div', 'w2v-row-of-buttons');
    let tries = 0,
      open = true;
    const stars = '★'.repeat(puzzle.dataset.w2vLevel);
    const words = make('p', 'w2v-puzzle-question', `${question} `);
    words.append(make('span', 'w2v-puzzle-level', stars), ' ', make('span', 'w2v-tick'));
    words.querySelector('.w2v-puzzle-level').setAttribute('aria-label', `difficulty ${stars.length} of 3`);
    words.querySelector('.w2v-puzzle-level').setAttribute('role', 'img');
    row.setAttribute('role', 'group');
    row.setAttribute('aria-label', question);

    function end(right) {
      open = false;
      for (const each of row.children) each.disabled = true;
      settled(right);
    }
    function answer(chosen, pressed) {
      tries += 1;
      if (chosen !== puzzle.dataset.w2vAnswer) {
        pressed.disabled = true;
        say('No. Look again, or open the verdict.', 'bad');
        row.querySelector('button:enabled')?.focus();
        return;
      }
      pressed.classList.add('w2v-chosen');
      end(tries === 1);
      progress.pass(id);
      say(tries === 1 ? 'Right.' : `Right, at answer ${tries}.`, 'good');
      fold.open = true;
      fold.querySelector('summary').focus();
    }
    for (const [value, label] of Object.entries(answers)) {
      const made = button(label, () => answer(value, made));
      row.append(made);
    }
    fold.addEventListener('toggle', () => {
      if (!fold.open || !open) return;
      end(false);
      say('The verdict is open, so this line does not count now.');
    });
    fold.before(words, row, line);
    progress.onChange(({ passed }) => {
      words.querySelector('.w2v-tick').textContent = Object.hasOwn(passed, id) ? '✓ found' : '';
    });
  }

  const place = document.querySelector('.w2v-game');
  if (place) game(place);
  for (const puzzle of own) ask(puzzle);

  function game(place) {
    const copies = [...place.querySelector('template').content.querySelectorAll('.w2v-puzzle')];
    const all = [...own.map(puzzle => puzzle.cloneNode(true)), ...copies];
    const links = new Map(own.map((puzzle, n) => [all[n], `#${puzzle.closest('section').id}`]));
    for (const copy of copies) links.set(copy, copy.parentElement.dataset.w2vWhere);
    const id = puzzle => KEY + puzzle.dataset.w2vPuzzle;
    const total = make('p', 'w2v-puzzle-total'),
      board = make('div', 'w2v-board'),
      begin = button('Begin', () => next(drawn(), 0, 0));
    place.append(total, begin, board);
    progress.onChange(({ passed }) => {
      total.textContent = `You have found ${all.filter(each => Object.hasOwn(passed, id(each))).length} of ${all.length} lines.`;
    });

    // A round: from each level as many as it has in ROUND, those first that were not found yet.
    function drawn() {
      const { passed } = progress.read(),
        rank = new Map(all.map(each => [each, Math.random() + Object.hasOwn(passed, id(each))]));
      const left = [...all].sort((a, b) => rank.get(a) - rank.get(b));
      return ROUND.map(
        level =>
          left.splice(
            left.findIndex(each => each.dataset.w2vLevel === String(level)),
            1,
          )[0],
      );
    }

    function next(round, at, right) {
      begin.hidden = at < round.length;
      const head = make('p', 'w2v-board-head');
      head.tabIndex = -1;
      board.replaceChildren(head);
      if (at === round.length) {
        head.textContent = `${right} of ${round.length} at the first answer.`;
        begin.textContent = 'Play again';
      } else {
        const puzzle = round[at].cloneNode(true),
          more = button(at + 1 < round.length ? 'Next line' : 'The result', () => next(round, at + 1, score)),
          where = make('a', '', 'where it stands');
        let score = right;
        where.href = links.get(round[at]);
        more.hidden = where.hidden = true;
        head.textContent = `Line ${at + 1} of ${round.length}`;
        board.append(puzzle, more, ' ', where);
        ask(puzzle, first => {
          score += first;
          more.hidden = where.hidden = false;
        });
      }
      head.focus();
    }
  }
})();
