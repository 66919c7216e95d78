// The site's host: wakes every explorer on a page, without a kernel. One classic script, so that it also works from file://.
import { mount } from './host.js';
import { fragment, parse } from './address.js';
import { figures } from './figures.js';

// What a widget's model does, for a page that has no kernel.
class Model {
  #state;
  #ears = {};
  constructor(state) {
    this.#state = state;
  }
  get(key) {
    return this.#state[key];
  }
  set(key, value) {
    if (Object.is(this.#state[key], value)) return;
    this.#state[key] = value;
    for (const hear of this.#ears[`change:${key}`] ?? []) hear();
  }
  on(name, hear) {
    (this.#ears[name] ??= new Set()).add(hear);
  }
  off(name, hear) {
    this.#ears[name]?.delete(hear);
  }
  save_changes() {}
}

// Pressing the link button writes the address bar, copies the address, and says so until the figure changes.
const linker = (id, model) => state => async event => {
  const el = event.currentTarget,
    hash = fragment(id, state, model.get('_start'), model.get('_limits'));
  history.replaceState(
    null,
    '',
    /[?&]present/.test(location.hash) ? `${hash}${hash.includes('?') ? '&' : '?'}present` : hash,
  );
  try {
    await navigator.clipboard.writeText(location.href);
    el.textContent = 'Link copied';
  } catch {
    el.textContent = 'Link is in the address bar';
  }
};

// The site-wide choice of matrix convention lives in the synced tabs.
const TABS = 'convention';
function followConvention(model) {
  const follow = value => {
    if (model.get('_limits').convention.of.includes(value)) model.set('convention', value);
  };
  try {
    follow(localStorage.getItem(`sphinx-design-tab-id-${TABS}`));
  } catch {
    /* storage is closed: keep the default */
  }
  document.addEventListener('change', event => {
    const label =
      event.target.id && document.querySelector(`label[for="${CSS.escape(event.target.id)}"][data-sync-group=${TABS}]`);
    if (label) follow(label.dataset.syncId);
  });
  model.on('change:convention', () => {
    const label = document.querySelector(`label[data-sync-group=${TABS}][data-sync-id=${model.get('convention')}]`),
      input = label && document.getElementById(label.htmlFor);
    if (input && !input.checked) input.click();
  });
}

function wake(el, id) {
  const { kind, state, limits } = JSON.parse(el.dataset.w2v);
  const model = new Model({ ...state, _keys: Object.keys(state), _start: { ...state }, _limits: limits });
  const follow = () => {
    const part = parse(location.hash, id, state, limits);
    if (!part) return;
    for (const [key, value] of Object.entries({ ...state, ...part })) model.set(key, value);
    el.scrollIntoView({ block: 'nearest' });
  };
  el.id = id;
  if (state.convention) followConvention(model);
  mount({ model, el, figure: figures[kind], link: linker(id, model) });
  follow();
  addEventListener('hashchange', follow);
  el.dataset.live = '';
}

function wakeAll() {
  const seen = {};
  for (const el of document.querySelectorAll('[data-w2v]:not([data-live])')) {
    const name = `${JSON.parse(el.dataset.w2v).kind.replaceAll('_', '-')}-explorer`;
    seen[name] = (seen[name] ?? 0) + 1;
    try {
      wake(el, seen[name] > 1 ? `${name}-${seen[name]}` : name);
    } catch (error) {
      console.error('this figure stays a picture:', error);
    }
  }
}
wakeAll();
