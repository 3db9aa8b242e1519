/** Loaded by the first who runs a program: with what it brings along, it takes longer than the rest of a short command. */
export const childProcess = () => process.getBuiltinModule('node:child_process');
