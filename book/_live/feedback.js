// What a run gave, shown below its box: what was printed, the grader's feedback, or the error and what it means.
(() => {
  const study = window.w2vStudy,
    { make, button } = study;
  const MEANING = {
    SyntaxError:
      'Python cannot read this line, or the end of the one before: often a bracket, quote or colon is missing.',
    IndentationError: 'The line begins at another column than Python expects.',
    NameError: 'A name is used that nothing has defined: it is misspelt, or its import is missing.',
    ModuleNotFoundError: 'This package is not part of the Python in the page. NumPy and w2v are.',
    ZeroDivisionError: 'Something is divided by zero.',
    RecursionError: 'A function calls itself without end.',
    SystemExit: 'The code asked Python to end.',
  };
  const TAGS = new Set(
    'div p span ul ol li b strong i em code pre br details summary table thead tbody tr th td sub sup h4 h5'.split(' '),
  );
  const DROPPED = new Set('script style template iframe object embed noscript textarea title svg math'.split(' '));
  const isHarmless = name =>
    name === 'class' || name === 'open' || name === 'role' || name === 'scope' || name.startsWith('data-w2v-');

  // A copy of the feedback without what could do something: harmless tags only, no scripts, styles or addresses.
  function copy(node) {
    if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.data)];
    if (node.nodeType !== Node.ELEMENT_NODE || DROPPED.has(node.localName)) return [];
    const children = [...node.childNodes].flatMap(copy);
    if (!TAGS.has(node.localName)) return children;
    const made = document.createElement(node.localName);
    for (const { name, value } of node.attributes) if (isHarmless(name)) made.setAttribute(name, value);
    made.append(...children);
    return [made];
  }

  // The feedback in a text of HTML as a new element, or null if there is none. The text is parsed without being run.
  function cleanFeedback(html) {
    const found = new DOMParser().parseFromString(html || '', 'text/html').querySelector('div.w2v-feedback');
    return found && copy(found)[0];
  }

  // Shows the result of a run and records a pass; returns [sentence for the status line, kind].
  study.showResult = (result, id, output, goTo) => {
    output.replaceChildren();
    if (result.stdout) output.append(make('pre', 'w2v-printed', result.stdout));
    if (result.stopped) return [result.stopped, 'bad'];
    if (result.error) {
      const { type, message, line } = result.error,
        place = make('div', 'w2v-error');
      place.append(make('b', '', type), `: ${message}${line ? ` (line ${line})` : ''}`);
      if (Object.hasOwn(MEANING, type)) place.append(make('p', '', MEANING[type]));
      if (line) place.append(button(`Go to line ${line}`, () => goTo(line)));
      output.append(place);
      return [`The code stopped with an error${line ? ` in line ${line}` : ''}; nothing was judged.`, 'bad'];
    }
    const feedback = cleanFeedback(result.html);
    if (feedback) output.append(feedback);
    else if (result.text) output.append(make('pre', 'w2v-printed', result.text));
    return verdict(feedback, id);
  };

  function verdict(feedback, id) {
    if (!feedback)
      return [`The cell ran, but nothing was judged: its last line should be grade("${id}", your answer).`, 'bad'];
    const { w2vExercise: judged, w2vPassed: passed } = feedback.dataset;
    if (judged !== id) return [`This judged the exercise "${judged}"; the one here is "${id}".`, 'bad'];
    if (passed === 'true') return (study.progress.pass(id), ['✓ Passed.', 'good']);
    return passed === 'false' ? ['✗ Not passed yet: see below.', 'bad'] : ['Not answered yet.', ''];
  }
})();
