/** The option of every command that proves: a script wants to know by the exit status alone. */
export const REQUIRE_PROOF = {
  type: 'boolean',
  describe: 'exit 1 where nobody could be asked, too: no dockerd here, a registry that is down',
} as const;
