// node traced.mjs FOLDER: builds dockerctl into FOLDER as `npm run build` does, with every function saying that it is called.
//
// With DOCKERCTL_TRACE=FILE the program writes there, at its end, which files of src it passed, in the order of their first
// call, and how often each function was called: { files: [path], calls: { 'path:name': number } }.
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import ts from 'typescript';
import config from '../../../rolldown.config.js';

const ROOT = new URL('../../../', import.meta.url).pathname;
const RECORDER = `
globalThis.__passed = { files: new Set(), calls: new Map() };
globalThis.__pass = (file, name) => {
  globalThis.__passed.files.add(file);
  const key = file + ':' + name;
  globalThis.__passed.calls.set(key, (globalThis.__passed.calls.get(key) ?? 0) + 1);
};
process.on('exit', () => {
  const { files, calls } = globalThis.__passed;
  const to = process.env.DOCKERCTL_TRACE;
  if (to) require('node:fs').writeFileSync(to, JSON.stringify({ files: [...files], calls: Object.fromEntries(calls) }));
});`;

const tracing = {
  name: 'tracing',
  transform(code, id) {
    if (!id.startsWith(`${ROOT}src/`)) return null;
    return { code: traced(code, id.slice(ROOT.length)), moduleType: 'ts' };
  },
};

function traced(code, file) {
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const inserts = [];
  const visit = (node) => {
    if (ts.isFunctionLike(node) && node.body !== undefined) {
      const call = `__pass(${JSON.stringify(file)}, ${JSON.stringify(nameOf(node))})`;
      if (ts.isBlock(node.body)) inserts.push([node.body.getStart() + 1, `${call};`]);
      else {
        inserts.push([node.body.getStart(), `(${call}, `], [node.body.getEnd(), ')']);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return inserts
    .toSorted(([a], [b]) => b - a)
    .reduce((text, [at, insert]) => text.slice(0, at) + insert + text.slice(at), code);
}

function nameOf(node) {
  return node.name?.getText() ?? node.parent?.name?.getText?.() ?? '';
}

const { output, input, ...options } = config;
const bundle = await rolldown({ ...options, input, plugins: [...options.plugins, tracing] });
await bundle.write({
  ...output,
  dir: process.argv[2],
  minify: false,
  banner: (chunk) => (chunk.isEntry ? `#!/usr/bin/env node${RECORDER}` : ''),
});
chmodSync(join(process.argv[2], 'dockerctl.cjs'), 0o755);
