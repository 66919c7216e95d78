// The gradient of the naive softmax loss for all outside vectors: five multiples of v_c, a matrix of rank one.
import { arrow, controls, figure, line, panel, panels, read, readPair, say, text, value } from './marks.js';
import { choice } from './controls.js';
import { cross } from './plane.js';
import { arrowFrom, cell, handles, names, outsideArrows, outsideChoice, vectorPlane } from './vectors.js';
import { naiveSoftmax } from './maths.js';

// The multiplication table of `side` (down) and `top` (across): { names, values, of, cls } each. The words' direction has the sum, zero.
function table(title, side, top, at, wordsAcross) {
  const left = 64,
    wide = (252 - (wordsAcross ? 44 : 0)) / top.values.length,
    high = wordsAcross ? 62 : 46,
    X = c => left + wide * (c + 0.5),
    Y = r => 84 + high * r;
  const sums = (wordsAcross ? side : top).values.map((_, i) =>
    (wordsAcross ? top : side).values.reduce((t, _, j) => t + (wordsAcross ? at(i, j) : at(j, i)), 0),
  );
  const end = wordsAcross ? left + wide * top.values.length : 60 + high * side.values.length;
  return panel(
    title,
    320,
    wordsAcross ? 220 : 350,
    text(2, 16, title),
    text(left - 8, 50, wordsAcross ? '*ŷ* − *y*' : '*v*_cᵀ', 'w2v-end w2v-dim'),
    top.names.map((name, c) => [
      text(X(c), 38, name, `w2v-mid ${top.cls[c]}`),
      text(X(c), 56, [value(`${top.of}.${c}`, top.values[c], 2)], 'w2v-mid w2v-dim'),
    ]),
    side.names.map((name, r) => [
      text(left - 8, Y(r), name, `w2v-end ${side.cls[r]}`),
      text(left - 8, Y(r) + 17, [value(`${side.of}.${r}`, side.values[r], 2)], 'w2v-end w2v-dim'),
    ]),
    line(left, 63, wordsAcross ? end : 316, 63, 'w2v-axis'),
    line(left, 63, left, wordsAcross ? 60 + high * side.values.length : end, 'w2v-axis'),
    side.values.map((_, r) => top.values.map((_, c) => cell(X(c), Y(r), at(r, c), `cell.${r}.${c}`))),
    wordsAcross
      ? [text(300, 38, 'sum', 'w2v-mid'), sums.map((s, r) => text(300, Y(r) + 4, [value(`sum.${r}`, s, 2)], 'w2v-mid'))]
      : [
          text(left - 8, end + 18, 'sum', 'w2v-end'),
          sums.map((s, c) => text(X(c), end + 18, [value(`sum.${c}`, s, 2)], 'w2v-mid')),
        ],
  );
}

function gradientTable({ words, v_c, o, convention }, { delta }) {
  const vector = { names: ['*v*_{c1}', '*v*_{c2}'], values: v_c, of: 'v_c', cls: ['', ''] };
  const byWord = { names: words, values: delta, of: 'delta', cls: words.map((_, w) => (w === o ? 'w2v-true' : '')) };
  return convention === 'columns'
    ? table('∂*J*/∂*U* = *v*_c (*ŷ* − *y*)ᵀ, one word per column', vector, byWord, (r, c) => v_c[r] * delta[c], true)
    : table('∂*J*/∂*U* = (*ŷ* − *y*) *v*_cᵀ, one word per row', byWord, vector, (r, c) => delta[r] * v_c[c], false);
}

export const explorer = {
  draw(s, set) {
    const P = vectorPlane(),
      m = naiveSoftmax(s.v_c, s.o, s.U);
    return figure(
      'outside vectors explorer',
      panels(
        panel(
          'gradients and vectors',
          320,
          320,
          cross(P),
          outsideArrows(P, s),
          arrow(P.at([0, 0]), P.at(s.v_c), 'w2v-ink'),
          s.U.map((u, w) => arrowFrom(P, u, m.gradU[w], 'w2v-grad')),
          handles(P, s, set),
          names(
            P,
            s,
            [],
            s.U.map((u, w) => u.map((x, d) => x + m.gradU[w][d] / 2)),
          ),
        ),
        gradientTable(s, m),
      ),
      say(
        'Each word’s gradient is its number (*ŷ* − *y*)_w times *v*_c = ',
        readPair('v_c', s.v_c),
        '. The numbers sum to zero: −',
        read('missing', -m.delta[s.o]),
        ' for the observed “',
        s.words[s.o],
        '”, and ',
        read(
          'others',
          m.delta.reduce((t, d, w) => (w === s.o ? t : t + d), 0),
        ),
        ' shared by the others.',
      ),
      controls(
        choice(
          'matrix convention',
          [
            ['columns', 'columns (as in the assignment)'],
            ['rows', 'rows (as in NumPy)'],
          ],
          s.convention,
          convention => set({ convention }),
        ),
        outsideChoice(s, set),
      ),
    );
  },
};
