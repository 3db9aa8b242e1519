// node --require this file: says on stderr which of the bundle's chunks were loaded, and how many kilobytes that is.
const { statSync } = require('node:fs');

process.on('exit', () => {
  const chunks = Object.keys(require.cache).filter((path) => path.includes('/chunks/'));
  const bytes = chunks.reduce((sum, path) => sum + statSync(path).size, 0);
  process.stderr.write(chunks.map((path) => `loaded ${path}\n`).join(''));
  process.stderr.write(`${Math.ceil(bytes / 1000)} kB of chunks\n`);
});
