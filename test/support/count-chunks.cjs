// node --require this file: says on stderr how many chunks of the bundle were loaded.
process.on('exit', () => {
  const chunks = Object.keys(require.cache).filter((path) => path.includes('/chunks/'));
  process.stderr.write(`${chunks.length} chunks\n`);
});
