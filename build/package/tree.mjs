import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { run } from './run.mjs';

const NOUNS = [
  'config',
  'daemon',
  'mirrors',
  'trust',
  'insecure',
  'cgroup',
  'runtime',
  'certs',
  'service',
];

/** Where each shell of a Debian system looks for what completes the words of a command. */
const COMPLETIONS = {
  bash: 'bash-completion/completions/dockerctl',
  zsh: 'zsh/vendor-completions/_dockerctl',
  fish: 'fish/vendor_completions.d/dockerctl.fish',
};

/** What `dockerctl explain` reads. */
const PAGES = ['findings.md', 'errors.md'];

/** The program as it runs: what is loaded, and what it reads. `interpreter`: the absolute path of the Node.js that runs it. */
export function writeProgram(folder, interpreter) {
  mkdirSync(folder, { recursive: true });
  for (const part of ['dist', 'templates', 'certs'])
    cpSync(part, join(folder, part), { recursive: true });
  mkdirSync(join(folder, 'docs'));
  for (const page of PAGES) cpSync(join('docs', page), join(folder, 'docs', page));
  const main = join(folder, 'dist/dockerctl.cjs');
  const text = readFileSync(main, 'utf8');
  writeFileSync(main, text.replace(/^#!.*/, `#!${interpreter}`), { mode: 0o755 });
}

/** Man pages, completions and documentation below `share`, as /usr/share has them. */
export function writeShare(share) {
  const dockerctl = (...words) => run(process.execPath, ['dist/dockerctl.cjs', ...words]);
  const page = (name, text) => write(join(share, 'man/man8'), `${name}.8.gz`, gzip(text));
  page('dockerctl', dockerctl('help', '--man'));
  for (const noun of NOUNS) page(`dockerctl-${noun}`, dockerctl('help', noun, '--man'));
  for (const [shell, path] of Object.entries(COMPLETIONS))
    write(join(share, path, '..'), path.split('/').at(-1), dockerctl('completion', shell));
  const doc = join(share, 'doc/dockerctl');
  cpSync('docs', join(doc, 'docs'), { recursive: true });
  for (const file of ['README.md', 'SECURITY.md']) cpSync(file, join(doc, file));
  write(doc, 'CHANGELOG.md.gz', gzip(readFileSync('CHANGELOG.md')));
}

export function write(folder, name, content, mode = 0o644) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), content, { mode });
}

/** Level 9 and no time in the header: the same bytes whenever it is made. */
export const gzip = (content) => gzipSync(content, { level: 9 });
