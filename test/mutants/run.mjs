/**
 * `npm run test:mutants`: puts each defect of mutants.mjs into a copy of the sources and runs the test that must notice it.
 * First all these tests have to pass on the sources as they are. Exit status 1 when a defect went unnoticed.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MUTANTS } from './mutants.mjs';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));
const COPIED = [
  'src',
  'test',
  'bench',
  'templates',
  'package.json',
  'jest.config.js',
  'tsconfig.json',
];
const LINKED = ['node_modules', 'dist'];
const AT_ONCE = 2;
const PATIENCE_MS = 120_000;

const folder = mkdtempSync(join(tmpdir(), 'dockerctl-mutants-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

await proveTests(MUTANTS);
const waiting = [...MUTANTS];
const results = [];
await Promise.all(Array.from({ length: AT_ONCE }, (_, worker) => work(copySources(`${worker}`))));
report();

async function work(tree) {
  for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
    const path = join(tree, mutant.file);
    const source = readFileSync(path, 'utf8');
    if (source.split(mutant.find).length !== 2)
      throw new Error(`${mutant.defect}: its text does not stand exactly once in ${mutant.file}`);
    writeFileSync(
      path,
      source.replace(mutant.find, () => mutant.put),
    );
    const started = Date.now();
    const { failed, broken } = await runTests(tree, [mutant]);
    writeFileSync(path, source);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    results.push({ ...mutant, caught: failed.length > 0 && !broken, seconds });
  }
}

async function proveTests(mutants) {
  const { passed, failed } = await runTests(copySources('unchanged'), mutants);
  for (const { name, defect } of mutants) {
    const named = (tests) => tests.filter((test) => test.includes(name)).length;
    if (named(passed) === 0 || named(failed) > 0)
      throw new Error(`${defect}: its test "${name}" does not pass without it`);
  }
}

/** `broken`: a test file could not even start, which proves nothing. */
async function runTests(tree, mutants) {
  const files = [...new Set(mutants.map(({ test }) => `test/${test}`))];
  const projects = [...new Set(mutants.map(({ test }) => test.split('/')[0]))];
  const names = [
    ...new Set(mutants.map(({ name }) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))),
  ];
  const out = join(tree, 'result.json');
  const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
  const only = ['--selectProjects', ...projects, '--testNamePattern', names.join('|')];
  const args = [...jest, ...files, ...only, '--forceExit', '--json', `--outputFile=${out}`];
  await new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: tree, timeout: PATIENCE_MS, maxBuffer: 1e9 }, resolve);
  });
  const { testResults, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(out, 'utf8'));
  rmSync(out);
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const fullNames = (status) =>
    tests.filter((test) => test.status === status).map(({ fullName }) => fullName);
  return {
    passed: fullNames('passed'),
    failed: fullNames('failed'),
    broken: numRuntimeErrorTestSuites > 0,
  };
}

function copySources(name) {
  const tree = join(folder, name);
  for (const part of COPIED) cpSync(join(CHECKOUT, part), join(tree, part), { recursive: true });
  for (const part of LINKED) symlinkSync(join(CHECKOUT, part), join(tree, part));
  return tree;
}

function report() {
  const width = Math.max(...results.map(({ defect }) => defect.length));
  for (const { defect, test, name, caught, seconds } of results)
    console.log(
      `${caught ? 'caught ' : 'MISSED '} ${defect.padEnd(width)}  ${seconds} s  ${test}: ${name}`,
    );
  const caught = results.filter((result) => result.caught).length;
  console.log(`${caught} of ${results.length} defects caught`);
  process.exitCode = caught === results.length ? 0 : 1;
}
