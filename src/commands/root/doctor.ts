import { examine } from '../../core/doctor/families.js';
import { hasErrors } from '../../core/finding.js';
import { readDoctorFacts } from '../../system/doctor-facts.js';
import { defineCommand } from '../command.js';
import { countFindings, findingData, renderFindings } from '../findings-text.js';

export const command = defineCommand({
  summary: "what is wrong with this machine's docker configuration and trust, and how to mend it",
  args: [],
  options: {},
  examples: ['doctor', 'doctor --json'],
  run: async ({ host, options }) => {
    const families = examine(await readDoctorFacts(host, options));
    const findings = families.flatMap((family) => family.findings.map(findingData));
    return { families, findings };
  },
  render: ({ families }, style) => {
    const findings = families.flatMap((family) => family.findings);
    const ok = families
      .filter((family) => family.findings.length === 0)
      .map((family) => `${style.green('ok')} ${family.name}: ${family.ok}`);
    const found =
      findings.length === 0
        ? []
        : ['', renderFindings(findings, style), '', countFindings(findings)];
    return [...ok, ...found].join('\n');
  },
  status: ({ families }) =>
    families.some(
      ({ findings }) =>
        hasErrors(findings) || findings.some(({ severity }) => severity === 'warning'),
    )
      ? 1
      : 0,
});
