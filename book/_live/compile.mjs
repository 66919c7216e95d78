// node compile.mjs PYODIDE_FOLDER JOBS.json
// Compiles wheels with the very Python that will import them, so that a browser need not.
// JOBS.json is a list of {"from": wheel, "to": wheel, "keep_sources": bool}.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, jobs] = process.argv.slice(2).map(name => path.resolve(name));
const { loadPyodide } = await import(pathToFileURL(path.join(folder, 'pyodide.mjs')));
const pyodide = await loadPyodide({ indexURL: folder + path.sep });
pyodide.runPython(fs.readFileSync(new URL('compile_wheel.py', import.meta.url), 'utf8'));
const compileWheel = pyodide.globals.get('compile_wheel');
for (const job of JSON.parse(fs.readFileSync(jobs, 'utf8'))) {
  pyodide.FS.writeFile('/from.whl', fs.readFileSync(job.from));
  compileWheel('/from.whl', '/to.whl', job.keep_sources);
  fs.writeFileSync(job.to, pyodide.FS.readFile('/to.whl'));
}
