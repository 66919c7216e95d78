// The search page: looks the words of the query up in the index of the book (search_index.js) and lists what was found.
// The index has the rows [id, title, prose, TeX] of each page, the page itself first, an id only where it is not the title; all words of the query must stand in one row.
(() => {
  const MOST = 40,
    AROUND = 90;
  const plain = text =>
    text
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[\u0300-\u036f]/g, '');
  const tight = tex => tex.toLowerCase().replace(/[\s{}]|\\[,;!: ]/g, '');
  const make = (name, text = '', more = {}) => Object.assign(document.createElement(name), { textContent: text }, more);

  const rows = Object.entries(globalThis.w2vIndex).flatMap(([page, parts]) =>
    parts.map(([id, title, prose, tex], i) => {
      const find = [title, prose].map(plain);
      return { page, id: id || title, title, prose, top: !i, where: parts[0][1], find, tex: tight(tex) };
    }),
  );

  // How well a row answers one word; 0 if not at all. A title counts most, its first word more, prose by how often.
  function worth({ find: [title, prose], tex, top }, word) {
    const at = title.search(new RegExp(`(^|[^\\p{L}])${word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}`, 'u'));
    const inTitle = at < 0 ? 0 : (top ? 60 : 30) + (at ? 0 : 10) + (title === word ? 40 : 0);
    const inTex = tex.includes(tight(word)) ? 6 : 0;
    const inProse = Math.min(8, prose.split(word).length - 1);
    return inTitle + inTex + inProse + (top && inProse ? 6 : 0);
  }

  // The query is its words, and, if it is TeX, the whole of it as a formula.
  function look(query) {
    const words = plain(query).split(/\s+/).filter(Boolean),
      formula = /[\\_^=]/.test(query) && tight(query);
    const found = rows.map(row => {
      const each = words.map(word => worth(row, word));
      const whole = formula && row.tex.includes(formula) ? 50 : 0;
      return { row, whole, score: each.every(Boolean) || whole ? whole + each.reduce((a, b) => a + b, 0) : 0 };
    });
    const exact = found.filter(({ whole }) => whole);
    return {
      words: exact.length ? [] : words,
      found: (exact.length ? exact : found.filter(({ score }) => score)).sort((a, b) => b.score - a.score),
    };
  }

  // The words of the prose around the first word that was found, with what was found marked.
  function snippet(prose, words) {
    const low = plain(prose.normalize('NFC')).length === prose.length ? plain(prose) : prose.toLowerCase();
    const at = Math.max(0, Math.min(...words.map(word => low.indexOf(word)).filter(i => i >= 0), low.length));
    let from = Math.max(0, (at === low.length ? 0 : at) - AROUND),
      to = Math.min(prose.length, from + 2.5 * AROUND);
    if (from) from = prose.indexOf(' ', from) + 1;
    if (to < prose.length) to = prose.lastIndexOf(' ', to);
    const line = make('p');
    line.append(from ? '… ' : '');
    for (let i = from; i < to; ) {
      const word = words.find(each => low.startsWith(each, i) && !/\p{L}/u.test(low[i - 1] ?? ' '));
      if (word) line.append(make('mark', prose.slice(i, i + word.length)));
      else if (line.lastChild?.nodeType === 3) line.lastChild.data += prose[i];
      else line.append(prose[i]);
      i += word?.length ?? 1;
    }
    line.append(to < prose.length ? ' …' : '');
    return line;
  }

  function item({ page, id, title, prose, top, where }, words) {
    const li = make('li'),
      link = make('a', title, { href: `${page}.html${top ? '' : `#${id}`}` });
    li.append(link);
    if (!top) li.append(make('span', ` in ${where}`, { className: 'w2v-search-where' }));
    li.append(snippet(prose, words));
    return li;
  }

  function show(query, box) {
    const { words, found } = look(query),
      list = make('ul', '', { className: 'search' });
    const more = found.length > MOST ? `, the best ${MOST} of them` : '';
    const said = found.length
      ? `${found.length} ${found.length === 1 ? 'place' : 'places'}${more}`
      : `Nothing found for “${query}”.`;
    list.append(...found.slice(0, MOST).map(({ row }) => item(row, words)));
    box.replaceChildren(make('p', said, { role: 'status' }), list);
  }

  const box = document.getElementById('search-results'),
    field = document.querySelector('.bd-search-container input'),
    query = new URLSearchParams(location.search).get('q') ?? '';
  field.value = query;
  if (query.trim()) show(query, box);
})();
