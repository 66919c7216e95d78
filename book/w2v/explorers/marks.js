// The drawing vocabulary: text with mathematics, lines, arrows, bars, curves.
import { h } from './tree.js';

const MINUS = '\u2212';

// Returns x with a fixed number of decimals, a true minus sign, and no negative zero.
export function fix(x, decimals = 2) {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? 'undefined' : x < 0 ? `${MINUS}∞` : '∞';
  const text = x.toFixed(decimals);
  return Number(text) === 0 ? (0).toFixed(decimals) : text.replace('-', MINUS);
}
export const thousands = x => String(Math.round(x)).replace(/\B(?=(\d{3})+$)/g, ',');

// 3000000 is '3 M': three digits and the prefix of the power of a thousand.
export function si(x) {
  const e = Math.floor(Math.log10(x * 1.000001) / 3);
  return `${+(x / 1000 ** e).toPrecision(3)} ${'nµm kMGT'[e + 3].trim()}`;
}
const round = x => +x.toFixed(2);

// '*v*_c' is an italic v with a subscript c; the same markup for HTML and for SVG.
const MARKUP = /\*([^*]+)\*|_\{([^}]*)\}|_(.)/g;
function markup(string, italic, sub) {
  const parts = [];
  let end = 0;
  for (const m of string.matchAll(MARKUP)) {
    parts.push(string.slice(end, m.index), m[1] ? italic(m[1]) : sub(m[2] ?? m[3]));
    end = m.index + m[0].length;
  }
  return [...parts, string.slice(end)].filter(part => part !== '');
}
const svgSub = s => [h('tspan', { class: 'w2v-sub', dy: 4 }, s), h('tspan', { dy: -4 }, '\u200b')];
const inSvg = part =>
  part?.tag || typeof part !== 'string' ? part : markup(part, s => h('tspan', { class: 'w2v-i' }, s), svgSub);
const inHtml = part =>
  part?.tag || typeof part !== 'string'
    ? part
    : markup(
        part,
        s => h('i', {}, s),
        s => h('sub', {}, s),
      );
export const html = (...parts) => parts.flat(9).map(inHtml);

// A number on show. Its name is how a test, or a reader's script, finds it.
export const value = (name, x, decimals = 3) => h('tspan', { 'data-n': name, class: 'w2v-n' }, fix(x, decimals));
export const read = (name, x, decimals = 3) =>
  h('span', { 'data-n': name, class: 'w2v-n' }, typeof x === 'string' ? x : fix(x, decimals));
export const readPair = (name, p, decimals = 2) =>
  h(
    'span',
    { class: 'w2v-n' },
    '(',
    p.map((x, d) => [d ? ', ' : '', read(`${name}.${d}`, x, decimals)]),
    ')',
  );
export const say = (...parts) => h('p', { class: 'w2v-say' }, html(parts));

export const text = (x, y, content, cls = '') =>
  h('text', { x: round(x), y: round(y), class: cls }, [content].flat(9).map(inSvg));
export const line = (x1, y1, x2, y2, cls) =>
  h('line', { x1: round(x1), y1: round(y1), x2: round(x2), y2: round(y2), class: cls });
export const dotAt = (x, y, r, cls) => h('circle', { cx: round(x), cy: round(y), r, class: cls });
export const rect = (x, y, width, height, cls, more) =>
  h('rect', {
    x: round(x),
    y: round(y),
    width: round(Math.max(0, width)),
    height: round(Math.max(0, height)),
    class: cls,
    ...more,
  });
export const path = (points, cls) =>
  h('path', { class: cls, d: points.map(([x, y], i) => `${i ? 'L' : 'M'}${round(x)} ${round(y)}`).join('') });
export const curve = (f, [from, to], { X, Y }, cls, steps = 96) =>
  path(
    Array.from({ length: steps + 1 }, (_, i) => from + ((to - from) * i) / steps).map(x => [X(x), Y(f(x))]),
    cls,
  );

// An arrow; a very short one is only its head, so that zero looks like nothing.
export function arrow([x1, y1], [x2, y2], cls) {
  const length = Math.hypot(x2 - x1, y2 - y1),
    head = Math.min(8, length),
    a = ((x2 - x1) / (length || 1)) * head,
    b = ((y2 - y1) / (length || 1)) * head;
  return h(
    'g',
    { class: `w2v-arrow ${cls}` },
    line(x1, y1, x2 - 0.7 * a, y2 - 0.7 * b, ''),
    h('polygon', {
      points: [
        [x2, y2],
        [x2 - a + 0.42 * b, y2 - b - 0.42 * a],
        [x2 - a - 0.42 * b, y2 - b + 0.42 * a],
      ]
        .map(p => p.map(round).join())
        .join(' '),
    }),
  );
}

export const panel = (label, width, height, ...kids) =>
  h('svg', { viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': label }, kids);
export const panels = (...kids) => h('div', { class: 'w2v-panels' }, kids);
export const controls = (...kids) => h('div', { class: 'w2v-controls' }, kids);
export const figure = (label, ...kids) => h('div', { class: 'w2v', role: 'group', 'aria-label': label }, kids);
