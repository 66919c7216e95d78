// One line of JSON in, {tex, display, macros}; one line out, {html} or {error}.
const katex = require('katex');

// What a screen reader reads, the MathML: U^⊤ is "U transpose", not "U to the down tack", and v̄ has a bar.
const WORDS = [
  ['<mi mathvariant="normal">⊤</mi>', '<mtext>transpose</mtext>'],
  ['<mo>ˉ</mo>', '<mo>¯</mo>'],
];
const spoken = html =>
  html.replace(/<math.*?<annotation/gs, read => WORDS.reduce((text, [from, to]) => text.replaceAll(from, to), read));

const lines = require('node:readline').createInterface({ input: process.stdin });

lines.on('line', line => {
  const { tex, display, macros } = JSON.parse(line);
  let answer;
  try {
    const html = katex.renderToString(tex, {
      displayMode: display,
      throwOnError: true,
      macros: { ...macros },
      // The only extension of TeX in use: a class on the mark of a checked line.
      strict: code => (code === 'htmlExtension' ? 'ignore' : 'error'),
      trust: ({ command }) => command === '\\htmlClass',
    });
    answer = { html: spoken(html) };
  } catch (error) {
    answer = { error: String(error.message) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
});
