// Prints a picture as HTML text, for the page as it stands before JavaScript; only the build needs this.
const escaped = text => String(text).replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`);
const hidden = (name, value) => value == null || value === false || name.startsWith('on') || name === 'html';

// Returns the tree as HTML text, without handlers.
export function print(node) {
  if (node.tag === undefined) return escaped(node);
  const attrs = Object.entries(node.attrs).map(([name, value]) =>
    hidden(name, value) ? '' : ` ${name}="${escaped(value)}"`,
  );
  return `<${node.tag}${attrs.join('')}>${node.attrs.html ?? node.kids.map(print).join('')}${node.tag === 'input' ? '' : `</${node.tag}>`}`;
}
