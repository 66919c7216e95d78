// A figure's state in the page's address: #sigmoid-explorer?x=1.5 opens the page with exactly this figure.
import { clamp } from './controls.js';

const digits = (_, v) => (v.toFixed ? +v.toFixed(4) : v);
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// Returns the fragment for the limited keys whose values differ from the start.
export function fragment(id, state, start, limits) {
  const changed = Object.keys(limits).filter(key => !same(state[key], start[key]));
  return `#${id}${changed.length ? '?' : ''}${changed.map(key => `${key}=${encodeURIComponent(JSON.stringify(state[key], digits))}`).join('&')}`;
}

// An address can say anything: only a value of the same make as the present one is taken, and clamped to its limits.
function fit(value, like, limit) {
  if (limit.letters) return value.slice(0, limit.letters).toString();
  if (Array.isArray(like)) {
    if (limit.most ? !value.length || value.length > limit.most : value.length !== like.length) throw value;
    return [...value].map((v, i) => fit(v, like[i] ?? like[0], limit));
  }
  if (limit.of ? !limit.of.includes(value) : !Number.isFinite(value)) throw value;
  return limit.of ? value : clamp(limit.whole ? Math.round(value) : value, [limit.low, limit.high]);
}

// Returns the part of the state that the fragment names, or null if it is not about this figure.
export function parse(hash, id, start, limits) {
  const [name, query = ''] = hash.replace(/^#/, '').split('?');
  if (name !== id) return null;
  const part = {};
  for (const item of query.split('&')) {
    const [key, text = ''] = item.split('=');
    if (!(key in limits)) continue;
    try {
      part[key] = fit(JSON.parse(decodeURIComponent(text)), start[key], limits[key]);
    } catch {
      /* nothing that fits: the figure keeps its own value */
    }
  }
  return part;
}
