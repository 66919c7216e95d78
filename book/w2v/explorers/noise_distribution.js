// The noise distribution count^power on the counts of a whole vocabulary: what the rare gain and the frequent lose.
import { controls, curve, dotAt, figure, line, panel, panels, read, rect, say, si, text, thousands } from './marks.js';
import { press, stateSlider } from './controls.js';
import { decades, frame, plane, ticksX, ticksY } from './plane.js';
import { noiseNormaliser } from './maths.js';

const short = p => String(+p.toPrecision(2));

// From the share of the text to the probability of being drawn, one line a word.
function shifts(s, P, share, drawn, set) {
  const high = 250 / s.words.length,
    Y = w => 40 + high * w;
  return panel(
    'shares',
    320,
    320,
    text(84, 16, 'share of the text', 'w2v-true'),
    text(316, 16, 'drawn as noise', 'w2v-end w2v-model'),
    ticksX({ ...P, Y: () => 284 }, decades(P.x)),
    line(P.X(P.x[0]), 284, P.X(P.x[1]), 284, 'w2v-axis'),
    s.words.map((word, w) =>
      press(
        `follow ${word}`,
        w === s.word,
        () => set({ word: w }),
        rect(2, Y(w) - high / 2 + 1, 316, high - 2, 'w2v-hit'),
        text(76, Y(w) + 4, word, `w2v-end ${w === s.word ? 'w2v-strong' : ''}`),
        line(P.X(share(w)), Y(w), P.X(drawn(w)), Y(w), 'w2v-link'),
        dotAt(P.X(share(w)), Y(w), 5, 'w2v-hollow w2v-true'),
        dotAt(P.X(drawn(w)), Y(w), 4.2, 'w2v-model'),
      ),
    ),
  );
}

function gains(s, ratio) {
  const counts = s.spectrum.map(([count]) => count),
    x = [Math.min(...counts), Math.max(...counts) * 1.2],
    far = Math.max(ratio(x[0]), 1 / ratio(x[1]), 3) * 1.4,
    left = s.word < s.words.length / 2,
    P = plane([46, 30, 268, 244], x, [1 / far, far], [true, true]);
  return panel(
    'gain by count',
    320,
    320,
    text(2, 16, 'drawn / share of the text'),
    frame(P),
    ticksX(P, decades(x), si),
    ticksY(
      P,
      [0.01, 0.05, 0.2, 0.5, 1, 2, 5, 20, 100].filter(t => t * far > 1 && t < far),
      t => (t < 1 ? `1/${Math.round(1 / t)}` : String(t)),
    ),
    line(P.X(x[0]), P.Y(1), P.X(x[1]), P.Y(1), 'w2v-axis'),
    curve(t => ratio(10 ** t), x.map(Math.log10), { X: t => P.X(10 ** t), Y: P.Y }, 'w2v-curve w2v-model', 24),
    s.counts.map((c, w) => dotAt(P.X(c), P.Y(ratio(c)), w === s.word ? 6 : 3.6, 'w2v-model')),
    text(
      P.X(s.counts[s.word]) + (left ? -9 : 8),
      P.Y(ratio(s.counts[s.word])) + (left ? 18 : -9),
      s.words[s.word],
      `w2v-label w2v-strong ${left ? 'w2v-end' : ''}`,
    ),
    text(314, 312, 'times the word occurs in the text', 'w2v-end w2v-dim'),
  );
}

export const explorer = {
  draw(s, set) {
    const total = noiseNormaliser(s.spectrum, 1),
      Z = noiseNormaliser(s.spectrum, s.power),
      share = w => s.counts[w] / total,
      drawn = w => s.counts[w] ** s.power / Z,
      ratio = count => (count ** (s.power - 1) * total) / Z;
    const words = noiseNormaliser(s.spectrum, 0),
      ends = [share(s.words.length - 1), share(0), 1 / words],
      P = plane([84, 30, 230, 254], [Math.min(...ends) / 1.5, Math.max(...ends) * 1.5], [0, 1], [true, false]);
    return figure(
      'noise distribution explorer',
      panels(shifts(s, P, share, drawn, set), gains(s, ratio)),
      say(
        '“',
        s.words[s.word],
        '” occurs ',
        read('count', thousands(s.counts[s.word])),
        ' times: ',
        read('share', short(share(s.word))),
        ' of the text, drawn with probability ',
        read('drawn', short(drawn(s.word))),
        ', ',
        read('ratio', ratio(s.counts[s.word]), 2),
        ' times its share. If it is the outside word, ',
        read('collisions', s.negatives * drawn(s.word), 3),
        ' of its ',
        read('K', s.negatives, 0),
        ' negatives are expected to be the word itself.',
      ),
      controls(stateSlider(s, set, 'power', 'power', 0.05), stateSlider(s, set, 'negatives', 'negatives *K*', 1)),
    );
  },
};
