// The few elements that the exercise boxes and the exercises page are made of.
(() => {
  const study = (window.w2vStudy = window.w2vStudy || {});

  study.make = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };

  study.button = (text, action) => {
    const made = study.make('button', 'w2v-button', text);
    made.type = 'button';
    made.addEventListener('click', action);
    return made;
  };

  // say(text, kind), which changes a line that a screen reader announces; kind is 'good', 'bad' or nothing.
  study.sayIn =
    line =>
    (text, kind = '') => {
      line.textContent = text;
      line.className = `w2v-say-status ${kind && `w2v-${kind}`}`;
    };

  // A new line that a screen reader announces, and its say.
  study.statusLine = () => {
    const line = study.make('p', 'w2v-say-status');
    line.setAttribute('role', 'status');
    return { line, say: study.sayIn(line) };
  };
})();
