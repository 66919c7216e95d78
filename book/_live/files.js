// A file that is dropped or chosen becomes text, or a clear reason why not.

const LARGEST_FILE = 1_000_000, READABLE = /\.(md|markdown|tex|txt|ipynb)$/i;

// The Markdown cells of a notebook, joined by blank lines, as w2v.checker.sources.notebook_text joins them.
function notebookText(text, name) {
  let cells;
  try {
    ({ cells } = JSON.parse(text));
    return cells.filter(cell => cell.cell_type === 'markdown').map(cell => [cell.source].flat().join('')).join('\n\n');
  } catch {
    throw new Error(`${name}: expected a Jupyter notebook (JSON with a list of cells), found something else.`);
  }
}

// The text of a file in Markdown, LaTeX, plain text, or a notebook; throws an Error that says what was wrong.
async function textOf(file) {
  if (!READABLE.test(file.name)) throw new Error(`${file.name}: expected a file that ends in .md, .tex, .txt or .ipynb.`);
  if (file.size > LARGEST_FILE) throw new Error(`${file.name}: ${w2vStudy.size(file.size)} is too large; the largest file is 1 MB.`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes.subarray(0, 8000).includes(0)) throw new Error(`${file.name}: expected a text file, found binary data.`);
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    text = new TextDecoder('latin1').decode(bytes);
  }
  text = /\.ipynb$/i.test(file.name) ? notebookText(text, file.name) : text.replace(/\r\n?/g, '\n');
  if (!text.trim()) throw new Error(`${file.name}: the file is empty${/\.ipynb$/i.test(file.name) ? ', or a notebook without Markdown cells' : ''}.`);
  return text;
}
