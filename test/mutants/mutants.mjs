/**
 * Deliberate defects, and the test that must notice each: `find` stands exactly once in `file` and is replaced by `put`.
 * `test` is the path of the test below test/, `name` what its name contains.
 */
export const MUTANTS = [
  {
    defect: 'a new file is not fsynced',
    file: 'src/host/node-fs.ts',
    find: `    applyAccess(file, access);
    fs.fsyncSync(file);
  } catch (error) {`,
    put: `    applyAccess(file, access);
  } catch (error) {`,
    test: 'root/durability.test.ts',
    name: 'every file is fsynced before it gets its name',
  },
  {
    defect: 'a folder is not fsynced',
    file: 'src/host/node-fs.ts',
    find: `  withFile(path, O_RDONLY | O_DIRECTORY, (folder) => {
    fs.fsyncSync(folder);
  });`,
    put: '  fs.lstatSync(path);',
    test: 'root/durability.test.ts',
    name: 'every file is fsynced before it gets its name',
  },
  {
    defect: 'mode and owner are set after the fsync',
    file: 'src/host/node-access.ts',
    find: `    applyAccess(file, access);
    fs.fsyncSync(file);`,
    put: '    applyAccess(file, access);',
    test: 'root/durability.test.ts',
    name: 'every file is fsynced before it gets its name',
  },
  {
    defect: 'a file is truncated before it is written in place',
    file: 'src/host/node-fs.ts',
    find: 'withFile(path, O_WRONLY | O_NOFOLLOW | O_NONBLOCK, (file) => {',
    put: 'withFile(path, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | fs.constants.O_TRUNC, (file) => {',
    test: 'root/durability.test.ts',
    name: 'every file is fsynced before it gets its name',
  },
  {
    defect: 'a short write is taken for a whole one',
    file: 'src/host/node-create.ts',
    find: '  while (written < bytes.length) {',
    put: '  if (written < bytes.length) {',
    test: 'root/files.test.ts',
    name: 'a full disk loses nothing of the old file',
  },
  {
    defect: 'extended attributes are lost',
    file: 'src/system/files/file.ts',
    find: '  if (host.fs.stat(real) !== null) host.fs.copyAttributes(real, fresh);\n',
    put: '',
    test: 'root/files.test.ts',
    name: 'owner, mode and extended attributes of a replaced file are kept',
  },
  {
    defect: 'the mode is not kept',
    file: 'src/system/files/file.ts',
    find: 'return self.uid === 0 ? { mode, uid, gid } : { mode };',
    put: 'return self.uid === 0 ? { uid, gid } : { mode };',
    test: 'root/files.test.ts',
    name: 'created with the mode of the plan',
  },
  {
    defect: 'the journal does not say `prepared` before the files change',
    file: 'src/system/transaction/transaction.ts',
    find: "  advance(host, open, { state: 'prepared' });\n",
    put: '',
    test: 'integration/system/transaction/crash.test.ts',
    name: 'killed before any call is all of before or all of after',
  },
  {
    defect: 'the change is committed before dockerd is told',
    file: 'src/system/transaction/transaction.ts',
    find: "  advance(host, open, { state: 'applied' });",
    put: "  advance(host, open, { state: 'committed' });",
    test: 'integration/system/transaction/crash.test.ts',
    name: 'killed before any call is all of before or all of after',
  },
  {
    defect: 'the journal is removed before history is written',
    file: 'src/system/transaction/finish.ts',
    find: '  record(host, { ...entry, result });\n  removeJournal(host);',
    put: '  removeJournal(host);\n  record(host, { ...entry, result });',
    test: 'integration/system/transaction/crash.test.ts',
    name: 'killed before any call is all of before or all of after',
  },
  {
    defect: 'a mount point is overwritten before the journal says so',
    file: 'src/system/transaction/transaction.ts',
    find: '    advance(host, open, { targets: targets.with(index, inPlace) });\n',
    put: '',
    test: 'root/files.test.ts',
    name: 'killed at any call while it is overwritten, is fixed',
  },
  {
    defect: 'the file is exchanged without comparing it with the plan',
    file: 'src/system/files/file.ts',
    find: '    refuseForeign(host, swap);\n    if',
    put: '    if',
    test: 'integration/system/transaction/concurrent-edit.test.ts',
    name: 'puts another file in its place',
  },
  {
    defect: 'what was written during the exchange is not given back',
    file: 'src/system/files/file.ts',
    find: '    returnForeign(host, swap);\n',
    put: '',
    test: 'integration/system/transaction/concurrent-edit.test.ts',
    name: 'writes into the file',
  },
  {
    defect: 'a rollback overwrites what somebody else wrote',
    file: 'src/core/transaction/recovery.ts',
    find: "return ours ? 'torn' : 'foreign';",
    put: "return ours || now !== null ? 'torn' : 'foreign';",
    test: 'integration/system/transaction/rollback.test.ts',
    name: 'a file that somebody changed while dockerd was busy is kept',
  },
  {
    defect: 'files come back in the order in which they went',
    file: 'src/system/transaction/undo.ts',
    find: `  entry.targets.toReversed().forEach((target, fromEnd) => {
    try {
      const swap = { target, generation: entry.generation };
      const config =
        interim && target.passing.length > 0 ? interimConfigBack(host, entry, null) : null;
      const put =
        config === null
          ? () => putBack(host, swap, oldBytes(host, entry, entry.targets.length - 1 - fromEnd))`,
    put: `  entry.targets.forEach((target, fromEnd) => {
    try {
      const swap = { target, generation: entry.generation };
      const config =
        interim && target.passing.length > 0 ? interimConfigBack(host, entry, null) : null;
      const put =
        config === null
          ? () => putBack(host, swap, oldBytes(host, entry, fromEnd))`,
    test: 'integration/system/transaction/rollback.test.ts',
    name: 'files come back in reverse order',
  },
  {
    defect: 'the lock is not taken',
    file: 'src/system/files/lock.ts',
    find: 'const release = await takeLock(host, { waitMs, command });',
    put: 'const release = await Promise.resolve((waitMs + command) && (() => undefined));',
    test: 'integration/system/transaction/apply.test.ts',
    name: 'a second dockerctl is told who holds the lock',
  },
  {
    defect: 'the start limit is not cleared',
    file: 'src/system/dockerd/control/supervisor.ts',
    find: '      await resetFailed(host, unit);\n      const withSocket',
    put: '      const withSocket',
    test: 'integration/system/dockerd/control/restart.test.ts',
    name: 'clears the start limit first',
  },
  {
    defect: 'the failed socket is not reset',
    file: 'src/system/systemd/systemctl.ts',
    find: 'return unit.socketUnit === null ? [unit.unit] : [unit.unit, unit.socketUnit];',
    put: 'return [unit.unit];',
    test: 'integration/system/dockerd/control/restart.test.ts',
    name: 'brings up a dockerd whose start limit and socket were used up',
  },
  {
    defect: 'the stability window is too short',
    file: 'src/system/dockerd/control/restart.ts',
    find: 'const STABLE_MS = 3_000;',
    put: 'const STABLE_MS = 1_000;',
    test: 'integration/system/dockerd/control/restart.test.ts',
    name: 'whose dockerd dies within seconds of answering',
  },
  {
    defect: 'a hung start is not killed',
    file: 'src/system/dockerd/control/restart.ts',
    find: "  await supervisor.kill({ holdSocket: request.late !== 'leave' });\n",
    put: '',
    test: 'integration/system/dockerd/control/restart.test.ts',
    name: 'that hangs is killed at its deadline',
  },
  {
    defect: 'a crash loop is waited for until systemd gives up',
    file: 'src/system/dockerd/control/supervisor.ts',
    find: 'restarts > restartsBefore || (ended && !busy)',
    put: "activeState === 'failed' && !busy",
    test: 'integration/system/dockerd/control/restart.test.ts',
    name: 'of a dockerd in a crash loop',
  },
  {
    defect: 'a reload counts as done once the signal is sent',
    file: 'src/system/dockerd/control/reload.ts',
    find: '    const [event] = events;\n    if (event !== undefined) return event;',
    put: '    const [event = {}] = events;\n    if (ended !== null) return event;',
    test: 'integration/system/dockerd/control/reload.test.ts',
    name: 'that dockerd refuses in its log is refused with its words',
  },
  {
    defect: 'a daemon that dies of the reload is not noticed',
    file: 'src/system/dockerd/control/reload.ts',
    find: "      if (processOf(host, pid) === null) return 'died';\n",
    put: '',
    test: 'integration/system/dockerd/control/reload.test.ts',
    name: 'that dockerd dies of',
  },
  {
    defect: 'an unverified change is finished by recovery',
    file: 'src/core/transaction/recovery.ts',
    find: "  applied: 'roll-back',",
    put: "  applied: 'finish',",
    test: 'integration/system/transaction/crash.test.ts',
    name: 'killed before any call is all of before or all of after',
  },
  {
    defect: 'a change that waits survives a restart of the machine',
    file: 'src/core/transaction/recovery.ts',
    find: '    found.bootId === entry.bootId &&\n',
    put: '',
    test: 'unit/core/transaction/recovery.test.ts',
    name: 'it is rolled back when the machine was restarted',
  },
  {
    defect: 'a daemon.json that dockerd refused is tried again',
    file: 'src/system/transaction/refuse-unfit.ts',
    find: '  refuseQuarantined(host, plan, observed);\n',
    put: '',
    test: 'integration/system/history/quarantine.test.ts',
    name: 'is not tried again, and the reason is told',
  },
  {
    defect: 'a damaged journal is believed',
    file: 'src/core/transaction/journal.ts',
    find: 'return sha256(envelope.entry) === envelope.sha256',
    put: "return typeof envelope.sha256 === 'string'",
    test: 'unit/core/transaction/journal.test.ts',
    name: 'is not believed when a byte is missing or another',
  },
];
