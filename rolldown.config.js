import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'rolldown';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

// Every file that is loaded costs a third of a millisecond: what goes together is one chunk, with all that it imports and no
// group before it has. What `daemon` and `certs` share stands in `base`, or `certs` would load the whole of `daemon` for it.
const GROUPS = [
  {
    name: 'base',
    test: /src\/(?:cli\/run|host\/node(?:-root)?|app\/context\/command|commands\/text\/note-lines|core\/formats\/json\/json-object|system\/(?:history\/journal|systemd\/process|files\/safe-path))\.ts$/,
  },
  { name: 'settings', test: /src\/core\/formats\/json\/json5-settings\.ts$/ },
  // What commands that only look need; `certs` would take it in.
  { name: 'daemon', test: /src\/commands\/(?:config\/get|mirrors\/list)\.ts$/ },
  { name: 'certs', test: /src\/commands\/certs\/issue\.ts$/ },
];

const build = (name) => fileURLToPath(new URL(`build/${name}`, import.meta.url));

/** Of node-forge alone: an alias for './util' would be one for that of every package. */
const forgeUtil = {
  name: 'forge-util',
  resolveId: (name, importer) =>
    name === './util' && importer?.includes('/node-forge/lib/') ? build('forge-util.js') : null,
};

// CommonJS chunks start fastest on Node 20 (npm run bench): one entry, one chunk per command and library it needs.
export default defineConfig({
  input: { dockerctl: 'src/main.ts' },
  platform: 'node',
  logLevel: 'warn',
  // yargs' configuration inheritance asks for import.meta; nothing of ours reaches it.
  checks: { emptyImportMeta: false },
  resolve: {
    mainFields: ['module', 'main'],
    alias: { 'string-width': build('string-width.js') },
  },
  plugins: [forgeUtil],
  transform: { define: { __DOCKERCTL_VERSION__: JSON.stringify(version) } },
  output: {
    dir: 'dist',
    cleanDir: true,
    format: 'cjs',
    minify: true,
    codeSplitting: { groups: GROUPS },
    entryFileNames: '[name].cjs',
    chunkFileNames: 'chunks/[name]-[hash].cjs',
    banner: (chunk) => (chunk.isEntry ? '#!/usr/bin/env node' : ''),
  },
});
