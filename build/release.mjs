// npm run release [-- --out DIR]: the packages of a version that is tagged and has its section in CHANGELOG.md; else what is missing.
import { readFileSync } from 'node:fs';
import { run } from './package/run.mjs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const wrong = [...changelogFaults(readFileSync('CHANGELOG.md', 'utf8')), ...gitFaults()];
if (wrong.length > 0) {
  console.error(wrong.map((line) => `release: ${line}\n`).join(''));
  process.exit(1);
}
run(process.execPath, ['build/package.mjs', ...process.argv.slice(2)], { stdio: 'inherit' });

/** The newest version in it is this one, and nothing waits above it (keepachangelog.com). */
function changelogFaults(text) {
  const [, ...sections] = text.split(/^## /m);
  const unreleased = sections[0]?.startsWith('Unreleased') ? sections.shift() : '';
  const faults = [];
  if (/^- /m.test(unreleased))
    faults.push(
      `CHANGELOG.md has lines under "Unreleased". Move them under "## ${version} - DATE".`,
    );
  if (
    !new RegExp(`^${version.replaceAll('.', '\\.')} - \\d{4}-\\d\\d-\\d\\d\\n`).test(
      sections[0] ?? '',
    )
  )
    faults.push(`CHANGELOG.md does not begin with "## ${version} - YYYY-MM-DD".`);
  return faults;
}

/** The commit is what the tag names, and the files are the commit's. */
function gitFaults() {
  const faults = [];
  const tags = run('git', ['tag', '--points-at', 'HEAD']).split('\n');
  if (!tags.includes(`v${version}`))
    faults.push(
      `this commit is not tagged v${version}. Try: git tag -a v${version} -m v${version}`,
    );
  if (run('git', ['status', '--porcelain']) !== '')
    faults.push('the working tree differs from the commit. Try: git status');
  return faults;
}
