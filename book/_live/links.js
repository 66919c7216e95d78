// A text in the fragment of an address, compressed; browsers send no fragment to a server.

const LINK = '#text=',
  LONGEST_LINK = 60_000; // characters; browsers and mail programs cut longer ones

const through = (bytes, stream) => new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer();

// The address of this page with a text in its fragment.
async function linkTo(text) {
  const packed = new Uint8Array(await through(new TextEncoder().encode(text), new CompressionStream('deflate-raw')));
  let letters = '';
  for (const byte of packed) letters += String.fromCharCode(byte);
  const fragment = btoa(letters).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  return location.href.split('#')[0] + LINK + fragment;
}

// The text in a fragment, or null if there is none; throws if it is damaged.
async function textOfLink(fragment) {
  if (!fragment.startsWith(LINK)) return null;
  const letters = atob(fragment.slice(LINK.length).replace(/-/g, '+').replace(/_/g, '/'));
  const bytes = Uint8Array.from(letters, letter => letter.charCodeAt(0));
  return new TextDecoder('utf-8', { fatal: true }).decode(await through(bytes, new DecompressionStream('deflate-raw')));
}
