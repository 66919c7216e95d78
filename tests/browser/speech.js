// A list of MathML on standard input, as JSON; the list of what a screen reader says on standard output.
const engine = require('speech-rule-engine');
const { readFileSync } = require('node:fs');

async function main() {
  await engine.setupEngine({ locale: 'en', domain: 'clearspeak' });
  const formulas = JSON.parse(readFileSync(0, 'utf8'));
  process.stdout.write(JSON.stringify(formulas.map(formula => engine.toSpeech(formula))));
}

main();
