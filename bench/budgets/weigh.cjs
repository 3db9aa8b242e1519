// Loaded into a dockerctl by NODE_OPTIONS: writes what it used to the file that DOCKERCTL_WEIGHED names.
const { appendFileSync, readFileSync } = require('node:fs');

process.on('exit', () => {
  const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))[1];
  const { user, system } = process.cpuUsage();
  const used = { peakMB: Number(peak) / 1024, cpu: (user + system) / 1e6 };
  appendFileSync(process.env.DOCKERCTL_WEIGHED, `${JSON.stringify(used)}\n`);
});
