import { examine } from '../../src/core/doctor/families.js';
import { planFix } from '../../src/core/doctor/fix.js';
import type { Finding } from '../../src/core/plan/finding.js';
import type { FileImage, Plan } from '../../src/core/plan/plan.js';
import { doctorFacts, type Machine } from './doctor-facts.js';

/** What every family of doctor finds on a machine. */
export function findingsOn(machine: Machine): Finding[] {
  return examine(doctorFacts(machine)).flatMap(({ findings }) => findings);
}

export function codesOn(machine: Machine): string[] {
  return findingsOn(machine).map(({ code }) => code);
}

/** Codes of what is worth more than a word. */
export function alarmsOn(machine: Machine): string[] {
  return findingsOn(machine)
    .filter(({ severity }) => severity !== 'info')
    .map(({ code }) => code);
}

/** `code subject -> hint` */
export function told(findings: readonly Finding[]): string[] {
  return findings.map(({ code, subject, hint }) => `${code} ${subject} -> ${hint}`);
}

/** What the fix of one code makes of the machine. */
export function fixOn(machine: Machine, code: string): Plan {
  return planFix(doctorFacts(machine), [code]).plan;
}

/** The texts that a plan writes, by path; null: the file goes. */
export function textsOf(plan: Plan | undefined): Record<string, string | null> {
  return Object.fromEntries((plan?.changes ?? []).map(({ path, after }) => [path, textOf(after)]));
}

function textOf(image: FileImage | null): string | null {
  return image !== null && 'text' in image.content ? image.content.text : null;
}
