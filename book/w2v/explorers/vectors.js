// What the planes of word vectors share: the plane itself, handles on every vector, bars of predictions, clouds of words.
import { h } from './tree.js';
import { arrow, dotAt, line, panel, path, read, rect, text, value } from './marks.js';
import { choice, handle, press } from './controls.js';
import { labels, plane } from './plane.js';

export const vectorPlane = (reach = 3) => plane([6, 6, 308, 308], [-reach, reach], [-reach, reach]);
export const outsideChoice = (s, set) =>
  choice(
    'outside word',
    s.words.map((word, w) => [w, word]),
    s.o,
    o => set({ o }),
  );
const colour = (w, o) => (w === o ? 'w2v-true' : 'w2v-quiet');

export const outsideArrows = (P, { U, o }) =>
  U.map((u, w) => arrow(P.at([0, 0]), P.at(u), `${colour(w, o)} ${w === o ? '' : 'w2v-faint'}`));

// An arrow by so much; one that leaves the plane ends at the frame, without a head.
export function arrowFrom(P, from, by, cls) {
  const shares = [P.x, P.y].map((range, d) => (range[+(by[d] > 0)] - from[d]) / by[d]).filter(t => t >= 0),
    share = Math.min(1, ...shares),
    ends = [from, from.map((x, d) => x + share * by[d])].map(P.at);
  return share < 1 ? h('g', { class: `w2v-arrow ${cls}` }, line(...ends[0], ...ends[1], '')) : arrow(...ends, cls);
}

// Handles on the outside vectors and, on top, on v_c; `moved` is what else changes when the reader drags v_c.
export const handles = (P, { words, U, v_c, o }, set, moved = {}) => [
  U.map((u, w) =>
    handle({
      label: `outside vector of ${words[w]}`,
      at: u,
      plane: P,
      cls: colour(w, o),
      move: p => set({ U: U.map((q, k) => (k === w ? p : q)), ...moved }),
    }),
  ),
  handle({ label: 'center vector', at: v_c, plane: P, cls: 'w2v-ink', move: p => set({ v_c: p, ...moved }) }),
];

export const names = (P, { words, U, v_c, o }, more = [], blocked = []) =>
  labels(
    P,
    [
      { at: v_c, text: '*v*_c', cls: 'w2v-strong' },
      ...U.map((u, w) => ({ at: u, text: words[w], cls: colour(w, o) })),
      ...more,
    ],
    blocked,
  );

// One row for each word: its name, the predicted probability, a frame of full length for the observed word. Pressing a row makes it the outside word.
export function predictions({ words, o }, yHat, set) {
  const step = Math.min(46, 270 / words.length),
    height = Math.min(22, step - 12),
    X = p => 84 + 180 * p;
  return panel(
    'predictions',
    320,
    50 + step * words.length,
    text(84, 22, 'predicted *ŷ*', 'w2v-model'),
    text(264, 22, 'observed *y*', 'w2v-end w2v-true'),
    words.map((word, w) => {
      const y = 36 + step * w;
      return [
        press(
          `${word} is the outside word`,
          w === o,
          () => set({ o: w }),
          rect(2, y - 6, 316, height + 12, 'w2v-hit'),
          text(76, y + height - 6, word, `w2v-end ${w === o ? 'w2v-true w2v-strong' : ''}`),
          rect(X(0), y, 180, height, 'w2v-track'),
          rect(X(0), y, 180 * yHat[w], height, 'w2v-bar w2v-model'),
          rect(X(0), y, w === o ? 180 : 0, height, 'w2v-goal w2v-true'),
        ),
        text(316, y + height - 6, [value(`yhat.${w}`, yHat[w])], 'w2v-end'),
      ];
    }),
  );
}

// A square whose area shows the size; full for positive, hollow for negative numbers; the number below it.
export const cell = (x, y, v, name, most = 2) => {
  const side = 3 + 23 * Math.sqrt(Math.min(1, Math.abs(v) / most));
  return [
    rect(x - side / 2, y - side / 2, side, side, v < 0 ? 'w2v-goal w2v-grad' : 'w2v-bar w2v-grad'),
    text(x, y + 29, [value(name, v, 2)], 'w2v-mid w2v-dim'),
  ];
};

export const trailPath = (P, points) => [
  path(points.map(P.at), 'w2v-curve w2v-trail'),
  points.map(p => rect(P.X(p[0]) - 1.5, P.Y(p[1]) - 1.5, 3, 3, 'w2v-bar')),
];
export const LEVELS = [0.25, 0.5, 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12];

export const inside = (P, [x, y]) => [Math.max(P.x[0], Math.min(P.x[1], x)), Math.max(P.y[0], Math.min(P.y[1], y))];

// A dot for each word, to be pressed; `at` has no place for a vector without numbers. The followed word and what is near it have colours.
export function wordCloud(P, words, at, word, near, set) {
  const cls = w => (w === word ? 'w2v-model' : near.includes(w) ? 'w2v-true' : 'w2v-quiet');
  const shown = words.map((text, w) => ({
    text,
    w,
    at: inside(P, at[w] ?? P.x),
    spare: w !== word,
    cls: `${cls(w)} ${w === word ? 'w2v-strong' : ''}`,
  }));
  return [
    shown.map(({ text, at: [x, y], w }) =>
      press(
        `follow ${text}`,
        w === word,
        () => set({ word: w }),
        dotAt(P.X(x), P.Y(y), 12, 'w2v-hit'),
        at[w] && dotAt(P.X(x), P.Y(y), w === word ? 5.5 : 3.6, cls(w)),
        h('title', {}, text),
      ),
    ),
    labels(
      P,
      shown
        .filter(({ w, at: place }) => w === word || String(place) === String(at[w]))
        .sort((a, b) => (b.w === word) - (a.w === word)),
    ),
  ];
}

// The nearest words as a list of [word, cosine].
export const nearest = (words, word, list) => [
  h('p', { class: 'w2v-head' }, 'Nearest to ', h('b', { class: 'w2v-model' }, words[word])),
  h(
    'ol',
    { class: 'w2v-near' },
    list.map(([w, cosine], i) =>
      h(
        'li',
        {},
        h('span', { class: 'w2v-true', 'data-n': `near.${i}` }, words[w]),
        ' ',
        read(`cosine.${i}`, cosine, 2),
      ),
    ),
  ),
];
