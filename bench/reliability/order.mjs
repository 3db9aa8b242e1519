import { dirname } from 'node:path';

/**
 * The rules of durability, checked on the system calls of one transaction: no file is cut off before it is written;
 * a file is fsynced between its last change and the moment it gets its name; a folder is fsynced between a change of names
 * in it and the next step of the journal; and the journal's step is durable before the first name outside changes.
 * Returns the violations, a sentence each.
 */
export function violations(lines, root) {
  const dirty = { files: new Set(), folders: new Set() };
  const found = [];
  for (const line of lines) {
    const call = parse(line);
    if (call === null) continue;
    found.push(...(CHECKS[call.name]?.(call, dirty, root) ?? []));
    (EFFECTS[call.name] ?? ignore)(call, dirty);
  }
  const left = [...dirty.folders].filter((folder) => !folder.includes('/run'));
  return [...found, ...left.map((folder) => `${folder} is never fsynced`)];
}

function parse(line) {
  const name = /^(\w+)\(/.exec(line)?.[1];
  if (name === undefined || / = -1 /.test(line)) return null;
  const paths = [...line.matchAll(/[<"](\/[^">]*)[">]/g)].map(([, path]) => path);
  const truncates = line.includes('O_TRUNC');
  return { name, from: paths[0] ?? '', to: paths[1] ?? paths[0] ?? '', truncates };
}

const named = ({ from, to }, dirty, root) => {
  const found = dirty.files.has(from) ? [`${from} gets its name before it is fsynced`] : [];
  if (to.endsWith('/journal.json'))
    for (const folder of dirty.folders)
      if (folder !== dirname(to) && !folder.includes('/run'))
        found.push(`the journal goes on before ${folder} is fsynced`);
  return [...found, ...journalFirst(to, dirty, root)];
};

/** Outside dockerctl's own folder nothing gets another name while a step of the journal is not durable. */
function journalFirst(path, dirty, root) {
  const state = `${root}/var/lib/dockerctl`;
  return !path.startsWith(state) && dirty.folders.has(state)
    ? [`${path} changes before the journal is durable`]
    : [];
}

/** A short write on a full disk would leave neither the old nor the new content. */
const opened = ({ from, truncates }) =>
  truncates && !from.endsWith('/lock') ? [`${from} is cut off before it is written`] : [];

const CHECKS = {
  open: opened,
  openat: opened,
  rename: named,
  link: named,
  unlink: ({ from }, dirty, root) => journalFirst(from, dirty, root),
};

const soil = ({ from }, dirty) => dirty.files.add(from);
const soilFolder = ({ to }, dirty) => dirty.folders.add(dirname(to));
/** The second name of an old file only saves space: without it the copy in the generation is used. */
const HELPER = /\.dockerctl-\d+\.(old|now)$/;
const ignore = () => undefined;

const EFFECTS = {
  write: soil,
  pwrite64: soil,
  ftruncate: soil,
  fchmod: soil,
  fchown: soil,
  rename: soilFolder,
  link: (call, dirty) => (HELPER.test(call.to) ? undefined : soilFolder(call, dirty)),
  unlink: soilFolder,
  mkdir: soilFolder,
  rmdir: soilFolder,
  fsync: ({ from }, dirty) => {
    dirty.files.delete(from);
    dirty.folders.delete(from);
  },
};
