/** `2026-11-30 17:21:07 UTC`; `time`: milliseconds since 1970. */
export const utcTime = (time: number): string =>
  `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
