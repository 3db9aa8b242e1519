/**
 * What a moby source tree has and our model of dockerd has not, and the other way round (docs/new-engine.md):
 * node build/next-engine.mjs TREE ENGINE
 *
 * Keys are the JSON names in the structs of the configuration; flags are those that cmd/dockerd, or since 29 daemon/command,
 * defines. Both are read as text: what moby builds by code is not seen, and is for a person to read.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Texts of the Go files of a folder that is there, tests and other platforms left out. */
function sources(tree, folders) {
  const found = folders
    .map((folder) => join(tree, folder))
    .filter((path) => statSync(path, { throwIfNoEntry: false }));
  return found.flatMap((folder) =>
    readdirSync(folder)
      .filter(
        (name) => name.endsWith('.go') && !/_(?:test|windows|freebsd|solaris)\.go$/.test(name),
      )
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  );
}

/** JSON names of the members of structs whose name says that they are the configuration. */
function keysOf(tree) {
  const folders = ['daemon/config', 'registry', 'daemon/pkg/registry'];
  const structs = sources(tree, folders).flatMap((text) =>
    [
      ...text.matchAll(/^type \w*(?:Config|TLSOptions|ServiceOptions)\w* struct \{\n(.*?)^\}/gms),
    ].map(([, body]) => body),
  );
  return names(structs, /`[^`]*json:"([a-z][^",]*)/g);
}

/** `flags.StringVar(&conf.X, "name", …`, `flags.Var(opts.NewNamedListOptsRef("labels", …), "label", …`. */
const FLAG = /\bflags\.\w+\(.*?, ?"([a-z][a-z0-9-]+)",/g;

const flagsOf = (tree) => names(sources(tree, ['cmd/dockerd', 'daemon/command']), FLAG);

const names = (texts, pattern) =>
  new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => name)));

/** Our table, as the program has it. */
async function model() {
  const folder = mkdtempSync(join(tmpdir(), 'dockerctl-model-'));
  try {
    const bundle = await rolldown({
      input: here('src/core/dockerd/options/keys/keys.ts'),
      platform: 'node',
      logLevel: 'silent',
    });
    const file = join(folder, 'model.mjs');
    await bundle.write({ file, format: 'esm' });
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const missing = (wanted, there) => [...wanted].filter((name) => !there.has(name)).sort();

const [tree, engine] = process.argv.slice(2);
if (tree === undefined || engine === undefined) {
  console.error(
    'node build/next-engine.mjs TREE ENGINE, as in: node build/next-engine.mjs ../moby 30',
  );
  process.exit(2);
}
const { KEYS, isKnown } = await model();
const version = [...engine.split('.').map(Number), Infinity, Infinity].slice(0, 3);
const known = KEYS.filter((key) => isKnown(key, version));
const keys = new Set(known.map(({ name }) => name));
const flags = new Set(
  known.filter(({ flag }) => flag !== null).map(({ name, flag }) => flag ?? name),
);
const [theirKeys, theirFlags] = [keysOf(tree), flagsOf(tree)];
const report = {
  'keys that the table has not': missing(theirKeys, keys),
  'keys that the tree has not': missing(keys, theirKeys),
  'flags that the table has not': missing(theirFlags, flags),
  'flags that the tree has not': missing(flags, theirFlags),
};
for (const [title, list] of Object.entries(report))
  console.log(`${title} (${list.length})${list.map((name) => `\n  ${name}`).join('')}`);
process.exitCode = Object.values(report).some((list) => list.length > 0) ? 1 : 0;
