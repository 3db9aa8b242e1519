import type { Finding } from '../plan/finding.js';
import { ENGINE_CODES } from './engine/codes-engine.js';
import { MACHINE_CODES } from './machine/codes-machine.js';
import { TRUST_CODES } from './trust/codes-trust.js';

/** What `doctor` alone can say; of daemon.json and of single registries it says what `validate` and `verify` say. */
export const DOCTOR_CODES = { ...ENGINE_CODES, ...TRUST_CODES, ...MACHINE_CODES };

export type DoctorFindingCode = keyof typeof DOCTOR_CODES;

/** A finding of this code, with the severity that its row names. */
export function found(code: DoctorFindingCode, parts: Omit<Finding, 'code' | 'severity'>): Finding {
  return { code, severity: DOCTOR_CODES[code].severity, ...parts };
}

/** The command that fixes a finding by its plan. */
export function fixCommand(code: DoctorFindingCode): string {
  return `dockerctl doctor --fix ${code}`;
}
