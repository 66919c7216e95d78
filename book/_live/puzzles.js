// Lines to be judged before the verdict is opened, and the game that draws from all of them. What was found is kept beside the exercises.
(() => {
  const study = window.w2vStudy,
    { make, button, progress } = study;
  const KEY = 'line-'; // what the names of lines begin with in the record
  const ROUND = [1, 1, 2, 2, 3, 3]; // the levels of a round of the game
  const own = [...document.querySelectorAll('.w2v-puzzle')];

  // Brings the question of a puzzle to life; calls settled(right at the first answer) once, at the right answer or when the verdict is opened.
  function ask(puzzle, settled = () => {}) {
    const id = KEY + puzzle.dataset.w2vPuzzle,
      fold = puzzle.querySelector('details'),
      row = puzzle.querySelector('.w2v-row-of-buttons'),
      say = study.sayIn(puzzle.querySelector('.w2v-say-status'));
    let tries = 0,
      open = true;

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
    for (const each of row.children) {
      each.disabled = false; // Firefox remembers over a reload what was pressed
      each.addEventListener('click', () => answer(each.value, each));
    }
    fold.addEventListener('toggle', () => {
      if (!fold.open || !open) return;
      end(false);
      say('The verdict is open, so this line does not count now.');
    });
    progress.onChange(({ passed }) => {
      puzzle.querySelector('.w2v-tick').textContent = Object.hasOwn(passed, id) ? '✓ found' : '';
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
    const [total, begin, board] = ['.w2v-puzzle-total', '.w2v-begin', '.w2v-board'].map(part =>
      place.querySelector(`:scope > ${part}`),
    );
    begin.addEventListener('click', () => next(drawn(), 0, 0));
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
