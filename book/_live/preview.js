// The typeset preview beside the editor: only blocks that changed are made again, formulas are set when they are seen.

// The blocks of a text: {key, start, pieces}, a display or a paragraph each; two blocks with one key look alike.
function blocksOf(text) {
  const blocks = [];
  let open = null;
  const close = () => {
    if (open?.pieces.some(piece => piece.text.trim())) blocks.push(open);
    open = null;
  };
  const put = (piece, start) => {
    (open = open || { key: '', start, pieces: [] }).pieces.push(piece);
  };
  for (const piece of piecesOf(text)) {
    if (piece.kind === 'display' || piece.kind === 'comment' || (piece.kind === 'code' && /\n/.test(piece.text))) {
      close();
      put(piece, piece.start);
      close();
    } else if (piece.kind === 'text') {
      let at = piece.start;
      for (const part of piece.text.split(PARAGRAPH)) {
        if (/^\n[ \t]*$/.test(part)) close();
        else if (part) put({ kind: 'text', text: part }, at);
        at += part.length;
      }
    } else put(piece, piece.start);
  }
  close();
  for (const block of blocks) block.key = block.pieces.map(piece => `${piece.kind}:${piece.text}`).join('\0');
  return blocks;
}

const PARAGRAPH =
  /(\n[ \t]*(?=\n|#{1,6} |\\(?:sub)*section)|(?<=(?:^|\n)[ \t]*(?:#{1,6} |\\(?:sub)*section\*?\{)[^\n]*)\n)/;
const HEADING = /^\s*(?:(#{1,6})[ \t]+|\\(?:sub)*(?:section|paragraph|chapter)\*?\{([^{}]*)\}\.?)/,
  NOISE =
    /\\(?:documentclass|usepackage|title|author|date|pagestyle|bibliography\w*|geometry|hypersetup)\*?(?:\[[^\]]*\])?\{[^{}]*\}|\\(?:maketitle|tableofcontents|noindent|newpage|clearpage|(?:small|med|big)skip)\b|\\(?:begin|end)\{(?:document|itemize|enumerate|center|proof|solution|abstract)\}/g,
  STRONG = /\*\*(?=\S)([^*\n]+?)\*\*|__(?=\S)([^_\n]+?)__|\\textbf\{([^{}]*)\}/,
  SLANTED = /(?<![\w*])\*(?=[^\s*])([^*\n]+?)\*(?!\w)|\\(?:emph|textit)\{([^{}]*)\}/,
  ITEM = /^[ \t]*(?:[-*+]|\\item)[ \t]+/gm;

// What LaTeX says to the printer and not to the reader, with spaces in its place.
function quiet(text) {
  const begin = text.indexOf('\\begin{document}'),
    blank = part => part.replace(/[^\n]/g, ' ');
  const body = begin < 0 ? text : blank(text.slice(0, begin)) + text.slice(begin);
  return body.replace(NOISE, blank);
}

// Text with its bold and slanted words and the dots of its lists; `first`: it begins a line.
function inked(text, first) {
  const items = (first ? text : `\0${text}`).replace(ITEM, '• ').replace('\0', '');
  const parts = [];
  let rest = items;
  while (rest) {
    const found = [STRONG.exec(rest), SLANTED.exec(rest)].filter(Boolean).sort((a, b) => a.index - b.index)[0];
    if (!found) break;
    const part = document.createElement(STRONG.test(found[0]) ? 'strong' : 'em');
    part.textContent = found.slice(1).find(group => group !== undefined);
    parts.push(rest.slice(0, found.index), part);
    rest = rest.slice(found.index + found[0].length);
  }
  return [...parts, rest];
}

function blockElement(block, macros, later) {
  const heading = block.pieces[0].kind === 'text' && HEADING.test(block.pieces[0].text);
  const element = document.createElement(block.pieces[0].kind === 'code' && block.pieces.length === 1 ? 'pre' : 'p');
  element.className = heading ? 'w2v-preview-heading' : '';
  block.pieces.forEach((piece, index) => {
    const part = document.createElement(piece.kind === 'code' || piece.kind === 'comment' ? 'code' : 'span');
    const text = heading && index === 0 ? piece.text.replace(HEADING, '$2') : piece.text;
    if (piece.kind === 'text') part.append(...inked(text, index === 0));
    else part.textContent = text;
    element.append(part);
    if (piece.kind === 'display') {
      part.className = 'w2v-scroll';
      element.className = 'w2v-preview-display';
    }
    if (piece.kind === 'inline' || piece.kind === 'display')
      later(part, () => typeset(part, piece.text, piece.kind === 'display', macros));
  });
  return element;
}

// preview.show(text) brings `box` up to date, which is then not busy any more; preview.follow(position) scrolls to the block of a
// position of the text.
function Preview(box, macrosOfBook) {
  const later = whenSeen(box);
  let shown = [],
    round = 0,
    usedMacros = '';

  function show(whole) {
    const own = ++round,
      { macros, text } = macrosOf(whole),
      all = { ...macrosOfBook, ...macros },
      blocks = blocksOf(quiet(text));
    const changed = JSON.stringify(macros) !== usedMacros;
    usedMacros = JSON.stringify(macros);
    let head = 0,
      tail = 0;
    if (!changed) {
      while (head < Math.min(shown.length, blocks.length) && shown[head].key === blocks[head].key) head++;
      while (
        tail < Math.min(shown.length, blocks.length) - head &&
        shown.at(-1 - tail).key === blocks.at(-1 - tail).key
      )
        tail++;
    }
    const keep = [...shown.slice(0, head), ...shown.slice(shown.length - tail)],
      before = tail ? shown.at(-tail).element : null;
    for (const old of shown.slice(head, shown.length - tail)) old.element.remove();
    const fresh = blocks.slice(head, blocks.length - tail);
    keep.forEach((old, index) => {
      old.start = (index < head ? blocks[index] : blocks[blocks.length - keep.length + index]).start;
    });
    shown = keep;
    let place = head;
    inSlices(
      fresh,
      block => {
        block.element = blockElement(block, all, later);
        box.insertBefore(block.element, before);
        shown.splice(place++, 0, block);
      },
      () => own === round,
      () => box.removeAttribute('aria-busy'),
    );
    box.classList.toggle('w2v-empty', !blocks.length);
  }

  function follow(position) {
    const block = shown.findLast(each => each.start <= position) || shown[0];
    if (!block) return;
    const inside = block.element.getBoundingClientRect(),
      frame = box.getBoundingClientRect();
    if (inside.top < frame.top || inside.bottom > frame.bottom)
      box.scrollTop += inside.top - frame.top - frame.height / 4;
  }

  return { show, follow };
}
