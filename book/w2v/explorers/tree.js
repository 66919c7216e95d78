// A picture is a tree of plain objects { tag, attrs, kids }. The page patches it in; the build prints it (print.js).

// An absent kid becomes an empty text, so that its siblings keep their places and the focused element stays the same.
export const h = (tag, attrs, ...kids) => ({
  tag,
  attrs: attrs ?? {},
  kids: kids.flat(9).map(kid => (kid == null || kid === false ? '' : kid.tag ? kid : String(kid))),
});

const SVG = 'http://www.w3.org/2000/svg';

function create(parent, tag) {
  const el =
    tag === 'svg' || parent.namespaceURI === SVG ? document.createElementNS(SVG, tag) : document.createElement(tag);
  el.drawn = {};
  return el;
}

function setAttribute(el, name, value) {
  if (name.startsWith('on')) el[name] = value ?? null;
  else if (name === 'html') el.innerHTML = value;
  else if (value == null || value === false) el.removeAttribute(name);
  else el.setAttribute(name, value);
  if (name === 'value') el.value = value;
}

function patchAttributes(el, attrs) {
  for (const name of Object.keys({ ...el.drawn, ...attrs })) {
    if (el.drawn[name] !== attrs[name]) setAttribute(el, name, attrs[name]);
  }
  if ('value' in attrs && el.value !== String(attrs.value)) el.value = attrs.value;
  el.drawn = attrs;
}

// Makes child number i of parent look like the node, touching only what differs.
export function patch(parent, node, i = 0) {
  let el = parent.childNodes[i];
  const put = fresh => {
    el ? el.replaceWith(fresh) : parent.append(fresh);
    el = fresh;
  };
  if (node.tag === undefined) {
    if (el?.nodeType !== 3) put(document.createTextNode(node));
    else if (el.data !== node) el.data = node;
    return;
  }
  if (el?.localName !== node.tag || !el.drawn) put(create(parent, node.tag));
  patchAttributes(el, node.attrs);
  if ('html' in node.attrs) return;
  node.kids.forEach((kid, j) => patch(el, kid, j));
  while (el.childNodes.length > node.kids.length) el.lastChild.remove();
}
