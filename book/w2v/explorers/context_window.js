// A sentence, a center position, a window: the pairs, and the rows of V and U that receive a gradient.
import { h } from './tree.js';
import { controls, figure, panel, panels, read, rect, say, text } from './marks.js';
import { choice, stateSlider, toggle } from './controls.js';

// Returns the positions of the outside words, in the order of the sentence.
export const outsidePositions = (tokens, center, window) =>
  tokens.map((_, t) => t).filter(t => t !== center && Math.abs(t - center) <= window);

const sentence = (s, around, set) =>
  h(
    'div',
    { class: 'w2v-tokens', role: 'group', 'aria-label': 'sentence' },
    s.tokens.map((word, t) =>
      toggle(word, t === s.center, () => set({ center: t }), {
        class: around.includes(t) ? 'w2v-outside' : '',
        'aria-label': `${word}${t === s.center ? ', center word' : around.includes(t) ? ', outside word' : ''}`,
      }),
    ),
  );

const pairList = (s, around) =>
  h(
    'p',
    { class: 'w2v-pairs' },
    around.map(t => [h('span', {}, `(${s.tokens[s.center]}, `, h('b', {}, s.tokens[t]), ')'), ' ']),
  );

// A matrix with one row a word: `filled(w)` is 0 (no gradient), 1 (gradient), 2 (as an outside word), 3 (only if drawn).
function rows(x, name, vocabulary, filled, high) {
  const cls = ['w2v-track', 'w2v-bar w2v-soft w2v-grad', 'w2v-bar w2v-grad', 'w2v-goal w2v-maybe w2v-grad'];
  return [
    text(x + 46, 16, name, 'w2v-mid'),
    vocabulary.map((_, w) => [0, 1, 2].map(d => rect(x + 32 * d, 26 + high * w, 28, high - 5, cls[filled(w)]))),
  ];
}

function matrices(s, vocabulary, around) {
  const high = Math.min(22, 300 / vocabulary.length),
    counts = vocabulary.map(word => around.filter(t => s.tokens[t] === word).length),
    others = s.loss === 'naive softmax' ? 1 : 3;
  const right = counts.map((n, w) => [n > 1 && `${n} ×`, 30 + high * (w + 0.5)]);
  return panel(
    'rows with a gradient',
    320,
    34 + high * vocabulary.length,
    vocabulary.map((word, w) =>
      text(
        76,
        28 + high * (w + 0.5),
        word,
        `w2v-end ${word === s.tokens[s.center] ? 'w2v-model w2v-strong' : counts[w] ? 'w2v-true' : ''}`,
      ),
    ),
    rows(84, '*V*, center', vocabulary, w => (vocabulary[w] === s.tokens[s.center] ? 2 : 0), high),
    rows(204, '*U*, outside', vocabulary, w => (counts[w] ? 2 : others), high),
    right.map(([label, y]) => text(300, y - 2, label, 'w2v-dim')),
  );
}

export const explorer = {
  draw(s, set) {
    const around = outsidePositions(s.tokens, s.center, s.window),
      vocabulary = [...new Set(s.tokens)],
      distinct = new Set(around.map(t => s.tokens[t])).size,
      soft = s.loss === 'naive softmax';
    return figure(
      'context window explorer',
      sentence(s, around, set),
      panels(
        h('div', {}, h('p', { class: 'w2v-head' }, 'pairs (center, outside)'), pairList(s, around)),
        matrices(s, vocabulary, around),
      ),
      say(
        'The center word “',
        s.tokens[s.center],
        '” gives ',
        read('pairs', around.length, 0),
        ' pairs. ',
        read('rowsV', 1, 0),
        ' of ',
        read('vocabulary', vocabulary.length, 0),
        ' rows of *V* and ',
        read('rowsU', soft ? vocabulary.length : distinct, 0),
        ' rows of *U* receive a gradient',
        soft
          ? ': with the naive softmax, every one.'
          : ', and those of the drawn negatives (dashed: any row may be drawn).',
      ),
      controls(
        stateSlider(s, set, 'center', 'center position', 1),
        stateSlider(s, set, 'window', 'window *m*', 1),
        choice(
          'loss',
          s.limits.loss.of.map(name => [name, name]),
          s.loss,
          loss => set({ loss }),
        ),
      ),
    );
  },
};
