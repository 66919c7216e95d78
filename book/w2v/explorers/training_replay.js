// A recorded training run: vectors moving, the loss, the nearest neighbours of a word; several learning rates.
import { h } from './tree.js';
import { controls, dotAt, figure, fix, line, panel, panels, path, read, say, text, thousands } from './marks.js';
import { choice, slider } from './controls.js';
import { cross, frame, plane, ticksX, ticksY } from './plane.js';
import { inside, nearest, wordCloud } from './vectors.js';

function cloud(s, run, near, set) {
  const P = plane([6, 6, 308, 308], [-s.recording.reach, s.recording.reach], [-s.recording.reach, s.recording.reach]);
  return panel(
    'word vectors',
    320,
    320,
    cross(P),
    path(
      run.positions
        .slice(0, s.frame + 1)
        .map(f => f[s.word])
        .filter(p => p)
        .map(p => P.at(inside(P, p))),
      'w2v-curve w2v-trail w2v-model',
    ),
    wordCloud(P, s.words, run.positions[s.frame], s.word, near, set),
  );
}

function losses(s, runs) {
  // A run that blows up must not flatten the others: the smallest first loss sets the scale.
  const top = 1.2 * Math.min(...runs.map(run => run.losses[0] ?? Infinity)),
    P = plane([40, 30, 250, 130], [0, Math.max(...runs.flatMap(run => run.steps))], [0, top]);
  const line1 = run =>
    run.steps
      .map((step, f) => [step, run.losses[f]])
      .filter(([, loss]) => loss != null)
      .map(([step, loss]) => [P.X(step), P.Y(Math.min(loss, top))]);
  const run = runs[s.run],
    loss = run.losses[s.frame];
  return panel(
    'loss',
    320,
    200,
    text(2, 16, 'mean loss'),
    frame(P),
    ticksX(P, [0, P.x[1]], thousands),
    ticksY(P, [0, top / 2, top], v => fix(v, 1)),
    text(165, 192, 'pairs', 'w2v-mid w2v-dim'),
    runs.map((other, i) => path(line1(other), `w2v-curve ${i === s.run ? 'w2v-model' : 'w2v-other'}`)),
    runs.map(other => rateLabel(other, line1(other))),
    line(P.X(run.steps[s.frame]), 30, P.X(run.steps[s.frame]), 160, 'w2v-thin'),
    loss != null && dotAt(P.X(run.steps[s.frame]), P.Y(Math.min(loss, top)), 5, 'w2v-model'),
  );
}

// The learning rate of a curve, at its end: above it, or below and to the right where the frame ends.
function rateLabel(run, points) {
  const [x, y] = points[points.length - 1] ?? [0, 0],
    early = x < 90;
  return (
    points.length &&
    text(
      x + (early ? 5 : -5),
      y + (y < 46 ? 14 : -6),
      String(run.learning_rate),
      `w2v-dim w2v-label ${early ? '' : 'w2v-end'}`,
    )
  );
}

const neighbours = (s, list) =>
  h(
    'div',
    {},
    losses(s, s.recording.runs),
    nearest(
      s.words,
      s.word,
      list.map(([w, cosine]) => [w, cosine / 100]),
    ),
  );

export const explorer = {
  every: 120,
  tick: s => (s.frame + 1 < s.recording.runs[s.run].steps.length ? { frame: s.frame + 1 } : { playing: false }),
  draw(s, set) {
    const run = s.recording.runs[s.run],
      frame = Math.min(s.frame, run.steps.length - 1),
      now = { ...s, frame },
      list = run.neighbours[frame][s.word] ?? [];
    return figure(
      'training replay explorer',
      panels(
        cloud(
          now,
          run,
          list.map(([w]) => w),
          set,
        ),
        neighbours(now, list),
      ),
      say(
        'Learning rate ',
        read('rate', String(run.learning_rate)),
        ' (',
        run.name,
        ') after ',
        read('step', thousands(run.steps[frame])),
        ' pairs: loss ',
        read('loss', run.losses[frame] ?? NaN),
        list.length ? '.' : '. The vectors are no longer finite numbers.',
      ),
      controls(
        choice(
          'learning rate',
          s.recording.runs.map((r, i) => [i, `${r.learning_rate} ${r.name}`]),
          s.run,
          i => set({ run: i, frame: Math.min(frame, s.recording.runs[i].steps.length - 1) }),
        ),
        slider({
          name: 'frame',
          label: 'pairs',
          value: frame,
          limit: { low: 0, high: run.steps.length - 1 },
          step: 1,
          shown: thousands(run.steps[frame]),
          put: frame => set({ frame, playing: false }),
        }),
      ),
    );
  },
};
