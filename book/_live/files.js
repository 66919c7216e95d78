// A file that is dropped or chosen becomes text, or a clear reason why not.

const LARGEST_FILE = 1_000_000,
  READABLE = /\.(md|markdown|tex|txt|ipynb)$/i;

// The Markdown cells of a notebook of format 3 or 4, joined by blank lines, as w2v.checker.files reads them.
function notebookText(text, name) {
  try {
    const book = JSON.parse(text),
      cells = book.cells || book.worksheets.flatMap(sheet => sheet.cells),
      written = cells.filter(cell => /^(markdown|heading)$/.test(cell.cell_type));
    const mark = cell =>
      cell.cell_type === 'heading' ? `${'#'.repeat(cell.level >= 1 && cell.level <= 6 ? cell.level : 1)} ` : '';
    return written.map(cell => mark(cell) + [cell.source].flat().join('').replace(/\r\n?/g, '\n')).join('\n\n');
  } catch {
    throw new Error(`${name}: expected a Jupyter notebook (JSON with a list of cells), found something else.`);
  }
}

// The coding that the first bytes of a file announce.
const codingOf = ([first, second]) =>
  first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';

// The text of a file in Markdown, LaTeX, plain text, or a notebook; throws an Error that says what was wrong.
async function textOf(file) {
  if (!READABLE.test(file.name))
    throw new Error(`${file.name}: expected a file that ends in .md, .tex, .txt or .ipynb.`);
  if (file.size > LARGEST_FILE)
    throw new Error(`${file.name}: ${w2vStudy.size(file.size)} is too large; the largest file is 1 MB.`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const coding = codingOf(bytes);
  if (coding === 'utf-8' && bytes.subarray(0, 8000).includes(0))
    throw new Error(`${file.name}: expected a text file, found binary data.`);
  let text;
  try {
    text = new TextDecoder(coding, { fatal: true }).decode(bytes);
  } catch {
    text = new TextDecoder('latin1').decode(bytes);
  }
  text = /\.ipynb$/i.test(file.name) ? notebookText(text, file.name) : text.replace(/\r\n?/g, '\n');
  if (!text.trim())
    throw new Error(
      `${file.name}: the file is empty${/\.ipynb$/i.test(file.name) ? ', or a notebook without Markdown cells' : ''}.`,
    );
  return text;
}
