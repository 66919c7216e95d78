// Keeps a figure alive in an element: a model (a widget's, or the site's own) on one side, the picture on the other.
import { h, patch } from './tree.js';
import { button, toggle } from './controls.js';

const SETTLED = 600;
const still = () => globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches;

function quietly(act) {
  try {
    act();
  } catch {
    /* some hosts refuse to save or to forget listeners; nothing is lost */
  }
}

// The readout is repeated for screen readers once the figure has come to rest.
function announcer(el) {
  const region = document.createElement('div');
  let timer;
  region.className = 'w2v-announce';
  region.setAttribute('aria-live', 'polite');
  el.append(region);
  return {
    soon() {
      clearTimeout(timer);
      timer = setTimeout(() => {
        region.textContent = el.querySelector('.w2v-say')?.textContent ?? '';
      }, SETTLED);
    },
    stop() {
      clearTimeout(timer);
    },
  };
}

const playButton = (figure, state, set) =>
  figure.tick && toggle(state.playing ? 'Pause' : 'Play', state.playing, () => set({ playing: !state.playing }));

const footer = (figure, state, set, start, link) =>
  h(
    'div',
    { class: 'w2v-footer' },
    playButton(figure, state, set),
    button('Reset', () => set(start)),
    link && button('Copy link', link),
  );

// Playing goes step by step, or at once for a reader who asked for less motion.
// Hosts `figure` = { draw(state, set), tick(state), every }. Returns the function that lets go of the element.
export function mount({ model, el, figure, link }) {
  const keys = model.get('_keys'),
    limits = model.get('_limits'),
    start = model.get('_start');
  const body = document.createElement('div');
  let frame = 0,
    timer = 0;
  const state = () => ({ ...Object.fromEntries(keys.map(key => [key, model.get(key)])), limits });
  const set = part => {
    for (const [key, value] of Object.entries(part)) model.set(key, value);
    quietly(() => model.save_changes());
    paint();
  };
  function paint() {
    cancelAnimationFrame(frame);
    frame = 0;
    const now = state(),
      tree = figure.draw(now, set);
    patch(body, { ...tree, kids: [...tree.kids, footer(figure, now, set, start, link?.(now))] });
    speak.soon();
    if (now.playing) play();
  }
  function play() {
    const whole = still() ? 500 : 1,
      step = () => {
        timer = 0;
        let now = state();
        for (let n = 0; n < whole && now.playing; n++) now = { ...now, ...figure.tick(now) };
        set(Object.fromEntries(keys.map(key => [key, now[key]])));
      };
    timer ||= setTimeout(step, figure.every);
  }
  // A change by hand is painted at once, so that no key press is lost; changes from the kernel once a frame.
  const soon = () => {
    frame ||= requestAnimationFrame(paint);
  };
  el.replaceChildren(body);
  const speak = announcer(el);
  paint();
  keys.forEach(key => model.on(`change:${key}`, soon));
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    speak.stop();
    quietly(() => keys.forEach(key => model.off(`change:${key}`, soon)));
  };
}
