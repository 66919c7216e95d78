// One line of JSON in, {tex, display, macros}; one line out, {html} or {error}.
const katex = require('katex');
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
    answer = { html };
  } catch (error) {
    answer = { error: String(error.message) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
});
